"""How does the text of an item become what is printed: paragraphs, lists, tables, pictures?"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lxml import html as lxml_html
from PIL import Image, UnidentifiedImageError

from gongkai.writing.notice import Block, Cell, Grid, Paragraph, Picture, Run, Stands

HEADINGS = {"h2": 2, "h3": 3, "h4": 4}
PICTURES = {"PNG": "png", "JPEG": "jpeg", "GIF": "gif", "WEBP": "webp"}
MOST_COLUMNS = 40
MOST_ROWS = 2000
_BLANK = re.compile(r"[ \t\r\n]+")

Find = Callable[[str], Path | None]
"""From the address of a picture to its file; None where there is none."""


def blocks(html: str, find: Find) -> tuple[Block, ...]:
    """The blocks of a canonical text, in their order."""
    if not html.strip():
        return ()
    return tuple(_blocks(lxml_html.fragment_fromstring(html, create_parent="div"), find))


def _blocks(parent: Any, find: Find, depth: int = 0) -> Iterator[Block]:
    loose: list[Run] = []

    def close() -> Iterator[Block]:
        if _words(loose):
            yield Paragraph(_trimmed(loose))
        loose.clear()

    loose += _text(parent.text)
    for child in parent:
        if child.tag in {"p", *HEADINGS}:
            yield from close()
            yield from _paragraph(child, find)
        elif child.tag in {"ul", "ol"}:
            yield from close()
            yield from _list(child, find, depth + 1)
        elif child.tag == "table":
            yield from close()
            yield from _grid(child, find)
        elif child.tag in {"blockquote", "div"}:
            yield from close()
            yield from _blocks(child, find, depth)
        elif child.tag == "img":
            yield from close()
            yield from _picture(child, find)
        elif child.tag in {"hr", "br"}:
            yield from close()
        else:
            loose += _runs(child)
        loose += _text(child.tail)
    yield from close()


def _paragraph(element: Any, find: Find) -> Iterator[Block]:
    """A paragraph, one for every line that was broken in it, and the pictures that stand in it."""
    lines = _lines(element)
    for line in lines:
        if _words(line):
            yield Paragraph(_trimmed(line), _stands(element), HEADINGS.get(element.tag, 0))
    for picture in element.iter("img"):
        yield from _picture(picture, find)


def _list(element: Any, find: Find, depth: int) -> Iterator[Block]:
    number = int(element.get("start", "1"))
    for item in element.iterchildren("li"):
        mark = f"{number}." if element.tag == "ol" else "•"
        own: list[Run] = _text(item.text)
        rest: list[Any] = []
        for child in item:
            if child.tag in {"ul", "ol", "table"}:
                rest.append(child)
            else:
                own += _runs(child)
                own += _text(child.tail)
        yield Paragraph(_trimmed(own), mark=mark, depth=depth)
        for picture in item.iterchildren("img"):
            yield from _picture(picture, find)
        for child in rest:
            yield from _grid(child, find) if child.tag == "table" else _list(child, find, depth + 1)
        number += 1


def _grid(table: Any, find: Find) -> Iterator[Block]:
    """A table with every cell in its place; what would lie over another cell is moved to the next free one."""
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    rows = list(table.iter("tr"))[:MOST_ROWS]
    width = 1
    for y, tr in enumerate(rows):
        x = 0
        for element in tr.iterchildren("td", "th"):
            while (x, y) in taken:
                x += 1
            if x >= MOST_COLUMNS:
                break
            columns = min(int(element.get("colspan", "1")), MOST_COLUMNS - x)
            columns = next((n for n in range(1, columns) if (x + n, y) in taken), columns)
            high = min(int(element.get("rowspan", "1")), len(rows) - y)
            taken |= {(x + n, y + m) for n in range(columns) for m in range(high)}
            cells.append(Cell(x, y, columns, high, _trimmed(_runs(element)), element.tag == "th", _stands(element)))
            width = max(width, x + columns)
            x += columns
    if not cells:
        return
    caption = " ".join(_BLANK.sub(" ", c.text_content()).strip() for c in table.iterchildren("caption"))
    yield Grid(width, tuple(cells), _heads(rows, cells), caption)
    for picture in table.iter("img"):
        yield from _picture(picture, find)


def _heads(rows: list[Any], cells: list[Cell]) -> int:
    """How many rows at the top are all heads, no cell reaching out of them; never the whole table."""
    heads = 0
    for y in range(len(rows) - 1):
        own = [c for c in cells if c.row == y]
        if not own or not all(c.head for c in own):
            break
        heads = y + 1
    while heads and any(c.row < heads < c.row + c.rows for c in cells):
        heads -= 1
    return heads


def _picture(element: Any, find: Find) -> Iterator[Block]:
    path = find(element.get("src", ""))
    if path is None or not path.is_file():
        return
    data = path.read_bytes()
    try:
        with Image.open(io.BytesIO(data)) as opened:
            kind, (width, height) = PICTURES.get(opened.format or "", ""), opened.size
    except (UnidentifiedImageError, OSError):
        return
    if kind:
        yield Picture(data, kind, width, height, element.get("alt", ""))


def _lines(element: Any) -> list[list[Run]]:
    """The runs of a paragraph, divided where a line is broken."""
    lines: list[list[Run]] = [[]]

    def walk(node: Any, *, bold: bool) -> None:
        bold = bold or node.tag == "strong"
        lines[-1].extend(_text(node.text, bold=bold))
        for child in node:
            if child.tag == "br":
                lines.append([])
            else:
                walk(child, bold=bold)
            lines[-1].extend(_text(child.tail, bold=bold))

    walk(element, bold=False)
    return lines


def _runs(element: Any) -> list[Run]:
    """The same on one line."""
    found: list[Run] = []
    for n, line in enumerate(_lines(element)):
        found += [Run(" "), *line] if n and line else line
    return found


def _text(text: str | None, *, bold: bool = False) -> list[Run]:
    return [Run(_BLANK.sub(" ", text), bold)] if text else []


def _words(runs: list[Run]) -> str:
    return "".join(r.text for r in runs).strip()


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    """Without blanks at both ends, neighbours of one weight joined."""
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1].bold == run.bold:
            joined[-1] = Run(joined[-1].text + run.text, run.bold)
        else:
            joined.append(run)
    if joined:
        joined[0] = Run(joined[0].text.lstrip(), joined[0].bold)
        joined[-1] = Run(joined[-1].text.rstrip(), joined[-1].bold)
    return tuple(r for r in joined if r.text)


def _stands(element: Any) -> Stands:
    classes = element.get("class", "").split()
    return "center" if "center" in classes else "right" if "right" in classes else "left"
