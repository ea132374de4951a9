"""What does one annual report hold once it is read or filled in: figures, text, sign-off?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from gongkai.kernel import Claim, Figure, Finding, Place, State
from gongkai.returns.model import Cell, Edition, Identity


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the report's text: its title as printed and its paragraphs; ``title`` is empty for the preface.

    ``places`` are where the title and then each paragraph stood in the source; empty when they were typed in.
    """

    title: str
    paragraphs: tuple[str, ...]
    places: tuple[Place, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Report:
    """One body's report of one year.

    ``figures`` stand in print order, local extra rows (code None) where they stood. ``edition`` is None when a
    source holds prose but no table of any known edition. ``signoff`` are the form's foot fields as (name, value).
    ``signed`` is the day under the closing name of a text that was read, as it stands there; empty without one.
    ``form`` when the source is a form of ours still being filled in, whose blank totals are left to the program.
    Two reports are equal when what a reader can see is equal: places, findings and the source's name do not count.
    """

    agency: str | None
    year: int | None
    edition: Edition | None
    figures: tuple[Figure, ...] = ()
    sections: tuple[Section, ...] = ()
    signoff: tuple[tuple[str, str], ...] = ()
    signed: str = field(default="", compare=False)
    source: str = field(default="", compare=False)
    form: bool = field(default=False, compare=False)
    claims: tuple[Claim, ...] = field(default=(), compare=False)
    findings: tuple[Finding, ...] = field(default=(), compare=False)

    @cached_property
    def by_code(self) -> dict[str, Figure]:
        """The edition's figures by cell code; cells that were not read are absent."""
        return {f.code: f for f in self.figures if f.code is not None}

    def figure(self, code: str) -> Figure | None:
        """The figure of a cell, None when the source has none there."""
        return self.by_code.get(code)

    def value(self, code: str) -> Decimal | None:
        """The number in a cell, None when it is absent or not a number."""
        figure = self.by_code.get(code)
        return None if figure is None else figure.value


def figure_of(cell: Cell, text: str, value: Decimal | None, state: State) -> Figure:
    """A figure that stands in an edition's cell."""
    return Figure(cell.code, cell.row, cell.column, value, text, state, cell.unit)


def blank_report(edition: Edition, agency: str | None = None, year: int | None = None) -> Report:
    """A report of this edition with every cell blank, as a form is before it is filled in."""
    figures = tuple(figure_of(c, "", None, State.BLANK) for c in edition.cells.values() if not c.optional)
    return Report(agency, year, edition, figures)


def with_totals(report: Report) -> tuple[Report, tuple[str, ...]]:
    """The report with blank totals computed, and the codes of the cells so filled.

    Only a blank cell on the left of a hard sum (down or across) is filled, and only when every part is a number.
    What was filled in by hand is never changed. Nested totals are filled from the leaves up.
    """
    if report.edition is None:
        return report, ()
    filled: dict[str, Figure] = {}
    figures = dict(report.by_code)
    for _ in range(4):  # a grand total rests on totals that rest on totals; four rounds reach every edition's depth
        new = {}
        for identity in report.edition.totals():
            made = _total(identity, figures)
            if made is not None:
                new[made.code or ""] = made
        if not new:
            break
        filled |= new
        figures |= new
    done = tuple(filled.get(f.code or "", f) for f in report.figures)
    return replace(report, figures=done), tuple(filled)


def _total(identity: Identity, figures: dict[str, Figure]) -> Figure | None:
    target = figures.get(identity.left[0].code)
    if target is None or target.state is not State.BLANK:
        return None
    total = add(figures[t.code].value if t.code in figures else None for t in identity.right)
    if total is None:
        return None
    return replace(target, value=total, text=format(total.normalize(), "f"), state=State.NUMBER)


def add(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum, None when any summand is missing."""
    total = Decimal(0)
    for value in values:
        if value is None:
            return None
        total += value
    return total
