"""Which reports are measured?"""

from __future__ import annotations

from pathlib import Path

from gongkai.reading import read
from gongkai.returns import Report

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


def clean(suffix: str) -> list[Path]:
    """The shipped clean reports of a format, one or two for each edition: their names are a year alone."""
    return sorted(path for path in SAMPLES.rglob(f"*.{suffix}") if path.stem.isdecimal())


def largest() -> Report:
    """The shipped report with the most figures."""
    reports = [report for path in clean("json") for report in read(path.read_bytes(), path.name)]
    return max(reports, key=lambda report: len(report.figures))
