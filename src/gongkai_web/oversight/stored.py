"""How does a report become JSON for a room's file, and a report again, without losing a place or a finding?

The published shapes of ``kernel`` leave out what a reader of JSON does not need; this one keeps everything, so that a
page can be drawn long after the file was read. Nothing is pickled: what came from a stranger's file comes back as values.
"""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from typing import Any

from gongkai.errors import NotFound
from gongkai.kernel import Claim, Figure, Finding, Place, State, Status
from gongkai.returns import Edition, Report, Section, edition

Json = dict[str, Any]


def report_json(report: Report) -> Json:
    """Everything a report holds."""
    return {
        "agency": report.agency,
        "year": report.year,
        "edition": report.edition.key if report.edition else None,
        "figures": [_figure_json(f) for f in report.figures],
        "sections": [[s.title, list(s.paragraphs), [_place_json(p) for p in s.places]] for s in report.sections],
        "signoff": [list(pair) for pair in report.signoff],
        "signed": report.signed,
        "source": report.source,
        "claims": [_claim_json(c) for c in report.claims],
        "findings": [finding_json(f) for f in report.findings],
    }


def report_of(raw: Json) -> Report:
    """The report that :func:`report_json` stored."""
    return Report(
        agency=raw["agency"],
        year=raw["year"],
        edition=_edition(raw["edition"]),
        figures=tuple(_figure(f) for f in raw["figures"]),
        sections=tuple(
            Section(t, tuple(paragraphs), tuple(_place(p) for p in places)) for t, paragraphs, places in raw["sections"]
        ),
        signoff=tuple((name, value) for name, value in raw["signoff"]),
        signed=raw.get("signed", ""),  # reports stored before it was kept have none
        source=raw["source"],
        claims=tuple(_claim(c) for c in raw["claims"]),
        findings=tuple(finding_of(f) for f in raw["findings"]),
    )


def finding_json(finding: Finding) -> Json:
    """Everything a finding holds."""
    return {
        "rule": finding.rule,
        "status": finding.status.value,
        "message": finding.message,
        "left": _side_json(finding.left),
        "right": _side_json(finding.right),
        "places": [_place_json(p) for p in finding.places],
        "subject": list(finding.subject),
    }


def finding_of(raw: Json) -> Finding:
    """The finding that :func:`finding_json` stored."""
    return Finding(
        rule=raw["rule"],
        status=Status(raw["status"]),
        message=raw["message"],
        left=_side(raw["left"]),
        right=_side(raw["right"]),
        places=tuple(_place(p) for p in raw["places"]),
        subject=tuple(raw["subject"]),
    )


def _edition(key: str | None) -> Edition | None:
    if key is None:
        return None
    try:
        return edition(key)
    except NotFound:
        return None


def _place_json(place: Place) -> Json:
    return {k: v for k, v in asdict(place).items() if v not in (None, "")}


def _place(raw: Json) -> Place:
    return Place(**{**raw, "box": tuple(raw["box"])}) if "box" in raw else Place(**raw)


def _figure_json(figure: Figure) -> Json:
    return {
        "code": figure.code,
        "row": list(figure.row),
        "column": list(figure.column),
        "value": None if figure.value is None else str(figure.value),
        "text": figure.text,
        "state": figure.state.value,
        "unit": figure.unit,
        "place": _place_json(figure.place),
    }


def _figure(raw: Json) -> Figure:
    return Figure(
        code=raw["code"],
        row=tuple(raw["row"]),
        column=tuple(raw["column"]),
        value=_decimal(raw["value"]),
        text=raw["text"],
        state=State(raw["state"]),
        unit=raw["unit"],
        place=_place(raw["place"]),
    )


def _claim_json(claim: Claim) -> Json:
    return {
        "code": claim.code,
        "label": claim.label,
        "value": None if claim.value is None else str(claim.value),
        "text": claim.text,
        "unit": claim.unit,
        "scope": list(claim.scope),
        "place": _place_json(claim.place),
        "sentence": claim.sentence,
    }


def _claim(raw: Json) -> Claim:
    return Claim(
        code=raw["code"],
        label=raw["label"],
        value=_decimal(raw["value"]),
        text=raw["text"],
        unit=raw["unit"],
        scope=tuple(raw["scope"]),
        place=_place(raw["place"]),
        sentence=raw["sentence"],
    )


def _side_json(side: Decimal | str | None) -> Json | str | None:
    return {"number": str(side)} if isinstance(side, Decimal) else side


def _side(raw: Any) -> Decimal | str | None:
    return _decimal(raw["number"]) if isinstance(raw, dict) else raw


def _decimal(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
