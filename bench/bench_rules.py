"""How much processor time do the rules alone take for a report that is already read?"""

from __future__ import annotations

import time
from dataclasses import replace

from bench.row import Row, Task, together
from bench.samples import clean
from gongkai.checking import check
from gongkai.reading import read
from gongkai.returns import Report

TIMES = 100
AIM = 0.0002
"""Seconds for all rules over one report's tables."""


def run() -> list[Row]:
    """One row an edition: the tables alone, which the aim is about, and the whole report with its text."""
    reports: dict[str, Report] = {}
    for path in clean("docx"):
        for report in read(path.read_bytes(), path.name):
            if report.edition is not None:
                reports[report.edition.key] = report
    rows: list[Row] = []
    for key, report in reports.items():
        tables = replace(report, sections=(), claims=())
        rows += [
            _each(f"the rules over the tables, {key}", tables, AIM),
            _each(f"the rules over tables and text, {key}", report, None),
        ]
    return rows


def _each(name: str, report: Report, aim: float | None) -> Row:
    # Copies, because a report remembers what was looked up in it; made beforehand, they are not measured.
    copies = iter([replace(report) for _ in range(TIMES * 6)])

    def work() -> None:
        for _ in range(TIMES):
            check(next(copies))

    row = together(Task(name, work), runs=5, clock=time.process_time)[0]
    return Row(name, TIMES * 5, row.amount / TIMES, at_most=aim)
