"""How does a workbook become blocks: each visible sheet's tables as grids, the lines around them as paragraphs?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from gongkai.kernel import Finding, Place
from gongkai.reading.blocks import Block, Grid, GridCell, Paragraph, Source
from gongkai.reading.grids import Slots
from gongkai.reading.limits import Package, check_size
from gongkai.reading.source_notes import note
from gongkai.reading.xlsx_parts import Cell, SheetCells, column_letters, sheets

_LISTED = 20
_Merge = tuple[int, int, int, int]


def read_xlsx(data: bytes, name: str) -> Source:
    """An .xlsx file. Hidden sheets, rows and columns are left out with a note; formulas give the results stored with them."""
    check_size(data)
    blocks: list[Block] = []
    findings: list[Finding] = []
    slots = Slots()
    tables = 0
    for sheet in sheets(Package(data)):
        if sheet.hidden:
            findings.append(
                note(
                    "S104",
                    f"工作表“{sheet.name}”是隐藏的，没有读取；如果它是报告的内容，请取消隐藏后再读取。",
                    Place(sheet=sheet.name),
                    subject=("sheet", sheet.name),
                )
            )
            continue
        findings += _sheet_notes(sheet)
        for block in _sheet_blocks(sheet, tables, slots):
            tables += isinstance(block, Grid)
            blocks.append(block)
    return Source(name, "xlsx", tuple(blocks), findings=tuple(findings))


def _place(sheet: SheetCells, row: int, column: int, quote: str = "", table: int | None = None) -> Place:
    return Place(quote=quote, sheet=sheet.name, cell=f"{column_letters(column)}{row}", table=table, row=row, column=column)


def _is_uncomputed(cell: Cell) -> bool:
    return cell.kind == "uncomputed"


def _is_error(cell: Cell) -> bool:
    return cell.kind == "error"


def _differs(cell: Cell) -> bool:
    return cell.differs


_CELL_NOTES: tuple[tuple[Callable[[Cell], bool], str, str], ...] = (
    (_is_uncomputed, "S105", "是公式但没有保存计算结果，没有读到数据；请用 WPS 或 Excel 打开，计算完成后保存，再读取"),
    (_is_error, "S106", "显示为错误值，没有数据可读；请改正公式或直接填写数字后保存，再读取"),
    (_differs, "S107", "按格式显示的内容与保存的数值不同，已按保存的数值读取；请改用能完整显示数值的格式，或改正数值"),
)


def _sheet_notes(sheet: SheetCells) -> Iterator[Finding]:
    """What has to be said of a sheet's cells, each kind once with the cells it concerns."""
    for test, code, words in _CELL_NOTES:
        found = [at for at, cell in sheet.cells.items() if test(cell)]
        if found:
            names = "、".join(f"{column_letters(column)}{row}" for row, column in found[:_LISTED]) + (
                "等" if len(found) > _LISTED else ""
            )
            places = tuple(_place(sheet, row, column, sheet.cells[row, column].text) for row, column in found[:_LISTED])
            yield note(code, f"工作表“{sheet.name}”的单元格{names}{words}。", *places, subject=(sheet.name, names))
    columns = sorted(
        {column for (_, column), cell in sheet.cells.items() if column in sheet.hidden_columns and cell.kind != "blank"}
    )
    rows = sorted(sheet.hidden_rows)
    if rows or columns:
        which = "、".join(
            [f"第{row}行" for row in rows[:_LISTED]] + [f"{column_letters(column)}列" for column in columns[:_LISTED]]
        )
        yield note(
            "S104",
            f"工作表“{sheet.name}”的{which}是隐藏的，没有读取；如果它是报告的内容，请取消隐藏后再读取。",
            Place(sheet=sheet.name),
            subject=(sheet.name, which),
        )


def _visible(sheet: SheetCells) -> dict[tuple[int, int], Cell]:
    return {
        (row, column): cell
        for (row, column), cell in sheet.cells.items()
        if column not in sheet.hidden_columns and row not in sheet.hidden_rows
    }


def _sheet_blocks(sheet: SheetCells, tables: int, slots: Slots) -> Iterator[Block]:
    cells = _visible(sheet)
    spans = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merges}
    for first, last in _segments(cells, spans):
        rows = [row for row in range(first, last + 1) if row not in sheet.hidden_rows]
        lead, body, tail = _divided(rows, cells)
        yield from (_line(sheet, row, cells) for row in lead)
        if body:
            for block in _body_blocks(sheet, body, cells, spans, tables + 1, slots):
                tables += isinstance(block, Grid)
                yield block
        yield from (_line(sheet, row, cells) for row in tail)


def _segments(cells: dict[tuple[int, int], Cell], spans: dict[tuple[int, int], tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Runs of rows without an empty row between them; a row only bordered, or crossed by a merged cell, is not empty."""
    reach: dict[int, int] = {}
    for (row, column), cell in cells.items():
        bottom = spans.get((row, column), (row, column))[0]
        if cell.kind == "blank" and not cell.bordered:
            continue
        reach[row] = max(reach.get(row, row), min(bottom, row + 2000))
    first = last = 0
    filled = {row for (row, _), cell in cells.items() if cell.kind != "blank"}
    for row in sorted(reach):
        if not last or row > last + 1:
            if last and any(first <= at <= last for at in filled):
                yield first, last
            first = row
        last = max(last, reach[row])
    if last and any(first <= at <= last for at in filled):
        yield first, last


def _divided(rows: Sequence[int], cells: dict[tuple[int, int], Cell]) -> tuple[list[int], list[int], list[int]]:
    """Title lines above, the table, and notes below: a line is a row whose only content is one cell without border."""
    by_row: dict[int, list[Cell]] = {row: [] for row in rows}
    for (row, _), cell in cells.items():
        if row in by_row:
            by_row[row].append(cell)

    def is_line(row: int) -> bool:
        filled = [cell for cell in by_row[row] if cell.kind != "blank"]
        return len(filled) <= 1 and not any(cell.bordered for cell in by_row[row])

    begin, end = 0, len(rows)
    while begin < end and is_line(rows[begin]):
        begin += 1
    while end > begin and is_line(rows[end - 1]):
        end -= 1
    lead, body, tail = list(rows[:begin]), list(rows[begin:end]), list(rows[end:])
    return _keep_headings(lead, body, by_row), body, tail


def _keep_headings(lead: list[int], body: list[int], by_row: dict[int, list[Cell]]) -> list[int]:
    """Without borders a line above a table may be its first heading: “第二十条第（一）项” stays with the table."""
    while lead and body and any(cell.text.strip().startswith("第") and "条第" in cell.text for cell in by_row[lead[-1]]):
        body.insert(0, lead.pop())
    return lead


def _line(sheet: SheetCells, row: int, cells: dict[tuple[int, int], Cell]) -> Paragraph:
    column, cell = next(
        ((column, cell) for (at, column), cell in cells.items() if at == row and cell.kind != "blank"),
        (1, Cell("", "blank", bordered=False)),
    )
    return Paragraph(cell.text, _place(sheet, row, column, cell.text.strip()))


def _body_blocks(
    sheet: SheetCells,
    rows: list[int],
    cells: dict[tuple[int, int], Cell],
    spans: dict[tuple[int, int], tuple[int, int]],
    table: int,
    slots: Slots,
) -> Iterator[Block]:
    """The rows of one segment as a grid; a single column of lines as paragraphs."""
    inside = set(rows)
    used = sorted({column for (row, column), cell in cells.items() if row in inside and (cell.kind != "blank" or cell.bordered)})
    filled = [column for (row, column), cell in cells.items() if row in inside and cell.kind != "blank"]
    if not filled:
        return
    left, right = min(filled), max(*used, *filled)
    columns = [column for column in range(left, right + 1) if column not in sheet.hidden_columns]
    if len(columns) == 1:
        yield from (
            _line(sheet, row, cells) for row in rows if (row, columns[0]) in cells and cells[row, columns[0]].kind != "blank"
        )
        return
    slots.take(len(rows), len(columns))
    row_index = {row: index for index, row in enumerate(rows)}
    column_index = {column: index for index, column in enumerate(columns)}
    covered: set[tuple[int, int]] = set()
    out = []
    for row in rows:
        for column in columns:
            if (row, column) in covered:
                continue
            bottom, far = spans.get((row, column), (row, column))
            down = [at for at in range(row, min(bottom, rows[-1]) + 1) if at in row_index]
            across = [at for at in range(column, min(far, right) + 1) if at in column_index]
            if len(down) * len(across) > 1:
                covered.update((at_row, at_column) for at_row in down for at_column in across)
            cell = cells.get((row, column))
            text = cell.text if cell else ""
            if cell is not None and cell.kind == "uncomputed":
                text = "〔公式没有结果〕"
            out.append(
                GridCell(
                    text,
                    row_index[row],
                    column_index[column],
                    _place(sheet, row, column, text.strip(), table),
                    len(down),
                    len(across),
                )
            )
    yield Grid(tuple(out), len(rows), len(columns), Place(sheet=sheet.name, table=table, cell=f"{column_letters(left)}{rows[0]}"))
