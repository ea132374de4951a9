"""Is every damage to a backup found and named before anything is restored?"""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.errors import BadInput, GongkaiError, Unreadable
from gongkai_web.office import archive

pytestmark = pytest.mark.without_database

TABLE, FILE = "tables/trail.entry.jsonl.gz", "files/ab/abcdef"


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A small backup."""
    path = tmp_path / "gongkai.tar"
    with archive.writing(path) as writer:
        for name, data in ((TABLE, b"rows" * 5000), (FILE, b"a file")):
            writer.add(name, io.BytesIO(data), len(data))
        writer.close({"id": "1", "keys": {}})
    return path


def rewritten(path: Path, change: Callable[[str, bytes], bytes | None], *, again: bool = False) -> Path:
    """A copy of a backup with each member's bytes changed, or left out; ``again`` puts the first member in a second time."""
    copy = path.with_name("changed.tar")
    with tarfile.open(path) as source, tarfile.open(copy, "w") as target:
        members = source.getmembers()
        for info in [members[0], *members] if again else members:
            file = source.extractfile(info)
            assert file is not None
            data = change(info.name, file.read())
            if data is not None:
                info.size = len(data)
                target.addfile(info, io.BytesIO(data))
    return copy


def test_whole_backup__is_opened_with_its_members(backup: Path) -> None:
    found = archive.opened(backup)

    assert [(name, file.read()) for name, file in found.each("files/")] == [(FILE, b"a file")]
    assert found.manifest["members"][FILE]["size"] == 6
    assert backup.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("cut", [0, 1, 700, 12_000, 20_000, 22_000])
def test_backup__that_was_cut_off_is_refused(backup: Path, cut: int) -> None:
    backup.write_bytes(backup.read_bytes()[:cut])

    with pytest.raises(Unreadable, match="没有恢复任何内容"):
        archive.opened(backup)


@pytest.mark.parametrize("place", [10, 600, 5000, 21_000, 21_506, 22_100])
def test_backup__with_one_changed_byte_is_refused(backup: Path, place: int) -> None:
    data = bytearray(backup.read_bytes())
    data[place] ^= 0x55
    backup.write_bytes(bytes(data))

    with pytest.raises(Unreadable, match="请换一份"):
        archive.opened(backup)


def test_backup__with_a_member_missing_names_it(backup: Path) -> None:
    with pytest.raises(Unreadable, match=f"缺少：{FILE}"):
        archive.opened(rewritten(backup, lambda name, data: None if name == FILE else data))


def test_backup__with_a_member_changed_names_it(backup: Path) -> None:
    with pytest.raises(Unreadable, match=f"校验值不符的有：{TABLE}"):
        archive.opened(rewritten(backup, lambda name, data: b"other" if name == TABLE else data))


def test_backup__with_a_member_twice_is_refused(backup: Path) -> None:
    with pytest.raises(Unreadable, match="不该有的内容"):
        archive.opened(rewritten(backup, lambda _, data: data, again=True))


def test_backup__with_a_member_that_is_not_in_the_manifest_names_it(backup: Path) -> None:
    def forget(name: str, data: bytes) -> bytes:
        if name != archive.MANIFEST:
            return data
        manifest = json.loads(data)
        del manifest["members"][FILE]
        return json.dumps(manifest).encode()

    with pytest.raises(Unreadable, match=f"多出：{FILE}"):
        archive.opened(rewritten(backup, forget))


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "files/../../x"])
def test_backup__that_reaches_outside_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "bad.tar"
    with archive.writing(path) as writer:
        writer.add(name, io.BytesIO(b"x"), 1)
        writer.close({"id": "1", "keys": {}})

    with pytest.raises(Unreadable, match="可能被改动过"):
        archive.opened(path)


def test_backup__with_a_link_is_refused(backup: Path) -> None:
    with tarfile.open(backup, "a") as tar:
        link = tarfile.TarInfo("files/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)

    with pytest.raises(Unreadable, match="不该有的内容"):
        archive.opened(backup)


def test_backup__of_a_later_format_is_refused(backup: Path) -> None:
    def later(name: str, data: bytes) -> bytes:
        return data.replace(b'"format": 1', b'"format": 2') if name == archive.MANIFEST else data

    with pytest.raises(Unreadable, match="请安装更新的版本"):
        archive.opened(rewritten(backup, later))


def test_backup__that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="unexpected end of data"), archive.writing(tmp_path / "x.tar") as writer:
        writer.add(FILE, io.BytesIO(b"short"), 100)

    assert list(tmp_path.iterdir()) == []


def test_backup__that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"没有“.*none\.tar”这个文件"):
        archive.opened(tmp_path / "none.tar")


def test_keys__are_for_their_owner_alone_and_fit_one_backup(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_bytes(b"first")
    (tmp_path / "sealing.key").write_bytes(b"second")
    digests = archive.key_digests(tmp_path)
    path = archive.write_keys(tmp_path, tmp_path / "keys")

    assert path.stat().st_mode & 0o077 == 0
    assert archive.read_keys(path, digests) == {"sealing.key": b"second", "secret.key": b"first"}
    with pytest.raises(BadInput, match="不是一套"):
        archive.read_keys(path, {**digests, "secret.key": "0"})


@pytest.mark.parametrize("text", ["", "{}", '{"keys": []}', '{"keys": {"a.key": "%"}}', '{"keys": {"a.key": 1}}'])
def test_keys__that_are_damaged_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.keys"
    path.write_text(text, encoding="ascii")

    with pytest.raises(GongkaiError, match="请用 --keys 写明"):
        archive.read_keys(path, {"a.key": "0"})


def test_keys__cannot_name_a_place_outside(tmp_path: Path) -> None:
    path = tmp_path / "x.keys"
    path.write_text('{"keys": {"../a.key": "eA=="}}', encoding="ascii")

    with pytest.raises(Unreadable, match="不该有的内容"):
        archive.read_keys(path, {"../a.key": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"})
