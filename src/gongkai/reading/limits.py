"""How large, how deep and how tightly packed may a file be before it is refused unread?

Every reader takes its bytes, its archive members and its XML through this module, so the bounds hold for all of them: with the
largest permitted file of any format the process stays below 1.5 GB of address space.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from gongkai.errors import Unreadable
from gongkai.reading.archive import Archive, NotTakenError, Trouble, is_locked

MIB = 1024 * 1024

MAX_FILE = 50 * MIB
"""Bytes of one file as handed in."""
MAX_TEXT = 12 * MIB
"""Bytes of a text or HTML file: markup becomes a tree several times its size."""
MAX_MEMBERS = 5_000
"""Members of one archive."""
MAX_UNPACKED = 300 * MIB
"""Bytes of all members together, unpacked."""
MAX_PART = 32 * MIB
"""Bytes of one XML part held as a tree."""
MAX_SHEET = 128 * MIB
"""Bytes of one XML part read as a stream."""
MAX_RATIO = 200
"""Unpacked size over packed size, judged only beyond :data:`RATIO_FROM`: short forms repeat themselves a lot."""
RATIO_FROM = 24 * MIB
MAX_SLOTS = 400_000
"""Positions (rows × columns) of all tables of one source."""
MAX_BLOCKS = 200_000
"""Paragraphs and tables of one source."""

_DECLARATION = re.compile(rb"<\s*!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DECLARATION_UTF16 = re.compile(
    rb"<\x00?!\x00(?:D\x00O\x00C\x00T|E\x00N\x00T\x00I)|\x00<\x00!\x00(?:D\x00O\x00C\x00T|E\x00N\x00T\x00I)"
)


def check_size(data: bytes, limit: int = MAX_FILE) -> None:
    """Refuse a file larger than ``limit`` bytes."""
    if len(data) > limit:
        raise Unreadable(
            f"文件有 {len(data) / MIB:.1f} MB，超过可读取的上限 {limit // MIB} MB，没有读取；请删去其中的图片等无关内容，或拆成几个文件后再试。"
        )


class Package:
    """A ZIP archive whose members are only handed out within the bounds.

    Sizes are counted while unpacking; what the archive's directory says of itself is not believed.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = Archive(data)
        except NotTakenError as error:
            raise damaged() from error
        self._infos = {info.filename: info for info in self._archive.infos}
        self._left = MAX_UNPACKED
        count = len(self._archive.infos)
        if count > MAX_MEMBERS:
            raise Unreadable(f"压缩包内有 {count} 个文件，超过上限 {MAX_MEMBERS} 个，没有读取；请只保留报告本身后再试。")

    @property
    def names(self) -> tuple[str, ...]:
        """The members' names, in the archive's order, folders left out."""
        return tuple(name for name in self._infos if not name.endswith("/"))

    @property
    def infos(self) -> tuple[zipfile.ZipInfo, ...]:
        """The archive's directory."""
        return tuple(self._infos.values())

    @property
    def files(self) -> tuple[zipfile.ZipInfo, ...]:
        """The members that people mean, as :attr:`Archive.files`: a name that stands there twice comes twice."""
        return self._archive.files

    @property
    def encrypted(self) -> bool:
        """Whether any member needs a password."""
        return any(map(is_locked, self._infos.values()))

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def read(self, name: str, limit: int = MAX_PART) -> bytes:
        """One member's bytes; refused when larger than ``limit``, packed beyond reason, damaged or encrypted."""
        info = self._infos.get(name)
        if info is None:
            raise damaged()
        ratio_bound = max(RATIO_FROM, MAX_RATIO * max(info.compress_size, 1))
        bound = min(limit, self._left, ratio_bound)
        try:
            out = self._archive.take(info, bound)
        except NotTakenError as error:
            raise _not_taken(error.trouble, is_bomb=bound == ratio_bound and bound < limit) from error
        self._left -= len(out)
        return out


def _not_taken(trouble: Trouble, *, is_bomb: bool) -> Unreadable:
    if trouble is Trouble.LOCKED:
        return Unreadable("文件设有打开密码，无法读取；请取消密码后重新保存，再试一次。")
    if trouble is Trouble.DAMAGED:
        return damaged()
    if is_bomb:
        return Unreadable("文件解压后比原来大得异常，像是压缩炸弹，没有读取；请用 WPS 或 Word 打开原文件，另存后再试。")
    return Unreadable("文件解压后超过可读取的上限，没有读取；请删去无关内容，或拆成几个文件后再试。")


def damaged() -> Unreadable:
    """The refusal of a file whose container is broken."""
    return Unreadable("文件已损坏或不完整，无法读取；请重新下载，或用 WPS、Word、Excel 打开后另存一份再试。")


def _refuse_declarations(data: bytes) -> None:
    if _DECLARATION.search(data) or _DECLARATION_UTF16.search(data):
        raise Unreadable(
            "文件的 XML 中带有实体声明，可能用来读取本机文件或耗尽内存，没有读取；请用 WPS 或 Word 打开后另存为 .docx 或 .xlsx 再试。"
        )


def xml_tree(data: bytes) -> etree._Element:
    """The root of an XML part; entities, document types, networks and huge trees are refused."""
    _refuse_declarations(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged() from error
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise Unreadable("文件的 XML 中带有文档类型声明，没有读取；请用 WPS 或 Word 打开后另存为 .docx 或 .xlsx 再试。")
    return root


class XmlEvent(NamedTuple):
    """One step of a streamed XML part: "start" or "end", the local name, the element (complete at "end")."""

    event: str
    name: str
    element: etree._Element


def xml_stream(data: bytes, keep: frozenset[str]) -> Iterator[XmlEvent]:
    """Elements of an XML part one by one, forgotten after each "end" of a local name in ``keep``.

    Only names in ``keep`` are reported.
    """
    _refuse_declarations(data)
    try:
        for event, element in etree.iterparse(
            io.BytesIO(data),
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        ):
            name = str(element.tag).rpartition("}")[2]
            if name in keep:
                yield XmlEvent(event, name, element)
                if event == "end":
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged() from error
