"""Which files are taken from folders and archives, and what are they called?"""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from gongkai.corpus import Origin, origins
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
