"""Does a report come back from a room's file with everything it held?"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from gongkai.checking import check
from gongkai.reading import read
from gongkai.returns import Report
from gongkai.writing import write
from gongkai_web.oversight import stored
from tests.web.reports import report_of


def everything(report: Report) -> dict[str, Any]:
    """Every field, those that equality leaves out included; an edition by its key."""
    return asdict(replace(report, edition=None)) | {"edition": report.edition.key if report.edition else None}


def again(report: Report) -> Report:
    return stored.report_of(json.loads(json.dumps(stored.report_json(report))))


@pytest.mark.parametrize("kind", ["docx", "html", "xlsx"])
def test_report__keeps_places_claims_and_findings(kind: str) -> None:
    (report,) = read(write(report_of(), kind), f"a.{kind}")

    assert everything(again(report)) == everything(report)


@pytest.mark.parametrize("number", range(5))
def test_real_report__keeps_everything_and_is_judged_the_same(shared: Path, number: int) -> None:
    path = shared / "reports" / f"00{number}.txt"
    (report,) = read(path.read_bytes(), path.name)

    assert everything(again(report)) == everything(report)
    assert check(again(report)) == check(report)


def test_finding__keeps_sides_places_and_subject() -> None:
    for finding in check(report_of(2025, requests__new=13)):
        assert stored.finding_of(json.loads(json.dumps(stored.finding_json(finding)))) == finding
