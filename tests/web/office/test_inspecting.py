"""Does the command list what to mend, with addresses, and as a table?"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.web.office.conftest import Place

pytestmark = pytest.mark.without_database


def test_inspect__lists_what_to_mend_and_writes_a_table(office: Place, tmp_path: Path) -> None:
    said = office.run("inspect", code=1)
    assert "[单项否决] 首页" in said
    assert "网址：/work/items/categories/news/" in said
    place = tmp_path / "自查.csv"
    office.run("inspect", "--csv", str(place), code=1)
    rows = list(csv.reader(place.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][:4] == ["轻重", "对象", "问题", "怎么办"]
    assert any("联系电话" in row[2] for row in rows[1:])
    assert "已经有同名的文件" in office.run("inspect", "--csv", str(place), code=2)
