"""Are sounds, films, pages, archives and old office files cleaned as far as they can be, and the rest told?"""

from __future__ import annotations

import io
import struct
import zipfile

import olefile
import pytest

from gongkai.errors import Unreadable
from gongkai_web.files.cleaning.cleaner import clean
from gongkai_web.files.cleaning.media import clean_mp3, clean_mp4
from gongkai_web.files.cleaning.page import clean_page
from gongkai_web.files.hazards import accepted
from gongkai_web.files.old_office import summaries
from gongkai_web.files.types import FileType, NotAccepted
from gongkai_web.files.verification import verify
from tests.web.files.office_samples import packed, photograph, telling_docx
from tests.web.files.old_samples import old_doc, old_xls

SECRET = b"Leaked words"
SOUND = b"\xff\xfb\x90\x00" + bytes(413)


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body) + 8, kind) + body


def film() -> bytes:
    dated = box(b"mvhd", struct.pack(">IIIII", 0, 0xCAFEBABE, 0xCAFEBABE, 600, 600) + bytes(80))
    return (
        box(b"ftyp", b"isomisom")
        + box(b"moov", dated + box(b"udta", box(b"\xa9xyz", SECRET)) + box(b"trak", box(b"meta", SECRET)))
        + box(b"mdat", b"frames")
    )


def test_mp3__loses_tags_before_and_after_the_sound() -> None:
    before = b"ID3\x03\x00\x00" + bytes([0, 0, 0, len(SECRET)]) + SECRET + SOUND + b"TAG" + SECRET.ljust(125)

    cleaned = clean_mp3(before)

    assert cleaned.data == SOUND
    assert verify(before, cleaned.data, FileType.MP3) == ()


def test_mp4__loses_place_and_dates_and_keeps_every_offset() -> None:
    before = film()

    cleaned = clean_mp4(before)

    assert SECRET not in cleaned.data
    assert b"\xca\xfe\xba\xbe" not in cleaned.data
    assert cleaned.data.index(b"frames") == before.index(b"frames")
    assert verify(before, cleaned.data, FileType.MP4) == ()


def test_mp4__box_that_reaches_beyond_the_file_is_refused() -> None:
    with pytest.raises(Unreadable):
        clean_mp4(box(b"ftyp", b"isom") + struct.pack(">I4s", 0x7FFFFFFF, b"moov"))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_page__loses_comments_and_maker_in_its_own_encoding(encoding: str) -> None:
    page = (
        f'<html><head><meta charset="{encoding}"><meta name="Generator" content="Word">'
        "<!--[if gte mso 9]><xml><o:Author>钱不留</o:Author></xml><![endif]--></head><body><p>关于办理公证的通知，自下月起施行。</p></body></html>"
    )
    before = page.encode(encoding)

    cleaned = clean_page(before)

    assert cleaned.data.decode(encoding) == page[: page.index("<meta name")] + page[page.index("</head>") :]
    assert verify(before, cleaned.data, FileType.HTML) == ()


def test_archive__members_are_cleaned_and_rubbish_is_left_out() -> None:
    upload = accepted(packed({".DS_Store": SECRET, "附件/通知.docx": telling_docx(), "照片.jpg": photograph()}), "包.zip")

    cleaned = clean(upload)

    with zipfile.ZipFile(io.BytesIO(cleaned.data)) as archive:
        assert archive.namelist() == ["附件/通知.docx", "照片.jpg"]
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
    assert any(word.startswith("“附件/通知.docx”：") for word in cleaned.removed)
    assert "操作系统留下的文件" in cleaned.removed
    assert verify(upload.data, cleaned.data, FileType.ZIP) == ()


def test_archive__names_in_gbk_become_readable() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("xxxx.txt", "公开")
    data = made.getvalue().replace(b"xxxx", "通知".encode("gb18030"))

    with zipfile.ZipFile(io.BytesIO(clean(accepted(data, "包.zip")).data)) as archive:
        assert archive.namelist() == ["通知.txt"]


@pytest.mark.parametrize(
    ("name", "data"), [("旧.doc", old_doc(author="Qian Buliu")), ("旧.et", old_xls(author="Qian Buliu", hidden=1))]
)
def test_old_office__loses_its_summary_and_tells_the_rest(name: str, data: bytes) -> None:
    assert summaries(data) == ("author",)

    cleaned = clean(accepted(data, name))

    assert summaries(cleaned.data) == ()
    assert b"Qian" not in cleaned.data
    assert any("无法逐一清除" in problem for problem in cleaned.problems)
    assert any("隐藏的工作表" in problem for problem in cleaned.problems) is (name == "旧.et")
    with olefile.OleFileIO(io.BytesIO(cleaned.data)) as opened, olefile.OleFileIO(io.BytesIO(data)) as before:
        assert opened.listdir() == before.listdir()
    assert verify(data, cleaned.data, accepted(data, name).type) == ()


@pytest.mark.parametrize(
    ("name", "data"), [("包.rar", b"Rar!\x1a\x07\x01\x00" + bytes(40)), ("公文.ofd", packed({"OFD.xml": "<OFD/>"}))]
)
def test_kept_as_it_is__is_told(name: str, data: bytes) -> None:
    cleaned = clean(accepted(data, name))

    assert cleaned.data == data
    assert len(cleaned.problems) == 1


def test_plain__stays_as_it_is() -> None:
    data = "\ufeff一\r\n".encode()

    assert clean(accepted(data, "说明.txt")).data == data


def test_page__script_hidden_in_a_comment_is_refused() -> None:
    with pytest.raises(NotAccepted):
        clean_page(b"<html><body><!-- x --!><script>1</script> --></body></html>")
