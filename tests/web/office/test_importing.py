"""Does the command show its guesses, try, and refuse in words?"""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.web.office.conftest import Place

pytestmark = pytest.mark.without_database


def sheet(path: Path, *lines: list[object]) -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    for line in lines:
        page.append(line)
    book.save(path)
    return path


def test_import__shows_what_it_guesses_then_tries_and_keeps_nothing(office: Place, tmp_path: Path) -> None:
    file = sheet(tmp_path / "旧站.xlsx", ["标题", "栏目", "发布日期", "正文"], ["通知一", "公告", "2021-03-05", "正文。"])
    place = tmp_path / "对应.toml"
    asked = ("import", str(file), "--map", str(place))
    assert "这些栏目要写明对应本机关的哪个栏目：公告" in office.run(*asked)
    assert "不在本机关的栏目里" in office.run(*asked, "--dry-run", code=1)
    place.write_text(place.read_text(encoding="utf-8").replace('"公告" = ""', '"公告" = "通知公告"'), encoding="utf-8")
    assert "共 1 行：有问题 0 行" in office.run(*asked, "--dry-run")
    assert "请用 --by 写明" in office.run(*asked, code=2)
    assert "不是经办人" in office.run(*asked, "--by", "jian", code=2)
    said = office.run(*asked, "--statement", str(tmp_path / "登记表.txt"))
    assert "已写出登记表" in said
    assert "编号：" in (tmp_path / "登记表.txt").read_text(encoding="utf-8-sig")


def test_import__writes_a_template_that_it_understands(office: Place, tmp_path: Path) -> None:
    file = tmp_path / "模板.xlsx"
    office.run("import", "--template", str(file))
    page = load_workbook(file).active
    assert page is not None
    assert page["A1"].value == "标题"
    assert "没有找到" not in office.run("import", str(file), "--map", str(tmp_path / "m.toml"))
    assert "已经存在" in office.run("import", "--template", str(file), code=2)
