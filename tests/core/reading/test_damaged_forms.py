"""Are forms that sites cut, convert, strike out or break apart read where they stay certain, and refused where not?"""

from __future__ import annotations

import pytest

from gongkai.kernel import Place
from gongkai.reading.blocks import Paragraph, Source
from gongkai.reading.grids import RawCell, Slots, spanned_grid
from gongkai.reading.reports import read_source
from gongkai.returns import Report
from tests.core.reading.printing import APPLICANTS, HEADER, one, rules, values

CODED = ["（一）收到申请数", "1.当面申请数", "2.传真申请数", "3.网络申请数", "4.信函申请数"]


def test_list__code_column_after_the_values_is_no_value() -> None:
    rows = [f"{label}\n件\n{value}\n{code:02}" for label, value, code in zip(CODED, "3\u3000021", range(6, 11), strict=True)]

    report = one("甲局2016年政府信息公开情况统计表\n统计指标\n单位\n统计数\n代码\n" + "\n".join(rows))

    assert list(values(report).values())[:4] == [3, "blank", 0, 2]


def test_list__code_column_after_lost_values_is_no_value() -> None:
    rows = [f"{label}\n件\n{code:02}" for label, code in zip(CODED, range(6, 11), strict=True)]

    assert values(one("甲局2016年政府信息公开情况统计表\n统计指标\n单位\n统计数\n代码\n" + "\n".join(rows))) == {}
    assert values(one("甲局2016年政府信息公开情况统计表\n统计指标\n单位\n统计数\n" + "\n".join(rows))) == {}


@pytest.mark.parametrize("spoilt", ["69*", "66(61)", "二十一", "1288（含3）", "O"])
def test_cells__one_a_line_with_a_number_broken_and_another_spoilt_are_not_shifted(spoilt: str) -> None:
    rows = ["一、本年新收政府信息公开申请数量", *"1200012", "二、上年结转政府信息公开申请数量", "7 46", *"12001", spoilt]
    rows += ["三、本年度办理结果", "（一）予以公开", *"1000001", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"]
    report = one("甲局2023年政府信息公开工作年度报告\n" + HEADER.replace(" | ", "\n") + "\n".join([*APPLICANTS, *rows]))

    read = values(report)
    assert (read["requests.new.natural_person"], read["requests.new"], read["outcome.granted"]) == (1, 2, 1)
    assert not [code for code in read if code.startswith("requests.carried")]


def test_cells__one_a_line_keep_a_broken_number_in_one_cell() -> None:
    rows = ["一、本年新收政府信息公开申请数量", *"1200012", "二、上年结转政府信息公开申请数量", "7 46", *"120010"]
    rows += ["三、本年度办理结果", "（一）予以公开", *"1000001", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"]
    report = one("甲局2023年政府信息公开工作年度报告\n" + HEADER.replace(" | ", "\n") + "\n".join([*APPLICANTS, *rows]))

    carried = [f.text for f in report.figures if f.row and f.row[-1].startswith("二、")]
    assert carried == ["7 46", "1", "2", "0", "0", "1", "0"]


def test_note_mark__after_a_number_is_told() -> None:
    report = one(
        "甲局2016年政府信息公开情况统计表\n统计指标\t单位\t统计数\n（一）收到申请数\t件\t3¹\n1.当面申请数\t件\t0\n2.传真申请数\t件\t0\n"
    )

    assert values(report)["requests.new"] == 3
    assert "R915" in rules(report)


DOCUMENTS = "甲县司法局2020年政府信息公开工作年度报告\n第二十条第（一）项\n信息内容 | {} |\n规章 | 1 | 2 | 3 |\n规范性文件 | 4 | 5 | 6 |\n"
MADE = ["documents.rule.made", "documents.rule.newly_published", "documents.rule.published_total"]
MADE += [code.replace("rule", "normative") for code in MADE]


def test_headings__cut_off_but_all_there_are_believed_in_their_place() -> None:
    assert list(values(one(DOCUMENTS.format("本年新 | 本年新 | 对外公开总数量"))).items()) == list(
        zip(MADE, range(1, 7), strict=True)
    )


@pytest.mark.parametrize(
    "heads", ["本年新 | 本年新", "本年新 | 对外公开总数量 | 本年新", "本年 | 本年 | 对外", "本年新 | 本年新 | 本年新"]
)
def test_headings__cut_off_are_not_believed_out_of_place(heads: str) -> None:
    assert values(one(DOCUMENTS.format(heads))) == {}


def test_notes__in_brackets_after_labels_and_headings_are_no_part_of_them() -> None:
    heads = "本年新制作数量（指2020年的件数） | 本年新公开数量（减用负值表示，如-8） | 对外公开总数量"
    text = DOCUMENTS.format(heads).replace("规章", "规章（设区的市填报）")
    text = text.replace("规范性文件", f"规范性文件（{'行政机关制定发布的决定（含公告）、' * 12}等）")

    assert list(values(one(text)).items()) == list(zip(MADE, range(1, 7), strict=True))


def test_heading__with_a_unit_the_form_does_not_name_is_converted() -> None:
    report = one(
        DOCUMENTS.format("本年新制作数量 | 本年新公开数量 | 对外公开总数量")
        + "第二十条第（九）项\n信息内容 | 采购项目数量 | 采购总金额（万元） |\n政府集中采购 | 2 | 1.25 |\n"
    )

    assert values(report)["procurement.amount"] == 12500


@pytest.mark.parametrize(
    ("heads", "rule", "normative", "licence"),
    [
        ("本年新製作數量 | 本年新公開數量 | 對外公開總數量", "規章", "規範性文件", "行政許可"),
        (
            "本年新制作數(shù)量 | 本年新公開(kāi)數(shù)量 | 對(duì)外公開(kāi)總數(shù)量",
            "規(guī)章",
            "規(guī)范性文件",
            "行政許(xǔ)可",
        ),
    ],
)
def test_labels__in_traditional_characters_with_their_readings_are_the_same(
    heads: str, rule: str, normative: str, licence: str
) -> None:
    text = DOCUMENTS.format(heads).replace("规章", rule).replace("规范性文件", normative)
    text += f"第二十條第（五）項\n信息內容 | 上一年項目數量 | 本年增/減 | 處理決定數量 |\n{licence} | 7 | -8 | 9 |\n"

    read = values(one(text))
    assert [read.pop(code) for code in MADE] == [1, 2, 3, 4, 5, 6]
    assert list(read.values()) == [7, -8, 9]


CELLS = [
    "甲县司法局2023年政府信息公开工作年度报告",
    "第二十条第（六）项",
    "信息内容",
    "本年处理决定数量",
    "行政处罚",
    "12",
    "行政强制",
    "3",
]


def test_last_row__of_a_table_is_closed_by_the_caption_of_the_next() -> None:
    head = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "规章", "1", "2", "3", "行政规范性文件", "4", "5", "6"]
    whole = [*CELLS[:1], "第二十条第（一）项", *head, *CELLS[1:]]

    assert values(one("\n".join([*whole, "第二十条第（八）项", "信"])))["coercion.decisions"] == 3
    assert "coercion.decisions" not in values(one("\n".join([*whole, "三、收到和处理政府信息公开申请情况"])))
    assert "coercion.decisions" not in values(one("\n".join(whole[:-1])))


BARRED = ["第二十条第（一）项", "||||", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]


def test_bars__on_lines_of_their_own_end_a_cell_and_two_leave_one_blank() -> None:
    rows = [*BARRED[2:], "规章", "1", "2", "3", "行政规范性文件", "4", "", "6"]
    more = ["第二十条第（五）项", "信息内容", "本年处理决定数量", "行政许可", "7", "第二十条第（六）项"]
    more += ["信息内容", "本年处理决定数量", "行政处罚", "8", "行政强制", "9", "第二十条第（八）项"]
    text = "\n".join(f"{cell}\n|" if cell else "|" for cell in [BARRED[0], *rows, *more])

    read = values(one(f"甲县司法局2023年政府信息公开工作年度报告\n{text}\n"))
    assert list(read.values()) == [1, 2, 3, 4, "blank", 6, 7, 8, 9]


def test_bars__empty_ones_after_the_last_cell_of_a_row_are_no_cells() -> None:
    text = " |\n".join(
        [
            BARRED[0],
            "",
            *BARRED[2:],
            "",
            "",
            "规章",
            "1",
            "2",
            "3",
            "",
            "",
            "行政规范性文件",
            "4",
            "5",
            "6",
            "",
            "",
            "第二十条第（五）项",
            "",
        ]
    )

    assert list(values(one(f"甲县司法局2023年政府信息公开工作年度报告\n{text}")).values()) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(("cells", "kept"), [("7\n8\n9", 3), ("7\n8", 0), ("7\n8\n9\n10", 0)])
def test_local_row__one_cell_a_line_is_kept_when_exact_and_told_else(cells: str, kept: int) -> None:
    rows = ["规章", "1", "2", "3", "乡镇文件", *cells.split("\n"), "行政规范性文件", "4", "5", "6", "第二十条第（五）项"]

    report = one("甲县司法局2023年政府信息公开工作年度报告\n" + "\n".join([BARRED[0], *BARRED[2:], *rows]))

    assert list(values(report).values()) == [1, 2, 3, 4, 5, 6]
    assert [f.value for f in report.figures if f.code is None] == [7, 8, 9][:kept]
    assert any("乡镇文件" in f.message for f in report.findings)


def drawn(*labels: str) -> Report:
    """A drawn table whose rows after the first two carry these labels and running values; none where a label begins with 未."""
    rows = [
        ["", "申请人情况", "", "", "", "", "", ""],
        ["", "自然人", "法人或其他组织", "", "", "", "", "总计"],
        ["", "", *APPLICANTS, ""],
    ]
    rows += [["一、本年新收政府信息公开申请数量", *"1000001"], ["二、上年结转政府信息公开申请数量", *"2000002"]]
    for n, label in enumerate(labels, start=3):
        rows.append([label, *([""] * 7 if label.startswith("未") else [str(n), *"00000", str(n)])])
    spans = {(0, 1): (1, 7), (1, 1): (2, 1), (1, 2): (1, 5), (1, 7): (2, 1)}
    cells = [
        [RawCell(text, *spans.get((r, c), (1, 1))) for c, text in enumerate(row) if text or (r > 2)] for r, row in enumerate(rows)
    ]
    for r in range(3):
        cells[r].insert(0, RawCell(""))
    grid = spanned_grid(cells, 1, None, Slots())
    (report,) = read_source(Source("a.pdf", "pdf", (Paragraph("甲局2023年政府信息公开工作年度报告", Place(line=1)), grid)))
    return report


def test_label__with_characters_of_the_upright_one_beside_it_is_found() -> None:
    partial = "（二）部分公开（区分处理的，只计这一情形，不\n、本计其他情形）\n年"

    read = values(drawn("三（一）予以公开", partial, "理1.属于国家秘密"))
    assert (read["requests.new"], read["outcome.granted"], read["outcome.partial"], read["outcome.refused.state_secret"]) == (
        1,
        3,
        4,
        5,
    )


def test_label__that_only_goes_on_with_such_characters_is_another() -> None:
    read = values(drawn("三（一）予以公开", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "1.属于国家秘密结果"))

    assert "outcome.refused.state_secret" not in read


def test_page_break__short_beginning_of_a_label_and_its_rest_below_are_one_row() -> None:
    read = values(drawn("（一）予以公开", "2.申请人\n逾期", "未按收费通知要求缴纳费用、\n行政机关不再处理其政府信息公开申请"))

    assert (read["outcome.granted"], read["outcome.other.fee_unpaid.natural_person"], read["outcome.other.fee_unpaid"]) == (
        3,
        4,
        4,
    )
