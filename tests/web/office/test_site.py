"""Does the command make, check and refuse folders of static pages in words?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.office.conftest import Place

pytestmark = pytest.mark.without_database


def test_site_bake__makes_checks_and_mends_a_folder(office: Place, tmp_path: Path) -> None:
    folder = tmp_path / "public"
    said = office.run("site", "bake", str(folder))
    assert "写入" in said
    assert "没有写 --base-url" in said
    assert "岫川县司法局" in (folder / "index.html").read_text(encoding="utf-8")
    assert "一致" in office.run("site", "bake", str(folder), "--check")
    (folder / "index.html").write_text("改过", encoding="utf-8")
    assert "被改动过：index.html" in office.run("site", "bake", str(folder), "--check", code=1)
    office.run("site", "bake", str(folder), "--base-url", "https://www.example.gov.cn/sfj/")
    assert "https://www.example.gov.cn/sfj/" in (folder / "sitemap.xml").read_text(encoding="utf-8")


def test_site_bake__refuses_in_words(office: Place, tmp_path: Path) -> None:
    folder = tmp_path / "public"
    folder.mkdir()
    (folder / "a.txt").write_text("别的内容", encoding="utf-8")
    assert "已经有别的内容" in office.run("site", "bake", str(folder), code=2)
    assert "没有代号为“nobody”的机关。现有：xiuchuan-sfj" in office.run(
        "site", "bake", str(tmp_path / "x"), "--body", "nobody", code=2
    )
    assert "不是网址" in office.run("site", "bake", str(tmp_path / "x"), "--base-url", "example", code=2)
    assert "还没有生成过" in office.run("site", "bake", str(tmp_path / "x"), "--check", code=2)
    assert sorted(p.name for p in folder.iterdir()) == ["a.txt"]


def test_site_bake__of_some_categories_is_refused_where_none_was_chosen(office: Place, tmp_path: Path) -> None:
    folder = tmp_path / "public"
    assert "没有一个栏目选择以“静态页面”公开" in office.run("site", "bake", str(folder), "--only-baked", code=2)
    assert not folder.exists()
    assert "不是网址" in office.run("site", "bake", str(folder), "--portal-url", "平台", code=2)
    office.run("site", "bake", str(folder), "--portal-url", "https://gongkai.example.gov.cn/")
    assert 'href="https://gongkai.example.gov.cn/below/"' in (folder / "sitemap/index.html").read_text(encoding="utf-8")
    office.run("site", "bake", str(folder), "--portal-url", "")
    assert "gongkai.example" not in (folder / "sitemap/index.html").read_text(encoding="utf-8")
