"""Which reports among many are the same body's of two years running, so that what is carried over can be compared?

Only what leaves no doubt is paired: the same name, one year after the other, and one report of the earlier year. Copies of it in
other formats, with the same figures, count as one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.returns import Report


@dataclass(frozen=True, slots=True)
class Standing:
    """A report among many: its number in the caller's order, the number of its file, and what was read of it.

    ``content`` is :func:`content_of` its figures, "" without any.
    """

    number: int
    file: int
    agency: str | None
    year: int | None
    content: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs found, as (later, earlier); and the later ones for which several reports of the year before differ."""

    pairs: tuple[tuple[Standing, Standing], ...]
    doubtful: tuple[Standing, ...]


def content_of(report: Report) -> str:
    """Sixteen hexadecimal digits over a report's figures, "" when it has none."""
    if not report.figures:
        return ""
    words = [f"{f.code}\x1f{f.row}\x1f{f.column}\x1f{f.state}\x1f{f.value}" for f in report.figures]
    return hashlib.sha256("\x1e".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def standing(report: Report, number: int, file: int) -> Standing:
    """The standing of a report that was read."""
    return Standing(number, file, report.agency, report.year, content_of(report))


def pairs(standings: Iterable[Standing]) -> Pairs:
    """The pairs of a body's reports of two years running that stand in different files."""
    known: dict[tuple[str, int], list[Standing]] = {}
    for one in standings:
        if one.agency and one.year is not None and one.content:
            known.setdefault(("".join(one.agency.split()), one.year), []).append(one)
    found: list[tuple[Standing, Standing]] = []
    doubtful: list[Standing] = []
    for (agency, year), laters in known.items():
        earlier = known.get((agency, year - 1), [])
        for later in laters if earlier else ():
            if any(e.file == later.file for e in earlier):
                continue  # two years in one file are compared when the file is
            if _are_one(earlier):
                found.append((later, earlier[0]))
            else:
                doubtful.append(later)
    found.sort(key=lambda pair: pair[0].number)
    doubtful.sort(key=lambda later: later.number)
    return Pairs(tuple(found), tuple(doubtful))


def _are_one(reports: Sequence[Standing]) -> bool:
    return len({r.content for r in reports}) == 1
