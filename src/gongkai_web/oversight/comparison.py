"""How do two reports of one body stand side by side, cell by cell, with what the later year's check says?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongkai.checking import check
from gongkai.kernel import Figure
from gongkai.returns import Report
from gongkai_web.oversight.batches import batches
from gongkai_web.oversight.marks import Marks, marks
from gongkai_web.oversight.rooms import Room


@dataclass(frozen=True, slots=True)
class Choice:
    """A result that can be chosen, by its reference."""

    ref: str
    name: str
    agency: str | None
    year: int | None
    edition: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One cell in both years; ``change`` is later less earlier when both are numbers."""

    code: str
    label: str
    unit: str | None
    earlier: Figure | None
    later: Figure | None
    change: Decimal | None


@dataclass(frozen=True)
class Comparison:
    """Two reports, the earlier first; ``lines`` leave out what is blank or zero in both."""

    earlier: Report
    later: Report
    lines: tuple[Line, ...]
    same: int
    marks: Marks
    warning: str


def choices(room: Room) -> tuple[Choice, ...]:
    """Every report read in this room, newest upload first."""
    return tuple(
        Choice(f"{b.key}.{r.number}-{r.report}", r.name, r.agency, r.year, r.edition) for b in batches(room) for r in b.reports
    )


def comparison(first: Report, second: Report) -> Comparison:
    """Both reports in order of their years, whatever order they were chosen in."""
    earlier, later = sorted((first, second), key=lambda r: r.year or 0)
    every = tuple(_lines(earlier, later))
    shown = tuple(line for line in every if _says_something(line))
    return Comparison(
        earlier, later, shown, len(every) - len(shown), marks(later, check(later, earlier)), _warning(earlier, later)
    )


def _lines(earlier: Report, later: Report) -> Iterator[Line]:
    editions = [r.edition for r in (later, earlier) if r.edition is not None]
    codes = dict.fromkeys(code for e in editions for code in e.cells)
    for code in codes:
        cell = next(e.cells[code] for e in editions if code in e.cells)
        old, new = earlier.figure(code), later.figure(code)
        shown = new or old
        if shown is None:
            continue
        a, b = earlier.value(code), later.value(code)
        yield Line(code, cell.label(), shown.unit, old, new, b - a if a is not None and b is not None else None)


def _says_something(line: Line) -> bool:
    return any(f is not None and f.text and (f.value is None or f.value != 0) for f in (line.earlier, line.later))


def _warning(earlier: Report, later: Report) -> str:
    if earlier.agency and later.agency and earlier.agency != later.agency:
        return f"两份年报的单位不同：“{earlier.agency}”和“{later.agency}”。机构改名、合并的，请确认是同一个单位后再比较。"
    if earlier.year is not None and earlier.year == later.year:
        return f"两份都是{later.year}年的年报，不是前后两年。"
    if earlier.edition is not later.edition:
        return "两年用的格式不同，只能比较两种格式都有的项目，其余各列在一边。"
    return ""
