"""Is the kind of a file seen by its content, and is what cannot be read refused with the reason and the next step?"""

from __future__ import annotations

import io
import os
import re
import shutil
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gongkai.errors import Unreadable
from gongkai.reading import converted, limits
from gongkai.reading.blocks import Grid, Paragraph, Source
from gongkai.reading.formats import detect, open_source
from tests.core.reading.formats.paper import line, pdf, text
from tests.core.reading.formats.word import archive, document, par, row, table

TABLE = "<table><tr><td>规章</td><td>3</td></tr><tr><td>规范性文件</td><td>4</td></tr></table>"
PAGE = f"<html><body><p>某局2023年政府信息公开工作年度报告</p>{TABLE}</body></html>"
WORD = document(par("某局年报") + table(row("规章", "3"), row("规范性文件", "4")))
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def book() -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for cells in (["规章", 3], ["规范性文件", 4]):
        sheet.append(cells)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


BOOK = book()


def typed() -> bytes:
    """A Word file as a word processor writes it, with the widths that conversion needs."""
    word = docx.Document()
    word.add_paragraph("某局年报")
    table = word.add_table(2, 2)
    for cell, words in zip(table._cells, ("规章", "3", "规范性文件", "4"), strict=True):
        cell.text = words
    word.add_paragraph("某局")
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


TYPED = typed()
MHT = (
    (
        b'From: <Saved by WPS>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset="gbk"\r\n'
        b"Content-Transfer-Encoding: 8bit\r\n\r\n"
    )
    + PAGE.encode("gbk")
    + b"\r\n--b--\r\n"
)


def figures(source: Source) -> list[str]:
    return [cell.text for block in source.blocks if isinstance(block, Grid) for cell in block.cells]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (WORD, "docx"),
        (BOOK, "xlsx"),
        (PAGE.encode(), "html"),
        (PAGE.encode("utf-16"), "html"),
        (PAGE.encode("gb18030"), "html"),
        (MHT, "mht"),
        (b"Name: a\r\n b\r\n" * 300, "text"),  # many lines of a letter's head, and no letter: told at once
        ("规章\t3".encode(), "text"),
        ("规章\t3".encode("gbk"), "text"),
        (b'{"a": [1]}', "json"),
        (b"[1, 2]", "json"),
        (b"{not json", "text"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\n\n%PDF-1.4", "pdf"),
        (b"{\\rtf1\\ansi}", "rtf"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"Rar!\x1a\x07\x00", "archive"),
        (b"7z\xbc\xaf\x27\x1c", "archive"),
        (b"\x1f\x8b\x08", "archive"),
        (b"", "empty"),
        (b" \r\n\x00", "empty"),
        (archive({"OFD.xml": "<x/>", "Doc_0/Document.xml": "<x/>"}), "ofd"),
        (archive({"a.docx": WORD}), "zip"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "odt"),
        (
            archive(
                {"[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled.main+xml", "word/document.xml": "<x/>"}
            ),
            "docm",
        ),
        (archive({"[Content_Types].xml": "spreadsheetml", "xl/workbook.xml": "<x/>", "xl/vbaProject.bin": b"x"}), "xlsm"),
        (OLE + bytes(600), "ole"),
        (bytes(range(256)) * 20, "binary"),
        (b"BM\x00\x00\x00\x00" + bytes(60), "image"),
        ("BM公司\n".encode(), "text"),
    ],
)
def test_kind__is_seen_by_content(data: bytes, kind: str) -> None:
    assert detect(data, "报告.docx") == kind


@pytest.mark.parametrize("name", ["年报.docx", "年报.doc", "年报.xls", "年报.pdf", "年报"])
def test_name__that_lies_does_no_harm(name: str) -> None:
    for data in (WORD, BOOK, PAGE.encode("gbk"), MHT, b'{"html": "' + TABLE.replace('"', '\\"').encode() + b'"}'):
        assert figures(open_source(data, name)) == ["规章", "3", "规范性文件", "4"]


def test_refusals__are_whole_sentences_that_name_the_file_and_the_next_step() -> None:
    for data in (
        b"",
        bytes(range(256)) * 20,
        b"\x89PNG\r\n\x1a\n" + bytes(20),
        b"Rar!\x1a\x07\x00",
        archive({"OFD.xml": "x"}),
        archive({"a.txt": "x"}),
        OLE + bytes(600),
    ):
        with pytest.raises(Unreadable) as refusal:
            open_source(data, "某某.docx")
        assert re.fullmatch(r"“某某\.docx”.+[；;]请.+。", str(refusal.value))


def test_size__beyond_the_limit_is_refused() -> None:
    with pytest.raises(Unreadable, match="超过可读取的上限 50 MB"):
        open_source(bytes(limits.MAX_FILE + 1), "a")
    with pytest.raises(Unreadable, match="超过可读取的上限 12 MB"):
        open_source(b"a" * (limits.MAX_TEXT + 1), "a")


def test_encrypted_archive__is_refused() -> None:
    data = bytearray(archive({"[Content_Types].xml": "x", "word/document.xml": "x"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + offset] |= 1
    with pytest.raises(Unreadable, match="密码"):
        open_source(bytes(data), "a.docx")


def test_encrypted_office_file__is_refused() -> None:
    with pytest.raises(Unreadable, match="密码"):
        open_source(compound_file("EncryptedPackage"), "a.docx")


def compound_file(stream: str) -> bytes:
    """The smallest OLE file with one stream of this name: a header, one table of sectors, one folder."""
    header = bytearray(512)
    header[:8] = OLE
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIIII", header, 40, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    for index in range(109):
        struct.pack_into("<I", header, 76 + 4 * index, 0 if index == 0 else 0xFFFFFFFF)
    table_sector = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)

    def entry(name: str, kind: int, child: int) -> bytes:
        raw = name.encode("utf-16-le")
        out = bytearray(128)
        out[: len(raw)] = raw
        struct.pack_into("<HBB", out, 64, len(raw) + 2 if name else 0, kind, 1)
        struct.pack_into("<III", out, 68, 0xFFFFFFFF, 0xFFFFFFFF, child)
        struct.pack_into("<I", out, 116, 0xFFFFFFFE)
        return bytes(out)

    folder = entry("Root Entry", 5, 1) + entry(stream, 2, 0xFFFFFFFF) + bytes(256)
    return bytes(header) + table_sector + folder


@pytest.mark.parametrize(
    ("stream", "kind"),
    [("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("EncryptedPackage", "encrypted"), ("Other", "ole")],
)
def test_old_office_files__are_told_apart_by_their_streams(stream: str, kind: str) -> None:
    assert detect(compound_file(stream), "a.wps") == kind


def test_bomb__unpacking_beyond_reason_is_refused() -> None:
    bomb = document(par("a"), word__styles=b"<a>" + b" " * (60 * limits.MIB) + b"</a>")
    with pytest.raises(Unreadable, match="解压后"):
        open_source(bomb, "a.docx")


def test_bomb__that_lies_about_its_size_is_refused() -> None:
    data = bytearray(document(par("a"), word__styles=b" " * (60 * limits.MIB)))
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        struct.pack_into("<I", data, at + 24, 10)
    with pytest.raises(Unreadable):
        open_source(bytes(data), "a.docx")


def test_archive__with_too_many_members_is_refused() -> None:
    with pytest.raises(Unreadable, match="超过上限 5000 个"):
        open_source(archive({f"word/{n}.xml": "" for n in range(limits.MAX_MEMBERS + 1)}), "a.docx")


def test_macros__are_refused_with_advice() -> None:
    with pytest.raises(Unreadable, match=r"带有宏.*另存为不带宏的 \.docx"):
        open_source(document(par("a"), word__vbaProject="").replace(b"vbaProject.xml", b"vbaProject.bin"), "a.docm")


def test_old_file__without_libreoffice_gets_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    for data, advice in (
        (compound_file("WordDocument"), ".docx"),
        (compound_file("Workbook"), ".xlsx"),
        (b"{\\rtf1 a}", ".docx"),
    ):
        with pytest.raises(Unreadable, match="另存为 " + re.escape(advice)):
            open_source(data, "年报.wps")


@pytest.mark.office
def test_old_file__is_read_through_libreoffice(libreoffice: str, tmp_path: Path) -> None:
    rtf = b"{\\rtf1\\ansi\\ansicpg936 {\\trowd\\cellx2000\\cellx4000\\intbl A\\cell 3\\cell\\row\\trowd\\cellx2000\\cellx4000\\intbl B\\cell 4\\cell\\row}\\pard end\\par}"
    source = open_source(rtf, "年报.doc")
    assert figures(source) == ["A", "3", "B", "4"]
    assert source.findings[0].rule == "S108"
    assert converted.office() is not None


@pytest.mark.office
@pytest.mark.parametrize(("seed", "suffix"), [(TYPED, "doc"), (BOOK, "xls"), (TYPED, "odt")])
def test_old_file__of_each_kind_is_read_like_the_new_one(libreoffice: str, tmp_path: Path, seed: bytes, suffix: str) -> None:
    source = tmp_path / ("a.docx" if seed is TYPED else "a.xlsx")
    source.write_bytes(seed)
    profile = (tmp_path / "profile").as_uri()
    command = [
        libreoffice,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        suffix,
        "--outdir",
        str(tmp_path),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    old = (tmp_path / f"a.{suffix}").read_bytes()
    assert detect(old) == suffix
    assert figures(open_source(old, "年报.wps")) == ["规章", "3", "规范性文件", "4"]


@pytest.mark.office
def test_old_file__that_libreoffice_cannot_convert_is_refused(libreoffice: str) -> None:
    before = set(Path(os.environ.get("TMPDIR", "/tmp")).glob("gongkai-convert-*"))
    with pytest.raises(Unreadable, match="另存为"):
        open_source(compound_file("WordDocument"), "年报.doc")
    assert set(Path(os.environ.get("TMPDIR", "/tmp")).glob("gongkai-convert-*")) <= before


SEEDS = (
    WORD,
    BOOK,
    PAGE.encode(),
    PAGE.encode("gbk"),
    PAGE.encode("utf-16"),
    MHT,
    b'{"html": "' + TABLE.encode() + b'"}',
    compound_file("WordDocument"),
)


@settings(max_examples=300)
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 1 << 20), st.binary(min_size=1, max_size=4)), max_size=8),
    st.integers(0, 1 << 20),
)
@example(SEEDS[0], [], 100)
def test_mutated_file__is_read_or_refused_and_nothing_else(seed: bytes, changes: list[tuple[int, bytes]], cut: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shutil, "which", lambda _: None)
        check_mutation(seed, changes, cut)


def check_mutation(seed: bytes, changes: list[tuple[int, bytes]], cut: int) -> None:
    """Change bytes of a file, cut its end off one time in three, and read it."""
    data = bytearray(seed)
    for at, replacement in changes:
        at %= len(data)
        data[at : at + len(replacement)] = replacement
    if cut % 3 == 0:
        del data[cut % len(data) :]
    try:
        source = open_source(bytes(data), "年报")
    except Unreadable as refusal:
        message = str(refusal)
    else:
        message = "。"
        assert all(isinstance(block, (Grid, Paragraph)) for block in source.blocks)
    assert message.endswith("。")


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 1 << 20), st.binary(min_size=1, max_size=6)), max_size=6))
def test_mutated_parts__inside_a_sound_archive_are_read_or_refused(changes: list[tuple[int, bytes]]) -> None:
    for seed, member in (
        (WORD, "word/document.xml"),
        (BOOK, "xl/worksheets/sheet1.xml"),
        (BOOK, "xl/styles.xml"),
        (BOOK, "xl/workbook.xml"),
    ):
        with zipfile.ZipFile(io.BytesIO(seed)) as package:
            parts: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
        part = bytearray(parts[member])
        for at, replacement in changes:
            at %= len(part)
            part[at : at + len(replacement)] = replacement
        parts[member] = bytes(part)
        try:
            open_source(archive(parts), "年报")
        except Unreadable:
            continue


LARGE = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
from pathlib import Path
from gongkai.errors import Unreadable
from gongkai.reading.formats import open_source
try:
    print(len(open_source(Path(sys.argv[1]).read_bytes(), "large").blocks))
except Unreadable as refusal:
    print(refusal)
"""


def large_files() -> dict[str, bytes]:
    """For each format a file at the edge of what is permitted."""
    filler = ("本机关依法公开政府信息，认真答复申请。" * 20).encode()
    rows = b"<tr><td>a</td><td>1</td></tr>"
    sheet = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(sheet, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                inside = b"".join(b"<row r='%d'>" % r + b"<c><v>%d</v></c>" % r * 9 + b"</row>" for r in range(1, 19_000))
                content = (
                    b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
                    + inside
                    + b"</sheetData></worksheet>"
                )
            new.writestr(name, content)
    paragraphs = par("依法公开政府信息" * 4).encode() * 150_000
    return {
        "text": (filler + b"\n") * (limits.MAX_TEXT // (len(filler) + 1)),
        "html": b"<table>" + rows * 190_000 + b"</table>",
        "html of empty elements": b"<b></b>" * (limits.MAX_TEXT // 7),
        "docx": document(paragraphs.decode()),
        "docx of empty elements": document("<w:p/>" * 2_000_000),
        "xlsx": sheet.getvalue(),
        "pdf": pdf(
            *[
                "".join(
                    text(40, 590 - 6 * n, "依".encode("gbk").decode("latin-1") * 10 + " figures and words 123 " * 4, size=5)
                    for n in range(90)
                )
            ]
            * 300
        ),
        "pdf of lines": pdf(
            *["".join(line(x, 10, x, 590) + line(10, x, 390, x) for x in range(10, 390, 4)) + text(50, 560, "few words")] * 100
        ),
        "xlsx of empty rows": archive(
            {
                **{n: c for n, c in unpacked(BOOK).items() if "sheet1" not in n},
                "xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"
                + b"<row/><row><c/></row>" * 4_000_000
                + b"</sheetData></worksheet>",
            }
        ),
    }


def unpacked(data: bytes) -> dict[str, str | bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize(
    "kind",
    [
        "text",
        "html",
        "html of empty elements",
        "docx",
        "docx of empty elements",
        "xlsx",
        "xlsx of empty rows",
        "pdf",
        "pdf of lines",
    ],
)
def test_largest_permitted_file__is_read_or_refused_in_one_and_a_half_gigabytes(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(large_files()[kind])
    done = subprocess.run([sys.executable, "-c", LARGE, str(path)], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip().isdigit() or done.stdout.strip().endswith("。")
