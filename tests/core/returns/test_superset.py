"""Can a body add rows, columns and identities of its own to a form, and nothing else?"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from gongkai.checking import cells, check
from gongkai.errors import BadEdition
from gongkai.kernel import Status
from gongkai.returns import Edition, Layout, Report, blank_report, edition
from gongkai.returns.superset import superset
from tests.core.checking.reports import filled

TOWN = """
extends = "2014"
name = "town"
title = "青岚镇政府信息公开情况统计表"

[[row]]
table = "statistics"
after = "requests.new.letter"
code = "local.requests.hotline"
label = "5.热线申请数"
under = "requests.new"
unit = "件"

[[row]]
table = "statistics"
after = "proactive.items"
code = "local.leaders"
label = "主动公开机构领导、机构设置及人事信息"
under = "proactive"
unit = "条"

[[identity]]
key = "requests.new"
kind = "sum"
left = ["requests.new"]
right = ["requests.new.in_person", "requests.new.fax", "requests.new.online", "requests.new.letter", "local.requests.hotline"]
hard = true
replaces = true
"""
COLUMNS = """
extends = "cn2014"
name = "district"

[[column]]
table = "statistics"
code = "local.government"
label = ["区政府"]

[[column]]
table = "statistics"
code = "local.townships"
label = ["乡镇街道"]

[[identity]]
key = "local.across"
kind = "across"
table = "statistics"
total = ""
parts = ["local.government", "local.townships"]
hard = true
"""


def made(folder: Path, text: str) -> Edition:
    path = folder / "local.toml"
    path.write_text(text, encoding="utf-8")
    return superset(path)


def zeros(form: Edition, figures: dict[str, object]) -> Report:
    report = blank_report(form, "青岚镇人民政府", 2016)
    return Report(report.agency, report.year, form, tuple(filled(f, figures.get(f.code or "", 0)) for f in report.figures))


def test_superset__keeps_every_cell_of_its_form_and_adds_its_own(tmp_path: Path) -> None:
    base, town = edition("2014"), made(tmp_path, TOWN)
    assert (town.key, town.base, town.title) == ("cn2014+town", "cn2014", "青岚镇政府信息公开情况统计表")
    assert {k: c.label() for k, c in base.cells.items()}.items() <= {k: c.label() for k, c in town.cells.items()}.items()
    assert town.cells.keys() - base.cells.keys() == {"local.requests.hotline", "local.leaders"}


def test_row__stands_after_the_named_row_and_all_that_is_under_it(tmp_path: Path) -> None:
    codes = [r.code for r in made(tmp_path, TOWN).table("statistics").rows]
    assert codes[codes.index("local.leaders") - 1] == "proactive.items.normative"
    assert codes[codes.index("local.requests.hotline") - 1] == "requests.new.letter"


def test_identity__that_replaces_the_forms_one_counts_the_local_row(tmp_path: Path) -> None:
    town = made(tmp_path, TOWN)
    right = zeros(town, {"requests.new": 4, "requests.new.online": 3, "local.requests.hotline": 1})
    assert not [i for i in check(right) if i.status is Status.FAIL]
    (wrong,) = [i for i in check(zeros(town, {"local.requests.hotline": 1})) if i.status is Status.FAIL]
    assert (wrong.rule, wrong.left, wrong.right) == ("R104", Decimal(0), Decimal(1))


def test_columns__turn_a_list_into_a_grid_that_adds_across(tmp_path: Path) -> None:
    district = made(tmp_path, COLUMNS)
    table = district.table("statistics")
    assert table.layout is Layout.GRID
    assert [c.path for c in table.columns] == [("统计数",), ("区政府",), ("乡镇街道",)]
    report = zeros(district, {"meetings": 5, "meetings.local.government": 1, "meetings.local.townships": 3})
    (wrong,) = [i for i in check(report) if i.status is Status.FAIL]
    assert wrong.rule == "R101"
    assert cells(wrong) == ("meetings", "meetings.local.government", "meetings.local.townships")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ('extends = "1999"\nname = "x"', "extends 要写所依据的格式；没有名为“1999”的年报格式"),
        ('extends = "2014"\nname = "某镇"', "name 要用小写英文字母、数字和下划线"),
        ('extends = "2014"\nname = "x"\nremove = ["a"]', "文件里有不认识的字段“remove”"),
        (TOWN.replace('code = "local.leaders"', 'code = "leaders"'), "code 要以“local.”开头"),
        (TOWN.replace('after = "proactive.items"', 'after = "proactive.item"'), "after“proactive.item”不是表“statistics”里的行代码"),
        (TOWN.replace('table = "statistics"', 'table = "requests"', 1), "没有写明加在哪张表，table 可以是：statistics"),
        (TOWN.replace("replaces = true", ""), "已经有了；要改写它，请写明 replaces = true"),
        (TOWN.replace('key = "requests.new"', 'key = "requests.old"'), "没有，不能 replaces"),
        (TOWN.replace('"local.requests.hotline"]', '"local.requests.cable"]'), "用到的单元格“local.requests.cable”不存在"),
        (TOWN.replace('after = "proactive.items"\ncode = "local.leaders"', 'after = "proactive.items"\ncode = "local.requests.hotline"'), "出现了不止一次"),
        ('extends = "2014"\nname = "x"\nrow = 3', "row 要写成 [[row]] 一节一节的形式"),
        (COLUMNS.replace('["区政府"]', '["本级", "区政府"]'), "写了2层标题，表“statistics”的列标题只有一层"),
        (COLUMNS.replace('["乡镇街道"]', '["区政府"]'), "增加的列“区政府”在表“statistics”里已经有了"),
        (TOWN.replace("5.热线申请数", "4.信函申请数"), "增加的行“4.信函申请数”在同一个上级下已经有了"),
        ("extends = \n", "读不出来：第1行第11个字符处有误"),
    ],
    ids=["base", "name", "field", "code", "after", "table", "taken", "nothing", "cell", "twice", "shape", "levels", "column", "row", "toml"],
)  # fmt: skip
def test_superset__wrong_file_is_refused_in_words(tmp_path: Path, wrong: str, words: str) -> None:
    with pytest.raises(BadEdition) as refusal:
        made(tmp_path, wrong)
    assert words in str(refusal.value)
    assert "local.toml" in str(refusal.value)


def test_superset__missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadEdition, match="请检查文件是否存在"):
        superset(tmp_path / "none.toml")
