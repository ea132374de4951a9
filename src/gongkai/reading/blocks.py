"""What does every format become before it is understood: one stream of paragraphs and grids, each with its place?"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.kernel import Finding, Place


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph (or, in flat text, a line). ``heading`` when the format itself marks it as one."""

    text: str
    place: Place
    heading: bool = False


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a grid: its text, its upper left position (from 0) and how many rows and columns it spans."""

    text: str
    row: int
    column: int
    place: Place
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its merged cells known; cells in reading order."""

    cells: tuple[GridCell, ...]
    rows: int
    columns: int
    place: Place


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Source:
    """A whole source. ``format`` is "text", "html", "docx", "xlsx" or "pdf"; ``title`` what the format names as title.

    ``findings`` are notes made on the way (a decoding that was repaired, an attachment that is only linked).
    """

    name: str
    format: str
    blocks: tuple[Block, ...]
    title: str | None = None
    findings: tuple[Finding, ...] = ()
