"""Do a report's first sentences name its year and its body only where they announce the report itself?"""

from __future__ import annotations

import pytest

from tests.core.reading.test_identity import ROWS, read, rules

FIRST = "一、总体情况\n"


@pytest.mark.parametrize(
    ("text", "agency", "year"),
    [
        ("现将2019年度政府信息公开工作公告如下：", None, 2019),
        ("現將我局2020年度政府信息公開情況報告如下。", None, 2020),
        ("根據(jù)規(guī)定，特向社會公布2021年政府信息公開工作年度報告。", None, 2021),
        ("现将北山镇2022年政府信息公开工作年度报告进行公开。", "北山镇", 2022),
        ("現將北山鎮2022年政府信息公開工作年度報告進行公開。", "北山鎮", 2022),
        ("现结合我镇实际，主要从六个方面汇报我镇2023年政府信息公开工作。", None, 2023),
        ("本报告是根据条例要求，由北山镇人民政府党政办公室编制。", "北山镇人民政府", None),
        ("本年度报告由甲县财政局编制。", "甲县财政局", None),
        ("本年度报告由甲县人民政府办公室编制。", None, None),
        ("根据《关于做好2020年政府信息公开年度报告编制工作的通知》，现将有关情况报告如下。", None, None),
        ("我局按时公布2021年政府信息公开工作年度报告。", None, None),
    ],
)
def test_announcement__names_body_and_year_of_the_report_itself(text: str, agency: str | None, year: int | None) -> None:
    report = read(f"{text}\n统计表\n{ROWS}")

    assert (report.agency, report.year) == (agency, year)


@pytest.mark.parametrize("heading", [FIRST, "一、总体情况：\n", "一、概述\n", "一、總體情況\n", "一、总体情况\n（一）主动公开\n"])
def test_year__the_first_section_opens_with_is_read_and_told(heading: str) -> None:
    report = read(f"{heading}2022年，我局主动公开政府信息63条。\n统计表\n{ROWS}")

    assert report.year == 2022
    assert "R926" in rules(report)


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRST}2022年底，我局主动公开政府信息63条。",
        f"{FIRST}2022年5月，我局主动公开政府信息63条。",
        f"{FIRST}2022年以来，我局主动公开政府信息63条。",
        f"{FIRST}2022年，我局完成各项工作。",
        f"{FIRST}2022年，我局主动公开政府信息63条。2021年，我局主动公开政府信息60条。",
        f"{FIRST}2022年，我局主动公开政府信息63条。\n二、存在的问题\n2023年，我局将加强信息公开。",
        f"{FIRST}我局主动公开政府信息63条。2022年，我局举办培训1次。",
    ],
)
def test_year__that_is_not_alone_or_not_the_openings_is_left_open(text: str) -> None:
    assert read(f"{text}\n统计表\n{ROWS}").year is None


def test_year__of_a_title_is_not_touched_by_the_opening() -> None:
    report = read(f"甲市司法局2021年政府信息公开工作年度报告\n{FIRST}2022年，我局主动公开政府信息63条。\n{ROWS}")

    assert report.year == 2021
    assert "R926" not in rules(report)


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        ("甲縣北山鄉人民政府2022年政府信息公開工作年度報告", "甲縣北山鄉人民政府"),
        ("甲县北山镇2022年政府信息公开 工作告年度报", "甲县北山镇"),
    ],
)
def test_title__in_traditional_characters_or_with_exchanged_letters_is_read(title: str, agency: str) -> None:
    report = read(f"{title}\n一、概述\n{ROWS}")

    assert (report.agency, report.year) == (agency, 2022)
