"""Are tables that stand in a file twice, with different numbers and no name, believed in neither place?"""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook

from gongkai.kernel import State
from gongkai.reading import read
from gongkai.returns import Report
from gongkai.writing import write
from tests.core.reading.printing import TEXT_LAYOUTS, lines, made

FORMS = ["cn2021", "cn2019", "cn2014", "zj_yuyao2017"]


def book(report: Report) -> Workbook:
    return load_workbook(io.BytesIO(write(report, "xlsx")))


def saved(workbook: Workbook) -> bytes:
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def with_copy(report: Report, more: int, title: str | None = None) -> bytes:
    """The report's workbook with its longest sheet copied, every number of the copy larger by ``more``."""
    workbook = book(report)
    copy = workbook.copy_worksheet(max(workbook.worksheets, key=lambda sheet: sheet.max_row))
    if title is not None:
        copy.title = title
    for row in copy.iter_rows():
        for cell in row:
            if isinstance(cell.value, int | float):
                cell.value = cell.value + more
    return saved(workbook)


def wrong(report: Report, found: tuple[Report, ...]) -> list[str]:
    want = {f.code: (f.state, f.value) for f in report.figures}
    got = [f for r in found for f in r.figures if f.code is not None and f.state is not State.TEXT]
    return [f.label() for f in got if want[f.code] != (f.state, f.value)]


@pytest.mark.parametrize("form", FORMS)
def test_sheet_copied_with_other_numbers__is_believed_in_neither_place(form: str) -> None:
    report = made((form, 1))

    found = read(with_copy(report, 1000), "a.xlsx")

    assert len(found) == 1
    assert wrong(report, found) == []
    assert len(found[0].figures) < len(report.figures)
    assert any(f.rule == "R904" and "不能确定以哪一处为准" in f.message and f.places for f in found[0].findings)


@pytest.mark.parametrize("form", FORMS)
def test_sheet_copied_as_it_is__is_read_once(form: str) -> None:
    report = made((form, 1))

    found = read(with_copy(report, 0), "a.xlsx")

    assert [len(r.figures) for r in found] == [len(report.figures)]
    assert wrong(report, found) == []


def test_sheet_named_after_another_year__is_another_report() -> None:
    report = made(("cn2014", 1))

    found = read(with_copy(report, 1000, "2016年"), "a.xlsx")

    assert [len(r.figures) for r in found] == [len(report.figures)] * 2
    assert wrong(report, found[:1]) == []


def test_table_pasted_again_with_other_numbers__leaves_the_rest_of_the_text() -> None:
    report = made(("cn2021", 1))
    again = lines(replace(made(("cn2021", 2))), TEXT_LAYOUTS["tabs"])
    start = next(at for at, line in enumerate(again) if line.startswith("三、收到"))
    end = next(at for at, line in enumerate(again) if line.startswith("四、政府"))

    found = read("\n".join([*lines(report, TEXT_LAYOUTS["tabs"]), *again[start:end], ""]).encode(), "a.txt")

    assert wrong(report, found) == []
    assert {"documents.rule.made", "reviews.upheld"} <= found[0].by_code.keys()


def test_last_table__below_another_years_table_without_a_name_is_told_as_there_but_not_as_this_reports() -> None:
    report = replace(made(("cn2021", 3), ("1", "2", "3")), agency="甲市司法局", year=2023)
    page = write(replace(report, sections=()), "html").decode()
    tables = re.findall(r"<table.*?</table>", page, re.DOTALL)
    third = max(tables, key=len)
    older = re.sub(r"(?<=>)[123](?=<)", "7", third)
    found = read(page.replace(third, f"{third}<p>附：上一年的情况</p>{older}").encode(), "a.html")

    first = found[0]
    assert (first.agency, first.year) == ("甲市司法局", 2023)
    assert wrong(report, found[:1]) == []
    lacking = {t.key for t in report.edition.tables} - {first.edition.cells[code].table for code in first.by_code}
    told = [f for f in first.findings if f.rule == "R908"]
    assert lacking
    assert [set(f.subject) for f in told] == [lacking]
    assert "没有找到" not in told[0].message
    assert "不能确定属于哪一份报告" in told[0].message
