"""What does a whole report hold besides its figures, and what shape has it as JSON?"""

from __future__ import annotations

import json
from dataclasses import replace

from gongkai.kernel import Status
from gongkai.reading import NOTES, read, report_json
from gongkai.reading.reports import read_source
from gongkai.returns import Section, edition
from gongkai.writing import write
from tests.core.reading.printing import TEXT_LAYOUTS, lines, made, text_source

TEXT = (
    "甲市司法局2017年政府信息公开工作年度报告\n本报告依法编制。\n一、概述\n（一）工作情况\n全年公开信息3条。\n"
    "二、主动公开政府信息情况\n2017年主动公开3条。\n附件\n政府信息公开情况统计表\n（2017年度）\n填报单位：甲市司法局\n"
    "统计指标\t单位\t统计数\n（一）收到申请数\t件\t3\n1.当面申请数\t件\t0\n2.传真申请数\t件\t0\n3.网络申请数\t件\t3\n"
    "单位负责人：赵某　审核人：钱某　填报人： 孙某\n联系电话：0000-1234 填报日期:2018年1月3日\n"
)


def test_text__is_divided_into_preface_and_sections_without_tables() -> None:
    (report,) = read_source(text_source(TEXT))

    assert report.sections == (
        Section("", ("本报告依法编制。",)),
        Section("一、概述", ("（一）工作情况", "全年公开信息3条。")),
        Section("二、主动公开政府信息情况", ("2017年主动公开3条。",)),
    )


def test_foot__fields_on_one_line_are_told_apart() -> None:
    (report,) = read_source(text_source(TEXT))

    assert report.signoff == (
        ("单位负责人", "赵某"),
        ("审核人", "钱某"),
        ("填报人", "孙某"),
        ("联系电话", "0000-1234"),
        ("填报日期", "2018年1月3日"),
    )


def test_text_alone__gives_a_report_without_figures_that_says_so() -> None:
    (report,) = read_source(text_source("甲市司法局2017年政府信息公开工作年度报告\n一、概述\n全年公开信息3条。\n"))

    assert (report.agency, report.year, report.edition, report.figures) == ("甲市司法局", 2017, None, ())
    assert [f.rule for f in report.findings] == ["R903"]
    assert report.sections == (Section("一、概述", ("全年公开信息3条。",)),)


def test_json__has_the_agreed_keys_and_edition_labels() -> None:
    (report,) = read_source(text_source("\n".join(lines(made(("cn2021", 3)), TEXT_LAYOUTS["tabs"]))))

    shown = json.loads(json.dumps(report_json(report)))
    assert list(shown) == ["source", "agency", "year", "edition", "figures", "claims", "findings"]
    assert shown["edition"] == "cn2021"
    figure = next(f for f in shown["figures"] if f["code"] == "outcome.refused.state_secret.company")
    assert list(figure) == ["code", "row", "column", "value", "text", "state", "unit", "place"]
    assert figure["row"] == ["三、本年度办理结果", "（三）不予公开", "1.属于国家秘密"]
    assert figure["column"] == ["申请人情况", "法人或其他组织", "商业企业"]
    review = next(f for f in shown["figures"] if f["code"] == "litigation.direct.upheld")
    assert (review["row"], review["column"]) == ([], ["行政诉讼", "未经复议直接起诉", "结果维持"])


def test_read__takes_our_own_json_by_its_schema() -> None:
    report = replace(made(("cn2014", 3)), sections=(Section("一、概述", ("本机关依法公开。",)),))

    assert read(write(report, "json"), "report.json") == (report,)


def test_read__the_same_bytes_give_the_same_reports_and_findings() -> None:
    data = "\n".join(lines(made(("cn2019", 3)), TEXT_LAYOUTS["cells"])).encode()

    first, second = read(data, "a.txt"), read(data, "a.txt")
    assert (first, first[0].findings) == (second, second[0].findings)


def test_read__other_editions_can_be_given() -> None:
    data = "\n".join(lines(made(("cn2014", 3)), TEXT_LAYOUTS["tabs"])).encode()

    (report,) = read(data, "a.txt", editions=(edition("2014"),))
    assert report.edition is edition("2014")
    (none,) = read(data, "a.txt", editions=(edition("2021"),))
    assert none.edition is None or len(none.figures) == 0


def test_notes__each_has_a_page_in_whole_sentences_and_its_own_code() -> None:
    assert len({card.code for card in NOTES}) == len(NOTES)
    for card in NOTES:
        assert card.code.startswith("R9")
        assert card.statement.endswith("。")
        assert card.status in (Status.UNCERTAIN, Status.REMARK)
        assert card.wrong
        assert card.right
