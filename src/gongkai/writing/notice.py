"""How is public information printed to be hung on a board or laid out: a notice with a code to scan, a list of many?"""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from gongkai.writing.pdf import STANDARDS
from gongkai.writing.plain import printable
from gongkai.writing.typesetter import UndrawableError, set_pages

Stands = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one weight."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. ``level`` 2–4 is a heading's, 0 plain text's; ``mark`` stands before an item of a list, ``depth`` lists around it."""

    runs: tuple[Run, ...]
    stands: Stands = "left"
    level: int = 0
    mark: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, placed: ``column`` and ``row`` from 0, never one over another."""

    column: int
    row: int
    columns: int
    rows: int
    runs: tuple[Run, ...]
    head: bool = False
    stands: Stands = "left"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of so many columns; the first ``heads`` rows are repeated on every page."""

    columns: int
    cells: tuple[Cell, ...]
    heads: int = 0
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, ``type`` png, jpeg, gif or webp, its size in pixels."""

    data: bytes
    type: str
    width: int
    height: int
    alt: str = ""


Block = Paragraph | Grid | Picture


@dataclass(frozen=True, slots=True)
class Notice:
    """One piece of information on paper, published on ``day``. ``about`` are the lines beside the code, ``code`` is an SVG; ``large`` sets it to
    be read from afar.
    """

    body: str
    title: str
    number: str
    day: dt.date
    blocks: tuple[Block, ...]
    about: tuple[str, ...]
    code: str
    address: str
    large: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a printed list: what it is, the facts below it, its code and where that leads."""

    title: str
    facts: tuple[str, ...]
    summary: str
    code: str
    address: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list printed on ``day``: its parts, each with a heading and lines, and a line below the title."""

    body: str
    title: str
    day: dt.date
    note: str
    parts: tuple[tuple[str, tuple[Listed, ...]], ...]


def notice_pdf(notice: Notice) -> bytes:
    """The notice on A4 as PDF/A-2a and PDF/UA-1; as an ordinary PDF where a character has no font."""
    return _set(
        {
            "kind": "notice",
            "body": printable(notice.body),
            "title": printable(notice.title),
            "number": printable(notice.number),
            "day": _day(notice.day),
            "blocks": [_block(b) for b in notice.blocks],
            "about": [printable(line) for line in notice.about],
            "code": notice.code,
            "address": notice.address,
            "large": notice.large,
        }
    )


def listing_pdf(listing: Listing) -> bytes:
    """The list on A4, in the same manner."""
    return _set(
        {
            "kind": "listing",
            "body": printable(listing.body),
            "title": printable(listing.title),
            "day": _day(listing.day),
            "note": printable(listing.note),
            "parts": [
                {
                    "heading": printable(heading),
                    "rows": [
                        {
                            "title": printable(row.title),
                            "facts": [printable(fact) for fact in row.facts],
                            "summary": printable(row.summary),
                            "code": row.code,
                            "address": row.address,
                        }
                        for row in rows
                    ],
                }
                for heading, rows in listing.parts
            ],
        }
    )


def _set(data: dict[str, Any]) -> bytes:
    inputs = {"data": json.dumps(data)}
    try:
        return set_pages("notice.typ", inputs, STANDARDS)
    except UndrawableError:
        return set_pages("notice.typ", inputs)


def _day(day: dt.date) -> list[int]:
    return [day.year, day.month, day.day]


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {
                "kind": "paragraph",
                "runs": _runs(block.runs),
                "stands": block.stands,
                "level": block.level,
                "mark": printable(block.mark),
                "depth": block.depth,
            }
        case Grid():
            return {
                "kind": "grid",
                "columns": block.columns,
                "heads": block.heads,
                "caption": printable(block.caption),
                "cells": [
                    {
                        "x": c.column,
                        "y": c.row,
                        "colspan": c.columns,
                        "rowspan": c.rows,
                        "head": c.head,
                        "stands": c.stands,
                        "runs": _runs(c.runs),
                    }
                    for c in block.cells
                ],
            }
        case Picture():
            return {"kind": "picture", "svg": _framed(block), "alt": printable(block.alt) or "图片", "width": block.width}


def _runs(runs: Sequence[Run]) -> list[dict[str, Any]]:
    return [{"text": printable(run.text), "bold": run.bold} for run in runs]


def _framed(picture: Picture) -> str:
    """The picture in an SVG frame, in which its bytes can travel with the other data."""
    data = base64.b64encode(picture.data).decode("ascii")
    size = f'width="{picture.width}" height="{picture.height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="data:image/{picture.type};base64,{data}"/></svg>'
