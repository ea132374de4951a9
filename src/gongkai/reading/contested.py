"""Which figures does a file show twice with different contents, without saying whose the second ones are?

A sheet that was copied, or a table that was pasted again: below a report that has a name come the same tables once more,
under no title, body or year of their own. Where both say the same, they are read once; where they differ, neither is believed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gongkai.kernel import Figure, Finding
from gongkai.reading.identity import body_alone
from gongkai.reading.notes import note
from gongkai.reading.recognition import named
from gongkai.returns import Report

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_WHOLE = 0.9
_SHOWN = 6
_LISTED = 40


def without_contested(reports: Sequence[Report]) -> tuple[Report, ...]:
    """The reports, each with the nameless tables below it taken together: a cell that is told in two ways is left out and named."""
    out: list[Report] = []
    for report in reports:
        if out and report.agency is None and report.year is None:
            out[-1] = _with_tables_below(out[-1], report)
        if out and _is_nameless_copy(report, out[-1]):
            out[-1] = _together(out[-1], report)
        else:
            out.append(report)
    return tuple(out)


def _with_tables_below(first: Report, nameless: Report) -> Report:
    """The first report, told of tables it lacks that stand among the nameless ones below: they are there, but whose is open."""
    edition = first.edition
    if edition is None or nameless.edition is None or edition.key != nameless.edition.key:
        return first
    there = {edition.cells[code].table for code in nameless.by_code}
    findings: list[Finding] = []
    for finding in first.findings:
        below = [t for t in edition.tables if t.key in there & set(finding.subject)] if finding.rule == "R908" else []
        gone = [t for t in edition.tables if t.key in set(finding.subject) - there] if below else []
        if not below:
            findings.append(finding)
            continue
        message = (
            f"{named(edition, below)}的统计表排在另一份没有写明机关和年度的统计表后面，不能确定属于哪一份报告，没有算进这一份；"
            "请在每份统计表前写明机关和年度，或者把另一份移到文件末尾后再读。"
        )
        findings.append(note("R908", message, subject=[t.key for t in below]))
        if gone:
            message = f"没有找到{named(edition, gone)}的统计表，相应的数据没有读出；请核对原文是否有这张表。"
            findings.append(note("R908", message, subject=[t.key for t in gone]))
    return replace(first, findings=tuple(findings))


def _is_nameless_copy(report: Report, first: Report) -> bool:
    """Whether a report shows tables of the first again and names neither a body nor a year, as the first does."""
    if report.agency is not None or report.year is not None or (first.agency is None and first.year is None):
        return False
    if (
        first.edition is None or not report.by_code.keys() <= first.edition.cells.keys()
    ):  # a table may be the same in two editions
        return False
    shared = first.by_code.keys() & report.by_code.keys()
    sheets = _sheets(report)
    if not sheets and len(shared) >= _WHOLE * len(
        first.by_code
    ):  # a text that holds another whole return: somebody's, not known whose
        return False
    return bool(shared) and not any(map(_names_a_report, sheets))


def _sheets(report: Report) -> set[str]:
    """The sheets of a workbook that a report's figures stand on."""
    return {figure.place.sheet for figure in report.figures if figure.place.sheet}


def _names_a_report(sheet: str) -> bool:
    """Whether a sheet's name is a year or a body, which says whose its tables are, if not with certainty."""
    return _YEAR.search(sheet) is not None or body_alone(sheet) is not None


def _together(first: Report, copy: Report) -> Report:
    """The first report without the cells of which the copy says something else, and a finding that names them."""
    contested = [
        (figure, other) for code, other in copy.by_code.items() if (figure := first.figure(code)) and _differ(figure, other)
    ]
    codes = {figure.code for figure, _ in contested}
    told = tuple(f for f in copy.findings if f not in first.findings and f.rule not in {"R901", "R902", "R908"})
    if contested and first.edition is not None:
        cells = first.edition.cells
        names = "、".join(f"“{cells[code].label()}”" for code in list(codes)[:_SHOWN] if code is not None)
        message = (
            f"同样的统计表在文件里出现了不止一次，{names}{'等' if len(codes) > _SHOWN else ''}{len(codes)}格的数据不同，"
            "后一份又没有写明机关和年度，不能确定以哪一处为准，没有读取；请只保留一处，或者在每份前写明机关和年度。"
        )
        places = [figure.place for pair in contested[:_SHOWN] for figure in pair]
        subject = [first.edition.key, "twice", *sorted(code for code in codes if code is not None)[:_LISTED]]
        told = (note("R904", message, places, subject), *told)
    return replace(
        first,
        figures=tuple(figure for figure in first.figures if figure.code is None or figure.code not in codes),
        sections=(*first.sections, *copy.sections),
        signoff=first.signoff or copy.signoff,
        claims=(*first.claims, *copy.claims),
        findings=(*first.findings, *told),
    )


def _differ(figure: Figure, other: Figure) -> bool:
    """Whether two cells say different things; words differ by their letters."""
    if (figure.state, figure.value) != (other.state, other.value):
        return True
    return figure.value is None and figure.text != other.text
