"""Which words does an upload hold, anywhere in it, and what of it could not be checked?"""

from __future__ import annotations

import contextlib
import io
import struct
from collections.abc import Iterable, Iterator
from itertools import groupby

import olefile
from lxml import etree

from gongkai.errors import Unreadable
from gongkai.kernel import Place
from gongkai.reading.blocks import FURNITURE as FURNITURE_KEY
from gongkai.reading.blocks import Paragraph, Source
from gongkai.reading.converted import converted
from gongkai.reading.encodings import decoded
from gongkai.reading.html import read_html
from gongkai.reading.limits import damaged
from gongkai.reading.secrecy import Marking, classification_marking
from gongkai.reading.text import paragraphs
from gongkai_web.files.archives import members
from gongkai_web.files.passages import BODY, FURNITURE, HIDDEN, NAME, PROPERTIES, FileText, Gathering, Passage, within
from gongkai_web.files.text_ofd import ofd_text
from gongkai_web.files.text_office import docx_text, pptx_text, xlsx_text
from gongkai_web.files.text_pdf import pdf_text
from gongkai_web.files.types import CLOSED_ARCHIVES, MEDIA, OLD_OFFICE, PICTURES, WORDS, FileType, Upload

_OLD_WORDS = {FileType.DOC: "doc", FileType.WPS: "doc", FileType.XLS: "xls", FileType.ET: "xls"}
_TEXT_CHARS, _TEXT_BYTES, _NAME_CHARS = 0x0FA0, 0x0FA8, 0x0FBA
_MAX_ATOMS = 500_000


def text_of(upload: Upload) -> FileText:
    """The words of an upload with their places, its name first, and every part that could not be checked.

    Nothing is left out because it is not shown: hidden, deleted and commented words are in the file as well. Raises Unreadable for a
    damaged file. Old office files need LibreOffice on this host; without it they come back unchecked.
    """
    if upload.type is FileType.ZIP:
        return _archive(upload)
    found = _read(upload)
    name = Passage(upload.name, Place(quote=upload.name), NAME)
    return FileText((name, *found.passages), tuple(found.unchecked))


def marking_of(text: FileText) -> Marking | None:
    """The first classification marking of an upload: in its name, its heads and feet, at the head of its body or a sheet, or alone in a line.

    To be asked before anything of the upload is stored.
    """
    for _, of_member in groupby(text.passages, key=lambda passage: passage.member):
        passages = list(of_member)
        name = next((passage.text for passage in passages if passage.part == NAME), "")
        heads = tuple((FURNITURE_KEY, passage.text) for passage in passages if passage.part == FURNITURE)
        body = [passage for passage in passages if passage.part in (BODY, HIDDEN)]
        rest = [passage for passage in passages if passage.part not in (BODY, HIDDEN, FURNITURE, NAME)]
        groups = [list(group) for _, group in groupby(body, key=lambda passage: (passage.place.sheet, passage.part))]
        for group in [*groups, rest]:
            source = Source(name, "text", tuple(_blocks(group)), metadata=heads)
            if (marking := classification_marking(source)) is not None:
                return marking
    return None


def _blocks(passages: Iterable[Passage]) -> Iterator[Paragraph]:
    for passage in passages:
        yield Paragraph(passage.text, passage.place)


def _archive(upload: Upload) -> FileText:
    texts = [FileText((Passage(upload.name, Place(quote=upload.name), NAME),))]
    for member in members(upload.data, upload.name):
        try:
            texts.append(within(member.path, text_of(member.upload)))
        except Unreadable as refused:
            left = Gathering()
            left.leave(f"压缩包里的“{member.path}”没有检查：{refused}")
            texts.append(within(member.path, left.text()))
    return FileText(
        tuple(passage for text in texts for passage in text.passages), tuple(left for text in texts for left in text.unchecked)
    )


def _read(upload: Upload) -> Gathering:
    data, kind = upload.data, upload.type
    if kind in PICTURES:
        return _left("图片里的文字没有检查；请看过图片，确认没有不应公开的内容。")
    if kind in MEDIA:
        return _left(f"{WORDS[kind]}的内容没有检查；请从头到尾听过看过，确认没有不应公开的内容。")
    if kind in CLOSED_ARCHIVES:
        return _left(f"{WORDS[kind]}里的文件没有检查，因为本系统打不开这种压缩包；请解开逐个看过，或改用 ZIP 打包后重新上传。")
    if kind in OLD_OFFICE:
        return _old_office(upload)
    match kind:
        case FileType.DOCX:
            return docx_text(data, upload.name)
        case FileType.XLSX:
            return xlsx_text(data)
        case FileType.PPTX:
            return pptx_text(data)
        case FileType.PDF:
            return pdf_text(data, upload.name)
        case FileType.OFD:
            return ofd_text(data)
        case FileType.HTML:
            return _page(upload)
        case _:
            return _plain(data)


def _left(sentence: str) -> Gathering:
    found = Gathering()
    found.leave(sentence)
    return found


def _plain(data: bytes) -> Gathering:
    found = Gathering()
    for block in paragraphs(decoded(data).text):
        if isinstance(block, Paragraph):
            found.add(block.text, block.place)
    return found


def _page(upload: Upload) -> Gathering:
    """A web page: what it shows, then every other text and attribute of its source."""
    found = Gathering()
    # What the reader of reports refuses is read from its source below all the same.
    with contextlib.suppress(Unreadable):
        found.add_source(read_html(upload.data, upload.name))
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, recover=True)
    root = etree.fromstring(decoded(upload.data).text.encode("utf-8", "replace"), parser)
    for node in root.iter() if root is not None else ():
        for words in (node.text, node.tail):
            found.add_missing(str(words or ""), None, HIDDEN)
        for key, value in node.attrib.items():
            if str(key).lower() in ("alt", "title", "content", "value", "placeholder", "aria-label", "summary"):
                found.add_missing(str(value), None, "网页源码")
    if root is not None and next(root.iter("img"), None) is not None:
        found.leave("网页里有图片，图片里的文字没有检查；请看过图片，确认没有不应公开的内容。")
    return found


def _old_office(upload: Upload) -> Gathering:
    """An old office file by way of LibreOffice; of a presentation the texts its records hold."""
    if upload.type in _OLD_WORDS:
        try:
            modern = converted(upload.data, _OLD_WORDS[upload.type], upload.name)
            found = docx_text(modern.data, upload.name) if modern.kind == "docx" else xlsx_text(modern.data)
        except Unreadable as refused:
            found = _left(f"{WORDS[upload.type]}的内容没有检查：{refused}")
    else:
        found = _old_slides(upload.data)
        found.leave("旧格式演示文稿里的图片和图形没有检查；请打开逐页看过，最好另存为 .pptx 后重新上传。")
    _summary(upload.data, found)
    return found


def _old_slides(data: bytes) -> Gathering:
    found = Gathering()
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            stream = container.openstream("PowerPoint Document").read()
    except (OSError, ValueError, IndexError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise damaged() from error
    for kind, body in _atoms(stream):
        words = body.decode("utf-16-le" if kind != _TEXT_BYTES else "latin-1", "replace")
        for line in words.replace("\x0b", "\r").split("\r"):
            found.add(line, None, BODY)
    return found


def _atoms(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """The text records of a presentation; records that hold others are entered."""
    at, count = 0, 0
    while at + 8 <= len(stream) and count < _MAX_ATOMS:
        version, kind, size = struct.unpack_from("<HHI", stream, at)
        at += 8
        count += 1
        if version & 0x0F == 0x0F:
            continue
        if kind in (_TEXT_CHARS, _TEXT_BYTES, _NAME_CHARS):
            yield kind, stream[at : at + size]
        at += size


def _summary(data: bytes, found: Gathering) -> None:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            held = container.get_metadata()
    except (OSError, ValueError, IndexError, TypeError, KeyError, AttributeError, OverflowError, struct.error):
        return
    for key in ("title", "subject", "author", "keywords", "comments", "last_saved_by", "company", "manager", "category"):
        value = getattr(held, key, None)
        if isinstance(value, bytes) and value.strip(b"\x00 "):
            found.add_missing(_words(value.strip(b"\x00")), None, PROPERTIES)


def _words(value: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return value.decode(encoding)
        except UnicodeDecodeError:
            continue
    return value.decode("latin-1")
