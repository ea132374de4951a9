"""Does only what may come in come in, and does every other file get the sentence that says why?"""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import olefile
import pytest
from PIL import Image

from gongkai.errors import Unreadable
from gongkai_web.files.hazards import accepted
from gongkai_web.files.types import MAX_MEDIA, FileType, NotAccepted, clean_name, content_type, typed
from tests.web.files.office_samples import packed, plain_docx, plain_pptx, plain_xlsx, related, unpacked
from tests.web.files.old_samples import container, old_doc, old_ppt, old_xls
from tests.web.files.pdf_samples import locked_pdf, plain_pdf

OFD = packed({"OFD.xml": "<ofd:OFD xmlns:ofd='http://www.ofdspec.org/2016'/>"})
MP4 = struct.pack(">I4s4sI", 16, b"ftyp", b"isom", 0) + struct.pack(">I4s", 8, b"moov")
MP3 = b"ID3\x03\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" + bytes(413)
PAGE = "<!DOCTYPE html><html><body><p>公告</p></body></html>".encode()


def picture(kind: str) -> bytes:
    made = io.BytesIO()
    Image.linear_gradient("L").resize((20, 20)).save(made, kind)
    return made.getvalue()


HONEST = {
    "通知.docx": plain_docx(),
    "表.xlsx": plain_xlsx(),
    "讲稿.pptx": plain_pptx(),
    "旧.doc": old_doc(),
    "旧.xls": old_xls(),
    "旧.ppt": old_ppt(),
    "旧.wps": old_doc(),
    "旧.et": old_xls(),
    "旧.dps": old_ppt(),
    "公告.pdf": plain_pdf(),
    "公文.ofd": OFD,
    "包.rar": b"Rar!\x1a\x07\x01\x00" + bytes(40),
    "包.zip": packed({"通知.txt": "公开".encode()}),
    "包.7z": b"7z\xbc\xaf\x27\x1c" + bytes(40),
    "照片.jpg": picture("JPEG"),
    "照片.jpeg": picture("JPEG"),
    "图.png": picture("PNG"),
    "动.gif": picture("GIF"),
    "图.webp": picture("WEBP"),
    "扫描.tiff": picture("TIFF"),
    "图.bmp": picture("BMP"),
    "录音.mp3": MP3,
    "影.mp4": MP4,
    "说明.txt": "各科室：".encode(),
    "数据.csv": "事项,件数\n公证,12\n".encode("gb18030"),
    "页.html": PAGE,
}


@pytest.mark.parametrize("name", list(HONEST))
def test_type__honest_file_comes_in_under_its_own_type(name: str) -> None:
    upload = accepted(HONEST[name], name)

    suffix = name.rpartition(".")[2]
    assert upload.type.value == {"jpeg": "jpg", "tiff": "tif"}.get(suffix, suffix)
    assert upload.name == name


@pytest.mark.parametrize("name", list(HONEST))
def test_type__every_type_under_another_name_is_refused(name: str) -> None:
    other = "改名.png" if not name.endswith(".png") else "改名.pdf"

    with pytest.raises(NotAccepted) as refused:
        typed(HONEST[name], other)

    assert refused.value.code == "disagrees"
    assert "扩展名" in str(refused.value)
    assert str(refused.value).endswith("。")


def test_type__none_is_without_an_example() -> None:
    assert {typed(data, name).type for name, data in HONEST.items()} == set(FileType)


def test_type__name_without_suffix_is_told_which_it_needs() -> None:
    with pytest.raises(NotAccepted, match=r"没有扩展名.*\.pdf"):
        typed(plain_pdf(), "公告")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("空.docx", b"", "empty"),
        ("空.txt", b"\x00\x00 \r\n", "empty"),
        ("木马.pdf", b"MZ\x90\x00" + bytes(100), "executable"),
        ("公告.pdf.exe", plain_pdf(), "executable"),
        ("跑.js", b"alert(1)", "executable"),
        ("跑.txt", b"#!/bin/sh\nrm -rf .\n", "executable"),
        ("加密.docx", container({"EncryptionInfo": b"x" * 5000, "EncryptedPackage": b"y" * 5000}), "encrypted"),
        ("加密.pdf", locked_pdf(), "encrypted"),
        ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "script"),
        ("页.html", PAGE.replace(b"<p>", b"<p onclick='x()'>"), "script"),
        ("页.html", PAGE.replace(b"<p>", b"<script>1</script><p>"), "script"),
        ("页.html", PAGE.replace(b"<p>", b"<a href=' javascript:x()'>a</a><p>"), "script"),
        ("页.html", PAGE.replace(b"<p>", b"<iframe src=x></iframe><p>"), "script"),
        ("页.html", PAGE.replace(b"<p>", b"<!--><img/onerror=x() src=y><!-- --><p>"), "script"),
        ("图.pdf", b"GIF89a/*" + plain_pdf(), "disagrees"),
        ("双.pdf", plain_pdf() + packed({"藏.txt": "x"}), "polyglot"),
        ("双.pdf", b"hello\n" + plain_pdf(), "polyglot"),
        ("双.png", picture("PNG") + packed({"藏.txt": "x"}), "polyglot"),
        ("苹果.jpg", b"\x00\x00\x00\x18ftypheic" + bytes(30), "unknown"),
        ("富.rtf", b"{\\rtf1 hello}", "unknown"),
        ("数据.json", b'{"a": [1, 2]}', "unknown"),
        ("宏.doc", old_doc(**{"Macros/VBA/dir": b"x" * 5000}), "macros"),
        ("宏.xls", old_xls(sheet_type=1), "macros"),
        ("锁.xls", old_xls(locked=True), "encrypted"),
        ("锁.doc", old_doc(locked=True), "encrypted"),
        ("包.doc", old_doc(**{"ObjectPool/_1/\x01Ole10Native": b"C:\\a.exe" + bytes(5000)}), "embedded"),
    ],
)
def test_type__what_may_not_come_in_is_refused_with_its_reason(name: str, data: bytes, code: str) -> None:
    with pytest.raises(NotAccepted) as refused:
        accepted(data, name)

    assert refused.value.code == code
    assert str(refused.value).endswith("。")


def test_type__too_large_is_refused() -> None:
    with pytest.raises(NotAccepted) as refused:
        typed(MP4 + bytes(MAX_MEDIA), "影.mp4")

    assert refused.value.code == "too-large"
    assert "200 MB" in str(refused.value)


def test_type__macros_are_refused_whatever_the_name() -> None:
    data = related(plain_docx(), "word/document.xml", "vbaProject", "word/vbaProject.bin", b"x")

    for name in ("通知.docx", "通知.docm"):
        with pytest.raises(NotAccepted) as refused:
            accepted(data, name)
        assert refused.value.code == "macros"


def test_type__program_packed_in_a_document_is_refused() -> None:
    native = container({"\x01Ole10Native": b"\x00\x00\x00\x00\x02\x00setup.exe\x00C:\\setup.exe\x00" + bytes(5000)})
    data = related(plain_docx(), "word/document.xml", "oleObject", "word/embeddings/oleObject1.bin", native)

    with pytest.raises(NotAccepted) as refused:
        accepted(data, "通知.docx")
    assert refused.value.code == "embedded"


def test_type__control_is_refused() -> None:
    data = related(plain_docx(), "word/document.xml", "control", "word/activeX/activeX1.xml", "<ax/>")

    with pytest.raises(NotAccepted, match="ActiveX"):
        accepted(data, "通知.docx")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("..\\..\\windows\\通知.pdf", "通知.pdf"),
        ("../../etc/通知.pdf", "通知.pdf"),
        ("C:\\Users\\q\\通知.pdf", "通知.pdf"),
        ("通知?.pdf", "通知_.pdf"),
        ("通知.pdf. ", "通知.pdf"),
    ],
)
def test_name__path_and_odd_marks_are_left_behind(name: str, shown: str) -> None:
    assert clean_name(name) == shown


@pytest.mark.parametrize(
    "name", ["通知.pdf\x00.exe", "通知\u202efdp.exe", "", "..", "con.pdf", "/", "长" * 130 + ".pdf", "a\nb.pdf"]
)
def test_name__that_hides_something_is_refused(name: str) -> None:
    with pytest.raises(NotAccepted) as refused:
        typed(plain_pdf(), name)

    assert refused.value.code == "name"


def outcome(data: bytes, name: str) -> str:
    """The sentence of a refusal; empty for a file that comes in. Any other exception is a fault."""
    try:
        accepted(data, name)
    except Unreadable as refused:
        return str(refused)
    return ""


def zipped(path: str, data: bytes = b"text", **more: int) -> bytes:
    made = io.BytesIO()
    info = zipfile.ZipInfo(path)
    for key, value in more.items():
        setattr(info, key, value)
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(info, data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zipped("../../a.txt"), "member"),
        (zipped("/etc/a.txt"), "member"),
        (zipped("C:\\a.txt"), "member"),
        (zipped("a.txt", external_attr=0o120777 << 16), "member"),
        (zipped("包.zip", packed({"a.txt": "x"})), "nested"),
        (zipped("a.exe", b"MZ" + bytes(60)), "executable"),
        (zipped("a.pdf", picture("PNG")), "disagrees"),
        (zipped("宏.xls", old_xls(sheet_type=1)), "macros"),
        (zipped(".DS_Store"), "empty"),
        # The same name twice in the directory: one of the two would be passed over unread.
        (packed({"a.txt": "one", "b.txt": "two"}).replace(b"b.txt", b"a.txt"), "member"),
    ],
)
def test_archive__bad_member_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(NotAccepted) as refused:
        accepted(data, "包.zip")

    assert refused.value.code == code


def test_archive__locked_one_is_refused() -> None:
    data = bytearray(packed({"a.txt": "secret"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1

    with pytest.raises(NotAccepted) as refused:
        accepted(bytes(data), "包.zip")
    assert refused.value.code == "encrypted"


def test_archive__bomb_is_refused() -> None:
    with pytest.raises(Unreadable, match="压缩炸弹"):
        accepted(packed({"a.txt": b"0" * 60_000_000}), "包.zip")


def test_archive__declared_size_is_not_believed() -> None:
    data = bytearray(packed({"a.txt": "公开".encode()}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(signature) + offset
        data[at : at + 4] = b"\xff\xff\xff\xfe"

    assert outcome(bytes(data), "包.zip") in (
        "",
        "文件已损坏或不完整，无法读取；请重新下载，或用 WPS、Word、Excel 打开后另存一份再试。",
    )


def test_document__entities_of_xml_are_refused() -> None:
    members = dict(unpacked(plain_docx()))
    declared = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    head, _, rest = members["word/document.xml"].partition(b"?>")
    members["word/document.xml"] = head + b"?>" + declared + rest

    with pytest.raises(Unreadable, match="实体声明"):
        accepted(packed(members), "通知.docx")


def test_document__two_parts_of_one_name_are_refused() -> None:
    made = io.BytesIO(plain_docx())
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("word/Document.xml", b"<other/>")

    with pytest.raises(Unreadable, match="重名"):
        accepted(made.getvalue(), "通知.docx")


@pytest.mark.parametrize("name", [name for name in HONEST if not name.endswith((".txt", ".csv", ".html"))])
def test_type__cut_off_file_is_refused_or_of_its_type_but_never_a_fault(name: str) -> None:
    whole = HONEST[name]
    for size in (5, 12, 40, len(whole) // 2, len(whole) - 3):
        sentence = outcome(whole[:size], name)
        assert not sentence or sentence.endswith("。")


def test_content_type__of_nothing_known_is_none() -> None:
    assert content_type(bytes(range(256)) * 4) is None


def test_sample__old_files_are_containers_others_open() -> None:
    assert olefile.isOleFile(old_doc())
    with olefile.OleFileIO(io.BytesIO(old_xls())) as opened:
        assert opened.exists("Workbook")
    assert not Path("旧.doc").exists()
