"""Are the forms that real sites print read, and those that only look filled in refused?"""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.kernel import Place
from gongkai.reading.blocks import Paragraph, Source
from gongkai.reading.grids import RawCell, Slots, spanned_grid
from gongkai.reading.reports import read_source
from gongkai.returns import edition
from tests.core.reading.printing import HEADER, TEXT_LAYOUTS, lines, made, one, rules, text_source, values, wrong


def test_bars__headings_broken_over_two_lines_and_blank_applicants_are_read() -> None:
    report = one(
        "甲县司法局2023年政府信息公开工作年度报告\n"
        + HEADER
        + "商业 | 科研 | 社会公益组织 | 法律服务机构 | 其他 |\n企业 | 机构 |\n"
        "一、本年新收政府信息公开申请数量 | 4 | | | | | 1 | 5 |\n"
        "三、本年度办理结果 | （一）予以公开 | 4 | | | | | | 4 |\n"
        "| （三）不予公开 | 1.属于国家秘密 | | | | | | 1 | |\n"
    )

    read = values(report)
    assert (read["requests.new.natural_person"], read["requests.new.other_organisation"], read["requests.new"]) == (4, 1, 5)
    assert read["requests.new.company"] == "blank"
    assert (read["outcome.granted.natural_person"], read["outcome.granted"]) == (4, 4)
    assert read["outcome.refused.state_secret.other_organisation"] == 1
    assert read["outcome.refused.state_secret"] == "blank"


def test_bars__one_cell_a_line_with_row_ends_is_read() -> None:
    report = one(
        "甲区统计局2023年政府信息公开工作年度报告\n第二十条第（一）项 |\n|||\n信息内容 |\n本年制发件数 |\n本年废止件数 |\n现行有效件数 |\n"
        "规章 |\n/ |\n/ |\n/ |\n行政规范性文件\n|\n3 |\n0 |\n101 |\n第二十条第（五）项 |\n|||\n信息内容 |\n本年处理决定数量 |\n||\n"
        "行政许可 |\n12 |\n||\n第二十条第（六）项 |\n|||\n信息内容 |\n本年处理决定数量 |\n||\n行政处罚 |\n0 |\n||\n行政强制 |\n1 |\n||\n"
        "第二十条第（八）项 |\n|||\n信息内容 |\n本年收费金额（单位：万元） |\n||\n行政事业性收费 |\n2.5 |\n"
        + HEADER.replace(" | ", " |\n").replace("申请人情况 |\n", "申请人情况 |\n||||||||\n")
        + "商业企业 |\n科研机构 |\n社会公益组织 |\n法律服务机构 |\n其他 |\n|||||\n"
        "一、本年新收政府信息公开申请数量 |\n|\n|\n|\n|\n|\n|\n0 |\n||\n二、上年结转政府信息公开申请数量 |\n3 |\n|\n|\n|\n|\n|\n3 |\n||\n"
        "三、本年度办理结果 |\n"
    )

    read = values(report)
    assert (read["documents.rule.made"], read["documents.normative.made"], read["documents.normative.in_force"]) == (
        "not_applicable",
        3,
        101,
    )
    assert (read["licence.decisions"], read["coercion.decisions"], read["fees.amount"]) == (12, 1, Decimal("2.5"))
    assert (read["requests.new.natural_person"], read["requests.new"]) == ("blank", 0)


def test_header__unit_other_than_the_forms_is_converted() -> None:
    report = one(
        "甲县司法局2023年政府信息公开工作年度报告\n第二十条第（一）项\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n"
        "规章 | 0 | 0 | 0 |\n行政规范性文件 | 0 | 0 | 0 |\n"
        "第二十条第（八）项\n信息内容 | 本年收费金额（单位：元） |\n行政事业性收费 | 184719 |\n"
    )

    figure = report.by_code["fees.amount"]
    assert (figure.value, figure.text, figure.unit) == (Decimal("18.4719"), "184719", "万元")


def test_amount__without_a_unit_where_the_form_names_none_is_told() -> None:
    text = (
        "甲县司法局2020年政府信息公开工作年度报告\n信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n规章 | 0 | 0 | 0 |\n"
        "规范性文件 | 0 | 0 | 0 |\n第二十条第（九）项\n信息内容 | 采购项目数量 | 采购总金额 |\n政府集中采购 | 1 | {} |\n"
    )

    assert rules(one(text.format("5"))) == {"R908", "R911"}
    assert values(one(text.format("5")))["procurement.amount"] == 5
    assert rules(one(text.format("17.27万元"))) == {"R908"}
    assert values(one(text.format("17.27万元")))["procurement.amount"] == 172700


def test_local_row__is_kept_under_its_own_name() -> None:
    report = one(
        "甲县司法局2020年政府信息公开工作年度报告\n第二十条第（一）项\n信息内容 | 本年新 制作数量 | 本年新 公开数量 | 对外公开总数量 |\n"
        "规章 | 2 | 2 | 3 |\n规范性文件 | 11 | 11 | 119 |\n其他主动公开文件 | 56 | 45 | 44 |\n第二十条第（五）项\n"
    )

    local = [f for f in report.figures if f.code is None]
    assert [(f.row, f.column, f.value) for f in local] == [
        (("第二十条第（一）项", "其他主动公开文件"), ("本年新制作数量",), 56),
        (("第二十条第（一）项", "其他主动公开文件"), ("本年新公开数量",), 45),
        (("第二十条第（一）项", "其他主动公开文件"), ("对外公开总数量",), 44),
    ]
    assert "R907" in rules(report)


def test_list__columns_of_several_bodies_are_kept_apart_and_fill_no_cell() -> None:
    report = one(
        "甲区2016年政府信息公开情况统计表\n序号 | 统 计 指 标 | 单位 | 区政府统计数 | 区直单位统计数 | 乡镇街道统计数 |\n"
        "1 | 一、主动公开情况 | ---- | | | |\n"
        "2 | （一）主动公开政府信息数（不同渠道和方式公开相同信息计1条） | 条 | 10 | 20 | 30 |\n"
        "3 | 其中：主动公开规范性文件数 | 条 | 1 | 2 | |\n"
    )

    assert values(report) == {}
    found = {(f.row[-1][:5], f.column): f.value for f in report.figures}
    assert found["（一）主动", ("区直单位统计数",)] == 20
    assert found["其中：主动", ("乡镇街道统计数",)] is None


def test_list__two_halves_side_by_side_are_read() -> None:
    report = one(
        "甲局2016年政府信息公开情况统计表\n统计指标\t单位\t统计数\t统计指标\t单位\t统计数\n"
        "（一）收到申请数\t件\t3\t四、行政复议数量\t件\t1\n1.当面申请数\t件\t0\t（一）维持具体行政行为数\t件\t1\n"
        "2.传真申请数\t件\t0\t五、行政诉讼数量\t件\t2\n3.网络申请数\t件\t3\t六、举报投诉数量\t件\t5\n4.信函申请数\t件\t\t七、依申请公开信息收取的费用\t万元\t0\n八、机构建设和保障经费情况\n"
    )

    read = values(report)
    assert (read["requests.new"], read["requests.new.online"], read["requests.new.letter"]) == (3, 3, "blank")
    assert (read["reviews"], read["litigation"], read["complaints"], read["fees.charged"]) == (1, 2, 5, 0)


def test_list__remarks_column_is_no_value() -> None:
    report = one(
        "甲局2016年政府信息公开情况统计表\n统计指标\t单位\t统计数\t备注\n（一）收到申请数\t件\t\t9\n"
        "1.当面申请数\t件\t2\t\n2.传真申请数\t件\t0\t5\n3.网络申请数\t件\t1\t\n"
    )

    read = values(report)
    assert (read["requests.new"], read["requests.new.in_person"], read["requests.new.fax"]) == ("blank", 2, 0)


def test_list__label_unit_and_value_on_one_line_are_told_apart() -> None:
    report = one(
        "甲局2016年政府信息公开情况统计表\n（一）收到申请数 件 3\n1.当面申请数 件 ０\n2.传真申请数 件 1,010\n3.网络申请数 件 约20\n"
        "七、依申请公开信息收取的费用 万元 184719元\n八、机构建设和保障经费情况\n"
    )

    read = values(report)
    assert (read["requests.new"], read["requests.new.in_person"], read["requests.new.fax"]) == (3, 0, 1010)
    assert (read["requests.new.online"], read["fees.charged"]) == ("text", Decimal("18.4719"))
    assert "R909" in rules(report)


def test_list__row_codes_are_dropped_beside_values() -> None:
    report = one(
        "甲市2010年政府信息公开情况统计报表\n指标名称\t计量单位\t代码\t数量\n主动公开信息数\t条\t01\t500\n"
        "其中：全文电子化的主动公开信息数\t条\t02\t400\n新增的行政规范性文件数\t条\t03\t\n申请总数\t条\t10\t7\n当面申请数\n"
    )

    assert values(report) == {
        "proactive.items": 500,
        "proactive.items.digital": 400,
        "proactive.items.normative": "blank",
        "requests.new": 7,
    }


@pytest.mark.parametrize("line", ["{label}\t条\t{code}", "{label}\n| 条\n| {code}\n|\n|\n|", "{label} 条 {code}"])
def test_blank_form__row_codes_are_no_values(line: str) -> None:
    labels = [
        "主动公开信息数",
        "其中：全文电子化的主动公开信息数",
        "新增的行政规范性文件数",
        "提供服务类信息数",
        "网站专栏页面访问量",
    ]
    labels += ["现场接待人数", "网上咨询数", "咨询电话接听数", "依申请公开信息目录数", "申请总数"]
    rows = [line.format(label=label, code=f"{n:02}") for n, label in enumerate(labels, start=1)]

    report = one("甲市2010年政府信息公开情况统计报表\n指标名称\t计量单位\t代码\n" + "\n".join(rows))

    assert report.edition is edition("2004")
    assert values(report) == {}
    assert "R910" in rules(report)


def test_blank_form__running_numbers_are_no_values() -> None:
    report = one(
        "甲局2016年政府信息公开情况统计表\n（一）收到申请数 件 1\n1.当面申请数 件 2\n2.传真申请数 件 3\n3.网络申请数 件 4\n4.信函申请数 件 5\n（二）申请办结数\n"
    )

    assert values(report) == {}
    assert "R910" in rules(report)


def test_list__running_numbers_below_a_heading_for_values_are_values() -> None:
    report = one(
        "甲局2016年政府信息公开情况统计表\n统计指标 单位 统计数\n（一）收到申请数 件 1\n1.当面申请数 件 2\n2.传真申请数 件 3\n"
        "3.网络申请数 件 4\n4.信函申请数 件 5\n（二）申请办结数 件 6\n1.按时办结数\n"
    )

    assert list(values(report).values()) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("row", ["{} 件 {}", "{}\t件\t{}"])
def test_list__one_number_below_headings_for_code_and_value_is_not_read(row: str) -> None:
    labels = ["（一）收到申请数", "1.当面申请数", "2.传真申请数", "3.网络申请数", "4.信函申请数"]
    rows = [row.format(label, n) for n, label in enumerate(labels, start=20)]

    report = one("甲局2016年政府信息公开情况统计表\n指标名称 单位 代码 数量\n" + "\n".join(rows))

    assert values(report) == {}
    assert "R904" in rules(report)


def test_lost_text__question_marks_are_left_out() -> None:
    report = one(
        "甲局2016年政府信息公开情况统计表\n统计指标\t单位\t统计数\n（一）收到申请数\t件\t??\n1.当面申请数\t件\t0\n2.传真申请数\t件\t0\n3.网络申请数\t件\t0\n"
    )

    assert "requests.new" not in values(report)
    assert "R906" in rules(report)


def test_lost_text__a_report_of_question_marks_holds_nothing() -> None:
    report = one("????2016????????\n????\t?\t???\n???????\t?\t3\n?.?????\t?\t0\n")

    assert report.figures == ()
    assert {"R901", "R902", "R903"} <= rules(report)


def test_page_break__label_cut_in_the_middle_is_put_together() -> None:
    report = one(
        "甲局2017年度政府信息公开情况统计表\n统 计 指 标\t单 位\t统 计 数\n(二) 设置政府信息公开查阅点数\t个\t\n(三) 从事政府信息公开工作人员数\t人\t2\n"
        "1. 专职人员数 (不包括政府公报及政府网站工作人员数)\t人\t1\n2. 兼职人员数\t人\t1\n"
        "(四) 政府信息公开专项经费 (不包括用于政府公报编辑管理及政府网站建设维\t万元\t3.5\n\n护等方面的经费)\n\n"
        "九、政府信息公开会议和培训情况\n\n——\n\n（一）召开政府信息公开工作会议或专题会议数\t次\t2\n（二）举办各类培训班数\n"
    )

    read = values(report)
    assert (read["organisation.reading_points"], read["organisation.budget"], read["meetings"]) == ("blank", Decimal("3.5"), 2)


def test_headings__standing_upright_character_by_character_are_read() -> None:
    report = one(
        "甲局2020年政府信息公开工作年度报告\n行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n结 结 其 尚\n结 结 其 尚 结 结 其 尚\n果 果 他 未\n"
        "总计 果 果 他 未 总 果 果 他 未 总\n维 纠 结 审\n维 纠 结 审 计 维 纠 结 审 计\n持 正 果 结\n持 正 果 结 持 正 果 结\n"
        "0 1 2 3 6 5 6 7 8 26 10 11 12 13 46\n五、存在的主要问题及改进情况\n"
    )

    assert [f.value for f in report.figures] == [0, 1, 2, 3, 6, 5, 6, 7, 8, 26, 10, 11, 12, 13, 46]


def test_headings__in_another_order_are_believed_only_by_their_columns() -> None:
    rows = [
        ["信息内容", "现行有效件数", "本年制发件数", "本年废止件数"],
        ["规章", "30", "1", "2"],
        ["行政规范性文件", "40", "3", "4"],
        ["第二十条第（五）项", "", "", ""],
        ["信息内容", "本年处理决定数量", "", ""],
        ["行政许可", "5", "", ""],
    ]
    grid = spanned_grid([[RawCell(text) for text in row] for row in rows], 1, None, Slots())
    (report,) = read_source(Source("a.docx", "docx", (Paragraph("甲局2022年政府信息公开工作年度报告", Place(line=1)), grid)))

    read = values(report)
    assert (read["documents.rule.made"], read["documents.rule.repealed"], read["documents.rule.in_force"]) == (1, 2, 30)

    loose = one("甲局2022年政府信息公开工作年度报告\n" + "\n".join(text for row in rows for text in row if text))
    assert not {code for code in values(loose) if code.startswith("documents")}
    assert "R904" in rules(loose)


def test_values__merged_over_columns_or_rows_are_not_split() -> None:
    header = [RawCell("信息内容"), RawCell("本年制发件数"), RawCell("本年废止件数"), RawCell("现行有效件数")]
    rows = [
        header,
        [RawCell("规章"), RawCell("0", columns=3)],
        [RawCell("行政规范性文件"), *[RawCell(str(n)) for n in (1, 2, 3)]],
    ]
    rows += [[RawCell("第二十条第（五）项", columns=4)], [RawCell("信息内容"), RawCell("本年处理决定数量", columns=3)]]
    rows += [[RawCell("行政许可"), RawCell("7", columns=3)]]
    grid = spanned_grid(rows, 1, None, Slots())
    (report,) = read_source(Source("a.docx", "docx", (Paragraph("甲局2022年政府信息公开工作年度报告", Place(line=1)), grid)))

    assert values(report) == {
        "documents.normative.made": 1,
        "documents.normative.repealed": 2,
        "documents.normative.in_force": 3,
        "licence.decisions": 7,
    }
    assert "R904" in rules(report)


@pytest.mark.parametrize("layout", sorted(TEXT_LAYOUTS))
def test_two_years__in_one_file_are_two_reports(layout: str) -> None:
    first, second = made(("cn2019", 1), ("0", "3", "5")), made(("cn2021", 2), ("0", "4", "6"))
    text = "\n".join([*lines(first, TEXT_LAYOUTS[layout]), *lines(second, TEXT_LAYOUTS[layout])])

    found = read_source(text_source(text))

    assert [(r.year, r.edition) for r in found] == [(first.year, first.edition), (second.year, second.edition)]
    assert wrong(first, found[:1]) == []
    assert wrong(second, found[1:]) == []


def test_two_years__of_one_form_are_not_mixed() -> None:
    first, second = made(("cn2021", 1), ("0", "3", "5")), made(("cn2021", 2), ("0", "4", "6"))
    text = [*lines(first, TEXT_LAYOUTS["tabs"]), *lines(second, TEXT_LAYOUTS["tabs"])]
    text = [line.replace("2022年", "2023年") if n < len(text) / 2 else line for n, line in enumerate(text)]

    found = read_source(text_source("\n".join(text)))

    assert [r.year for r in found] == [2023, 2022]
    assert (wrong(first, found[:1]), wrong(second, found[1:])) == ([], [])


def test_two_tables__without_titles_of_their_own_are_two_results_and_the_second_has_no_year() -> None:
    first, second = made(("cn2014", 1), ("0", "3", "5")), made(("cn2014", 2), ("0", "4", "6"))
    text = [*lines(first, TEXT_LAYOUTS["tabs"]), *lines(second, TEXT_LAYOUTS["tabs"])[1:]]

    found = read_source(text_source("\n".join(text)))

    assert [r.year for r in found] == [2017, None]
    assert (wrong(first, found[:1]), wrong(second, found[1:])) == ([], [])


def test_same_tables__printed_twice_are_one_report() -> None:
    report = made(("cn2014", 1), ("0", "3", "5"))
    text = lines(report, TEXT_LAYOUTS["tabs"])

    found = read_source(text_source("\n".join([*text, *text])))

    assert len(found) == 1
    assert wrong(report, found) == []
    assert "R914" in {f.rule for f in found[0].findings}


def test_edition__tables_that_several_forms_share_are_told_when_no_year_decides() -> None:
    text = (
        "行政复议\t行政诉讼\n结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t未经复议直接起诉\t复议后起诉\n"
        + "\t".join(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 2)
        + "\n"
        + "\t".join(["1"] * 15)
        + "\n"
    )

    assert "R913" in rules(one(text))
    assert one("甲局2020年政府信息公开工作年度报告\n" + text).edition is edition("2019")
    assert one("甲局2023年政府信息公开工作年度报告\n" + text).edition is edition("2021")
