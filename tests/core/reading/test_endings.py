"""Is the last row of a text that was cut read where it is certainly whole, and never a part of a number?"""

from __future__ import annotations

import random
import re

import pytest

from gongkai.kernel import Place
from gongkai.reading.blocks import Grid, GridCell, Paragraph, Source
from gongkai.reading.reports import read_source
from gongkai.returns import Report, edition, editions
from tests.core.checking.consistent import consistent
from tests.core.reading.damaging import FORMS, misread, sheet, text
from tests.core.reading.printing import HEADER, LOSSY_LAYOUTS, TEXT_LAYOUTS, lines, made, one, rules, values

HEAD = "甲县司法局2023年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n" + HEADER
HEAD += "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |\n"
ROWS = [
    "一、本年新收政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |",
    "二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
    "三、本年度办理结果 | （一）予以公开 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |",
]
PARTIAL = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
LOOSE = "甲县司法局2020年政府信息公开工作年度报告\n第二十条第（一）项\n信息内容\n本年新制作数量\n本年新公开数量\n对外公开总数量\n"


def read(last: str) -> Report:
    """What is read where this row ends the text below three whole rows."""
    return one(HEAD + "\n".join([*ROWS, last]))


def partial(report: Report) -> list[object]:
    return [value for code, value in values(report).items() if code.startswith("outcome.partial")]


@pytest.mark.parametrize("end", ["", "\n"])
def test_last_row__whose_total_comes_out_is_whole(end: str) -> None:
    assert partial(read(f"{PARTIAL} | 1 | 2 | 0 | 0 | 0 | 0 | 3{end}")) == [1, 2, 0, 0, 0, 0, 3]


@pytest.mark.parametrize("end", ["", "\n"])
def test_last_row__whose_total_does_not_come_out_is_left_out(end: str) -> None:
    report = read(f"{PARTIAL} | 1 | 2 | 0 | 0 | 0 | 9 | 1{end}")

    assert partial(report) == []
    assert "R904" in rules(report)


@pytest.mark.parametrize("end", ["", "\n"])
def test_last_row__that_stops_early_gives_the_cells_that_were_written(end: str) -> None:
    assert partial(read(f"{PARTIAL} | 1 | 2 | 3{end}")) == [1, 2]
    assert partial(read(f"{PARTIAL} | 1 | 2 | 0{end}")) == [1, 2, 0]


def test_last_row__that_stops_early_says_what_was_left_out() -> None:
    (told,) = [f for f in read(f"{PARTIAL} | 1 | 2 | 3").findings if "只读取了中断以前" in f.message]

    assert "outcome.partial.research" in told.subject
    assert "outcome.partial.company" not in told.subject


def test_last_row__that_stops_early_below_uneven_rows_is_left_out() -> None:
    text = HEAD + "\n".join([ROWS[0], ROWS[1].replace(" | 0 |", " |", 1), ROWS[2], f"{PARTIAL} | 1 | 2 | 0"])

    assert partial(one(text)) == []


@pytest.mark.parametrize("stub", ["三、本年", "三、本年度办理", "三、"])
def test_label__cut_at_the_end_of_a_text_closes_the_row_above(stub: str) -> None:
    cells = "一、本年新收政府信息公开申请数量 1 0 0 0 0 0 1 二、上年结转政府信息公开申请数量 4 0 5 0 0 0 9".split()
    report = one(HEAD + "\n".join([*cells, stub]))

    assert values(report)["requests.carried_in"] == 9


def test_label__of_another_row_at_the_end_of_a_text_closes_nothing() -> None:
    cells = "一、本年新收政府信息公开申请数量 1 0 0 0 0 0 1 二、上年结转政府信息公开申请数量 4 0 5 0 0 0 8".split()
    report = one(HEAD + "\n".join([*cells, "（三）不予"]))

    assert "requests.carried_in" not in values(report)


def test_number__of_the_next_label_is_no_value() -> None:
    cells = "1.属于国家秘密 0 0 0 0 0 0 0 2".split()
    report = one(HEAD + "\n".join([*ROWS, f"{PARTIAL} | 0 | 0 | 0 | 0 | 0 | 0 | 0 |", "（三）不予公开", *cells]))

    assert values(report)["outcome.refused.state_secret"] == 0
    assert 2 not in values(report).values()


@pytest.mark.parametrize(
    ("end", "read_so"), [("34\n4\n47", False), ("34\n4\n47\n", False), ("34\n4\n0", True), ("34\n4\n47\n规范", True)]
)
def test_loose_row__at_the_end_is_read_when_its_last_number_is_whole(end: str, read_so: bool) -> None:
    assert ("documents.rule.made" in values(one(f"{LOOSE}规章\n{end}"))) is read_so


def test_loose_row__that_an_empty_line_ends_as_everywhere_is_whole() -> None:
    apart = f"{LOOSE}规章\n34\n4\n47\n".replace("\n", "\n\n")

    assert values(one(apart))["documents.rule.published_total"] == 47
    assert "documents.rule.published_total" not in values(one(apart.rstrip("\n") + "\n"))


@pytest.mark.parametrize("between", ["其他主动公开文件\n7\n8\n9\n", "2020年本机关公开发布政府信息总数：0\n"])
def test_last_row_of_a_table__above_the_bodys_own_lines_is_closed_by_the_next_caption(between: str) -> None:
    report = one(f"{LOOSE}规章\n0\n0\n0\n规范性文件\n34\n4\n47\n{between}第二十条第（五）项\n信息")

    assert values(report)["documents.normative.published_total"] == 47


def test_last_row_of_a_table__above_numbers_of_nobody_is_left_out() -> None:
    report = one(f"{LOOSE}规章\n0\n0\n0\n规范性文件\n34\n4\n47\n其他主动公开文件\n7\n8\n第二十条第（五）项\n信息")

    assert "documents.normative.published_total" not in values(report)


@pytest.mark.parametrize("key", [e.key for e in editions()])
@pytest.mark.parametrize("form", ["bars", "cells", "tabs"])
@pytest.mark.parametrize("end", ["", "\n"])
def test_text__cut_anywhere_gives_no_wrong_figure(key: str, form: str, end: str) -> None:
    rng = random.Random(key + form + end)
    report = consistent(edition(key), rng.randrange(9))
    tables = sheet(report)
    whole = text(report, tables, "\t".join) if form == "tabs" else FORMS[form](report, tables)[0]
    for _ in range(15):
        found = one(whole[: rng.randrange(len(whole) // 5, len(whole))] + end)

        assert misread(report, (found,), set()) == []


@pytest.mark.parametrize("key", [e.key for e in editions()])
@pytest.mark.parametrize("layout", ["tabs", "indented", "spaces", "wide_spaces", "cells", "bars"])
@pytest.mark.parametrize("between", ["\n", "\n\n", "\n  "])
def test_number__broken_over_two_lines_is_never_read_in_part(key: str, layout: str, between: str) -> None:
    report = made((key, 5), ("12", "345", "1234", "1,010", "47", "2580"))
    whole = "\n".join(lines(report, {**TEXT_LAYOUTS, **LOSSY_LAYOUTS}[layout]))
    spots = [m for m in re.finditer(r"(?<![0-9,.])[0-9,]{2,}(?![0-9,.])", whole) if m.start() > 60]
    rng = random.Random(f"{key}{layout}{between}")
    for spot in [*rng.sample(spots, 5), spots[-1]]:
        at = spot.start() + rng.randrange(1, len(spot[0]))
        found = one(f"{whole[:at]}{between}{whole[at:]}\n")

        assert misread(report, (found,), set()) == [], whole[spot.start() - 40 : spot.end()]


def test_page_numbers__that_count_on_are_no_rest_of_a_number() -> None:
    whole = lines(made(("cn2014", 5), ("12", "345")), TEXT_LAYOUTS["tabs"])
    paged = [line for at, line in enumerate(whole) for line in ([line, "", str(at // 20), ""] if at and at % 20 == 0 else [line])]

    assert values(one("\n".join(paged))) == values(one("\n".join(whole)))


def test_label__alone_in_the_last_rows_of_a_grid_takes_no_value_of_the_row_below() -> None:
    rows = [["（一）召开政府信息公开工作会议或专题会议数", "次", "3"], ["（二）举办各类培训班数"], ["20"]]
    cells = [
        GridCell(text, i, j, Place(table=1, row=i + 1, column=j + 1)) for i, row in enumerate(rows) for j, text in enumerate(row)
    ]
    title = Paragraph("甲县司法局2016年政府信息公开情况统计表", Place(line=1))
    (report,) = read_source(Source("a.docx", "docx", (title, Grid(tuple(cells), 3, 3, Place(table=1)))))

    assert "training.classes" not in values(report)


def test_label__alone_on_the_last_lines_of_rows_takes_no_value_of_the_line_below() -> None:
    lead = [
        "甲县司法局2016年政府信息公开情况统计表",
        "统计指标\t单位\t统计数",
        "（一）召开政府信息公开工作会议或专题会议数\t次\t3",
    ]

    assert "training.classes" not in values(one("\n".join([*lead, "（二）举办各类培训班数", "20", "", ""])))
