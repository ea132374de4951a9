"""How does a printed table stand in a worksheet, so that it looks and prints as on paper?"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.errors import BadInput
from gongkai.kernel import State
from gongkai.returns import Layout
from gongkai.writing.document import bare_title
from gongkai.writing.layout import PrintedCell, PrintedTable, Role

_SIDE = Side(style="thin", color="FF000000")
FRAME = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
GROUND = PatternFill("solid", fgColor="FFF2F4F7")
PLAIN, BOLD, TITLE = Font(name="宋体", size=11), Font(name="黑体", size=11), Font(name="黑体", size=16)
_MILLIMETRES = 1.75  # of a column of width 1 in 11 point 宋体
_LINE = 15.0  # points a line of text needs
_LONGEST = 32_767  # characters a cell can hold; what is longer would be cut silently
_WIDE = 4.0  # millimetres of a full-width character
_LATIN = 0x2E7F
_GENERAL = re.compile(r"0|-?[1-9]\d{0,14}")


def new_workbook(title: str) -> Workbook:
    """A workbook without sheets, named, without a person's name."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = title
    book.properties.language = "zh-CN"
    return book


def new_sheet(book: Workbook, name: str, widths: Sequence[float], landscape: bool = False) -> Worksheet:
    """A sheet set up for A4, as wide as the page; ``widths`` in millimetres."""
    sheet: Worksheet = book.create_sheet(_free_name(book, name))
    for j, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(j)].width = round(width / _MILLIMETRES, 2)
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom = 0.79, 0.79, 0.98, 0.98
    sheet.print_options.horizontalCentered = True
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("第 &P 页，共 &N 页"))
    return sheet


def _free_name(book: Workbook, name: str) -> str:
    """A sheet name the format allows, not yet taken."""
    bare = re.sub(r"[\[\]:*?/\\']", "", name)[:28] or "表"
    taken = {n.lower() for n in book.sheetnames}
    return next(n for n in (bare, *(f"{bare}{i}" for i in range(2, 99))) if n.lower() not in taken)


def sheet_name(table: PrintedTable) -> str:
    """What a table's sheet is called."""
    return bare_title(table.title or "") or bare_title(table.section or "") or "统计表"


def write_line(sheet: Worksheet, row: int, text: str, columns: int, font: Font = PLAIN, centre: bool = False) -> None:
    """A line of text across the sheet."""
    put(_cell(sheet, row, 1), text)
    sheet.cell(row, 1).font = font
    sheet.cell(row, 1).alignment = Alignment(horizontal="center" if centre else "left", vertical="center", wrap_text=True)
    width = sum(sheet.column_dimensions[get_column_letter(j)].width for j in range(1, columns + 1)) * _MILLIMETRES - 2.5
    size = float(font.size or 11) / 11
    sheet.row_dimensions[row].height = round((lines_needed(text, width / size) * _LINE + 6) * size, 1)
    if columns > 1:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)


def write_table(sheet: Worksheet, table: PrintedTable, top: int) -> dict[str, str]:
    """Put the table with its first row at ``top``; says at which address each coded cell stands."""
    places: dict[str, str] = {}
    for cell in table.cells:
        row, column = top + cell.row, 1 + cell.column
        for r in range(row, row + cell.row_span):
            for c in range(column, column + cell.column_span):
                sheet.cell(r, c).border = FRAME
        at = _cell(sheet, row, column)
        at.font = BOLD if cell.role is Role.BLOCK else PLAIN
        left = cell.role is Role.LABEL and cell.row_span == 1
        at.alignment = Alignment(
            horizontal="left" if left else "center", vertical="center", wrap_text=True, indent=cell.indent if left else 0
        )
        if cell.role is Role.FIGURE:
            put_figure(at, cell)
        else:
            put(at, cell.text)
            if cell.role is not Role.EMPTY:
                at.fill = GROUND
        if cell.row_span > 1 or cell.column_span > 1:
            sheet.merge_cells(
                start_row=row, start_column=column, end_row=row + cell.row_span - 1, end_column=column + cell.column_span - 1
            )
        if cell.cell is not None:
            places[cell.cell.code] = at.coordinate
    for i, cells in enumerate(table.row_cells()):
        sheet.row_dimensions[top + i].height = max((_height(table, c) for c in cells), default=_LINE)
    if table.header_rows:
        sheet.print_title_rows = f"{top}:{top + table.header_rows - 1}"
    return places


def freeze(sheet: Worksheet, table: PrintedTable, top: int) -> None:
    """Keep headings and row labels in sight while the figures are scrolled."""
    labels = max((c.column + c.column_span for c in table.cells if c.role is Role.LABEL), default=0)
    if table.layout is not Layout.LINE and (table.header_rows or labels < table.columns):
        sheet.freeze_panes = f"{get_column_letter(1 + labels)}{top + table.header_rows}"


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError(f"{cell.coordinate} is inside a merged range")
    return cell


def put(cell: Cell, text: str) -> None:
    """A text as text: what begins with = is no formula here."""
    if len(text) > _LONGEST:
        raise BadInput(
            f"有一段文字长达{len(text)}个字，超过表格文件一格的上限{_LONGEST}个字。请把它分成几段，或者改用 .docx 格式。"
        )
    if text:
        cell.value = text
        cell.data_type = "s"
        if text[0] in "=+-@'":
            cell.quotePrefix = True


def put_figure(cell: Cell, printed: PrintedCell) -> None:
    """A figure as it was written: a plain number as a number, every other writing as text, a blank as nothing."""
    figure = printed.figure
    if figure is None or not figure.text:
        return
    if figure.state is State.NUMBER and _GENERAL.fullmatch(figure.text):
        cell.value = int(figure.text)
    elif figure.state is State.NUMBER and _is_short_decimal(figure.text):
        cell.value = float(figure.text)
    else:
        cell.number_format = "@"
        put(cell, figure.text)


def _is_short_decimal(text: str) -> bool:
    """Whether a decimal shows in a cell exactly as it is written here."""
    if re.fullmatch(r"-?(?:0|[1-9]\d{0,8})\.\d{1,6}", text) is None or text.endswith("0"):
        return False
    return Decimal(repr(float(text))) == Decimal(text) and repr(float(text)) == text


def _height(table: PrintedTable, cell: PrintedCell) -> float:
    """Points a cell's text needs at the width it has, shared out over the rows it spans."""
    width = sum(table.widths[cell.column : cell.column + cell.column_span]) - 2.5 - _WIDE * cell.indent
    return 20.0 if cell.row_span > 1 else max(20.0, lines_needed(cell.text, width) * _LINE + 5)


def lines_needed(text: str, width: float) -> int:
    """Lines a text of 11 points takes in so many millimetres, at a full-width and half-width character's size."""
    return max(1, math.ceil(sum(_WIDE if ord(ch) > _LATIN else _WIDE / 2 for ch in text) / max(width, _WIDE)))
