"""Whose report of which year is it, by the report's own evidence?"""

from __future__ import annotations

import pytest

from gongkai.reading.reports import read_source
from gongkai.returns import Report
from tests.core.reading.printing import text_source

ROWS = "（一）收到申请数\t件\t3\n1.当面申请数\t件\t0\n2.传真申请数\t件\t0\n3.网络申请数\t件\t3\n"


def read(text: str) -> Report:
    (report,) = read_source(text_source(text))
    return report


def rules(report: Report) -> set[str]:
    return {f.rule for f in report.findings}


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        ("甲市司法局2017年政府信息公开工作年度报告", "甲市司法局", 2017),
        ("甲市司法局关于2017年度政府信息公开工作年度报告", "甲市司法局", 2017),
        ("甲市司法局２０１７年度政府信息公开年报", "甲市司法局", 2017),
        ("2017年甲市司法局政府信息公开工作年度报告", "甲市司法局", 2017),
        ("2017年度甲县人民政府信息公开工作年度报告", "甲县人民政府", 2017),
        ("甲县人民政府办公室\n2017年政府信息公开工作年度报告", "甲县人民政府办公室", 2017),
        ("《甲市司法局2017年政府信息公开工作年度报告》", "甲市司法局", 2017),
        ("甲市乙街道2017年政府信息公开工作年度报告", "甲市乙街道", 2017),
    ],
)
def test_title__names_body_and_year(title: str, agency: str, year: int) -> None:
    report = read(f"{title}\n一、概述\n本机关依法公开。\n{ROWS}")

    assert (report.agency, report.year) == (agency, year)


def test_agency__full_name_is_preferred_to_the_short_one_it_ends_with() -> None:
    report = read(f"市司法局2017年政府信息公开工作年度报告\n一、概述\n{ROWS}\n甲市司法局\n2018年1月3日\n")

    assert report.agency == "甲市司法局"
    assert "R912" not in rules(report)


def test_agency__that_does_not_say_of_which_place_is_left_open() -> None:
    report = read(f"市司法局2017年政府信息公开工作年度报告\n一、概述\n{ROWS}\n")

    assert report.agency is None
    assert next(f.message for f in report.findings if f.rule == "R902").startswith("文件里只写“市司法局”")


def test_agency__of_a_district_named_after_its_place_in_the_city_is_whole() -> None:
    assert read(f"市中区司法局2017年政府信息公开工作年度报告\n一、概述\n{ROWS}\n").agency == "市中区司法局"


@pytest.mark.parametrize(
    "head",
    [
        "附件：\n\n甲市司法局\n\n2017年度",
        "附件：\n甲市司法局\n2017年度",
        "附件：甲市司法局\n2017年度",
        "附件：甲市司法局2017年度",
    ],
)
def test_agency__stands_in_the_annex_whatever_the_lines_between(head: str) -> None:
    report = read(f"市司法局2017年度政府信息公开年报\n一、概述\n本局依法公开。\n{head}政府信息公开工作情况统计表\n{ROWS}\n")

    assert report.agency == "甲市司法局"


def test_agency__may_stand_in_the_tables_head() -> None:
    assert read(f"政府信息公开情况统计表\n（2017年度）\n填报单位：甲市司法局\n{ROWS}").agency == "甲市司法局"


def test_agency__two_different_bodies_are_told() -> None:
    report = read(f"甲市司法局2017年政府信息公开工作年度报告\n填报单位：乙市财政局\n{ROWS}")

    assert report.agency == "甲市司法局"
    assert "R912" in rules(report)


def test_year__is_never_the_day_of_signing() -> None:
    report = read(f"甲市司法局政府信息公开工作年度报告\n一、概述\n{ROWS}\n甲市司法局\n2018年1月3日\n")

    assert report.year is None
    assert "R901" in rules(report)


def test_year__statistical_period_says_it_when_the_title_does_not() -> None:
    period = "本报告统计期限自2013年1月1日起至2013年12月31日止。"

    assert read(f"甲市司法局\n(2014年3月12日)\n{period}\n{ROWS}").year == 2013


def test_year__links_to_other_years_in_a_pages_margin_are_no_titles() -> None:
    links = "\n".join(f"甲市司法局{year}年政府信息公开工作年度报告" for year in (2013, 2014, 2015))
    text = "\n".join(f"一是做好第{n}项工作。" for n in range(30))
    report = read(f"{links}\n甲市司法局2016年政府信息公开工作年度报告\n一、概述\n{text}\n{ROWS}\n{links}\n")

    assert (report.agency, report.year) == ("甲市司法局", 2016)
    assert "R912" not in rules(report)


def test_year__contradiction_is_told_and_left_open_when_even() -> None:
    period = "本报告统计期限自2016年1月1日起至2016年12月31日止。"
    report = read(f"甲市司法局2017年政府信息公开工作年度报告\n{period}\n{ROWS}")

    assert report.year is None
    assert "R912" in rules(report)


def test_year__contradiction_is_decided_by_more_evidence() -> None:
    period = "本报告统计期限自2017年1月1日起至2017年12月31日止。"
    report = read(f"甲市司法局2017年政府信息公开工作年度报告\n{period}\n政府信息公开情况统计表\n（2016年度）\n{ROWS}")

    assert report.year == 2017
    assert "R912" in rules(report)


def test_nothing_found__is_null_and_told() -> None:
    report = read(f"统计表\n{ROWS}")

    assert (report.agency, report.year) == (None, None)
    assert {"R901", "R902"} <= rules(report)


@pytest.mark.parametrize(
    "title",
    [
        "甲市司法局2017年度政府信息公开工作\n年度报告",
        "2017 年甲市司法局政府信息\n公开工作年度报告",
        "2017年甲市司法局政府信息公开\n工作年度报告",
    ],
)
def test_title__broken_over_two_lines_is_one(title: str) -> None:
    report = read(f"正文\n{title}\n一、概述\n本机关依法公开。\n{ROWS}")

    assert (report.agency, report.year) == ("甲市司法局", 2017)


def test_title__with_readings_in_brackets_names_body_and_year() -> None:
    report = read(f"甲市司法局2017年政（zhèng）府信息公开(kāi)工作年度报告(gào)\n一、概述\n本机关依法公开。\n{ROWS}")

    assert (report.agency, report.year) == ("甲市司法局", 2017)
    assert "R920" not in rules(report)


def test_year__period_broken_over_two_lines_is_read() -> None:
    assert read(f"甲市司法局\n本报告的统计期限为 2013\n年 1 月 1 日至 12 月 31 日。\n{ROWS}").year == 2013


def test_preface__that_announces_the_report_names_body_and_year() -> None:
    report = read(f"现将甲县乙镇2017年度政府信息公开工作报告如下：\n一、概述\n{ROWS}")

    assert (report.agency, report.year) == ("甲县乙镇", 2017)
    assert read(f"现将我镇2017年政府信息公开工作报告如下：\n{ROWS}").agency is None


def test_notice__that_asks_for_reports_has_no_year() -> None:
    report = read(
        "甲市人民政府办公室关于做好2009年度政府信息公开工作年度报告有关事项的通知\n附表\n指标名称\n2009  年度\n主动公开信息数\n\n"
    )

    assert report.year is None
