"""Do the sample reports say what their sources say, in every format, and are their planted faults found?"""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.checking import check
from gongkai.kernel import Status
from gongkai.reading import read
from gongkai.returns import Report, editions
from gongkai.writing import FORMATS
from tools.samples import DEMO, SAMPLES, Sample, samples

ALL = samples()


def cells(report: Report) -> list[tuple[str | None, str, object]]:
    return [(figure.code, figure.text, figure.value) for figure in report.figures]


def failing(report: Report) -> set[str]:
    return {finding.rule for finding in check(report) if finding.status is Status.FAIL}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("sample", ALL, ids=lambda sample: sample.name)
def test_sample__clean_one_reads_back_as_its_source_in_every_format(sample: Sample, form: str) -> None:
    path = SAMPLES / "reports" / f"{sample.name}.{form}"

    found = read(path.read_bytes(), path.name)

    assert [(report.agency, report.year, report.edition) for report in found] == [
        (sample.clean.agency, sample.clean.year, sample.clean.edition)
    ]
    assert cells(found[0]) == cells(sample.clean)
    assert failing(found[0]) == set()


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("sample", ALL, ids=lambda sample: sample.name)
def test_sample__planted_faults_are_found_in_every_format_and_no_others(sample: Sample, form: str) -> None:
    path = SAMPLES / "faults" / f"{sample.name}.{form}"

    (found,) = read(path.read_bytes(), path.name)

    assert cells(found) == cells(sample.faulty)
    assert failing(found) == sample.rules


def test_sample__every_edition_has_one() -> None:
    assert {sample.clean.edition.key for sample in ALL if sample.clean.edition} == {edition.key for edition in editions()}


def test_sample__next_year_follows_the_year_before() -> None:
    reports = {sample.name: sample.clean for sample in ALL}

    found = check(reports["linyan-2024"], reports["linyan-2023"])

    assert [finding.rule for finding in found if finding.status in {Status.FAIL, Status.UNCERTAIN}] == []


def test_demo__checks_clean_and_faulty_reports() -> None:
    shown = [path for path in (SAMPLES / "demo").iterdir() if path.is_file()]

    assert len(shown) == len(DEMO)
    for path in shown:
        (report,) = read(path.read_bytes(), path.name)
        assert bool(failing(report)) is ("有差错" in path.name)


def test_sample__no_file_without_a_source() -> None:
    sources = {sample.name for sample in ALL}
    strays = [path for folder in ("reports", "faults") for path in Path(SAMPLES / folder).iterdir() if path.stem not in sources]

    assert strays == []
