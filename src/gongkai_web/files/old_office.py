"""What do old office files (.doc, .xls, .ppt and their WPS twins) hide, judged by the streams of their container?"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import olefile

from gongkai.reading.limits import damaged
from gongkai_web.files.types import NotAccepted

_FAULTS = (OSError, ValueError, IndexError, TypeError, KeyError, AttributeError, OverflowError, RecursionError, struct.error)
_MACRO_STORAGES = frozenset(("macros", "_vba_project_cur", "vba", "_vba_project"))
_BOUND_SHEET, _FILE_PASS, _END = 0x85, 0x2F, 0x0A
_MACRO_SHEETS = (1, 6)
_FIB_ENCRYPTED = 0x0100
_DOCUMENT_KINDS = ("worddocument", "workbook", "book", "powerpoint document")


@dataclass(frozen=True, slots=True)
class OldOffice:
    """What a container's streams say: embedded objects, hidden sheets of a workbook."""

    objects: int
    hidden_sheets: int


def examined(data: bytes, name: str) -> OldOffice:
    """What an old file holds besides its text; NotAccepted for macros, macro sheets, passwords and packed programs."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            return _examined(container, name)
    except NotAccepted:
        raise
    except _FAULTS as error:
        raise damaged() from error


def _examined(container: olefile.OleFileIO, name: str) -> OldOffice:
    paths = [[part.lower() for part in entry] for entry in container.listdir(streams=True, storages=True)]
    if any(_MACRO_STORAGES & set(path) for path in paths):
        raise NotAccepted(
            "macros",
            f"“{name}”带有宏，不能上传，因为宏会在打开者的电脑上运行；请用 WPS 或 Office 打开，另存为不带宏的新格式后再上传。",
        )
    if ["encryptedsummary"] in paths or _is_locked_document(container):
        raise _locked(name)
    for entry in container.listdir():
        inside = entry[-1].lower()
        if inside == "\x01ole10native" or (len(entry) > 1 and container.openstream(entry).read(2) == b"MZ"):
            raise NotAccepted(
                "embedded",
                f"“{name}”里嵌入了别的文件或程序，双击就会运行，不能上传；请在 WPS 或 Office 中删去嵌入的对象后再上传。",
            )
    objects = sum(
        (path[0] == "objectpool" and len(path) == 2) or (path[0].startswith("mbd") and len(path) == 1) for path in paths
    )
    return OldOffice(objects, _workbook(container, name))


def _is_locked_document(container: olefile.OleFileIO) -> bool:
    if not container.exists("WordDocument"):
        return False
    head = container.openstream("WordDocument").read(12)
    return len(head) == 12 and bool(struct.unpack_from("<H", head, 10)[0] & _FIB_ENCRYPTED)


def _locked(name: str) -> NotAccepted:
    return NotAccepted("encrypted", f"“{name}”设有打开密码，无法检查其中的内容；请取消密码，重新保存后再上传。")


def _workbook(container: olefile.OleFileIO, name: str) -> int:
    """How many sheets of a workbook are hidden; 0 when it is none."""
    stream = next((entry for entry in container.listdir() if len(entry) == 1 and entry[0].lower() in ("workbook", "book")), None)
    if stream is None:
        return 0
    hidden = 0
    for kind, body in records(container.openstream(stream).read()):
        if kind == _FILE_PASS:
            raise _locked(name)
        if kind == _BOUND_SHEET and len(body) >= 6:
            if body[5] in _MACRO_SHEETS:
                raise NotAccepted(
                    "macros", f"“{name}”里有宏表，打开时会自动运行，不能上传；请用 WPS 或 Excel 打开，另存为 .xlsx 后再上传。"
                )
            hidden += body[4] & 0x03 != 0
    return hidden


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of the first part of a workbook's stream, which lists its sheets: kind and body."""
    at = 0
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, at)
        yield kind, data[at + 4 : at + 4 + size]
        at += 4 + size
        if kind == _END:
            return


def blank_summaries(data: bytes) -> bytes:
    """The same file with its two summaries – title, author, company, times – replaced by empty ones of the same size."""
    made = io.BytesIO(data)
    try:
        with olefile.OleFileIO(made, write_mode=True) as container:
            for entry in container.listdir():
                if len(entry) == 1 and entry[0].lower() in ("\x05summaryinformation", "\x05documentsummaryinformation"):
                    size = container.get_size(entry)
                    if size > len(data):
                        raise damaged()
                    empty = _EMPTY_SUMMARY[:size]
                    container.write_stream(entry, empty + bytes(size - len(empty)))
            return made.getvalue()
    except (*_FAULTS, AssertionError, NotImplementedError) as error:
        raise damaged() from error


def summaries(data: bytes) -> tuple[str, ...]:
    """The names of the properties that say something: author, company, title …"""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            found = container.get_metadata()
    except _FAULTS as error:
        raise damaged() from error
    wanted = ("author", "last_saved_by", "company", "manager", "title", "subject", "keywords", "comments", "template")
    return tuple(key for key in wanted if (value := getattr(found, key)) and value.strip(b"\x00 "))


# A property set with one section that holds no property: byte order, version, system, class, one section, its format and offset.
_EMPTY_SUMMARY = (
    struct.pack("<HHI", 0xFFFE, 0, 0x00020006)
    + bytes(16)
    + struct.pack("<I", 1)
    + bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
    + struct.pack("<I", 48)
    + struct.pack("<II", 8, 0)
)
