"""Which documents does a file of HTML hold, one after the other, and what does each say of itself in its head?"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from lxml import etree
from lxml import html as lxml_html

from gongkai.errors import Unreadable
from gongkai.kernel import Finding
from gongkai.reading.blocks import Block, Grid
from gongkai.reading.html_tree import SPACE
from gongkai.reading.limits import damaged
from gongkai.reading.source_notes import note

_XML = re.compile(r"^\s*<\?xml[^>]*\?>")
_BOUND = re.compile(
    r"(?P<comment><!--)|<(?P<raw>script|style|textarea|xmp|title|template)\b|srcdoc\s{0,9}=\s{0,9}(?P<quote>[\"'])"
    r"|(?P<begin><html[\s>])|(?P<end></html\s{0,99}>)|(?P<doctype><!doctype\s+html)",
    re.IGNORECASE,
)
_META = ("ArticleTitle", "PubDate", "ContentSource", "SiteName", "ColumnName")
_TABLE = re.compile(r"(?P<aside><!--|<script\b|<style\b|<textarea\b)|<(?P<end>/?)table\b|</(?:html|body)\s{0,99}>", re.IGNORECASE)
_BEGUN, _CLOSED = (re.compile(words, re.IGNORECASE) for words in (r"<(?:html|body)[\s>]", r"</(?:html|body)\s{0,99}>"))
CUT_OFF = "〔文件在此中断〕"
"""What stands after the last cell of a document that breaks off inside a table."""
_MOST = 100
"""Documents of one file that are told apart; what follows belongs to the last."""


def breaks_off(text: str) -> bool:
    """Whether a document ends inside a table, with neither the table's end nor the page's."""
    depth = at = 0
    while found := _TABLE.search(text, at):
        at = found.end()
        if aside := found["aside"]:
            closing = "-->" if aside == "<!--" else f"</{aside[1:].lower()}"
            after = text.lower().find(closing, at)
            if after < 0:
                return depth > 0
            at = after + 1
        elif found["end"] is None:
            return False
        else:
            depth = max(0, depth - 1) if found["end"] else depth + 1
    return depth > 0


def ended(text: str, blocks: list[Block]) -> tuple[list[Block], tuple[Finding, ...]]:
    """The blocks of a document; where it breaks off, the last cell of its last table is marked as incomplete, and that is told."""
    if not breaks_off(text):
        stops = _BEGUN.search(text) is not None and _CLOSED.search(text) is None and not any(isinstance(b, Grid) for b in blocks)
        message = "网页没有结束的标记，也没有表格，可能在统计表之前就断了；请重新下载或另存完整的网页后再读取。"
        return blocks, (note("S115", message),) if stops else ()
    message = "网页到表格中间就断了，最后一格可能不完整，按文字保留；请重新下载或另存完整的网页后再读取。"
    return _with_open_end(blocks), (note("S115", message),)


def _with_open_end(blocks: list[Block]) -> list[Block]:
    for at in range(len(blocks) - 1, -1, -1):
        grid = blocks[at]
        if isinstance(grid, Grid) and grid.cells:
            last = max(grid.cells, key=lambda cell: (cell.row, cell.column))
            cells = tuple(replace(cell, text=cell.text + CUT_OFF) if cell is last else cell for cell in grid.cells)
            return [*blocks[:at], replace(grid, cells=cells), *blocks[at + 1 :]]
    return blocks


class Document(NamedTuple):
    """One document of a file: its characters, and how many lines of the file stand above it."""

    text: str
    lines: int


def documents(text: str) -> Iterator[Document]:
    """The documents of a file in order; one that is pasted into another belongs to that one."""
    start = lines = 0
    for end in islice(_ends(text), _MOST - 1):
        yield Document(text[start:end], lines)
        lines += text.count("\n", start, end)
        start = end
    yield Document(text[start:], lines)


def _ends(text: str) -> Iterator[int]:
    """Where a document begins after the end of one: a tag of one that only stands in a comment, script or text box is none."""
    depth = at = 0
    ended = False
    lowered = text.lower()
    while found := _BOUND.search(text, at):
        at = found.end()
        closing = "-->" if found["comment"] else f"</{found['raw'].lower()}" if found["raw"] else found["quote"]
        if closing:
            after = lowered.find(closing, at)
            if after < 0:
                return
            at = after + 1
        elif found["end"]:
            depth -= 1
            ended = depth <= 0
        else:
            if ended and text[at:].strip():
                yield found.start()
                depth, ended = 0, False
            depth += found["begin"] is not None


def tree(text: str) -> lxml_html.HtmlElement:
    """The root of one document, mended as browsers do; scripts are not run and nothing is fetched."""
    text = _XML.sub("", text.replace("\x00", ""))
    if not text.strip():
        raise Unreadable("文件是空的，没有可读取的内容；请检查保存或下载是否完整后再试。")
    parser = lxml_html.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, recover=True, encoding="utf-8"
    )
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise damaged() from error
    return root


def title(root: lxml_html.HtmlElement) -> str | None:
    """What the document's head names as its title, None when it names none."""
    for element in root.iter("title"):
        words = SPACE.sub(" ", element.text_content()).strip()
        if words:
            return words
    return None


def metadata(root: lxml_html.HtmlElement) -> tuple[tuple[str, str], ...]:
    """The document's meta elements by which government sites name an article, as pairs of name and content."""
    wanted = {key.lower(): key for key in _META}
    out: dict[str, str] = {}
    for element in root.iter("meta"):
        key = wanted.get((element.get("name") or "").lower())
        content = (element.get("content") or "").strip()
        if key and content:
            out.setdefault(key, html.unescape(content))
    return tuple(out.items())
