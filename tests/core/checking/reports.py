"""Reports made by hand: an edition, every cell zero, and the figures a test wants to speak of."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from gongkai.kernel import Figure, Place, State
from gongkai.reading import with_claims
from gongkai.returns import Report, Section, edition

WORDS = {"": State.BLANK, "-": State.DASH, "不适用": State.NOT_APPLICABLE}


def filled(figure: Figure, given: object) -> Figure:
    """The figure with what was written in its cell; a (number, text) pair keeps a text of its own."""
    if isinstance(given, list | tuple):
        number, text = given
        return replace(figure, value=Decimal(str(number)), text=str(text), state=State.NUMBER)
    if isinstance(given, str):
        return replace(figure, value=None, text=given, state=WORDS.get(given, State.TEXT))
    return replace(figure, value=Decimal(str(given)), text=str(given), state=State.NUMBER)


def report(
    name: str,
    figures: dict[str, object] | None = None,
    *,
    year: int | None = None,
    agency: str | None = "青岚县司法局",
    absent: tuple[str, ...] = (),
    text: str = "",
) -> Report:
    """A report of an edition with zero in every cell but those given; cells under an ``absent`` prefix are not there.

    ``text`` is what stands around the tables, a paragraph a line; a line led by § is a section's title.
    """
    form = edition(name)
    given = dict(figures or {})
    unknown = given.keys() - form.cells.keys()
    assert not unknown, f"no such cells in {name}: {sorted(unknown)}"
    made = tuple(
        filled(Figure(c.code, c.row, c.column, Decimal(0), "0", State.NUMBER, c.unit), given.get(c.code, 0))
        for c in form.cells.values()
        if not (c.optional and c.code not in given) and not any(c.code.startswith(a) for a in absent)
    )
    when = form.first_year or form.last_year if year is None else year
    return with_claims(Report(agency, when, form, made, sections(text)))


def sections(text: str) -> tuple[Section, ...]:
    """The sections of a text, with the line of every paragraph."""
    found: list[tuple[str, list[str], list[Place]]] = [("", [], [Place()])]
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("§"):
            found.append((line[1:], [], [Place(line=number)]))
        elif line.strip():
            found[-1][1].append(line)
            found[-1][2].append(Place(line=number))
    return tuple(Section(title, tuple(lines), tuple(places)) for title, lines, places in found if title or lines)
