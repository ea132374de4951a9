"""Is a row whose value stands beside its heading, or whose end was lost, left out instead of being read wrongly?"""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.reading import read
from gongkai.returns import Report
from gongkai.writing import write
from tests.core.reading.damaging import misread
from tests.core.reading.printing import one, rules, values
from tests.core.reading.test_damaged_rows import distinct


def changed(report: Report, sheet: str, cells: dict[str, object]) -> Report:
    """What is read from a report's workbook once these cells of a sheet hold something else."""
    book = load_workbook(io.BytesIO(write(report, "xlsx")))
    page = book[sheet]
    assert isinstance(page, Worksheet)
    for name, value in cells.items():
        page[name] = value
    out = io.BytesIO()
    book.save(out)
    (found,) = read(out.getvalue(), "a.xlsx")
    return found


@pytest.mark.parametrize("cells", [{"D7": 61, "C7": None}, {"B7": 61, "C7": None}, {"D7": 1234}])
def test_list__number_beside_the_value_column_leaves_its_row_out(cells: dict[str, object]) -> None:
    report = distinct("sh2004_family")

    found = changed(report, "依申请公开情况统计", cells)

    assert misread(report, (found,), set()) == []
    assert "requests.new.email" not in values(found)
    assert "R904" in rules(found)


def test_list__heading_moved_away_from_its_values_leaves_its_rows_out() -> None:
    report = distinct("sh2004_family")

    found = changed(report, "申诉情况统计表", {"B3": "1234", "C3": "单位", "D3": "数量"})

    assert misread(report, (found,), set()) == []
    assert "reviews" not in values(found)


HEAD = "甲县司法局2023年政府信息公开工作年度报告\n第二十条第（一）项\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n"
NEXT = "第二十条第（五）项\n信息内容 | 本年处理决定数量 |\n行政许可 | 7 |\n"


@pytest.mark.parametrize("lost", ["规章 | 1 | 2 | 3\n", "规章 | 1 | 2 | 3规范性"])
def test_bars__row_without_the_bar_its_neighbours_end_in_is_left_out(lost: str) -> None:
    found = one(f"{HEAD}{lost}\n行政规范性文件 | 4 | 5 | 6 |\n{NEXT}")

    assert "documents.rule.in_force" not in values(found)
    assert values(found)["documents.normative.in_force"] == 6


def test_bars__table_without_closing_bars_is_read() -> None:
    text = f"{HEAD}规章 | 1 | 2 | 3 |\n行政规范性文件 | 4 | 5 | 6 |\n{NEXT}".replace(" |\n", "\n")

    assert values(one(text))["documents.rule.in_force"] == 3


def test_tabs__number_broken_over_two_lines_is_left_out() -> None:
    tabs = f"{HEAD}规章 | 1 | 2 | 3 |\n行政规范性文件 | 4 | 5 | 6 |\n{NEXT}".replace(" |\n", "\n").replace(" | ", "\t")

    found = one(tabs.replace("1\t2\t3\n", "1\t2\t3\n8\n"))

    assert "documents.rule.in_force" not in values(found)
    assert values(found)["documents.normative.in_force"] == 6
    assert "R904" in rules(found)


def test_tabs__two_numbers_run_together_do_not_move_the_others_to_the_filler() -> None:
    heads = "\t\t申请人情况\n\t\t\t自然人\t法人或其他组织\t\t\t\t\t总计\n\t\t\t\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\n"
    sound = "\t（一）予以公开\t\t1\t2\t3\t4\t5\t6\t21\n\t（二）部分公开\t\t1\t2\t3\t4\t5\t6\t21\n"
    lost = "\t（七）总计\t\t11\t12\t13\t14\t15\t1617\n四、结转下年度继续办理\t\t\t0\t0\t0\t0\t0\t0\t0\n"

    found = values(one(f"甲县司法局2023年政府信息公开工作年度报告\n{heads}{sound}{lost}"))

    assert found["outcome.partial"] == 21
    assert not any(code.startswith("outcome.total") for code in found)


def listed(rows: list[list[str]]) -> Report:
    """What is read from a page with a list of the form of 2014 that has these rows, each of a label, a unit and a number."""
    lines = [["统计指标", "单位", "统计数"], *rows]
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>" for line in lines)
    (found,) = read(f"<h1>甲县2016年政府信息公开工作年度报告</h1><table>{cells}</table>".encode(), "a.html")
    return found


MEETINGS = "（一）召开政府信息公开工作会议或专题会议数"
COURSES = "（二）举办各类培训班数"
PEOPLE = "（三）接受培训人员数"
HEADING = "九、政府信息公开会议和培训情况"


@pytest.mark.parametrize(
    "rows",
    [
        [[MEETINGS, "——", ""], [HEADING, "次", "3"]],
        [[HEADING, MEETINGS, ""], ["——", "次", "3"]],
    ],
    ids=["labels", "label-and-unit"],
)
def test_list__label_that_changed_places_with_its_heading_is_no_blank(rows: list[list[str]]) -> None:
    found = values(listed([*rows, [COURSES, "次", "5"], [PEOPLE, "人次", "6"]]))

    assert "meetings" not in found
    assert list(found.values())[-2:] == [5, 6]


def test_list__two_labels_in_one_row_leave_both_out() -> None:
    found = values(listed([[HEADING, "——", ""], [MEETINGS, COURSES, "3"], ["次", "次", "5"], [PEOPLE, "人次", "6"]]))

    assert list(found.values()) == [6]


@pytest.mark.parametrize("below", ["0", "(备注)次\t0"])
def test_list__empty_row_above_a_number_of_nobody_is_no_blank(below: str) -> None:
    head = "甲县2016年政府信息公开工作年度报告\n统计指标\t单位\t统计数\n"
    rows = f"{HEADING}\t——\t\n{MEETINGS}\t次\t\n{below}\n{COURSES}\t次\t5\n{PEOPLE}\t人次\t6\n"

    found = values(one(f"{head}{rows}以上数据由本机关汇总。\n"))

    assert "meetings" not in found
    assert list(found.values()) == [5, 6]
