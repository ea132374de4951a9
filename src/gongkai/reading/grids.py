"""How do rows of spanning cells become one grid, and when do two grids belong together?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from gongkai.errors import Unreadable
from gongkai.kernel import Place
from gongkai.reading.blocks import Block, Grid, GridCell, Paragraph
from gongkai.reading.limits import MAX_SLOTS


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as written: its text and how many rows and columns it claims. ``rows`` 0 claims all rows down to the end."""

    text: str
    rows: int = 1
    columns: int = 1
    line: int | None = None


class Slots:
    """How many positions the tables of one source may still take."""

    def __init__(self, left: int = MAX_SLOTS) -> None:
        self._left = left

    def take(self, rows: int, columns: int) -> None:
        """Use ``rows`` × ``columns`` positions; a source that wants too many is refused."""
        self._left -= rows * columns
        if self._left < 0:
            raise Unreadable("文件中的表格过大，超过可读取的上限，没有读取；请只保留年度报告的表格，删去多余的行和列后再试。")


def spanned_grid(rows: Sequence[Sequence[RawCell]], table: int, line: int | None, slots: Slots, ends: Sequence[int] = ()) -> Grid:
    """A grid from rows of cells by the rules of HTML tables.

    A cell takes the first free column of its row; a row span ends with its group of rows. ``ends`` gives for each
    row the index after the last row of its group (the table's end when empty).
    """
    taken: dict[int, int] = {}  # column -> first row that is free again
    cells: list[GridCell] = []
    width = 0
    for r, row in enumerate(rows):
        c = 0
        end = ends[r] if ends else len(rows)
        for raw in row:
            while taken.get(c, 0) > r:
                c += 1
            span = 1
            while span < raw.columns and taken.get(c + span, 0) <= r:
                span += 1
            down = end - r if raw.rows == 0 else max(1, min(raw.rows, end - r))
            slots.take(down, span)
            for column in range(c, c + span):
                taken[column] = r + down
            place = Place(quote=raw.text, line=raw.line, table=table, row=r + 1, column=c + 1)
            cells.append(GridCell(raw.text, r, c, place, down, span))
            c += span
            width = max(width, c)
    return Grid(tuple(cells), len(rows), width, Place(line=line, table=table))


def without_empty_lines(grid: Grid) -> Grid:
    """The grid without rows and columns in which no cell starts: spacers, and what only spans of other cells cross."""
    rows = sorted({cell.row for cell in grid.cells})
    columns = sorted({cell.column for cell in grid.cells})
    if len(rows) == grid.rows and len(columns) == grid.columns:
        return grid
    new_row = _positions(rows, grid.rows)
    new_column = _positions(columns, grid.columns)
    cells = tuple(
        GridCell(
            cell.text,
            new_row[cell.row],
            new_column[cell.column],
            replace(cell.place, row=new_row[cell.row] + 1, column=new_column[cell.column] + 1),
            max(1, new_row[cell.row + cell.row_span] - new_row[cell.row]),
            max(1, new_column[cell.column + cell.column_span] - new_column[cell.column]),
        )
        for cell in grid.cells
    )
    return Grid(cells, len(rows), len(columns), grid.place)


def _positions(kept: Sequence[int], total: int) -> list[int]:
    """For each old index 0…total the number of kept indexes before it."""
    out = []
    count = 0
    kept_set = set(kept)
    for index in range(total + 1):
        out.append(count)
        count += index in kept_set
    return out


def is_single(grid: Grid) -> bool:
    """Whether the grid is a frame around one cell."""
    return len(grid.cells) <= 1


def row_texts(grid: Grid) -> list[list[str]]:
    """The texts of the cells that start in each row, white space removed."""
    out: list[list[str]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        out[cell.row].append("".join(cell.text.split()))
    return out


def joined(blocks: Iterable[Block]) -> list[Block]:
    """Blocks with a table that goes on after a page joined to its first part.

    Two grids are one when nothing stands between them, the second has as many columns and begins with the same header
    rows as the first, and no label of the first stands again in the second. Places of the second part stay its own.
    """
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Grid) and out and isinstance(out[-1], Grid):
            header = _repeated_header(out[-1], block)
            if header:
                out[-1] = appended(out[-1], block, header)
                continue
        out.append(block)
    return out


def appended(first: Grid, second: Grid, skip: int) -> Grid:
    """``second`` without its first ``skip`` rows, set below ``first``."""
    shift = first.rows - skip
    more = tuple(replace(cell, row=cell.row + shift) for cell in second.cells if cell.row >= skip)
    return Grid(first.cells + more, first.rows + second.rows - skip, first.columns, first.place)


def _repeated_header(first: Grid, second: Grid) -> int:
    """How many rows at the top of ``second`` repeat the top of ``first``; 0 when the two are not one table."""
    if first.columns != second.columns:
        return 0
    above, below = row_texts(first), row_texts(second)
    same = 0
    while same < min(len(above), len(below)) and above[same] == below[same] and any(above[same]):
        same += 1
    if same in (0, len(below)) or any(_has_digit_cell(row) for row in below[:same]):
        return 0
    if any(cell.row < same < cell.row + cell.row_span for cell in second.cells):
        return 0
    return 0 if _labels(above[same:]) & _labels(below[same:]) else same


def shared_labels(first: Grid, second: Grid) -> set[str]:
    """The labels that stand in both grids below the header they share."""
    above, below = row_texts(first), row_texts(second)
    same = 0
    while same < min(len(above), len(below)) and above[same] == below[same]:
        same += 1
    return _labels(above[same:]) & _labels(below[same:])


def _labels(rows: Iterable[Sequence[str]]) -> set[str]:
    return {text for row in rows for text in row if len(text) > 1 and not text[0].isdigit()}


def _has_digit_cell(row: Sequence[str]) -> bool:
    return any(text and all(ch in "0123456789.,-" for ch in text) for text in row)


def without_blank_between(blocks: Iterable[Block]) -> list[Block]:
    """The blocks without paragraphs that hold nothing but white space."""
    return [block for block in blocks if isinstance(block, Grid) or block.text.strip()]


def lines_of(grid: Grid) -> list[Paragraph]:
    """A frame's or layout table's cells as paragraphs, one per line of text."""
    return [
        Paragraph(line, replace(cell.place, quote="", table=None, row=None, column=None))
        for cell in grid.cells
        for line in cell.text.split("\n")
        if line.strip()
    ]
