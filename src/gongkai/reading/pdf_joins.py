"""When a ruled table goes on after the end of a page, how do its two parts become one again?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gongkai.reading import grids
from gongkai.reading.blocks import Grid, GridCell
from gongkai.reading.pdf_tables import NEAR


def common_columns(first: Sequence[float], second: Sequence[float]) -> tuple[float, ...]:
    """The column lines of one table of which both are parts; empty when they are not.

    Both have the same outer sides, and all lines of the part with fewer are lines of the other: on a page where no cell
    divides a column, its line is not drawn.
    """
    few, many = sorted((first, second), key=len)
    if len(few) < 2 or abs(few[0] - many[0]) > 2 * NEAR or abs(few[-1] - many[-1]) > 2 * NEAR:
        return ()
    return tuple(many) if all(min(abs(x - other) for other in many) <= 2 * NEAR for x in few) else ()


def _nearest(columns: Sequence[float], x: float) -> int:
    return min(range(len(columns)), key=lambda index: abs(columns[index] - x))


def spread(grid: Grid, own: Sequence[float], columns: Sequence[float]) -> Grid:
    """The grid with its columns counted by the lines of the whole table."""
    if len(own) == len(columns):
        return grid
    index = [_nearest(columns, x) for x in own]
    cells = tuple(
        replace(cell, column=index[cell.column], column_span=index[cell.column + cell.column_span] - index[cell.column])
        for cell in grid.cells
    )
    return replace(grid, cells=cells, columns=len(columns) - 1)


def continued(first: Grid, second: Grid) -> Grid:
    """A table and its part on the next page, a repeated header dropped, cells that the page's end cut joined."""
    above, below = grids.row_texts(first), grids.row_texts(second)
    same = 0
    while same < min(len(above), len(below) - 1) and above[same] == below[same] and any(above[same]):
        same += 1
    if any(cell.row < same < cell.row + cell.row_span for cell in second.cells):
        same = 0
    joined = grids.appended(first, second, same)
    return _mended(joined, first.rows)


def _mended(grid: Grid, seam: int) -> Grid:
    """Label cells cut in two by the page's end: from the left, cells below the seam that are blank go on from above.

    A row whose leading cells are blank while others are not has its label on the page before (or, where the label was
    printed in the middle of the merged cell, on the page after).
    """
    cells = list(grid.cells)
    first_row = [cell for cell in cells if cell.row == seam]
    if not any(cell.text.strip() for cell in first_row):
        return grid
    for below in sorted(first_row, key=lambda cell: cell.column):
        index = next((i for i, c in enumerate(cells) if _ends_at(c, seam) and _same_side(c, below)), None)
        if index is None:
            break
        above = cells[index]
        if below.text.strip() and above.text.strip():
            break
        text = above.text if above.text.strip() else below.text
        place = above.place if above.text.strip() else below.place
        cells[index] = replace(above, text=text, place=place, row_span=above.row_span + below.row_span)
        cells.remove(below)
    return replace(grid, cells=tuple(cells))


def _ends_at(cell: GridCell, seam: int) -> bool:
    return cell.row < seam == cell.row + cell.row_span


def _same_side(above: GridCell, below: GridCell) -> bool:
    return above.column == below.column and above.column_span == below.column_span
