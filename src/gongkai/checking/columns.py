"""Which reports stand beside each other in one list: several bodies, or several years, a column each?

The reader keeps columns that the form does not have under their own headings. Where these name bodies or years, each column
is a report of its own: the relations of the form hold in it, and a column that adds the bodies up must be their sum.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from gongkai.kernel import Figure
from gongkai.reading.values import converted
from gongkai.returns import Cell, Layout, Report

_FEWEST = 5  # filled cells, so that a column is a table's and not a row's
_YEAR = re.compile(r"((?:19|20)[0-9]{2})(?:年度?)?(?:统计数|数据?)?")
_THIS_YEAR = re.compile(r"(?:本年|今年|本期)度?(?:统计数|数据?)?")
_LAST_YEAR = re.compile(r"(?:上年|去年|上一年)度?(?:同期)?(?:统计数|数据?)?")
_BODY = re.compile(r"(?:.*(?:政府|机关|单位|部门|街道|乡镇|[局委办乡镇厅]|本级|汇总))(?:[（(].{1,8}[)）])?(?:统计数|数据?)?")
_TOTAL = re.compile(r"(?:合计|总计)(?:数)?")
_OF_ANOTHER_KIND = re.compile(r"[增减比率]|计划|累计|排名|序号|备注")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and what stands below it as a report in the form's own cells."""

    heading: str
    report: Report
    total: bool


def columns(report: Report) -> tuple[Column, ...]:
    """The columns of a list that are reports of their own; none where a list has the form's one column."""
    if report.edition is None or len(report.by_code) == len(report.figures):
        return ()
    cells = {c.row: c for t in report.edition.tables if t.layout is Layout.LIST for c in t.cells}
    below: dict[str, list[Figure]] = {}
    for figure in report.figures:
        cell = cells.get(figure.row)
        if figure.code is None and len(figure.column) == 1 and cell is not None and cell.code not in report.by_code:
            below.setdefault(figure.column[0], []).append(_in_cell(figure, cell))
    found = [
        Column(heading, _alone(report, heading, own), _TOTAL.fullmatch(_close(heading)) is not None)
        for heading, own in below.items()
        if _names_a_report(heading) and sum(f.value is not None for f in own) >= _FEWEST
    ]
    return tuple(found) if len(found) > 1 else ()


def summed(found: tuple[Column, ...], report: Report) -> tuple[Column, tuple[Column, ...]] | None:
    """The column of totals and the columns it adds up; None without one, or where another column stands beside them."""
    totals = [column for column in found if column.total]
    parts = tuple(column for column in found if not column.total)
    headings = {f.column for f in report.figures if f.code is None and f.column}
    years = any(_year_of(part.heading, report.year) is not None for part in parts)
    return (totals[0], parts) if len(totals) == 1 and len(parts) > 1 and not years and len(headings) == len(found) else None


def _names_a_report(heading: str) -> bool:
    words = _close(heading)
    named = any(pattern.fullmatch(words) for pattern in (_YEAR, _THIS_YEAR, _LAST_YEAR, _TOTAL, _BODY))
    return named and _OF_ANOTHER_KIND.search(words) is None


def _year_of(heading: str, year: int | None) -> int | None:
    """The year that a heading names, outright or as seen from the report's own."""
    words = _close(heading)
    if (named := _YEAR.fullmatch(words)) is not None:
        return int(named[1])
    if year is None:
        return None
    return year if _THIS_YEAR.fullmatch(words) else year - 1 if _LAST_YEAR.fullmatch(words) else None


def _close(heading: str) -> str:
    return "".join(heading.split())


def _in_cell(figure: Figure, cell: Cell) -> Figure:
    value = figure.value
    if value is not None and figure.unit is not None and figure.unit != cell.unit:
        value = converted(value, figure.unit, cell.unit)
    return replace(figure, code=cell.code, column=cell.column, value=value, unit=cell.unit)


def _alone(report: Report, heading: str, figures: list[Figure]) -> Report:
    year = _year_of(heading, report.year)
    return replace(
        report,
        agency=f"{report.agency or ''}（{heading}）",
        year=report.year if year is None else year,
        figures=tuple(figures),
        sections=(),
        claims=(),
        findings=(),
    )
