"""What does every format become before it is understood: one stream of paragraphs and grids, each with its place?"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.kernel import Finding, Place


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph (or, in flat text, a line). ``heading`` when the format itself marks it as one.

    ``cuts`` says where characters of the source were left out (markers of a converter): pairs of a position in ``text``
    and how many characters of the source's line stood there; :meth:`offset` turns a position in ``text`` into the
    source's.
    """

    text: str
    place: Place
    heading: bool = False
    cuts: tuple[tuple[int, int], ...] = ()

    def offset(self, position: int) -> int:
        """Where the character at ``position`` of ``text`` stands in the source's line, from 0."""
        return (self.place.start or 0) + position + sum(length for at, length in self.cuts if at <= position)


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

FURNITURE = "furniture"
"""The key of :attr:`Source.metadata` under which lines of page headers and footers stand; they are no blocks."""

FORM = "form"
"""The key of :attr:`Source.metadata` that says the source is a form of ours still being filled in."""

OPEN_END = "open end"
"""The key of :attr:`Source.metadata` that says a text may stop within a line, as one does that was cut off."""


@dataclass(frozen=True, slots=True)
class Source:
    """A whole source. ``format`` is "text", "html", "docx", "xlsx" or "pdf"; ``title`` what the format names as title.

    ``findings`` are notes made on the way (a decoding that was repaired, an attachment that is only linked).
    ``metadata`` holds what the format says of itself besides its title, as pairs of the source's own key and value
    (for HTML the meta elements "ArticleTitle", "PubDate", "ContentSource", "SiteName"; for paged formats :data:`FURNITURE`; for forms :data:`FORM`).
    ``parts`` are the blocks, by index, with which another document in the same file begins.
    """

    name: str
    format: str
    blocks: tuple[Block, ...]
    title: str | None = None
    findings: tuple[Finding, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    parts: tuple[int, ...] = ()
