"""Does a backup become the same office again, on either database, and nothing else?"""

from __future__ import annotations

import io
import json
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai_web.office import backing_up
from tests.web.office.conftest import Place

pytestmark = pytest.mark.without_database

CONTENTS = """
import json
from django.db import connection
from gongkai_web.office import tables
from gongkai_web.trail import guards, reading
class Sink(list):
    def write(self, data): self.append(bytes(data)); return len(data)
    def flush(self): pass
import gzip
def text(model):
    # PostgreSQL keeps the members of a JSON object in an order of its own.
    sink = Sink(); tables.dump(model, sink)
    return "\\n".join(json.dumps(json.loads(line), sort_keys=True) for line in gzip.decompress(b"".join(sink)).splitlines())
print(json.dumps({
    "tables": {tables.label(m): text(m) for m in tables.tables()},
    "missing": guards.compared(connection).gaps,
    "trail": {c: reading.verify(c).ok for c in reading.chains()},
}))
"""


def contents(place: Place) -> dict[str, dict[str, str]]:
    """Everything in the tables of a place, as text."""
    done = place.python(CONTENTS)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def same(one: Place, other: Place) -> None:
    """The second has what the first has, and the entry that says so."""
    before, after = contents(one), contents(other)
    differing = {name for name in before["tables"] if before["tables"][name] != after["tables"].get(name)}
    assert differing <= {"trail.entry", "trail.chain"}
    assert after["tables"]["trail.entry"].startswith(before["tables"]["trail.entry"])
    assert after["missing"] == []
    assert all(after["trail"].values())
    assert after["trail"]["installation"]


@pytest.fixture
def kept(office: Place, tmp_path: Path) -> Path:
    """A backup of an office that has a file and a calendar too."""
    for name in ("files/sha256/ab/abcd", "calendars/2027.toml", "access/2026-03-02.jsonl"):
        path = office.data / name
        path.parent.mkdir(parents=True)
        path.write_bytes(name.encode())
    (office.data / "files" / ".scratch").write_bytes(b"half a file")
    said = office.run("backup", "-o", str(tmp_path / "backups"))
    assert "文件 3 个" in said
    (path,) = (tmp_path / "backups").glob("*.tar")
    return path


def test_restore__brings_back_the_same_office(office: Place, kept: Path, tmp_path: Path) -> None:
    other = Place(tmp_path / "restored")

    said = other.run("restore", str(kept))

    assert "数目与备份时一致" in said
    assert "全部核对无误" in said
    same(office, other)
    assert (other.data / "files/sha256/ab/abcd").read_bytes() == b"files/sha256/ab/abcd"
    assert (other.data / "calendars/2027.toml").is_file()
    assert (other.data / "access/2026-03-02.jsonl").read_bytes() == b"access/2026-03-02.jsonl"
    assert {path.stat().st_mode & 0o077 for path in other.data.rglob("*") if path.is_file() and "sqlite3" not in path.name} == {0}
    assert not (other.data / "files/.scratch").exists()
    assert (other.data / "secret.key").read_bytes() == (office.data / "secret.key").read_bytes()
    assert (other.data / "secret.key").stat().st_mode & 0o077 == 0
    assert not (other.data / ".restoring").exists()
    assert "已经有一个正式的单位" in other.run("init", "--body", "别的", code=2)


def test_restore__goes_from_sqlite_to_postgresql_and_back(
    office: Place, kept: Path, tmp_path: Path, new_database: Callable[[], str]
) -> None:
    grown = Place(tmp_path / "grown", new_database())
    grown.run("restore", str(kept))
    same(office, grown)

    grown.run("backup", "-o", str(tmp_path / "second"))
    (second,) = (tmp_path / "second").glob("*.tar")
    twin = Place(tmp_path / "twin", new_database())
    twin.run("restore", str(second))
    same(grown, twin)
    back = Place(tmp_path / "back")
    back.run("restore", str(second))
    same(grown, back)

    done = grown.python(NEXT_BODY)
    assert done.returncode == 0, done.stderr


NEXT_BODY = """
from gongkai_web.agencies.models import Body
from gongkai_web.ui import clock
assert Body.objects.create(slug="next", name="另一个机关", created_at=clock.now()).pk > 1
"""


def test_restore__into_a_filled_database_is_refused(kept: Path, tmp_path: Path, new_database: Callable[[], str]) -> None:
    address = new_database()
    Place(tmp_path / "one", address).run("restore", str(kept))
    other = Place(tmp_path / "two", address)

    assert "不是空的，没有改动任何内容" in other.run("restore", str(kept), code=2)
    assert list(other.data.iterdir()) == []


def test_restore__that_fails_leaves_nothing(kept: Path, tmp_path: Path, new_database: Callable[[], str]) -> None:
    broken = altered(kept, lambda m: m["trail"]["xiuchuan-sfj"].update(seq=9))
    for place in (Place(tmp_path / "one"), Place(tmp_path / "two", new_database())):
        assert "链头不一致" in place.run("restore", str(broken), code=2)
        assert list(place.data.iterdir()) == []
        place.run("restore", str(kept))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda m: m["tables"].update({"agencies.body": 9}), "agencies.body 应有 9 行，实际 1 行"),
        (lambda m: m["tables"].update({"agencies.unheard": 1}), "不认识备份里的表：agencies.unheard"),
        (lambda m: m["migrations"].append(["agencies", "9999_later"]), "由更新的版本 0.1.0 制作"),
    ],
)
def test_restore__that_does_not_fit_its_manifest_is_refused(
    kept: Path, tmp_path: Path, change: Callable[[dict], None], says: str
) -> None:
    assert says in Place(tmp_path / "one").run("restore", str(altered(kept, change)), code=2)


def altered(path: Path, change: Callable[[dict], object]) -> Path:
    """A copy of a backup with another manifest."""
    copy = path.with_name(f"altered-{path.name}")
    with tarfile.open(path) as source, tarfile.open(copy, "w") as target:
        for info in source:
            file = source.extractfile(info)
            assert file is not None
            data = file.read()
            if info.name == "manifest.json":
                manifest = json.loads(data)
                change(manifest)
                data = json.dumps(manifest).encode()
                info.size = len(data)
            target.addfile(info, io.BytesIO(data))
    return copy


def test_restore__into_a_folder_that_is_not_empty_is_refused(office: Place, kept: Path) -> None:
    before = (office.data / "gongkai.sqlite3").read_bytes()

    assert "不是空文件夹，没有改动任何内容" in office.run("restore", str(kept), code=2)
    assert (office.data / "gongkai.sqlite3").read_bytes() == before


def test_restore__without_its_keys_says_which_file_is_needed(kept: Path, tmp_path: Path) -> None:
    keys = kept.parent / "keys"
    (name,) = [path.name for path in keys.iterdir()]
    shutil.move(keys, tmp_path / "safe")
    place = Place(tmp_path / "one")

    assert f"没有找到这份备份的密钥文件 {name}" in place.run("restore", str(kept), code=2)
    assert not place.data.exists()
    other = tmp_path / "other.keys"
    other.write_text('{"keys": {"secret.key": "eA=="}}', encoding="ascii")
    assert "不是一套" in place.run("restore", str(kept), "--keys", str(other), code=2)
    place.run("restore", str(kept), "--keys", str(tmp_path / "safe" / name))
    Place(tmp_path / "two").run("restore", str(kept), "--without-keys")


def test_backup__of_an_empty_folder_is_refused(tmp_path: Path) -> None:
    assert "没有可以备份的数据" in Place(tmp_path / "nothing").run("backup", code=2)


def test_backup__into_a_place_that_cannot_be_written_is_told(office: Place, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    said = office.run("backup", "-o", str(tmp_path / "file" / "in"), code=2)

    assert said.startswith("备份没有做成：路径中间有一段不是文件夹")


def test_prune__keeps_the_newest_and_touches_nothing_else(tmp_path: Path) -> None:
    names = [f"gongkai-2026030{day}-023000-0123abcd.tar" for day in range(1, 6)]
    for name in (*names, "gongkai-notes.tar", "other.tar"):
        (tmp_path / name).write_bytes(b"")

    assert backing_up.prune(tmp_path, 2) == 3
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted((*names[3:], "gongkai-notes.tar", "other.tar"))
    assert backing_up.prune(tmp_path, 2) == 0
    last = backing_up.newest(tmp_path)
    assert last is not None
    assert last.isoformat() == "2026-03-05T02:30:00+08:00"
