"""Is a row that was damaged in one place, or that another row contradicts, left out instead of being read wrongly?"""

from __future__ import annotations

import io
import random
from dataclasses import replace

import pytest
from docx import Document
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from gongkai.kernel import Finding
from gongkai.reading import read
from gongkai.returns import Report, blank_report, edition, editions
from gongkai.writing import write
from tests.core.reading.damaging import DAMAGES, FORMS, misread, page, sheet, text
from tests.core.reading.printing import filled, one, rules, values

TRIES = 2


def distinct(key: str, seed: int = 0) -> Report:
    """A report of the edition with another number in every cell."""
    form = edition(key)
    texts = [str(n) for n in range(2, 900)]
    random.Random(seed).shuffle(texts)
    return filled(form, texts[: len(blank_report(form).figures)])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("key", [e.key for e in editions()])
def test_damage__in_one_place_never_gives_a_wrong_figure(key: str, damage: str, form: str) -> None:
    for seed in range(TRIES):
        report = distinct(key, seed)
        tables = sheet(report)
        doubtful = DAMAGES[damage](tables, random.Random(f"{damage}{seed}"))
        if doubtful is None or (form != "page" and damage in {"cell_over_two_rows", "cells_merged"}):
            continue
        written, name = FORMS[form](report, tables)

        found = read(written.encode(), name)

        assert misread(report, found, doubtful) == []


HEAD = [
    "甲县司法局2023年政府信息公开工作年度报告",
    "第二十条第（一）项",
    "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |",
]
RULE, NORMATIVE = "规章 | 1 | 2 | 3 |", "行政规范性文件 | 4 | 5 | 6 |"
NEXT = ["第二十条第（五）项", "信息内容 | 本年处理决定数量 |", "行政许可 | 7 |", ""]


def rows(*lines: str) -> Report:
    """What is read where these lines stand in the first table."""
    return one("\n".join([*HEAD, *lines, *NEXT]))


def told(report: Report, rule: str = "R904") -> list[Finding]:
    """The findings of a rule."""
    return [f for f in report.findings if f.rule == rule]


def test_row_twice__with_other_values_is_left_out_with_both_places() -> None:
    report = rows(RULE, "规章 | 1 | 2 | 9 |", NORMATIVE)

    assert list(values(report).values()) == [4, 5, 6, 7]
    assert {place.line for place in told(report)[0].places} == {4, 5}
    assert {"documents.rule.made", "documents.rule.repealed", "documents.rule.in_force"} <= set(told(report)[0].subject)


def test_row_twice__with_the_same_values_is_kept() -> None:
    assert list(values(rows(RULE, RULE, NORMATIVE)).values()) == [1, 2, 3, 4, 5, 6, 7]


def test_row_twice__once_empty_is_left_out() -> None:
    assert list(values(rows(RULE, "规章 | | | |", NORMATIVE)).values()) == [4, 5, 6, 7]


def test_row_twice__in_another_table_is_left_out_too() -> None:
    report = one("\n".join([*HEAD, RULE, NORMATIVE, "行政许可 | 1 | 2 | 3 |", *NEXT]))

    assert "licence.decisions" not in values(report)
    assert {place.line for place in told(report)[0].places} == {6, 9}


def test_label_typed_for_its_neighbours__leaves_both_rows_out() -> None:
    report = rows(RULE, NORMATIVE.replace("行政规范性文件", "规章"))

    assert list(values(report)) == ["licence.decisions"]
    assert "规章" in told(report)[0].message


def test_labels_swapped__leave_both_rows_out() -> None:
    report = rows(RULE.replace("规章", "行政规范性文件"), NORMATIVE.replace("行政规范性文件", "规章"))

    assert list(values(report)) == ["licence.decisions"]
    assert {place.line for place in told(report)[0].places} == {4, 5}


def test_remarks__between_unit_and_value_are_not_the_value() -> None:
    lines = [
        "甲局2016年政府信息公开情况统计表",
        "统计指标\t单位\t备注\t统计数",
        "（一）收到申请数\t件\t5\t3",
        "1.当面申请数\t件\t4\t",
    ]
    report = one("\n".join([*lines, "2.传真申请数\t件\t\t0", "3.网络申请数\t件\t\t3", "4.信函申请数\t件\t\t0", ""]))

    assert 5 not in values(report).values()
    assert 4 not in values(report).values()


def test_row_below_the_one_row_of_a_table__leaves_both_out() -> None:
    report = distinct("2021")
    tables = sheet(report)
    line = tables[-1][1][-1]
    tables[-1][1].append([replace(cell, text=f"{cell.text}9") for cell in line])

    (found,) = read(page(report, tables).encode(), "a.html")

    assert not [code for code in values(found) if code.startswith(("reviews", "litigation"))]
    assert len(told(found)[0].places) == 2


# ---- files that stop -------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [e.key for e in editions()])
@pytest.mark.parametrize("form", ["page", "bars", "cells", "tabs"])
def test_file_that_stops__gives_no_part_of_a_number_and_no_blank(key: str, form: str) -> None:
    report = distinct(key)
    tables = sheet(report)
    whole = (
        page(report, tables)
        if form == "page"
        else text(report, tables, "\t".join)
        if form == "tabs"
        else FORMS[form](report, tables)[0]
    )
    last = whole.rindex("</tr>") if form == "page" else whole.rindex("\n", 0, -20)
    rng = random.Random(key + form)
    for _ in range(12):
        found = read(whole[: rng.randrange(len(whole) // 5, last - 20)].encode(), "a.html" if form == "page" else "a.txt")

        assert misread(report, found, set()) == []


def test_text_that_stops__within_a_row_leaves_that_row_out_and_says_so() -> None:
    report = one("\n".join([*HEAD, RULE, "行政规范性文件 | 4 | 5 | 6"]))

    assert list(values(report).values()) == [1, 2, 3]
    assert "文件可能在这里中断" in told(report)[0].message


@pytest.mark.parametrize("end", [" |", " |\n"])
def test_text_that_stops__after_the_end_of_a_row_keeps_it(end: str) -> None:
    report = one("\n".join([*HEAD, RULE, "行政规范性文件 | 4 | 5 | 6"]) + end)

    assert list(values(report).values()) == [1, 2, 3, 4, 5, 6]


def test_page_that_stops__within_a_cell_takes_it_for_no_number() -> None:
    report = distinct("2021")
    whole = page(report, sheet(report))
    cut = whole[: whole.rindex("</td></tr>") - 1]

    (found,) = read(cut.encode(), "a.html")

    assert "reviews" not in values(found)
    assert "S115" in rules(found)
    assert misread(report, (found,), set()) == []
    assert "S115" not in rules(read(whole.encode(), "a.html")[0])


# ---- workbooks and documents -----------------------------------------------------------------------


def test_workbook__cells_moved_to_the_right_are_left_out() -> None:
    report = distinct("2021")
    book = load_workbook(io.BytesIO(write(report, "xlsx")))
    own = next(
        row for sheet in book for row in sheet.iter_rows() if row[0].value and str(row[0].value).startswith("一、本年新收")
    )
    numbers = [cell for cell in own if isinstance(cell.value, int)]
    for cell in reversed(numbers):
        cell.offset(0, 1).value = cell.value
    numbers[0].value = 7
    out = io.BytesIO()
    book.save(out)

    (found,) = read(out.getvalue(), "a.xlsx")

    assert misread(report, (found,), set()) == []
    assert "requests.new" not in values(found)
    assert "R904" in rules(found)


def test_document__row_with_a_cell_too_many_is_left_out() -> None:
    report = distinct("2021")
    document = Document(io.BytesIO(write(report, "docx")))
    row = next(row for table in document.tables for row in table.rows if row.cells[0].text == "规章")
    cell = row._tr.tc_lst[1]
    cell.addprevious(row._tr.tc_lst[2].__copy__())
    out = io.BytesIO()
    document.save(out)

    (found,) = read(out.getvalue(), "a.docx")

    assert misread(report, (found,), set()) == []
    assert "documents.rule.made" not in values(found)
    assert "documents.normative.made" in values(found)


@pytest.mark.parametrize("cell", ["²", "<sup>2</sup>", "<sub>12</sub>", '<span style="vertical-align:super">2</span>'])
def test_raised_figure__alone_in_a_cell_is_no_number(cell: str) -> None:
    lines = ["<h1>甲县司法局2023年政府信息公开工作年度报告</h1><table><tr><td>信息内容</td><td>本年制发件数</td>"]
    lines += ["<td>本年废止件数</td><td>现行有效件数</td></tr><tr><td>规章</td><td>1</td><td>2</td>"]
    lines += [f"<td>{cell}</td></tr><tr><td>行政规范性文件</td><td>4</td><td>5</td><td>6</td></tr></table>"]

    (report,) = read("".join(lines).encode(), "a.html")

    assert values(report)["documents.rule.in_force"] == "text"
    assert "R909" in rules(report)


def test_raised_run__alone_in_a_cell_of_a_workbook_is_no_number() -> None:
    report = distinct("2021")
    book = load_workbook(io.BytesIO(write(report, "xlsx")), rich_text=True)
    own = next(row for sheet in book for row in sheet.iter_rows() if row[0].value == "规章")
    numbers = [cell for cell in own if isinstance(cell.value, int)]
    numbers[0].value = CellRichText(TextBlock(InlineFont(vertAlign="superscript"), "2"))
    numbers[1].font = Font(vertAlign="superscript")
    out = io.BytesIO()
    book.save(out)

    (found,) = read(out.getvalue(), "a.xlsx")

    assert [values(found)[f"documents.rule.{part}"] for part in ("made", "repealed")] == ["text", "text"]
