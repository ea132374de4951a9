"""Are a gap in the guards and a changed trail found, told and mended in the open?"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from tests.web.office.conftest import Place


def behind_the_back(place: Place, *statements: str) -> None:
    with sqlite3.connect(place.data / "gongkai.sqlite3") as database:
        for statement in statements:
            database.execute(statement)
    database.close()


def test_doctor__finds_a_missing_guard_and_mends_it_in_the_open(office: Place) -> None:
    behind_the_back(office, "DROP TRIGGER trail_entry_kept")

    assert "缺少 1 道：trail_entry_kept" in office.run("doctor", code=1)
    said = office.run("serve", "--port", "18999", code=2)
    assert said.startswith("数据库缺少 1 道保护（trail_entry_kept）")
    assert "已补上 1 道数据库保护，并记入留痕" in office.run("doctor", "--repair", code=1)
    assert "全部在位" in office.run("doctor", code=1)
    assert "补上了数据库缺少的 1 道保护" in office.run("trail", "export", "--body", "installation")


def test_trail__that_was_changed_is_found(office: Place, tmp_path: Path) -> None:
    whole = json.loads(office.run("trail", "verify", "--json"))
    assert [(v["chain"], v["checked"], v["ok"]) for v in whole] == [("xiuchuan-sfj", 1, True)]

    behind_the_back(office, "DROP TRIGGER trail_entry_fixed", "UPDATE trail_entry SET actor_name = '别人'")

    assert "第 1 条的内容与其校验值不符。" in office.run("trail", "verify", code=1)
    assert "没有代号为“unheard”的留痕。现有：xiuchuan-sfj。" in office.run("trail", "verify", "--body", "unheard", code=2)
    out = tmp_path / "trail.jsonl"
    office.run("trail", "export", "-o", str(out))
    assert json.loads(out.read_text(encoding="utf-8"))["actor_name"] == "别人"
    assert "已经存在，没有覆盖" in office.run("trail", "export", "-o", str(out), code=2)


def test_doctor__warns_of_keys_that_others_can_read(office: Place) -> None:
    (office.data / "secret.key").chmod(0o644)

    assert "secret.key 能被别的账号读取" in office.run("doctor", code=1)


def test_data__of_a_newer_version_is_not_touched(office: Place) -> None:
    behind_the_back(office, "INSERT INTO django_migrations (app, name, applied) VALUES ('flow', '9999_later', '2030-01-01')")

    assert "由更新的版本使用过" in office.run("serve", "--port", "18999", code=2)
    assert "请安装更新的版本" in office.run("doctor", code=1)
