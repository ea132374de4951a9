"""How does a workbook become blocks: each visible sheet's tables as grids, the lines around them as paragraphs?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from gongkai.kernel import Finding, Place
from gongkai.reading.blocks import FORM, FURNITURE, Block, Grid, GridCell, Paragraph, Source
from gongkai.reading.form_fields import INSTRUCTIONS, field_line, is_fields
from gongkai.reading.grids import Slots
from gongkai.reading.limits import Package, check_size
from gongkai.reading.source_notes import note
from gongkai.reading.xlsx_parts import Cell, SheetCells, column_letters, sheets

_LISTED = 20
_LONG_LINE = 30
_NOTE = re.compile(r"[*＊※]|注|备注|说明|附注|填表|填报|单位负责|负责人|审核|联系|报送|制表|报出")
_HEADING = re.compile(r"第.{1,4}条第")


def read_xlsx(data: bytes, name: str) -> Source:
    """An .xlsx file. Hidden sheets, rows and columns are left out with a note; formulas give the results stored with them."""
    check_size(data)
    blocks: list[Block] = []
    findings: list[Finding] = []
    furniture: list[str] = []
    slots = Slots()
    tables = 0
    metadata: list[tuple[str, str]] = []
    for sheet in sheets(Package(data)):
        if sheet.name.strip() in INSTRUCTIONS:
            metadata.append((FORM, sheet.name))
            continue
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
        furniture += sheet.furniture
        for block in _sheet_blocks(sheet, tables, slots):
            tables += isinstance(block, Grid)
            blocks.append(block)
    metadata += [(FURNITURE, line) for line in dict.fromkeys(furniture)]
    return Source(name, "xlsx", tuple(blocks), findings=tuple(findings), metadata=tuple(metadata))


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
    (
        _differs,
        "S107",
        "按格式显示的内容与保存的数值不同，按保存的数值读取，其中把 0 显示为空白或横线的、显示成另一个数的不作数字读取；请改用能完整显示数值的格式，或改正数值",
    ),
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


@dataclass(frozen=True, slots=True)
class _Seen:
    """What of a sheet is shown: cells by row and column, and the lower right corner of each merged range by its upper left."""

    sheet: SheetCells
    rows: dict[int, dict[int, Cell]]
    spans: dict[tuple[int, int], tuple[int, int]]

    def filled(self, row: int) -> list[int]:
        """The columns of a row that hold content."""
        return [column for column, cell in self.rows.get(row, {}).items() if cell.kind != "blank"]

    def bordered(self, row: int) -> bool:
        return any(cell.bordered for cell in self.rows.get(row, {}).values())


def _seen(sheet: SheetCells) -> _Seen:
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sheet.cells.items():
        if column not in sheet.hidden_columns and row not in sheet.hidden_rows:
            rows.setdefault(row, {})[column] = cell
    return _Seen(sheet, rows, {(top, left): (bottom, right) for top, left, bottom, right in sheet.merges})


def _sheet_blocks(sheet: SheetCells, tables: int, slots: Slots) -> Iterator[Block]:
    seen = _seen(sheet)
    for first, last in _segments(seen):
        rows = [row for row in range(first, last + 1) if row not in sheet.hidden_rows]
        lead, body, tail = _divided(rows, seen)
        yield from (_line(seen, row) for row in lead)
        if body:
            for block in _body_blocks(seen, body, tables + 1, slots):
                tables += isinstance(block, Grid)
                yield block
        yield from (_line(seen, row) for row in tail)


def _segments(seen: _Seen) -> Iterator[tuple[int, int]]:
    """Runs of rows without an empty row between them; a row only bordered, hidden, or crossed by a merged cell, is not empty."""
    reach = {row: row for row in seen.sheet.hidden_rows}
    for row, cells in seen.rows.items():
        for column, cell in cells.items():
            if cell.kind != "blank" or cell.bordered:
                bottom = seen.spans.get((row, column), (row, column))[0]
                reach[row] = max(reach.get(row, row), min(bottom, row + 2000))
    runs: list[tuple[int, int]] = []
    for row in sorted(reach):
        if runs and row <= runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], max(runs[-1][1], reach[row]))
        else:
            runs.append((row, reach[row]))
    yield from (run for run in runs if any(seen.filled(row) for row in range(run[0], run[1] + 1)))


def _divided(rows: Sequence[int], seen: _Seen) -> tuple[list[int], list[int], list[int]]:
    """Title lines above, the table, and notes below.

    A line is a row whose only content is one cell. Where the table has borders it has none; where there are no borders, a
    single cell below the table is a label whose figures are blank unless its words are those of a note, and a single cell
    above the table belongs to it when it is a heading of its own (“第二十条第（一）项”).
    """
    frame = any(seen.bordered(row) for row in rows)
    crossed = {
        at for (top, _), (bottom, _) in seen.spans.items() for at in range(top + 1, min(bottom, rows[-1]) + 1) if top >= rows[0]
    }

    def is_line(row: int, *, below: bool) -> bool:
        filled = seen.filled(row)
        if len(filled) > 1 or seen.bordered(row) or row in crossed:
            return False
        words = "".join(seen.rows[row][filled[0]].text.split()) if filled else ""
        if frame or not words:
            return True
        return _NOTE.match(words) is not None or len(words) > _LONG_LINE if below else not _HEADING.match(words)

    begin, end = 0, len(rows)
    while begin < end and is_line(rows[begin], below=False):
        begin += 1
    while end > begin and is_line(rows[end - 1], below=True):
        end -= 1
    return list(rows[:begin]), list(rows[begin:end]), list(rows[end:])


def _line(seen: _Seen, row: int) -> Paragraph:
    column = next(iter(seen.filled(row)), 1)
    text = seen.rows[row][column].text if column in seen.rows.get(row, {}) else ""
    return Paragraph(text, _place(seen.sheet, row, column, text.strip()))


def _words_at(seen: _Seen, row: int, column: int) -> str:
    cell = seen.rows.get(row, {}).get(column)
    return cell.text if cell is not None else ""


def _field_lines(seen: _Seen, rows: list[int], left: int, right: int) -> Iterator[Paragraph]:
    """The head fields of a form, one line each."""
    for row in rows:
        line = field_line(_words_at(seen, row, left), _words_at(seen, row, right))
        if line is not None:
            yield Paragraph(line, _place(seen.sheet, row, right, line))


def _body_blocks(seen: _Seen, rows: list[int], table: int, slots: Slots) -> Iterator[Block]:
    """The rows of one segment as a grid; a single column of lines as paragraphs."""
    filled = {column for row in rows for column in seen.filled(row)}
    if not filled:
        return
    bordered = {column for row in rows for column, cell in seen.rows.get(row, {}).items() if cell.bordered}
    left, right = min(filled), max(filled | bordered)
    columns = [column for column in range(left, right + 1) if column not in seen.sheet.hidden_columns]
    if len(columns) == 1:
        yield from (_line(seen, row) for row in rows if seen.filled(row))
        return
    if len(columns) == 2 and is_fields([_words_at(seen, row, left) for row in rows]):
        yield from _field_lines(seen, rows, left, right)
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
            bottom, far = seen.spans.get((row, column), (row, column))
            down = [at for at in range(row, min(bottom, rows[-1]) + 1) if at in row_index]
            across = [at for at in range(column, min(far, right) + 1) if at in column_index]
            if len(down) * len(across) > 1:
                covered.update((at_row, at_column) for at_row in down for at_column in across)
            text = _text(seen.rows.get(row, {}).get(column))
            place = _place(seen.sheet, row, column, text.strip(), table)
            out.append(GridCell(text, row_index[row], column_index[column], place, len(down), len(across)))
    place = Place(sheet=seen.sheet.name, table=table, cell=f"{column_letters(left)}{rows[0]}")
    yield Grid(tuple(out), len(rows), len(columns), place)


def _text(cell: Cell | None) -> str:
    if cell is None:
        return ""
    return "〔公式没有结果〕" if cell.kind == "uncomputed" else cell.text
