"""How is a table of an edition laid out on paper: which cells, merged how, how wide?

Every writer prints the same :class:`PrintedTable`; none of them knows an edition. Blocks that share a section and carry
a heading of their own (第二十条各项) are one table on paper. A row of a body's own stands where it stood.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from gongkai.kernel import Figure
from gongkai.returns import Cell, Edition, Layout, Report, Row, Table


class Role(StrEnum):
    """What a printed cell is for."""

    BLOCK = "block"  # a heading over a whole block: 第二十条第（一）项
    CORNER = "corner"
    HEADING = "heading"
    LABEL = "label"
    UNIT = "unit"
    FIGURE = "figure"
    EMPTY = "empty"  # the figure cell of a heading row: nothing may stand there


HEADS = frozenset({Role.BLOCK, Role.CORNER, Role.HEADING})
LABELS = frozenset({Role.LABEL})


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One cell on paper. ``row`` and ``column`` count from 0; ``indent`` is in characters; ``block`` numbers the block it is in.

    ``figure`` is what stands in a figure cell, ``cell`` the edition's cell it belongs to (None for a row of the body's own).
    """

    text: str
    row: int
    column: int
    role: Role
    row_span: int = 1
    column_span: int = 1
    indent: int = 0
    block: int = 0
    figure: Figure | None = None
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table on paper: cells in reading order, ``header_rows`` repeated on every page, ``widths`` in millimetres."""

    key: str
    section: str | None
    title: str | None
    layout: Layout
    cells: tuple[PrintedCell, ...]
    rows: int
    columns: int
    header_rows: int
    widths: tuple[float, ...]
    keys: tuple[str, ...] = field(default=())

    def row_cells(self) -> tuple[tuple[PrintedCell, ...], ...]:
        """The cells that begin in each row, left to right."""
        rows: list[list[PrintedCell]] = [[] for _ in range(self.rows)]
        for cell in self.cells:
            rows[cell.row].append(cell)
        return tuple(tuple(sorted(row, key=lambda c: c.column)) for row in rows)

    def headers_of(self, cell: PrintedCell) -> tuple[PrintedCell, ...]:
        """The heading and label cells a figure cell stands under, outermost first."""
        return tuple(
            other
            for other in self.cells
            if (other.role in HEADS and other.role is not Role.CORNER and other.block == cell.block and _over(other, cell))
            or (other.role in LABELS and other.row <= cell.row < other.row + other.row_span and other.column < cell.column)
        )


def _over(head: PrintedCell, cell: PrintedCell) -> bool:
    return head.row < cell.row and head.column < cell.column + cell.column_span and cell.column < head.column + head.column_span


_OF_WHICH = "其中："

PAPER = 156.0
"""Width between the margins of the page, in millimetres."""

_NUMBER, _UNIT, _COUNT = 11.7, 18.0, 26.0
_LEAST = 48.0  # what row labels keep however many columns a body adds
_AHEAD = (8.2, 15.6)  # two and four characters of 10.5 points: what the merged labels before a row's own take


@dataclass
class _Line:
    """One printed row before it is placed: its edition row (None for a row of the body's own), path and figures by column."""

    row: Row | None
    path: tuple[str, ...]
    unit: str | None
    figures: dict[int, Figure]


def printed_tables(report: Report) -> tuple[PrintedTable, ...]:
    """The report's tables as the form prints them, in print order; a table of which the report has no figure is left out."""
    if report.edition is None:
        return (_loose(report.figures),) if report.figures else ()
    places = _places(report.edition, report.figures)
    present = [t for t in report.edition.tables if places.get(t.key)]
    printed = []
    for group in _groups(present):
        tables = [_blocks(group, places)] if group[0].heading is not None else [_single(t, places[t.key]) for t in group]
        printed += tables
    return tuple(printed)


def _groups(tables: Sequence[Table]) -> Iterator[list[Table]]:
    group: list[Table] = []
    for table in tables:
        if group and (table.heading is None or group[-1].heading is None or table.section != group[-1].section):
            yield group
            group = []
        group.append(table)
    if group:
        yield group


def _places(edition: Edition, figures: Iterable[Figure]) -> dict[str, list[Figure]]:
    """The figures of each table in order; one of the body's own belongs to the table of the figure before it (or after)."""
    places: dict[str, list[Figure]] = {}
    waiting: list[Figure] = []
    table = None
    for figure in figures:
        if figure.code is not None and figure.code in edition.cells:
            table = edition.cells[figure.code].table
        if table is None:
            waiting.append(figure)
            continue
        places.setdefault(table, []).extend((*waiting, figure))
        waiting = []
    return places


def _lines(table: Table, figures: Sequence[Figure]) -> list[_Line]:
    """Every row to print, in order: the edition's, and the body's own after the row they followed."""
    cells = {c.code: c for c in table.cells}
    columns = {c.path: j for j, c in enumerate(table.columns)}
    lines = {
        i: _Line(row, row.path, row.unit, {})
        for i, row in enumerate(table.rows)
        if not row.optional or any(f.code in cells and cells[f.code or ""].row_index == i for f in figures)
    }
    own: dict[int, list[_Line]] = {}
    at = -1
    for figure in figures:
        cell = cells.get(figure.code or "")
        if cell is not None:
            at = cell.row_index
            lines[at].figures[cell.column_index] = figure
            continue
        after = own.setdefault(at, [])
        path = figure.row or (figure.label(),)
        if not after or after[-1].path != path:
            after.append(_Line(None, path, figure.unit, {}))
        j = columns.get(figure.column, len(after[-1].figures))
        after[-1].figures[j] = figure
    ordered = list(own.get(-1, ()))
    for i, line in lines.items():
        ordered += [line, *own.get(i, ())]
    return ordered


def _single(table: Table, figures: Sequence[Figure]) -> PrintedTable:
    if table.layout is Layout.LINE:
        return _line(table, figures)
    if table.headings:
        return _list(table, figures)
    lines = [line for line in _lines(table, figures) if line.row is None or not line.row.heading]
    levels = max(len(line.path) for line in lines)
    heads, depth = _headings([c.path for c in table.columns], 0, levels)
    corner = PrintedCell(table.corner, 0, 0, Role.CORNER, depth, levels)
    body = [*_labels([line.path for line in lines], depth, levels)]
    for i, line in enumerate(lines):
        body += _figures(table, line, depth + i, levels, [1] * len(table.columns), 0)
    number = min(_NUMBER, (PAPER - _LEAST) / len(table.columns))
    rest = PAPER - number * len(table.columns)
    ahead = _AHEAD[: levels - 1] if levels <= 3 else (rest / levels,) * (levels - 1)
    widths = (*ahead, rest - sum(ahead), *[number] * len(table.columns))
    cells = _in_order([corner, *heads, *body])
    return PrintedTable(
        table.key, table.section, table.title, table.layout, cells, depth + len(lines), len(widths), depth, widths, (table.key,)
    )


def _blocks(tables: Sequence[Table], places: dict[str, list[Figure]]) -> PrintedTable:
    """Blocks one under another in one table; a block with fewer columns lets its last one reach to the edge."""
    width = max(len(t.columns) for t in tables)
    at, cells = 0, []
    for number, table in enumerate(tables):
        spans = [1] * len(table.columns)
        spans[-1] += width - len(spans)
        cells.append(PrintedCell(table.heading or "", at, 0, Role.BLOCK, 1, 1 + width, block=number))
        cells.append(PrintedCell(table.corner, at + 1, 0, Role.CORNER, block=number))
        column = 1
        for c, span in zip(table.columns, spans, strict=True):
            cells.append(PrintedCell(c.path[-1], at + 1, column, Role.HEADING, 1, span, block=number))
            column += span
        at += 2
        for line in _lines(table, places[table.key]):
            cells.append(PrintedCell(line.path[-1], at, 0, Role.LABEL, block=number))
            cells += _figures(table, line, at, 1, spans, number)
            at += 1
    first, keys = tables[0], tuple(t.key for t in tables)
    label = PAPER - 37.0 * width
    widths = (label, *[37.0] * width) if width <= 3 else (PAPER / (width + 1),) * (width + 1)
    return PrintedTable(first.key, first.section, first.title, first.layout, _in_order(cells), at, width + 1, 0, widths, keys)


def _list(table: Table, figures: Sequence[Figure]) -> PrintedTable:
    """Indicators one a row, indented, with their unit; a body's own columns stand beside the form's figure."""
    heads = (*table.headings[:2], *(c.path[-1] for c in table.columns)) if table.columns else table.headings
    width = len(heads) - 2
    cells = [PrintedCell(text, 0, j, Role.HEADING) for j, text in enumerate(heads)]
    lines = _lines(table, figures)
    for i, (line, depth) in enumerate(zip(lines, _indents(lines), strict=True), start=1):
        row = line.row
        unit = (row.unit_text if row is not None and row.unit_text is not None else line.unit) or ""
        cells.append(PrintedCell(line.path[-1], i, 0, Role.LABEL, indent=depth))
        cells.append(PrintedCell(unit, i, 1, Role.UNIT))
        if row is not None and row.heading:
            cells += [PrintedCell("", i, 2 + j, Role.EMPTY) for j in range(width)]
        else:
            cells += _figures(table, line, i, 2, [1] * width, 0)
    narrow = _COUNT if width == 1 else min(17.0, (PAPER - _UNIT - _LEAST) / width)
    widths = (PAPER - _UNIT - narrow * width, _UNIT, *[narrow] * width)
    return PrintedTable(
        table.key, table.section, table.title, Layout.LIST, tuple(cells), len(lines) + 1, 2 + width, 1, widths, (table.key,)
    )


def _indents(lines: Sequence[_Line]) -> Iterator[int]:
    """How far each row of a list is indented: rows that belong with 其中： stand under its words, not under its mark."""
    beside = 0
    for line in lines:
        depth = line.row.depth if line.row is not None else max(0, len(line.path) - 1)
        if line.path[-1].startswith(_OF_WHICH):
            beside = depth
        elif beside and depth == beside and (line.row is None or line.row.of_which):
            depth += len(_OF_WHICH)
        else:
            beside = 0
        yield depth


def _line(table: Table, figures: Sequence[Figure]) -> PrintedTable:
    """One row of figures under its headings; a column of the body's own stands after the one it followed."""
    cells = {c.code: c for c in table.cells}
    found = {f.code: f for f in figures if f.code in cells}
    order: list[tuple[tuple[str, ...], Cell | None, Figure | None]] = [(c.column, c, found.get(c.code)) for c in table.cells]
    at = 0
    for figure in figures:
        if figure.code in cells:
            at = next(i for i, (_, c, _f) in enumerate(order) if c is cells[figure.code or ""]) + 1
        else:
            order.insert(at, (figure.column, None, figure))
            at += 1
    heads, depth = _headings([path for path, _, _ in order], 0, 0)
    body = [
        PrintedCell(f.text if f is not None else "", depth, j, Role.FIGURE, figure=f, cell=cell)
        for j, (_, cell, f) in enumerate(order)
    ]
    widths = (PAPER / len(order),) * len(order)
    return PrintedTable(
        table.key, table.section, table.title, table.layout, (*heads, *body), depth + 1, len(order), depth, widths, (table.key,)
    )


def _loose(figures: Sequence[Figure]) -> PrintedTable:
    """Figures of no known edition as a plain list, so that nothing is lost."""
    cells = [PrintedCell(text, 0, j, Role.HEADING) for j, text in enumerate(("指标", "单位", "数量"))]
    for i, figure in enumerate(figures, start=1):
        cells.append(PrintedCell(figure.label(), i, 0, Role.LABEL))
        cells.append(PrintedCell(figure.unit or "", i, 1, Role.UNIT))
        cells.append(PrintedCell(figure.text, i, 2, Role.FIGURE, figure=figure))
    return PrintedTable(
        "figures", None, None, Layout.LIST, tuple(cells), len(figures) + 1, 3, 1, (PAPER - _UNIT - _COUNT, _UNIT, _COUNT)
    )


def _headings(paths: Sequence[tuple[str, ...]], row: int, column: int) -> tuple[list[PrintedCell], int]:
    """Column headings of any depth, equal neighbours merged; also how many rows they take."""
    depth = max(len(p) for p in paths)
    cells = []
    for level in range(depth):
        for start, stop in _runs([p[: level + 1] if len(p) > level else None for p in paths]):
            path = paths[start]
            leaf = len(path) == level + 1
            rows = depth - level if leaf else 1
            for first, last in [(j, j + 1) for j in range(start, stop)] if leaf else [(start, stop)]:
                cells.append(PrintedCell(path[level], row + level, column + first, Role.HEADING, rows, last - first))
    return cells, depth


def _labels(paths: Sequence[tuple[str, ...]], row: int, levels: int) -> Iterator[PrintedCell]:
    """Row labels of any depth: an upper label is merged down its rows, a last one across to the figures."""
    for level in range(levels):
        for start, stop in _runs([p[: level + 1] if len(p) > level + 1 else None for p in paths]):
            yield PrintedCell(paths[start][level], row + start, level, Role.LABEL, stop - start)
    for i, path in enumerate(paths):
        level = len(path) - 1
        yield PrintedCell(path[level], row + i, level, Role.LABEL, 1, levels - level)


def _runs(keys: Sequence[tuple[str, ...] | None]) -> Iterator[tuple[int, int]]:
    start = 0
    for i in range(1, len(keys) + 1):
        if i == len(keys) or keys[i] != keys[start]:
            if keys[start] is not None:
                yield start, i
            start = i


def _figures(table: Table, line: _Line, row: int, column: int, spans: Sequence[int], block: int) -> Iterator[PrintedCell]:
    index = table.rows.index(line.row) if line.row is not None else None
    for j, span in enumerate(spans):
        figure = line.figures.get(j)
        cell = table.cell_at(index, j) if index is not None else None
        text = figure.text if figure is not None else ""
        yield PrintedCell(text, row, column, Role.FIGURE, 1, span, block=block, figure=figure, cell=cell)
        column += span


def _in_order(cells: Iterable[PrintedCell]) -> tuple[PrintedCell, ...]:
    return tuple(sorted(cells, key=lambda c: (c.row, c.column)))
