"""Which paragraphs that Word or WPS handed over are items of a list, and of which kind?

Word writes an item as a paragraph with ``mso-list:l0 level1 lfo1`` in its style and the mark typed into it, as text to be ignored. A mark
of bullets becomes an unordered list, plain numbers in sequence an ordered one. Any other mark (一、 （一） 第一条 ①) is part of a
document's wording: it stays as it was written, and the paragraph stays a paragraph.
"""

from __future__ import annotations

import re

from lxml import html as lxml_html
from lxml.html import HtmlElement

_LIST = re.compile(r"mso-list\s*:\s*(l\d+)\s+level(\d+)\s+(lfo\d+)")
_IGNORED = re.compile(r"mso-list\s*:\s*ignore")
_BULLET = re.compile("^[·•●○■□◆◇▪▫➢✓\uf0b7\uf0a7\uf0d8\uf06c\uf06e\uf075\uf0fc§Øoülnu*\\-–—]$")
_NUMBER = re.compile(r"^(\d{1,3})[.、)．）]?$")


def make_lists(root: HtmlElement) -> None:
    """Turn runs of list paragraphs into lists; elsewhere the mark becomes plain text."""
    run: list[tuple[HtmlElement, int, str]] = []
    for paragraph in list(root.iter("p", "h1", "h2", "h3", "h4", "h5", "h6")):
        found = _LIST.search(" ".join(paragraph.get("style", "").lower().split()))
        if not found or paragraph.tag != "p":
            _flush(run)
            run = []
            _keep_mark(paragraph)
            continue
        mark = _mark(paragraph)
        if not (_BULLET.match(mark) or _NUMBER.match(mark)):
            _flush(run)
            run = []
            _keep_mark(paragraph)
            continue
        if run and not _adjoins(run[-1][0], paragraph):
            _flush(run)
            run = []
        run.append((paragraph, int(found[2]), mark))
    _flush(run)


def _mark(paragraph: HtmlElement) -> str:
    """The typed mark of an item."""
    return "".join("".join(e.text_content() for e in _ignored(paragraph)).split())


def _ignored(paragraph: HtmlElement) -> list[HtmlElement]:
    found = [e for e in paragraph.iter("span") if _IGNORED.search(" ".join(e.get("style", "").lower().split()))]
    return [e for e in found if not any(up in found for up in e.iterancestors())]


def _keep_mark(paragraph: HtmlElement) -> None:
    """The mark stays as text, without the blanks that set it apart."""
    for element in _ignored(paragraph):
        words = "".join(element.text_content().split())
        for child in list(element):
            element.remove(child)
        element.text = words
        element.attrib.pop("style", None)


def _adjoins(before: HtmlElement, after: HtmlElement) -> bool:
    return before.getnext() is after and not (before.tail or "").strip()


def _flush(run: list[tuple[HtmlElement, int, str]]) -> None:
    """Put a run of items into lists, deeper ones inside the item before them."""
    if not run:
        return
    top = min(level for _, level, _ in run)
    open_lists: list[tuple[int, str, HtmlElement]] = []
    for paragraph, level, mark in run:
        kind = "ol" if _NUMBER.match(mark) else "ul"
        level = max(level, top)
        while open_lists and (open_lists[-1][0] > level or (open_lists[-1][0] == level and open_lists[-1][1] != kind)):
            open_lists.pop()
        if not open_lists or open_lists[-1][0] < level:
            made = lxml_html.Element(kind)
            number = _NUMBER.match(mark)
            if number and number[1] != "1":
                made.set("start", number[1])
            if open_lists:
                open_lists[-1][2][-1].append(made)
            else:
                paragraph.addprevious(made)
            open_lists.append((level, kind, made))
        _move(paragraph, open_lists[-1][2])


def _move(paragraph: HtmlElement, into: HtmlElement) -> None:
    for element in _ignored(paragraph):
        element.drop_tree()
    item = lxml_html.Element("li")
    item.text = (paragraph.text or "").lstrip()
    for child in list(paragraph):
        item.append(child)
    into.append(item)
    tail, paragraph.tail = paragraph.tail, None
    parent = paragraph.getparent()
    if parent is not None:
        parent.remove(paragraph)
    if (tail or "").strip():
        into.tail = (into.tail or "") + (tail or "")
