"""Which number does each finding carry, and which cells does it concern?

The same number stands at the finding in the list and at the outlined cell in the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.kernel import Finding, Place, Status
from gongkai.returns import Report

ORDER = (Status.FAIL, Status.UNCERTAIN, Status.REMARK)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A finding with its number, the codes and names of its cells in the table, and the places it names in the source."""

    number: int
    finding: Finding
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Marks:
    """All findings of a report, numbered from the gravest down; ``unassessable`` are those no judgement was possible on."""

    numbered: tuple[Numbered, ...]
    unassessable: tuple[Finding, ...]

    def at(self, code: str) -> tuple[Numbered, ...]:
        """The findings that concern a cell, the gravest first."""
        return self.by_code.get(code, ())

    @property
    def by_code(self) -> dict[str, tuple[Numbered, ...]]:
        """The findings of every cell that has one."""
        found: dict[str, tuple[Numbered, ...]] = {}
        for mark in self.numbered:
            for code in mark.codes:
                found[code] = (*found.get(code, ()), mark)
        return found

    def count(self, status: Status | str) -> int:
        """How many findings have this status."""
        return sum(m.finding.status == status for m in self.numbered)


def marks(report: Report, findings: Sequence[Finding]) -> Marks:
    """Number the findings that say something; passes are left out."""
    shown = sorted((f for f in findings if f.status in ORDER), key=lambda f: ORDER.index(f.status))
    numbered = tuple(_numbered(report, n, f) for n, f in enumerate(shown, start=1))
    return Marks(numbered, tuple(f for f in findings if f.status is Status.NOT_ASSESSABLE))


def _numbered(report: Report, number: int, finding: Finding) -> Numbered:
    codes = _codes(report, finding)
    labels = tuple(report.edition.cells[c].label() for c in codes) if report.edition else ()
    return Numbered(number, finding, codes, labels, finding.places)


def _codes(report: Report, finding: Finding) -> tuple[str, ...]:
    """The cells a finding concerns: those its subject names, and those that stand where it points."""
    if report.edition is None:
        return ()
    cells = report.edition.cells
    named = [s for s in finding.subject if s in cells]
    spots = {_spot(p) for p in finding.places} - {None}
    standing = [f.code for f in report.figures if f.code is not None and spots and _spot(f.place) in spots]
    return tuple(dict.fromkeys((*named, *standing)))


def _spot(place: Place) -> tuple[object, ...] | None:
    """A place without its wording; None when it says nothing but the wording."""
    spot = (place.line, place.table, place.row, place.column, place.page, place.sheet, place.cell, place.start, place.end)
    return spot if any(part is not None for part in spot) else None
