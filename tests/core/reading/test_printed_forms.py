"""Are the forms that real sites print read, and those that only look filled in refused?"""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.kernel import Place, State
from gongkai.reading.blocks import Paragraph, Source
from gongkai.reading.grids import RawCell, Slots, spanned_grid
from gongkai.reading.reports import read_source
from gongkai.returns import Report, edition
from tests.core.reading.printing import TEXT_LAYOUTS, lines, made, text_source, wrong

HEADER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况 |\n自然人 | 法人或其他组织 | 总计 |\n"
APPLICANTS = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]


def one(text: str) -> Report:
    (report,) = read_source(text_source(text))
    return report


def values(report: Report) -> dict[str, Decimal | str | None]:
    return {f.code: f.value if f.state is State.NUMBER else f.state.value for f in report.figures if f.code is not None}


def rules(report: Report) -> set[str]:
    return {f.rule for f in report.findings}


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
        "2.传真申请数\t件\t0\t五、行政诉讼数量\t件\t2\n3.网络申请数\t件\t3\t六、举报投诉数量\t件\t5\n4.信函申请数\t件\t\t七、依申请公开信息收取的费用\t万元\t0\n"
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
        "七、依申请公开信息收取的费用 万元 184719元\n"
    )

    read = values(report)
    assert (read["requests.new"], read["requests.new.in_person"], read["requests.new.fax"]) == (3, 0, 1010)
    assert (read["requests.new.online"], read["fees.charged"]) == ("text", Decimal("18.4719"))
    assert "R909" in rules(report)


def test_list__row_codes_are_dropped_beside_values() -> None:
    report = one(
        "甲市2010年政府信息公开情况统计报表\n指标名称\t计量单位\t代码\t数量\n主动公开信息数\t条\t01\t500\n"
        "其中：全文电子化的主动公开信息数\t条\t02\t400\n新增的行政规范性文件数\t条\t03\t\n申请总数\t条\t10\t7\n"
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
        "甲局2016年政府信息公开情况统计表\n（一）收到申请数 件 1\n1.当面申请数 件 2\n2.传真申请数 件 3\n3.网络申请数 件 4\n4.信函申请数 件 5\n"
    )

    assert values(report) == {}
    assert "R910" in rules(report)


def test_list__running_numbers_below_a_heading_for_values_are_values() -> None:
    report = one(
        "甲局2016年政府信息公开情况统计表\n统计指标 单位 统计数\n（一）收到申请数 件 1\n1.当面申请数 件 2\n2.传真申请数 件 3\n"
        "3.网络申请数 件 4\n4.信函申请数 件 5\n（二）申请办结数 件 6\n"
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
        "九、政府信息公开会议和培训情况\n\n——\n\n（一）召开政府信息公开工作会议或专题会议数\t次\t2\n"
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
