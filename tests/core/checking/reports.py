"""Reports made by hand: an edition, every cell zero, and the figures a test wants to speak of."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from gongkai.kernel import Figure, State
from gongkai.returns import Report, edition

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
) -> Report:
    """A report of an edition with zero in every cell but those given; cells under an ``absent`` prefix are not there."""
    form = edition(name)
    given = dict(figures or {})
    unknown = given.keys() - form.cells.keys()
    assert not unknown, f"no such cells in {name}: {sorted(unknown)}"
    made = tuple(
        filled(Figure(c.code, c.row, c.column, Decimal(0), "0", State.NUMBER, c.unit), given.get(c.code, 0))
        for c in form.cells.values()
        if not (c.optional and c.code not in given) and not any(c.code.startswith(a) for a in absent)
    )
    return Report(agency, form.first_year or form.last_year if year is None else year, form, made)
