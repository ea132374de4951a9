"""Is a label read through the advertising of an intruder only where nothing but the label is left?"""

from __future__ import annotations

import pytest

from gongkai.reading.reports import read_source
from gongkai.returns import Report
from tests.core.reading.printing import TEXT_LAYOUTS, lines, made, rules, text_source


def printed(layout: str = "bars") -> str:
    return "\n".join(lines(made(("cn2021", 3), ("0", "1", "7", "12", "345")), TEXT_LAYOUTS[layout]))


def read(text: str) -> Report:
    (report,) = read_source(text_source(text))
    return report


def told(report: Report) -> str:
    return "".join(f.message for f in report.findings if f.rule == "R924")


@pytest.mark.parametrize("layout", ["bars", "tabs", "cells"])
@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("行政处罚", "行政bat365官网登录下载_365bet开户处罚"),
        ("1.属于国家秘密", "1.属于国家www.abc-88.com秘密"),
        ("行政规范性文件", "新葡京博彩官网行政规范性文件"),
        ("现行有效件数", "现行有效件澳门威尼斯人平台数"),
        (
            "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
            "（二）部分公开bet365入口（区分处理的，只计这一情形，不计其他情形）",
        ),
    ],
)
def test_label__with_advertising_in_it_is_the_forms_and_told(layout: str, label: str, found: str) -> None:
    whole = printed(layout)
    damaged = whole.replace(f"\n{label}", f"\n{found}") if f"\n{label}" in whole else whole.replace(label, found)
    assert damaged != whole
    report = read(damaged)

    assert [(f.code, f.value) for f in report.figures] == [(f.code, f.value) for f in read(whole).figures]
    assert "夹着与报告无关的广告文字" in told(report)


@pytest.mark.parametrize("found", ["行政bet365其它处罚", "行博彩政棋牌室处罚", "行政www.a.com处罚案"])
def test_label__with_more_than_advertising_in_it_is_left_alone(found: str) -> None:
    report = read(printed().replace("行政处罚", found))

    assert "penalty.decisions" not in {f.code for f in report.figures}
    assert told(report) == ""


def test_name__with_advertising_in_it_is_no_bodys() -> None:
    report = read(printed().replace("云漪市司法局", "云漪bet365官网市司法局"))

    assert report.agency is None
    assert "R902" in rules(report)


def test_report__of_the_lottery_is_none_of_an_intruders() -> None:
    report = read(printed() + "\n全年公开彩票公益金信息3条，详见www.example.com。")

    assert told(report) == ""
    assert report.agency == "云漪市司法局"
