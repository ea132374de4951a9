"""Is a wrong edition file refused, with its name, what is wrong and what to do?"""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.errors import BadEdition
from gongkai.returns import Kind, Layout
from gongkai.returns.loader import load

SMALL = """
key = "small"
short = ["s"]
title = "年度报告"
authority = "本级要求"
issued = "2020"
first_year = 2020
sections = ["一、总体情况"]

[[table]]
key = "requests"
layout = "list"
unit = "件"
headings = ["指标", "单位", "数量"]
rows = [
  { code = "requests", label = "一、收到申请" },
  { code = "requests.online", label = "网络", under = "requests" },
  { code = "requests.letter", label = "信函", under = "requests" },
]

[[table]]
key = "grid"
layout = "grid"
section = "一、总体情况"
unit = "件"
columns = [{ code = "person", label = ["自然人"] }, { code = "body", label = ["法人"] }, { code = "", label = ["总计"] }]
rows = [{ code = "new", label = "新收" }, { code = "group", label = "结果", heading = true }, { code = "done", label = "办结", under = "group" }]

[[identity]]
key = "requests"
kind = "sum"
left = ["requests"]
right = ["requests.online", "requests.letter"]
hard = true

[[identity]]
key = "grid.across"
kind = "across"
table = "grid"
total = ""
parts = ["person", "body"]
hard = true

[[identity]]
key = "grid.flow"
kind = "carry"
across = "grid"
left = ["new"]
right = ["previous:done"]
hard = true
"""


def made(folder: Path, text: str) -> Path:
    path = folder / "small.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_small_edition__is_expanded_to_cells_and_identities(tmp_path: Path) -> None:
    form = load(made(tmp_path, SMALL))
    assert list(form.cells) == [
        "requests", "requests.online", "requests.letter",
        "new.person", "new.body", "new", "done.person", "done.body", "done",
    ]  # fmt: skip
    assert form.cells["done.body"].row == ("结果", "办结")
    assert form.cells["done.body"].column == ("法人",)
    assert form.table("grid").layout is Layout.GRID
    assert [i.key for i in form.identities] == [
        "requests", "grid.across.new", "grid.across.done", "grid.flow.person", "grid.flow.body", "grid.flow",
    ]  # fmt: skip
    carry = form.identities[3]
    assert carry.kind is Kind.CARRY
    assert [(t.code, t.previous) for t in (*carry.left, *carry.right)] == [("new.person", False), ("done.person", True)]


def test_minus__turns_the_sign_of_a_term(tmp_path: Path) -> None:
    form = load(
        made(
            tmp_path,
            SMALL.replace('right = ["requests.online", "requests.letter"]', 'right = ["requests.online", "-requests.letter"]'),
        )
    )
    assert [t.sign for t in form.identities[0].right] == [1, -1]


WRONG = {
    "not toml": (SMALL + "\n[[", "读不出来"),
    "unknown field": (SMALL + '\n[extra]\na = 1\n', "格式里有不认识的字段“extra”"),
    "no key": (SMALL.replace('key = "small"\n', ""), "格式缺少字段“key”，或者类型不对"),
    "no tables": (SMALL[: SMALL.index("[[table]]")], "格式缺少字段“table”"),
    "no title": (SMALL.replace('title = "年度报告"', 'title = ""'), "格式缺少字段“title”"),
    "layout": (SMALL.replace('layout = "list"', 'layout = "tree"'), "表“requests”的 layout“tree”不在 grid、list、line 之中"),
    "section": (SMALL.replace('section = "一、总体情况"', 'section = "二、其他"'), "section“二、其他”不在 sections 里"),
    "no columns": (SMALL.replace('columns = [{ code = "person"', 'columns = []\nheadings = [{ code = "person"'), "表“grid”没有行或没有列"),
    "row field": (SMALL.replace('label = "网络"', 'label = "网络", colour = "red"'), "表“requests”的行里有不认识的字段“colour”"),
    "column field": (SMALL.replace('label = ["法人"]', 'label = ["法人"], wide = true'), "表“grid”的列里有不认识的字段“wide”"),
    "parent below": (SMALL.replace('label = "网络", under = "requests"', 'label = "网络", under = "requests.letter"'), "的行“网络”的上级“requests.letter”不在它上面"),
    "row twice": (SMALL.replace('code = "requests.letter", label', 'code = "requests.online", label'), "行代码“requests.online”出现了不止一次"),
    "cell twice": (SMALL.replace('{ code = "new", label', '{ code = "requests", label'), "单元格代码“requests”出现了不止一次"),
    "table twice": (SMALL.replace('key = "grid"\n', 'key = "requests"\n'), "两张表用了同一个 key"),
    "identity field": (SMALL + '\nsoft = true\n', "勾稽关系里有不认识的字段“soft”"),
    "identity kind": (SMALL.replace('kind = "sum"', 'kind = "product"'), "勾稽关系“requests”的 kind“product”不在 sum、balance"),
    "identity hardness": (SMALL.replace("hard = true", "", 1), "勾稽关系“requests”没有写明 hard"),
    "identity cell": (SMALL.replace('"requests.letter"]', '"requests.cable"]'), "勾稽关系“requests”用到的单元格“requests.cable”不存在"),
    "identity table": (SMALL.replace('across = "grid"', 'across = "tree"'), "勾稽关系“grid.flow”所说的表“tree”不存在"),
    "identity twice": (SMALL.replace('key = "grid.flow"', 'key = "requests"').replace('across = "grid"\n', "").replace('["new"]', '["done"]'), "勾稽关系 key“requests”出现了不止一次"),
    "previous": (SMALL.replace('left = ["requests"]', 'left = ["previous:requests"]'), "勾稽关系“requests”不是跨年关系，却用了 previous"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "words"), list(WRONG.values()), ids=list(WRONG))
def test_edition_file__wrong_one_is_refused_in_words(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(BadEdition) as refusal:
        load(made(tmp_path, text))
    assert words in str(refusal.value)
    assert "small.toml" in str(refusal.value)
    assert str(refusal.value).endswith("。")


def test_edition_file__missing_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadEdition, match="读不出来"):
        load(tmp_path / "none.toml")


def test_edition_file__not_in_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_bytes(SMALL.encode("gb18030"))
    with pytest.raises(BadEdition, match="是否为 UTF-8 编码的 TOML"):
        load(path)
