"""Does a cleaned file open, show what it showed before, and hold nothing that cleaning takes out?"""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import olefile
import openpyxl
from lxml import etree
from PIL import Image, ImageChops, ImageOps, ImageSequence, ImageStat

from gongkai.errors import GongkaiError
from gongkai.reading.blocks import Grid, Source
from gongkai.reading.docx import read_docx
from gongkai.reading.encodings import decoded
from gongkai_web.files.archives import members
from gongkai_web.files.cleaning.cleaner import clean
from gongkai_web.files.cleaning.parts import Parts, named, opened
from gongkai_web.files.cleaning.pptx import is_hidden, slides
from gongkai_web.files.cleaning.result import Choices
from gongkai_web.files.cleaning.xlsx_cells import shown_cells
from gongkai_web.files.types import OLD_OFFICE, PICTURES, FileType, Upload, content_type
from gongkai_web.files.verification_pdf import pdf_differences

_TWIN_OF = {FileType.WPS: FileType.DOC, FileType.ET: FileType.XLS, FileType.DPS: FileType.PPT, FileType.CSV: FileType.TEXT}
_SUMMARIES = ("\x05summaryinformation", "\x05documentsummaryinformation")
_ALL = Choices(accept_changes=True, drop_signatures=True)
_TURNED_DIFFERENCE = 3.0
_FAULTS = (
    GongkaiError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    EOFError,
    SyntaxError,
    AssertionError,
)


def verify(before: bytes, after: bytes, kind: FileType) -> tuple[str, ...]:
    """What is wrong with a cleaned file, as whole sentences; empty when it opens, shows the same, and is clean.

    A file with sentences must not go out: cleaning damaged it, or left something in.
    """
    if content_type(after) is not _TWIN_OF.get(kind, kind):
        return ("清理后的文件类型变了，没有采用；请把原文件另存一份后重新上传。",)
    wrong: list[str] = []
    try:
        wrong += _compare(before, after, kind)
        again = clean(Upload(f"清理结果.{kind.value}", kind, after), _ALL)
    except _FAULTS:
        return (*wrong, "清理后的文件打不开，没有采用；请把原文件用 WPS 或 Office 打开，另存一份后重新上传。")
    if again.removed:
        wrong.append(f"清理后仍留有：{'、'.join(again.removed)}；请把原文件另存一份后重新上传。")
    return tuple(wrong)


def _compare(before: bytes, after: bytes, kind: FileType) -> list[str]:
    if kind in PICTURES:
        return _pictures(before, after)
    if kind in OLD_OFFICE:
        return _streams(before, after)
    return _COMPARISONS.get(kind, _bytes_for_bytes)(before, after)


def _told(same: bool, what: str) -> list[str]:
    return [] if same else [f"清理前后{what}不一样，没有采用；请把原文件另存一份，去掉隐藏和修订的内容后重新上传。"]


def _docx(before: bytes, after: bytes) -> list[str]:
    docx.Document(io.BytesIO(after))
    return _told(_words(read_docx(before, "")) == _words(read_docx(after, "")), "的文字")


def _words(source: Source) -> str:
    """All characters in order: where a deleted paragraph's end was accepted, two lines have become one."""
    out: list[str] = []
    for block in source.blocks:
        out += [cell.text for cell in block.cells] if isinstance(block, Grid) else [block.text]
    return "".join("".join(out).split())


def _xlsx(before: bytes, after: bytes) -> list[str]:
    openpyxl.load_workbook(io.BytesIO(after)).close()
    return _told(list(shown_cells(opened(before))) == list(shown_cells(opened(after))), "显示的单元格")


def _pptx(before: bytes, after: bytes) -> list[str]:
    return _told(_slide_words(opened(before)) == _slide_words(opened(after)), "的幻灯片文字")


def _slide_words(parts: Parts) -> list[list[str]]:
    """The words of each slide that is shown, hidden shapes left out."""
    out = []
    for slide in slides(parts):
        if is_hidden(parts, slide):
            continue
        words = []
        for node in named(parts.tree(slide), "t"):
            shapes = [shape for shape in node.iterancestors() if shape.find("{*}nvSpPr") is not None]
            properties = [p for shape in shapes for p in shape.find("{*}nvSpPr").iter("{*}cNvPr")]  # type: ignore[union-attr]  # tested above
            if not any(p.get("hidden") in ("1", "true") for p in properties):
                words.append(node.text or "")
        out.append(words)
    return out


def _pictures(before: bytes, after: bytes) -> list[str]:
    with Image.open(io.BytesIO(before)) as old, Image.open(io.BytesIO(after)) as new:
        turned = old.getexif().get(0x0112, 1) not in (0, 1)
        same = getattr(old, "n_frames", 1) == getattr(new, "n_frames", 1)
        for one, other in zip(ImageSequence.Iterator(old), ImageSequence.Iterator(new), strict=False):
            first, second = ImageOps.exif_transpose(one).convert("RGBA"), other.convert("RGBA")
            if first.size != second.size:
                same = False
                break
            difference = ImageChops.difference(first, second)
            same = same and (
                max(ImageStat.Stat(difference).mean) < _TURNED_DIFFERENCE if turned else not difference.getbbox(alpha_only=False)
            )
    return _told(same, "的画面")


def _streams(before: bytes, after: bytes) -> list[str]:
    """Every stream but the summaries is the same, byte for byte."""
    with olefile.OleFileIO(io.BytesIO(before)) as old, olefile.OleFileIO(io.BytesIO(after)) as new:
        names = old.listdir()
        same = names == new.listdir() and all(
            name[-1].lower() in _SUMMARIES or old.openstream(name).read() == new.openstream(name).read() for name in names
        )
    return _told(same, "的内容")


def _page(before: bytes, after: bytes) -> list[str]:
    return _told(_page_words(before) == _page_words(after), "的文字")


def _page_words(data: bytes) -> str:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(decoded(data).text.encode("utf-8", "replace"), parser)
    return "".join("".join(str(text) for body in root.iter("body") for text in body.itertext()).split())


def _archive(before: bytes, after: bytes) -> list[str]:
    old = {member.path: member.upload for member in members(before, "")}
    new = {member.path: member.upload for member in members(after, "")}
    if list(old) != list(new):
        return _told(same=False, what="里的文件")
    return [f"“{path}”：{wrong}" for path, own in old.items() for wrong in verify(own.data, new[path].data, own.type)]


def _sound(before: bytes, after: bytes) -> list[str]:
    """What is left of a sound is a part of what was there."""
    return _told(after in before, "的声音")


def _film(before: bytes, after: bytes) -> list[str]:
    return _told(len(before) == len(after), "的长度")


def _bytes_for_bytes(before: bytes, after: bytes) -> list[str]:
    return _told(before == after, "的内容")


_COMPARISONS: dict[FileType, Callable[[bytes, bytes], list[str]]] = {
    FileType.DOCX: _docx,
    FileType.XLSX: _xlsx,
    FileType.PPTX: _pptx,
    FileType.PDF: lambda before, after: _told(not (found := pdf_differences(before, after)), f"的页面（{found}）"),
    FileType.HTML: _page,
    FileType.ZIP: _archive,
    FileType.MP3: _sound,
    FileType.MP4: _film,
}
