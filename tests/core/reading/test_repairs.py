"""Is what reading puts right put right only where it is certain, and told?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.reading.reports import read_source
from gongkai.returns import Edition, Report, edition
from tests.core.reading.printing import TEXT_LAYOUTS, lines, made, text_source

FULL = ("0", "1", "7", "12", "345")


def told(report: Report) -> dict[str, str]:
    return {f.rule: f.message for f in report.findings}


def printed(key: str = "cn2021", layout: str = "tabs", seed: int = 3) -> str:
    return "\n".join(lines(made((key, seed), FULL), TEXT_LAYOUTS[layout]))


def read(text: str) -> Report:
    (report,) = read_source(text_source(text))
    return report


@pytest.mark.parametrize("layout", ["tabs", "bars", "markdown", "cells", "indented"])
@pytest.mark.parametrize(
    ("label", "damaged"),
    [
        ("1.属于国家秘密", "1.属于国冢秘密"),
        ("5.属于三类内部事务信息", "5.属于三类内部事努信息"),
        ("2.重复申请", "2.重复申清"),
        ("3.补正后申请内容仍不明确", "3.补正后申内容仍不明确"),
        ("6.属于四类过程性信息", "6.属于四类过程性性信息"),
        ("（六）其他处理", "（六）其他理"),
        ("1.本机关不掌握相关政府信息", "1.本机关不掌握相关政付信恩"),
        ("2.其他法律行政法规禁止公开", "2.其他法律行政止公开"),
        ("1.信访举报投诉类申请", "1.信访投诉类申请"),
    ],
)
def test_label__with_a_wrong_letter_between_two_right_ones_is_its_row_and_told(layout: str, label: str, damaged: str) -> None:
    whole = printed(layout=layout)

    report = read(whole.replace(label, damaged))
    assert report.figures == read(whole).figures
    assert "".join(damaged.split()) in told(report)["R918"]


@pytest.mark.parametrize(
    ("label", "damaged"),
    [
        ("（一）予以公开", "（一）不以公开"),
        ("3.补正后申请内容仍不明确", "3.补正后申请内容仍明确"),
        ("5.属于三类内部事务信息", "5.属于二类内部事务信息"),
        ("二、上年结转政府信息公开申请数量", "二、下年结转政府信息公开申请数量"),
        ("1.本机关不掌握相关政府信息", "1.本机关相关政府信息"),
        ("2.其他法律行政法规禁止公开", "2.其他止公开"),
        ("2.其他法律行政法规禁止公开", "3.其他法律行政止公开"),
        ("2.其他法律行政法规禁止公开", "其他法律行政止公开"),
    ],
)
def test_label__whose_meaning_the_letter_decides_is_left_alone(label: str, damaged: str) -> None:
    whole = printed()
    report = read(whole.replace(label, damaged))

    own = {f.code for f in read(whole).figures if f.row and f.row[-1] == label}
    assert not own & {f.code for f in report.figures}
    assert "R918" not in told(report)


def test_labels__damaged_one_below_the_other_are_left_alone() -> None:
    text = (
        printed()
        .replace("5.属于三类内部事务信息", "5.属于三类内部事努信息")
        .replace("6.属于四类过程性信息", "6.属于四类过程牲信息")
    )

    assert "R918" not in told(read(text))


def long_labels(form: Edition) -> list[str]:
    return sorted({row.label for table in form.tables for row in table.rows if len(row.label) >= 8})


@given(st.sampled_from(["cn2021", "cn2019", "cn2014"]), st.sampled_from(["tabs", "cells", "markdown"]), st.data())
@settings(max_examples=60, deadline=None)
def test_label__however_it_is_damaged_no_figure_changes_its_row(key: str, layout: str, data: st.DataObject) -> None:
    whole = printed(key, layout, data.draw(st.integers(0, 1000)))
    label = data.draw(st.sampled_from(long_labels(edition(key))))
    at = data.draw(st.integers(0, len(label) - 1))
    letter = data.draw(st.sampled_from([*"的不上三已口信申理公1", ""]))
    rest = at + data.draw(st.integers(0, 1))

    right = {f.code: f.value for f in read(whole).figures}
    for figure in read(whole.replace(label, label[:at] + letter + label[rest:])).figures:
        assert figure.code is None or figure.value == right[figure.code]


def test_label__over_two_lines_is_told() -> None:
    text = printed(layout="cells").replace("1.本机关不掌握相关政府信息", "1.本机关不掌握\n相关政府信息")

    report = read(text)
    assert report.figures == read(printed(layout="cells")).figures
    assert "“1.本机关不掌握相关政府信息”" in told(report)["R917"]


def test_heading__cut_off_is_told() -> None:
    report = read(printed().replace("现行有效件数", "现行有效件"))

    assert report.figures == read(printed()).figures
    assert "“现行有效件”" in told(report)["R917"]


@pytest.mark.parametrize(("right", "written"), [("行政许可", "行政許可"), ("规章", "規章"), ("规章", "规(guī)章")])
def test_label__in_traditional_characters_or_with_readings_is_told(right: str, written: str) -> None:
    report = read(printed().replace(right, written))

    assert report.figures == read(printed()).figures
    assert f"“{written}”" in told(report)["R919"]


def test_form_as_printed__has_nothing_to_tell() -> None:
    for key in ("cn2021", "cn2019", "cn2014"):
        assert not {"R917", "R918", "R919", "R920"} & told(read(printed(key))).keys()


@pytest.mark.parametrize(
    "period",
    [
        "统计期限自2020年1月1日起至202020年12月31日止。",
        "统计期限为20201月1日至12月31日。",
        "统计期限为202011日起至20201231日。",
        "统计期限为20202020年1月1日至12月31日。",
    ],
)
def test_period__whose_digits_run_together_is_read_and_told(period: str) -> None:
    rows = "（一）收到申请数\t件\t3\n1.当面申请数\t件\t0\n2.传真申请数\t件\t0\n3.网络申请数\t件\t3\n"
    report = read(f"甲市司法局\n本报告所列数据的{period}\n{rows}")

    assert report.year == 2020
    assert "2020年" in told(report)["R920"]


def test_title__with_a_year_typed_twice_is_read_and_told() -> None:
    rows = "（一）收到申请数\t件\t3\n1.当面申请数\t件\t0\n2.传真申请数\t件\t0\n3.网络申请数\t件\t3\n"
    report = read(f"甲市司法局202020年政府信息公开工作年度报告\n一、概述\n{rows}")

    assert (report.agency, report.year) == ("甲市司法局", 2020)
    assert "R920" in told(report)


@pytest.mark.parametrize("written", ["202021年", "20223年", "20年"])
def test_title__whose_year_may_mean_two_is_left_open(written: str) -> None:
    rows = "（一）收到申请数\t件\t3\n1.当面申请数\t件\t0\n2.传真申请数\t件\t0\n3.网络申请数\t件\t3\n"

    assert read(f"甲市司法局{written}政府信息公开工作年度报告\n一、概述\n{rows}").year is None
