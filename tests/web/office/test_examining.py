"""Are a gap in the guards and a changed trail found, told and mended in the open?"""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import pytest

from tests.web.office.conftest import Place

pytestmark = pytest.mark.without_database


def behind_the_back(place: Place, *statements: str) -> None:
    with sqlite3.connect(place.data / "gongkai.sqlite3") as database:
        for statement in statements:
            database.execute(statement)
    database.close()


def test_doctor__finds_a_missing_guard_and_mends_it_in_the_open(office: Place) -> None:
    behind_the_back(office, "DROP TRIGGER trail_entry_kept")

    assert "缺少 1 道保护（trail_entry_kept）" in office.run("doctor", code=1)
    said = office.run("serve", "--port", "18999", code=2)
    assert said.startswith("数据库缺少 1 道保护（trail_entry_kept），可能有人直接改动过")
    assert "已恢复 1 道数据库保护，并记入留痕" in office.run("doctor", "--repair", code=1)
    assert "全部在位" in office.run("doctor", code=1)
    assert "恢复了缺少或者被改动的 1 道数据库保护" in office.run("trail", "export", "--body", "installation")


HOLLOW = (
    "CREATE TRIGGER trail_entry_kept BEFORE DELETE ON trail_entry FOR EACH ROW WHEN 1 = 0 BEGIN SELECT RAISE(ABORT, 'no'); END"
)


def test_doctor__finds_a_guard_that_keeps_its_name_and_guards_no_more(office: Place) -> None:
    behind_the_back(office, "DROP TRIGGER trail_entry_kept", HOLLOW)

    assert "被改动了 1 道保护（trail_entry_kept）" in office.run("doctor", code=1)
    assert office.run("serve", "--port", "18999", code=2).startswith("数据库被改动了 1 道保护")
    assert "已恢复 1 道数据库保护" in office.run("doctor", "--repair", code=1)
    assert "内容与程序一致" in office.run("doctor", code=1)


def test_doctor__tells_of_triggers_that_nobody_of_ours_set(office: Place) -> None:
    behind_the_back(office, "CREATE TRIGGER hush BEFORE DELETE ON trail_entry BEGIN SELECT RAISE(IGNORE); END")

    assert "1 个不属于本程序的触发器：hush" in office.run("doctor", code=1)


KEEP = """
from gongkai_web.agencies.models import Body
from gongkai_web.accounts.models import Person
from gongkai_web.files import storage
from gongkai_web.files.models import StoredFile
from gongkai_web.ui import clock
digest = storage.keep(b"the bytes of a file")
StoredFile.objects.create(body=Body.objects.get(), digest=digest, received=digest, name="a.txt", type="text", size=19,
    state="clean", uploaded_by=Person.objects.first(), uploaded_at=clock.now())
print(storage.path_of(digest))
"""


def test_doctor__compares_every_file_with_its_record(office: Place) -> None:
    kept = office.python(KEEP)
    assert kept.returncode == 0, kept.stderr
    path = Path(kept.stdout.strip())
    assert "1 个文件逐个核对，与数据库的记录一致" in office.run("doctor", code=1)

    path.write_bytes(b"other bytes")
    assert "内容与校验值不符的文件 1 个（sha256:" in office.run("doctor", code=1)

    path.unlink()
    assert "缺少文件 1 个（sha256:" in office.run("doctor", code=1)

    young, old = (path.with_name(name) for name in ("young", "old"))
    for each in (young, old):
        each.write_bytes(b"left behind")
    os.utime(old, (0, 0))
    said = office.run("doctor", code=1)
    assert "没有记录的文件 1 个（sha256/" in said
    assert "/old）" in said


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
