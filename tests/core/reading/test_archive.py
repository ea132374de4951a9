"""Is a member of a ZIP handed out within its bound only, and everything else told apart?"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.archive import Archive, NotTakenError, Trouble, is_rubbish, shown_name


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


@given(st.binary(max_size=3000), st.integers(0, 3000))
def test_member__is_whole_or_not_taken(data: bytes, limit: int) -> None:
    archive = Archive(packed({"a.txt": data}))
    if len(data) <= limit:
        assert archive.take(archive.member("a.txt"), limit) == data
    else:
        with pytest.raises(NotTakenError) as refusal:
            archive.take(archive.member("a.txt"), limit)
        assert refusal.value.trouble is Trouble.TOO_LARGE


def test_archive__on_disk_is_the_archive_in_memory(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed({"a.txt": b"1", "b.txt": b"2"}))
    archive = Archive(str(tmp_path / "a.zip"))
    assert [archive.take(info, 9) for info in archive.infos] == [b"1", b"2"]
    archive.close()


@pytest.mark.parametrize("source", [b"", b"PK\x03\x04", b"not a zip", "no such file.zip"])
def test_archive__that_cannot_be_opened(source: bytes | str) -> None:
    with pytest.raises(NotTakenError) as refusal:
        Archive(source)
    assert refusal.value.trouble is Trouble.DAMAGED


def test_member__damaged_or_missing() -> None:
    data = bytearray(packed({"a.txt": b"abc" * 400}))
    data[40] ^= 0xFF
    archive = Archive(bytes(data))
    for take in (lambda: archive.take(archive.infos[0], 9999), lambda: archive.member("b.txt")):
        with pytest.raises(NotTakenError) as refusal:
            take()
        assert refusal.value.trouble is Trouble.DAMAGED


def test_member__with_a_password() -> None:
    data = bytearray(packed({"a.txt": b"abc"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    archive = Archive(bytes(data))
    with pytest.raises(NotTakenError) as refusal:
        archive.take(archive.infos[0], 9)
    assert refusal.value.trouble is Trouble.LOCKED


def test_name__of_chinese_windows_and_of_unicode() -> None:
    info = zipfile.ZipInfo("年报.docx".encode("gb18030").decode("cp437"))
    assert shown_name(info) == "年报.docx"
    info = zipfile.ZipInfo("年报.docx")
    info.flag_bits |= 0x800
    assert shown_name(info) == "年报.docx"


@pytest.mark.parametrize(
    ("name", "rubbish"),
    [
        ("__MACOSX/年报.docx", True),
        ("一/~$年报.docx", True),
        ("一/._年报.docx", True),
        ("Thumbs.db", True),
        (".DS_Store", True),
        ("THUMBS.DB", True),
        ("__MACOSX\\年报.docx", True),
        ("一\\~$年报.docx", True),
        ("一/年报.docx", False),
    ],
)
def test_rubbish__is_what_nobody_means(name: str, rubbish: bool) -> None:
    assert is_rubbish(name) is rubbish


def test_files__are_the_members_that_people_mean() -> None:
    archive = Archive(packed({"一/": b"", "一/年报.docx": b"1", ".DS_Store": b"2", "__MACOSX/一/._年报.docx": b"3"}))
    assert [shown_name(info) for info in archive.files] == ["一/年报.docx"]
