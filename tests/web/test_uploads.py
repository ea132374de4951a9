"""Is every bad upload answered with a clear sentence while the other files of the batch are checked?"""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from gongkai.writing import write
from gongkai_web.oversight import archives, readers
from gongkai_web.oversight.batches import Stage
from gongkai_web.oversight.uploads import Upload
from tests.web.conftest import checked, upload
from tests.web.reports import report_of

GOOD = "好的年报.docx"


@pytest.fixture(scope="module")
def good() -> bytes:
    return write(report_of(), "docx")


def packed(**members: bytes | str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


def changed_docx(good: bytes, change: Callable[[str, bytes], bytes], **added: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, data in added.items():
            new.writestr(name, data)
    return made.getvalue()


def bomb(good: bytes) -> bytes:
    def swell(name: str, data: bytes) -> bytes:
        return data[:-20] + b" " * 60_000_000 if name == "word/document.xml" else data

    return changed_docx(good, swell)


def entity(good: bytes) -> bytes:
    def declare(name: str, data: bytes) -> bytes:
        if name != "word/document.xml":
            return data
        head, _, rest = data.partition(b"?>")
        return head + b'?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + rest

    return changed_docx(good, declare)


def macros(good: bytes) -> bytes:
    return changed_docx(good, lambda _, data: data, **{"word/vbaProject.bin": b"macro"})


def locked() -> bytes:
    data = bytearray(packed(**{"年报.txt": "年报" * 40}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        data[at + offset] |= 1
    return bytes(data)


def scanned() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(made, "PDF")
    return made.getvalue()


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(made, "PNG")
    return made.getvalue()


BAD: dict[str, tuple[Callable[[bytes], bytes], str, str]] = {
    "picture named docx": (lambda _: picture(), "年报.docx", "是图片"),
    "packed beyond reason": (bomb, "膨胀.docx", "解压后"),
    "declares an entity": (entity, "实体.docx", "实体声明"),
    "has macros": (macros, "宏.docx", "带有宏"),
    "archive with a password": (lambda _: locked(), "加密.zip", "密码"),
    "scanned PDF": (lambda _: scanned(), "扫描.pdf", "文字"),
    "broken": (lambda good: good[: len(good) // 2], "残缺.docx", "损坏"),
    "empty": (lambda _: b"", "空.docx", "空文件"),
    "old binary": (lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "旧.wps", "旧格式"),
    "not a report": (lambda _: "关于开展植树活动的通知。\n请各科室于周五前报名。".encode(), "通知.txt", "没有在这个文件里找到"),
    "program": (lambda _: b"\x7fELF" + bytes(range(256)) * 8, "程序.pdf", "不是可读取的文件格式"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_upload__is_told_in_a_sentence_and_the_others_are_checked(client: Client, good: bytes, case: str) -> None:
    make, name, words = BAD[case]

    batch = checked(client, (make(good), name), (good, GOOD))
    page = client.get(f"/check/{batch.key}/").content.decode()

    bad, fine = batch.entries
    assert bad.stage is Stage.REFUSED
    assert words in bad.why
    assert bad.why.endswith("。")
    assert bad.why in page.replace("&#34;", '"')
    assert fine.stage is Stage.READ
    assert [r.agency for r in fine.reports] == ["青岚县司法局"]


def test_file_too_large__is_dropped_and_the_others_are_checked(client: Client, good: bytes, settings: Any) -> None:
    settings.UPLOAD_FILE_BYTES = 1024 * 1024

    batch = checked(client, (b"x" * (1024 * 1024 + 1), "大.txt"), (good, GOOD))

    assert {e.stage for e in batch.entries} == {Stage.READ, Stage.REFUSED}
    assert any("文件超过 1 MB" in e.why for e in batch.entries)


def test_too_many_files__the_rest_are_told(client: Client, good: bytes, settings: Any) -> None:
    settings.UPLOAD_FILES = 2

    batch = checked(client, *[(good, f"{n}.docx") for n in range(3)])

    assert [e.stage for e in batch.entries].count(Stage.READ) == 2
    assert any("一次最多上传 2 个文件" in e.why for e in batch.entries)


def test_request_too_large__is_refused_unread(client: Client, settings: Any) -> None:
    settings.UPLOAD_REQUEST_BYTES = 1000

    response = client.post("/check/", {"files": [upload(b"x" * 3_000_000, "大.txt")]})

    assert response.status_code == 413
    assert "合计不能超过" in response.content.decode()


def test_waiting_room_full__is_told_and_nothing_is_started(client: Client, good: bytes, settings: Any) -> None:
    settings.WAITING_BYTES = 10

    response = client.post("/check/", {"files": [upload(good, GOOD)]})

    assert response.status_code == 409
    assert "请过一两分钟再上传" in response.content.decode()


def test_no_file__is_told_on_the_form(client: Client) -> None:
    response = client.post("/check/", {})

    assert response.status_code == 422
    assert "没有选择文件" in response.content.decode()


def test_archive__its_reports_are_checked_and_rubbish_is_left_out(client: Client, good: bytes) -> None:
    data = packed(**{"各局年报/甲.docx": good, "各局年报/乙.docx": good, "__MACOSX/._甲.docx": b"x", "再包.zip": packed(a=good)})

    batch = checked(client, (data, "年报.zip"))

    assert [(e.name, e.stage) for e in batch.entries] == [
        ("甲.docx", Stage.READ),
        ("乙.docx", Stage.READ),
        ("再包.zip", Stage.REFUSED),
    ]


def test_archive_of_chinese_windows__names_are_read() -> None:
    data = packed(**{"ABCD.txt": "内容"}).replace(b"ABCD.txt", "年报.txt".encode("gbk"))

    (member,) = archives.members(Upload("包.zip", data))

    assert (member.name, member.data.decode()) == ("年报.txt", "内容")


def test_archive_bomb__members_beyond_the_limit_are_refused(client: Client, settings: Any) -> None:
    settings.UPLOAD_FILE_BYTES = 1024 * 1024
    data = packed(**{"大.txt": b"0" * 30_000_000})

    batch = checked(client, (data, "炸弹.zip"))

    assert [e.stage for e in batch.entries] == [Stage.REFUSED]
    assert "展开后" in batch.entries[0].why


def test_classified_file__is_refused_before_anything_of_it_is_stored(
    client: Client, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "青鸾计划第七号"
    gongkai = logging.getLogger("gongkai")
    gongkai.addHandler(caplog.handler)

    batch = checked(client, (f"机密★10年\n关于{secret}的年度报告\n".encode(), f"{secret}.txt"))
    page = client.get(f"/check/{batch.key}/").content.decode()
    gongkai.removeHandler(caplog.handler)

    assert batch.entries[0].stage is Stage.MARKED
    assert "保密工作机构" in page
    assert "sha256" in caplog.text
    stored = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()).decode("utf-8", "replace")
    for trace in (stored, caplog.text, page):
        assert secret not in trace


def test_classified_file__is_refused_as_last_years_report_too(client: Client, tmp_path: Path) -> None:
    address = client.post("/write/", {"year": "2025", "agency": "青岚县司法局", "edition": ""}).url

    response = client.post(f"{address}previous/", {"file": upload("秘密★5年\n青鸾计划\n".encode(), "x.txt")})

    assert response.status_code == 400
    assert "保密工作机构" in response.content.decode()
    assert not list((tmp_path / "rooms").glob("*/drafts/*/previous.json"))


def test_memory_limit__costs_the_file_and_not_the_server(client: Client, good: bytes, settings: Any) -> None:
    readers.close()
    settings.READER_MEMORY_BYTES = 700 * 1024 * 1024
    rows = "<w:p><w:r><w:t>年报</w:t></w:r></w:p>".encode() * 700_000

    def swell(name: str, data: bytes) -> bytes:
        return data.replace(b"<w:body>", b"<w:body>" + rows, 1) if name == "word/document.xml" else data

    big = changed_docx(good, swell)
    batch = checked(client, (big, "大.docx"), (good, GOOD))
    readers.close()

    assert batch.entries[0].stage is Stage.REFUSED
    assert batch.entries[0].why.endswith("。")
    assert batch.entries[1].stage is Stage.READ


def test_reading_process_that_dies__is_told_in_a_sentence(good: bytes) -> None:
    process = readers.ReadingProcess()
    process.process.kill()
    process.process.wait()

    assert process.answer(good, GOOD) == {"refused": readers.TOO_MUCH}


def test_reading_process_short_of_memory__answers_and_is_replaced(good: bytes, settings: Any) -> None:
    settings.READER_MEMORY_BYTES = 1024 * 1024
    process = readers.ReadingProcess()

    # More than the process can have lying free from its start: every further byte must come from the system.
    answer = process.answer("政府信息公开工作年度报告\n".encode() * 200_000, "长.txt")
    process.process.wait(timeout=60)

    assert "内存" in answer["refused"]
    assert not process.usable
    process.close()


def test_reading_process_out_of_time__is_ended_and_told(good: bytes, settings: Any) -> None:
    readers.close()
    settings.READER_SECONDS = 0

    answer = readers.read_now(good, GOOD)
    readers.close()

    assert answer == {"refused": readers.TOO_SLOW}


def test_reading_process__knows_no_key_and_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://nobody:secret@localhost/x")
    process = readers.ReadingProcess()
    surroundings = Path(f"/proc/{process.process.pid}/environ").read_bytes()
    process.close()

    assert b"DATABASE_URL" not in surroundings
    assert b"GONGKAI_DATA" not in surroundings


def test_reading_process__leaves_nothing_behind(good: bytes) -> None:
    process = readers.ReadingProcess()
    left = Path(process.scratch) / "half converted"
    left.write_bytes(good)
    process.close()

    assert not left.parent.exists()
