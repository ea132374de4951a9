"""What does an element of a web page show: its words, its line, its table's rows; or is it hidden?"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from gongkai.reading.direction import TURNS

_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|$|!)", re.IGNORECASE)
_STRIKING = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_RAISING = re.compile(r"vertical-align\s*:\s*(?:super|sub)\b", re.IGNORECASE)
_PROGRAM = re.compile(r"java|ecma|module|json|vbscript|babel|typescript|importmap|speculationrules")
UNREAD = frozenset("select svg math canvas object embed iframe".split())
SPACE = re.compile(r"[ \t\r\n\f\u00a0]+")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u00ad\ufeff]")
_ZERO_WIDTH = re.compile("[\u200b-\u200f\u2060\u00ad\ufeff]")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,10}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")


def tag_of(element: etree._Element) -> str:
    """The element's tag in lower case."""
    return str(element.tag).lower()


def is_hidden(element: etree._Element) -> bool:
    """Whether the element's own attributes hide it."""
    if element.get("hidden") is not None and (element.get("hidden") or "").lower() != "until-found":
        return True
    style = element.get("style")
    return bool(style and _HIDING.search(style))


def is_template(element: etree._Element) -> bool:
    """Whether the element is kept for a script to show: a template, a script of no language, a text box that is hidden."""
    tag = tag_of(element)
    if tag == "script":
        kind = (element.get("type") or "").split(";")[0].strip().lower()
        return bool(kind) and not _PROGRAM.search(kind)
    return tag in ("template", "noscript") or (tag == "textarea" and is_hidden(element))


def is_struck(element: etree._Element) -> bool:
    """Whether the element's words are struck out."""
    return tag_of(element) in ("s", "strike", "del") or bool(_STRIKING.search(element.get("style") or ""))


def is_raised(element: etree._Element) -> bool:
    """Whether the element stands above or below the line, as the mark of a note does."""
    return tag_of(element) in ("sup", "sub") or bool(_RAISING.search(element.get("style") or ""))


def line_of(element: etree._Element) -> int | None:
    """The line of the page on which the element begins, from 1."""
    line: Any = element.sourceline  # the stubs call it an ellipsis
    return line if isinstance(line, int) and line > 0 else None


def without_invisible(text: str) -> str:
    """The text without what is never seen; what turns the direction of writing stays where it shows in another order than it is written."""
    return (_ZERO_WIDTH if TURNS in text else _INVISIBLE).sub("", text)


def cleaned(text: str) -> str:
    """Text as a browser shows it: runs of white space are one space, left-over entities undone, invisible characters gone.

    U+3000 stays: it indents paragraphs and fills empty cells.
    """
    for _ in range(2):
        if not _ENTITY.search(text):
            break
        text = html.unescape(text)
    return SPACE.sub(" ", without_invisible(text)).strip(" ")


def shown_strings(element: etree._Element) -> Iterator[str]:
    """The texts below ``element`` that show: no script, style or comment."""
    for node in element.iter():
        if node.text and tag_of(node) not in ("script", "style"):
            yield node.text
        if node is not element and node.tail:
            yield node.tail


def span_of(value: str | None, most: int, least: int) -> int:
    """A rowspan or colspan attribute by the rules of HTML: leading digits count, nonsense is 1."""
    match = re.match(r"\s*\+?(\d{1,9})", value or "")
    number = int(match.group(1)) if match else 1
    if number == 0 and least:
        return 1
    return min(number, most)


def rows_of(table: etree._Element) -> list[tuple[etree._Element, int]]:
    """The table's own visible rows in printed order (head, bodies, foot), each with the index at which its group ends."""
    head: list[list[etree._Element]] = []
    body: list[list[etree._Element]] = []
    foot: list[list[etree._Element]] = []
    loose: list[etree._Element] = []
    for child in table:
        tag = tag_of(child)
        if tag == "tr" and not is_hidden(child):
            if not loose:
                body.append(loose)
            loose.append(child)
        elif tag in ("thead", "tbody", "tfoot") and not is_hidden(child):
            loose = []
            group = [row for row in child if tag_of(row) == "tr" and not is_hidden(row)]
            {"thead": head, "tbody": body, "tfoot": foot}[tag].append(group)
    out: list[tuple[etree._Element, int]] = []
    for group in (*head, *body, *foot):
        end = len(out) + len(group)
        out += [(row, end) for row in group]
    return out


def strays_of(table: etree._Element) -> list[etree._Element]:
    """What stands in a table outside its rows, such as a script."""
    return [child for child in table if tag_of(child) not in ("tr", "thead", "tbody", "tfoot", "caption", "colgroup", "col", "")]


def is_layout(table: etree._Element) -> bool:
    """Whether a table only arranges the page: other tables inside hold most of its text, or it frames a single cell."""
    inner = [nested for nested in table.iter("table") if nested is not table]
    if not inner:
        return False
    outermost = [nested for nested in inner if next(nested.iterancestors("table"), None) is table]
    held = sum(_length(nested) for nested in outermost)
    return held * 2 >= _length(table) or _length(table) - held > 400


def _length(element: etree._Element) -> int:
    return sum(len("".join(text.split())) for text in shown_strings(element))


def holds_unread(cell: etree._Element, *, empty: bool) -> bool:
    """Whether something that is not read shows in the cell: a list to choose from, or a drawing or frame in place of words."""
    wanted = UNREAD if empty else ("select",)
    return any(tag_of(node) in wanted and not is_hidden(node) for node in cell.iter())


def has_picture(cell: etree._Element) -> bool:
    """Whether a picture larger than a spacer stands in the cell."""
    for picture in cell.iter("img"):
        sizes = [span_of(picture.get(key), 10_000, 0) for key in ("width", "height") if picture.get(key)]
        if not is_hidden(picture) and all(size > 3 for size in sizes):
            return True
    return False
