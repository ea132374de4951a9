"""Which tracked changes does a Word document hold, and how does it look when all of them are accepted?"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gongkai.reading.ooxml import child, local_name
from gongkai_web.files.cleaning.parts import named, unwrap, without

_INSERTED = ("ins", "moveTo")
_DELETED = ("del", "moveFrom")
_FORMER = (
    "rPrChange",
    "pPrChange",
    "sectPrChange",
    "tblPrChange",
    "tblPrExChange",
    "tcPrChange",
    "trPrChange",
    "tblGridChange",
    "numberingChange",
)
_RANGES = (
    "moveFromRangeStart",
    "moveFromRangeEnd",
    "moveToRangeStart",
    "moveToRangeEnd",
    "customXmlInsRangeStart",
    "customXmlInsRangeEnd",
    "customXmlDelRangeStart",
    "customXmlDelRangeEnd",
    "customXmlMoveFromRangeStart",
    "customXmlMoveFromRangeEnd",
    "customXmlMoveToRangeStart",
    "customXmlMoveToRangeEnd",
)
_CELLS = ("cellIns", "cellDel", "cellMerge")
_QUOTED = 40


def changes(root: etree._Element) -> Iterator[str]:
    """Every tracked change below ``root`` as a line to show."""
    for element in root.iter():
        name = local_name(element)
        inside = local_name(element.getparent())
        if inside in ("rPr", "trPr") and name in (*_INSERTED, *_DELETED):
            what = "表格行" if inside == "trPr" else "段落标记"
            yield f"{'插入' if name in _INSERTED else '删除'}{what}。"
        elif name in (*_INSERTED, *_DELETED) and len(element):
            words = "".join(node.text or "" for node in named(element, "t", "delText"))
            word = {"ins": "插入", "del": "删除", "moveTo": "移入", "moveFrom": "移走"}[name]
            yield f"{word}：“{words[:_QUOTED]}{'……' if len(words) > _QUOTED else ''}”。"
        elif name in _CELLS:
            yield "插入、删除或合并了单元格。"
        elif name in _FORMER:
            yield "修改了格式。"


def accept_changes(root: etree._Element) -> None:
    """Accept every tracked change below ``root``: what was inserted stays, what was deleted goes."""
    _accept_rows_and_cells(root)
    ended = [p for p in named(root, "p") if _has_mark(p, _DELETED)]
    without(node for node in _content(root, _DELETED))
    for node in _content(root, _INSERTED):
        unwrap(node)
    without(named(root, *_FORMER, *_RANGES))
    without(mark for name in (*_INSERTED, *_DELETED) for mark in named(root, name))
    for paragraph in reversed(ended):
        _join_with_next(paragraph)


def _content(root: etree._Element, names: tuple[str, ...]) -> list[etree._Element]:
    """Elements around runs, not the marks inside properties."""
    return [node for node in named(root, *names) if local_name(node.getparent()) not in ("rPr", "trPr", "tcPr", "numPr")]


def _has_mark(paragraph: etree._Element, names: tuple[str, ...]) -> bool:
    properties = child(paragraph, "pPr", "rPr")
    return any(child(properties, name) is not None for name in names)


def _accept_rows_and_cells(root: etree._Element) -> None:
    without(row for row in named(root, "tr") if any(child(row, "trPr", name) is not None for name in _DELETED))
    without(cell for cell in named(root, "tc") if child(cell, "tcPr", "cellDel") is not None)
    without(named(root, *_CELLS))
    without(table for table in named(root, "tbl") if not named(table, "tr"))


def _join_with_next(paragraph: etree._Element) -> None:
    """A paragraph whose mark was deleted goes on in the next; the next one's properties hold."""
    following = paragraph.getnext()
    if following is None or local_name(following) != "p":
        if following is not None and not any(local_name(node) != "pPr" for node in paragraph):
            without([paragraph])
        return
    content = [node for node in paragraph if local_name(node) != "pPr"]
    at = 1 if len(following) and local_name(following[0]) == "pPr" else 0
    for offset, node in enumerate(content):
        following.insert(at + offset, node)
    without([paragraph])
