"""Which files are taken from folders and archives, and what are they called?"""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from gongkai.corpus import Origin, Settings, examined, origins
from gongkai.corpus.sources import content
from gongkai.errors import Unreadable


def names(*paths: Path, besides: tuple[Path, ...] = ()) -> list[str]:
    return [os.path.relpath(origin.name, paths[0]) for origin in origins(paths, besides).origins]


def test_folder__reports_below_it_in_order_and_nothing_else(tmp_path: Path) -> None:
    for name in ("b/2.docx", "b/1.PDF", "a.html", "photo.jpg", "~$1.docx", ".hidden.txt", "__MACOSX/x.docx", "out.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    os.mkfifo(tmp_path / "pipe.txt")
    found = origins([tmp_path], [tmp_path / "out.json"])
    assert [os.path.relpath(o.name, tmp_path) for o in found.origins] == ["a.html", "b/1.PDF", "b/2.docx"]
    assert found.passed_over == 1


def test_file__named_itself_is_taken_whatever_its_ending_and_once(tmp_path: Path) -> None:
    file = tmp_path / "report.bak"
    file.write_text("x")
    assert origins([file, file]).origins == (Origin(str(file)),)


def test_archive__members_are_taken_with_names_as_chinese_windows_writes_them(tmp_path: Path) -> None:
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("年报/一.txt", "甲")
        made.writestr("aaaa/bb.txt", "乙")
        made.writestr("logo.png", "x")
    archive.write_bytes(archive.read_bytes().replace(b"aaaa/bb.txt", "年报/二.txt".encode("gb18030")))
    found = origins([archive]).origins
    assert len(found) == 2
    assert {origin.name: content(origin).decode() for origin in found} == {
        f"{archive}/年报/一.txt": "甲",
        f"{archive}/年报/二.txt": "乙",
    }


@pytest.mark.parametrize(("name", "words"), [("missing.docx", "找不到文件"), ("broken.zip/x.txt", "已经损坏")])
def test_content__what_cannot_be_had_says_why(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "broken.zip").write_bytes(b"PK nothing")
    path, _, member = name.partition("/")
    with pytest.raises(Unreadable, match=words):
        content(Origin(str(tmp_path / path), member or None, member))


def test_archive__a_broken_one_is_one_file_that_says_so_itself(tmp_path: Path) -> None:
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK nothing")
    assert origins([tmp_path]).origins == (Origin(str(broken)),)


def test_archive__a_member_with_a_password_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "locked.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("a.txt", "x")
    data = bytearray(archive.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    archive.write_bytes(bytes(data))
    with pytest.raises(Unreadable, match="设了密码"):
        content(origins([archive]).origins[0])


def packed(**members: bytes) -> bytes:
    """A zip archive of these members; ``_`` in a name stands for the dot before its ending."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in members.items():
            made.writestr(name.replace("_", "."), data)
    return out.getvalue()


def test_archive__inside_an_archive_or_a_folders_archive_is_opened_one_level_deep(tmp_path: Path) -> None:
    inner = packed(甲_txt=b"1", 乙_jpg=b"", 丙_zip=packed(丁_txt=b"2"))
    (tmp_path / "全部.zip").write_bytes(packed(县局_zip=inner, 市局_txt=b"3", 图_png=b""))
    for named in (tmp_path, tmp_path / "全部.zip"):
        found = origins([named])
        assert [o.shown for o in found.origins] == ["县局.zip/丙.zip", "县局.zip/甲.txt", "市局.txt"]
        assert [content(o) for o in found.origins][1:] == [b"1", b"3"]
        assert found.passed_over == 2
    assert "压缩包，不是单个报告" in (examined(found.origins[0], Settings()).error or "")


@pytest.mark.parametrize("ending", ["rar", "7z"])
def test_archive__of_a_kind_that_is_not_opened_is_told_and_not_passed_over(tmp_path: Path, ending: str) -> None:
    data = {"rar": b"Rar!\x1a\x07\x01\x00", "7z": b"7z\xbc\xaf\x27\x1c"}[ending] + b"\0" * 40
    (tmp_path / "全部.zip").write_bytes(packed(**{f"县局_{ending}": data, "市局_zip": packed(**{f"乡_{ending}": data})}))
    (tmp_path / f"另外.{ending}").write_bytes(data)
    found = origins([tmp_path]).origins

    assert len(found) == 3
    assert all("请先解压" in (examined(origin, Settings()).error or "") for origin in found)


def test_archive__inside_an_archive_that_is_broken_or_empty_is_one_file_that_is_told(tmp_path: Path) -> None:
    (tmp_path / "全部.zip").write_bytes(packed(坏_zip=b"PK nothing", 空_zip=packed(图_png=b"")))
    found = origins([tmp_path]).origins

    assert [o.shown for o in found] == ["坏.zip", "空.zip"]
    assert all(examined(origin, Settings()).error for origin in found)
