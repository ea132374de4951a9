"""Do measures run over a change of form, and say where they cannot?"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from gongkai.errors import BadEdition, NotFound
from gongkai.returns import editions
from gongkai.returns.bridge import load, measure, measures, series
from gongkai.returns.superset import superset
from tests.core.checking.reports import report


def test_measures__every_edition_has_an_expression_or_a_reason() -> None:
    for each in measures():
        for edition in editions():
            assert each.terms(edition) or each.note(edition).endswith("。")


def test_requests_received__are_one_series_over_three_forms() -> None:
    reports = [
        report("2021", {"requests.new": 9}, year=2021),
        report("2018", {"requests.new": 4}, year=2018),
        report("2019", {"requests.new": 7}, year=2020),
    ]
    points = series(measure("requests.received"), reports)
    assert [(p.year, p.value) for p in points] == [(2018, Decimal(4)), (2020, Decimal(7)), (2021, Decimal(9))]


def test_granted__adds_what_was_already_public_in_the_older_form() -> None:
    older = report("2014", {"replies.granted": 3, "replies.already_public": 2})
    assert measure("requests.granted").value(older) == Decimal(5)
    assert older.edition is not None
    assert "已主动公开" in measure("requests.granted").note(older.edition)


def test_refused__leaves_out_what_was_no_government_information() -> None:
    older = report("2014", {"replies.refused": 5, "replies.refused.not_government_information": 2})
    assert measure("requests.refused").value(older) == Decimal(3)


def test_proactive_items__end_with_the_form_that_counted_them() -> None:
    (old, new) = series(measure("proactive.items"), [report("2018", {"proactive.items": 40}), report("2019", {}, year=2019)])
    assert old.value == Decimal(40)
    assert new.value is None
    assert "不能接续" in new.note


def test_value__is_none_when_a_cell_is_blank() -> None:
    assert measure("litigation").value(report("2021", {"litigation.after_review": ""})) is None


def test_local_superset__has_the_measures_of_its_form(tmp_path: Path) -> None:
    path = tmp_path / "town.toml"
    path.write_text('extends = "2014"\nname = "town"\n', encoding="utf-8")
    assert measure("reviews").terms(superset(path)) == measure("reviews").cells["cn2014"]


def test_measure__unknown_one_is_refused_with_the_list() -> None:
    with pytest.raises(NotFound, match="没有名为“weather”的指标"):
        measure("weather")


GOOD = """
[[measure]]
key = "reviews"
title = "行政复议"
unit = "件"
cells = { cn2021 = ["reviews"], cn2019 = ["reviews"], cn2014_nofee = ["reviews"], cn2014 = ["reviews"] }
notes = { zj_yuyao2017 = "没有。", sh2004_family = "没有。" }
"""


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (GOOD.replace('unit = "件"', 'units = "件"'), "多了或缺了字段“unit"),
        (GOOD.replace('cn2021 = ["reviews"]', 'cn2021 = ["revues"]'), "单元格“revues”在格式“cn2021”里不存在"),
        (GOOD.replace("cn2021 =", "cn2031 ="), "不存在的格式“cn2031”"),
        (GOOD.replace('zj_yuyao2017 = "没有。", ', ""), "既没有格式“zj_yuyao2017”的算法，也没有说明为什么没有"),
        (GOOD + GOOD, "指标“reviews”出现了不止一次"),
    ],
    ids=["field", "cell", "edition", "gap", "twice"],
)
def test_bridge_file__wrong_one_is_refused_in_words(tmp_path: Path, wrong: str, words: str) -> None:
    path = tmp_path / "bridge.toml"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(BadEdition, match=words):
        load(path)
