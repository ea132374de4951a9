"""Which figures of different editions speak of the same thing, so that a series may run over a change of form?"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.errors import BadEdition, NotFound
from gongkai.returns.editions import editions
from gongkai.returns.model import Edition, Term
from gongkai.returns.report import Report, add

_FILE = Path(__file__).parent / "bridge.toml"
_FIELDS = {"key", "title", "unit", "cells", "notes"}


@dataclass(frozen=True)
class Measure:
    """A concept counted by several editions.

    ``cells`` is a signed sum of cell codes for each edition that counts it; ``notes`` say, by edition, why the
    figure is not quite the others', or why there is none. Both are keyed by the edition's key.
    """

    key: str
    title: str
    unit: str
    cells: dict[str, tuple[Term, ...]]
    notes: dict[str, str]

    def terms(self, edition: Edition) -> tuple[Term, ...] | None:
        """The expression for an edition or, for a local superset, for the edition it grows from; None when not counted."""
        return self.cells.get(edition.key) or self.cells.get(edition.base or "")

    def note(self, edition: Edition) -> str:
        """What to say beside the figure of this edition, or instead of it; empty when there is nothing to say."""
        return self.notes.get(edition.key) or self.notes.get(edition.base or "", "")

    def value(self, report: Report) -> Decimal | None:
        """The measure in a report; None when its edition does not count it or a cell holds no number."""
        terms = None if report.edition is None else self.terms(report.edition)
        if terms is None:
            return None
        return add(None if (v := report.value(t.code)) is None else t.sign * v for t in terms)


@dataclass(frozen=True, slots=True)
class Point:
    """One year of a series; ``note`` says what sets it apart, and ``value`` is None where there is nothing to compare."""

    year: int
    value: Decimal | None
    note: str


@cache
def measures() -> tuple[Measure, ...]:
    """Every measure; checked against the shipped editions on load (BadEdition)."""
    return load(_FILE)


def measure(key: str) -> Measure:
    """The measure of this key; NotFound lists what there is."""
    for candidate in measures():
        if candidate.key == key:
            return candidate
    raise NotFound(f"没有名为“{key}”的指标。可用的有：{'、'.join(m.key for m in measures())}。")


def series(wanted: Measure, reports: Iterable[Report]) -> tuple[Point, ...]:
    """The measure year by year; reports without a year or an edition are left out, of two of one year the last counts."""
    points = {
        r.year: Point(r.year, wanted.value(r), wanted.note(r.edition))
        for r in reports
        if r.year is not None and r.edition is not None
    }
    return tuple(points[year] for year in sorted(points))


def load(path: Path) -> tuple[Measure, ...]:
    """Read a bridge file; every edition must have an expression or a note that says why not."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    made = tuple(_measure(m, path.name) for m in raw.get("measure", ()))
    keys = [m.key for m in made]
    for key in {k for k in keys if keys.count(k) > 1}:
        _refuse(path.name, f"指标“{key}”出现了不止一次")
    return made


def _measure(raw: dict[str, Any], source: str) -> Measure:
    name = raw.get("key", "?")
    for field in raw.keys() ^ (_FIELDS if "notes" in raw else _FIELDS - {"notes"}):
        _refuse(source, f"指标“{name}”多了或缺了字段“{field}”")
    known = {e.key: e for e in editions()}
    cells: dict[str, list[str]] = raw["cells"]
    notes: dict[str, str] = raw.get("notes", {})
    for key in (cells.keys() | notes.keys()) - known.keys():
        _refuse(source, f"指标“{name}”提到了不存在的格式“{key}”")
    for key, edition in known.items():
        for word in cells.get(key, ()):
            if word.removeprefix("-") not in edition.cells:
                _refuse(source, f"指标“{name}”用到的单元格“{word.removeprefix('-')}”在格式“{key}”里不存在")
        if key not in cells and not notes.get(key):
            _refuse(source, f"指标“{name}”既没有格式“{key}”的算法，也没有说明为什么没有")
    terms = {k: tuple(Term(w.removeprefix("-"), -1 if w.startswith("-") else 1) for w in words) for k, words in cells.items()}
    return Measure(name, raw["title"], raw["unit"], terms, notes)


def _refuse(source: str, what: str) -> None:
    raise BadEdition(f"指标对照文件“{source}”有误：{what}。请改正后再用。")
