"""What kind of file is this, judged by its content alone, and who reads it?"""

from __future__ import annotations

import json as json_codec
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import olefile

from gongkai.errors import Unreadable
from gongkai.kernel import Place
from gongkai.reading import converted, docx, html, mht, pdf, text, xlsx
from gongkai.reading.blocks import Grid, Source
from gongkai.reading.encodings import decoded, is_text
from gongkai.reading.limits import MAX_TEXT, Package, check_size
from gongkai.reading.native import is_begun
from gongkai.reading.script_strings import html_in_script
from gongkai.reading.source_notes import note

_HTML = re.compile(
    r"<!doctype\s+html|<html[\s>]|<body[\s>]|<table[\s>]|<div[\s>]|<p[\s>]|<h[1-6][\s>]|<frameset[\s>]", re.IGNORECASE
)
# A line's end must match in one way only: with two, thirty lines of a letter's head would be tried a thousand million times.
_MHT = re.compile(rb"^(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,30}?MIME-Version:", re.IGNORECASE)
_IMAGES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"II*\x00",
    b"MM\x00*",
    b"BM",
    b"\x00\x00\x01\x00",
    b"8BPS",
)
_ARCHIVES = (
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"\x04\x22\x4d\x18",
    b"\x28\xb5\x2f\xfd",
)
_PDF_WITHIN = 1024

ADVICE = {
    "empty": "“{name}”是空文件，没有可读取的内容；请检查保存或下载是否完整后再试。",
    "encrypted": "“{name}”设有打开密码或经过加密，无法读取；请在 WPS、Word 或 Excel 中取消密码，重新保存后再试。",
    "docm": "“{name}”带有宏，为安全起见不读取；请用 WPS 或 Word 打开，另存为不带宏的 .docx 后再试。",
    "xlsm": "“{name}”带有宏，为安全起见不读取；请用 WPS 或 Excel 打开，另存为不带宏的 .xlsx 后再试。",
    "pptx": "“{name}”是演示文稿，不是年度报告；请交来 .docx、.xlsx、.html、.txt 或带文字层的 .pdf 文件。",
    "ofd": "“{name}”是 OFD 版式文件，目前不能读取；请交来原来的 Word 或 Excel 文件，或者用 OFD 阅读器导出为带文字层的 PDF。",
    "image": "“{name}”是图片，其中的文字和数字不作识别，以免认错；请交来原来的 Word 或 Excel 文件。",
    "archive": "“{name}”是不支持的压缩文件；请先解压，或改用 .zip 压缩后再试。",
    "zip": "“{name}”是压缩包，不是单个报告；请先解压，把其中的报告逐个交来。",
    "ole": "“{name}”是不认识的旧格式文件；请用 WPS 或 Office 打开，另存为 .docx 或 .xlsx 后再试。",
    "binary": "“{name}”不是可读取的文件格式；请交来 .docx、.xlsx、.html、.txt 或带文字层的 .pdf 文件。",
}


def detect(data: bytes, name: str = "") -> str:
    """The kind of a file: one that is read (docx, flat-docx, xlsx, pdf, html, mht, json, text), one that LibreOffice may
    convert (doc, xls, rtf, xlsb, odt, ods, wordml, spreadsheetml), or a key of :data:`ADVICE`.

    ``name`` is not looked at except to tell the program that wrote an old file in messages; content decides.
    """
    del name
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return "empty"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_kind(data)
    if data.startswith(olefile.MAGIC):
        return _ole_kind(data)
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    if data.lstrip()[:5] == b"{\\rtf":
        return "rtf"
    if data.startswith(_ARCHIVES):
        return "archive"
    if data.startswith(_IMAGES[:-3]) or data[:12].startswith(b"RIFF") or (data.startswith(_IMAGES) and b"\x00" in data[:32]):
        return "image"
    if _MHT.match(data[:8192]):
        return "mht"
    return _text_kind(data)


def _zip_kind(data: bytes) -> str:
    package = Package(data)
    names = {name.lower() for name in package.names}
    if package.encrypted:
        return "encrypted"
    if "[content_types].xml" in names:
        return _ooxml_kind(package, names)
    if "ofd.xml" in names:
        return "ofd"
    if "mimetype" in names:
        kind = package.read("mimetype", 200)
        if b"opendocument.text" in kind:
            return "odt"
        if b"opendocument.spreadsheet" in kind:
            return "ods"
    if "word/document.xml" in names:
        return "docx"
    return "zip"


def _ooxml_kind(package: Package, names: set[str]) -> str:
    types = b""
    for name in package.names:
        if name.lower() == "[content_types].xml":
            types = package.read(name)
    macros = b"macroenabled" in types.lower() or any(name.endswith("vbaproject.bin") for name in names)
    if b"wordprocessingml" in types or any(name.startswith("word/") for name in names):
        return "docm" if macros else "docx"
    if b"sheet.binary" in types:
        return "xlsb"
    if b"spreadsheetml" in types or any(name.startswith("xl/") for name in names):
        return "xlsm" if macros else "xlsx"
    return "pptx" if b"presentationml" in types else "zip"


def _ole_kind(data: bytes) -> str:
    try:
        with olefile.OleFileIO(data) as container:
            streams = {entry[0].lower() for entry in container.listdir()}
    except (OSError, ValueError, IndexError, TypeError, KeyError, AttributeError, OverflowError, RecursionError, MemoryError):
        return "ole"
    if streams & {"encryptedpackage", "encryptioninfo"}:
        return "encrypted"
    if "worddocument" in streams:
        return "doc"
    if streams & {"workbook", "book"}:
        return "xls"
    if "powerpoint document" in streams:
        return "pptx"
    return "ole"


def _text_kind(data: bytes) -> str:
    if len(data) > MAX_TEXT:
        return "text"
    try:
        characters = decoded(data[:65536] if data[:1] in b"<{[" else data[:4096]).text
    except Unreadable:
        return "binary" if b"\x00" in data else "text"
    if not is_text(characters):
        return "binary"
    start = characters.lstrip("\ufeff \t\r\n")[:2000]
    if start.startswith(("<?xml", "<pkg:", "<w:")):
        if "<pkg:package" in start:
            return "flat-docx"
        if "w:wordDocument" in start:
            return "wordml"
        if 'progid="Excel.Sheet"' in start or "urn:schemas-microsoft-com:office:spreadsheet" in start:
            return "spreadsheetml"
    if start.startswith(("{", "[")) and (_is_json(data) or is_begun(start)):
        return "json"
    if start.startswith("<svg"):
        return "image"
    return "html" if _HTML.search(characters) and "<" in characters else "text"


def _is_json(data: bytes) -> bool:
    # As it stands, before a search for damaged characters, which takes ten times as long.
    with suppress(ValueError, RecursionError):
        json_codec.loads(data)
        return True
    try:
        json_codec.loads(decoded(data).text)
    except (ValueError, RecursionError, Unreadable):
        return False
    return True


def _read_json(data: bytes, name: str) -> Source:
    """JSON that is not one of our own reports: the HTML its strings write, else its lines."""
    check_size(data, MAX_TEXT)
    inside = html_in_script(decoded(data).text)
    if inside is None:
        return text.read_text(data, name)
    source = html.read_html_text(inside, name)
    remark = note("S111", "文件是 JSON 数据，其中以文字形式保存的网页表格已取出并读取；请对照网页核对。", Place(line=1))
    return replace(source, findings=(*source.findings, remark))


_READERS: dict[str, Callable[[bytes, str], Source]] = {
    "docx": docx.read_docx,
    "flat-docx": docx.read_flat_docx,
    "xlsx": xlsx.read_xlsx,
    "pdf": pdf.read_pdf,
    "html": html.read_html,
    "mht": mht.read_mht,
    "json": _read_json,
    "text": text.read_text,
}


def open_source(data: bytes, name: str, kind: str | None = None) -> Source:
    """The blocks of a file of any format. ``name`` is only shown, never believed; ``kind`` is what :func:`detect` said, if it was asked.

    Raises Unreadable, with the reason and the next step, for what cannot be read: too large, encrypted, with macros, packed
    beyond reason, declaring entities, scanned, of an unknown kind, or of an old kind without LibreOffice on this host.
    """
    check_size(data)
    kind = kind or detect(data, name)
    if kind in ADVICE:
        raise Unreadable(ADVICE[kind].format(name=name))
    if kind in _READERS:
        return _not_too_long(_READERS[kind](data, name))
    modern = converted.converted(data, kind, name)
    source = _not_too_long(_READERS[modern.kind](modern.data, name))
    remark = note(
        "S108", f"“{name}”是旧格式，已由本机的 LibreOffice 转换为 .{modern.kind} 后读取；请对照原文核对，最好另存为新格式后再用。"
    )
    return replace(source, findings=(remark, *source.findings))


def _not_too_long(source: Source) -> Source:
    """The source; refused where little that was packed gave more text than any report has, which would be searched for hours."""
    length = sum(sum(len(c.text) for c in b.cells) if isinstance(b, Grid) else len(b.text) for b in source.blocks)
    if length > MAX_TEXT:
        raise Unreadable(
            f"文件中的文字有 {length} 个，超过可读取的上限 {MAX_TEXT} 个，不像一份年度报告，没有读取；请只保留报告本身后再试。"
        )
    return source
