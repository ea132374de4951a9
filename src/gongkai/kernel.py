"""Which few types does everyone speak: places, figures, claims, findings, citations, periods?

Values here are frozen and compare by content. Their JSON shapes are published in
``docs/reference/json.md``; :func:`figure_json`, :func:`claim_json` and :func:`finding_json` are the only
writers of those shapes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Mark(StrEnum):
    """How far a statement of law was checked against its text."""

    READ = "原文核对"
    RELAYED = "转述"
    UNVERIFIED = "未核实"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule of law stands: instrument, article down to 款/项, and how far it was checked."""

    instrument: str
    article: str
    mark: Mark

    def __str__(self) -> str:
        return f"《{self.instrument}》{self.article}"


@dataclass(frozen=True, slots=True)
class Period:
    """A closed span of days, ``first`` to ``last``; ``last`` is None when it has no end yet."""

    first: dt.date
    last: dt.date | None = None

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a source something stood, so that a person can be led to the spot.

    ``quote`` is the source's own wording (of the label for a figure, of the passage for prose). ``line`` counts
    the source's lines or paragraphs from 1; ``table``, ``row`` and ``column`` count from 1 within the source;
    ``page`` from 1; ``sheet`` and ``cell`` are a workbook's ("B7"); ``start`` and ``end`` are character offsets
    within the line. ``box`` is where a PDF's page shows it: left, top, right, bottom in points from the page's upper
    left corner. What does not apply is None.
    """

    quote: str = ""
    line: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    page: int | None = None
    sheet: str | None = None
    cell: str | None = None
    start: int | None = None
    end: int | None = None
    box: tuple[float, float, float, float] | None = None

    def in_words(self) -> str:
        """The spot in Chinese words, as "第3页，表2第5行第4列"; empty when nothing but the quote is known."""
        parts = []
        if self.page is not None:
            parts.append(f"第{self.page}页")
        if self.sheet is not None:
            parts.append(f"工作表“{self.sheet}”")
        if self.cell is not None:
            parts.append(f"单元格{self.cell}")
        elif self.table is not None:
            row = f"第{self.row}行" if self.row is not None else ""
            column = f"第{self.column}列" if self.column is not None else ""
            parts.append(f"表{self.table}{row}{column}")
        if self.line is not None and self.cell is None and self.table is None:
            parts.append(f"第{self.line}行")
        return "，".join(parts)


class State(StrEnum):
    """What a cell holds. Blank, zero, dash and "not applicable" are different and stay different."""

    NUMBER = "number"
    BLANK = "blank"
    DASH = "dash"
    NOT_APPLICABLE = "not_applicable"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell of a return.

    ``code`` is the edition's cell code, None for a local extra row. ``row`` and ``column`` are label paths,
    outermost first. ``value`` is in ``unit`` and None unless ``state`` is NUMBER. ``text`` is the cell as
    written in the source, outer white space removed.
    """

    code: str | None
    row: tuple[str, ...]
    column: tuple[str, ...]
    value: Decimal | None
    text: str
    state: State
    unit: str | None
    place: Place = field(default=Place(), compare=False)

    def __post_init__(self) -> None:
        if (self.state is State.NUMBER) != (self.value is not None):
            raise ValueError(f"figure {self.code or self.row}: state {self.state} with value {self.value!r}")

    def label(self) -> str:
        """The cell's name in words: its row path and column path joined."""
        return "—".join((*self.row, *self.column))


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure stated in prose: what is counted, how much, and the scope words that limit it."""

    code: str | None
    label: str
    value: Decimal | None
    text: str
    unit: str | None
    scope: tuple[str, ...]
    place: Place
    sentence: str


class Status(StrEnum):
    """The one scale of check results: FAIL is an error, UNCERTAIN a warning, REMARK a note."""

    PASS = "PASS"
    FAIL = "FAIL"
    UNCERTAIN = "UNCERTAIN"
    REMARK = "REMARK"
    NOT_ASSESSABLE = "NOT_ASSESSABLE"


STATUS_WORDS = {
    Status.PASS: "通过",
    Status.FAIL: "错误",
    Status.UNCERTAIN: "存疑",
    Status.REMARK: "提示",
    Status.NOT_ASSESSABLE: "无法判断",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says of a report: never an exception, always with its places.

    ``left`` and ``right`` are the two sides compared (numbers, or words where no number exists). ``subject``
    names what was judged in terms that survive a re-run – body, year, cell codes – and never a line number;
    it enters the fingerprint together with rule, left and right, so a person's verdict holds until a figure changes.
    """

    rule: str
    status: Status
    message: str
    left: Decimal | str | None = None
    right: Decimal | str | None = None
    places: tuple[Place, ...] = ()
    subject: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits, the same in every run over the same figures."""
        parts = [self.rule, *self.subject, _plain(self.left), _plain(self.right)]
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class RuleCard:
    """The page of one rule, in Chinese: the same words serve ``gongkai rule``, 帮助 and the report of findings.

    ``status`` is the level of a finding of this rule; the level belongs to the rule, never to a report.
    """

    code: str
    status: Status
    title: str
    statement: str
    basis: str
    wrong: str
    right: str


def number(value: Decimal) -> int | float:
    """A Decimal as the JSON number that prints the same digits."""
    return int(value) if value == value.to_integral_value() else float(value)


def place_json(place: Place) -> dict[str, Any]:
    """A place as JSON, without the keys that do not apply; ``quote`` always stands."""
    return {f.name: v for f in fields(place) if (v := getattr(place, f.name)) is not None}


def figure_json(figure: Figure) -> dict[str, Any]:
    """A figure as JSON."""
    return {
        "code": figure.code,
        "row": list(figure.row),
        "column": list(figure.column),
        "value": None if figure.value is None else number(figure.value),
        "text": figure.text,
        "state": figure.state.value,
        "unit": figure.unit,
        "place": place_json(figure.place),
    }


def claim_json(claim: Claim) -> dict[str, Any]:
    """A claim as JSON."""
    return {
        "code": claim.code,
        "label": claim.label,
        "value": None if claim.value is None else number(claim.value),
        "text": claim.text,
        "unit": claim.unit,
        "scope": list(claim.scope),
        "place": place_json(claim.place),
        "sentence": claim.sentence,
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding as JSON."""
    return {
        "rule": finding.rule,
        "status": finding.status.value,
        "left": _side(finding.left),
        "right": _side(finding.right),
        "places": [place_json(p) for p in finding.places],
        "message": finding.message,
        "fingerprint": finding.fingerprint,
    }


def count(findings: Sequence[Finding], status: Status) -> int:
    """How many of the findings have this status."""
    return sum(f.status is status for f in findings)


def _side(side: Decimal | str | None) -> int | float | str | None:
    return number(side) if isinstance(side, Decimal) else side


def _plain(side: Decimal | str | None) -> str:
    return format(side.normalize(), "f") if isinstance(side, Decimal) else side or ""
