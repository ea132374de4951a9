"""Are the sample reports what their maker makes, and do the rules find exactly what was planted?"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gongkai.checking import check
from gongkai.kernel import Status
from gongkai.reading import read
from gongkai.returns import Report, editions
from tools.make_samples import DEMO, SAMPLES, Sample, demo, manifest, samples

FAULT = {Status.FAIL, Status.UNCERTAIN, Status.REMARK}


@cache
def made() -> tuple[Sample, ...]:
    return tuple(samples())


def read_sample(path: str) -> Report:
    (report,) = read((SAMPLES / path).read_bytes(), Path(path).name)
    return report


LISTED = tomllib.loads((SAMPLES / "manifest.toml").read_text(encoding="utf-8"))["sample"]
every_sample = pytest.mark.parametrize("sample", LISTED, ids=lambda s: s["file"])


def test_samples__are_those_committed() -> None:
    files = {str(p.relative_to(SAMPLES)) for p in SAMPLES.rglob("*") if p.is_file()}
    assert files == {s.path for s in made()} | {"manifest.toml", "demo.txt"}
    assert (SAMPLES / "manifest.toml").read_text(encoding="utf-8") == manifest(list(made()))
    for sample in made():
        if sample.path.endswith((".html", ".json", ".txt")):  # the others hold pictures, which differ by processor
            assert (SAMPLES / sample.path).read_bytes() == sample.data, sample.path


def test_demo__lists_samples_that_are_there_under_names_that_tell_them_apart() -> None:
    assert (SAMPLES / "demo.txt").read_text(encoding="utf-8") == demo()
    files, names = zip(*DEMO, strict=True)
    assert set(files) <= {s.path for s in made()}
    assert len(set(names)) == len(names)
    assert all(Path(file).suffix == Path(name).suffix for file, name in DEMO)
    assert not any(" " in file for file in files), "make splits at spaces"


def test_samples__are_each_there_once() -> None:
    contents = [path.read_bytes() for path in SAMPLES.rglob("*") if path.is_file()]
    assert len(set(contents)) == len(contents)


def test_samples__cover_every_edition_and_format() -> None:
    assert {s.report.edition for s in made()} == set(editions())
    for edition in editions():
        kinds = {Path(s.path).suffix for s in made() if s.report.edition is edition}
        assert kinds == {".docx", ".html", ".pdf", ".xlsx", ".json", ".txt"}


@every_sample
def test_sample__is_read_as_it_was_made(sample: dict[str, Any]) -> None:
    path = str(sample["file"])
    report, expected = read_sample(path), next(s.report for s in made() if s.path == path)
    assert (report.agency, report.year, report.edition) == (expected.agency, expected.year, expected.edition)
    assert report.figures == expected.figures
    if not path.endswith(".pdf"):  # a PDF keeps lines, not paragraphs: where one ends is not always certain
        assert report == expected


@every_sample
def test_sample__has_the_planted_faults_and_no_others(sample: dict[str, Any]) -> None:
    previous = read_sample(str(sample["previous"])) if "previous" in sample else None
    found = [f for f in check(read_sample(str(sample["file"])), previous) if f.status in FAULT]
    planted = {rule for fault in sample.get("faults", ()) for rule in fault["rules"]}
    assert planted <= {f.rule for f in found}
    assert {f.rule for f in found if f.status is not Status.REMARK} <= planted
