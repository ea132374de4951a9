"""How is the list of what must be corrected written as a workbook that is filled in and sent back?

One report gives one sheet. Many give a summary, one line a report, and one sheet with all rows, the body, the year and the
file before each, to be filtered and sorted.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.checking import Verdicts
from gongkai.errors import BadInput
from gongkai.kernel import STATUS_WORDS, Status, count
from gongkai.writing.corrections import HEADINGS, LEVELS, Correction, Results, corrections, preface, title
from gongkai.writing.package import stable
from gongkai.writing.plain import printable
from gongkai.writing.sheets import BOLD, FRAME, GROUND, PLAIN, TITLE, lines_needed, new_sheet, new_workbook, put, write_line

LIST_SHEET, SUMMARY_SHEET = "整改清单", "汇总"
_WHO = ("单位", "年度", "文件")
_WIDTHS = (11.0, 13.0, 30.0, 78.0, 58.0, 22.0, 22.0, 36.0, 46.0)  # millimetres, of HEADINGS
_WHO_WIDTHS = (38.0, 14.0, 46.0)
_CENTRED = frozenset({"序号", "级别", "年度", "核对数（左）", "核对数（右）", *(STATUS_WORDS[s] for s in LEVELS)})
_COLOURS = {Status.FAIL: "FFFBE3E1", Status.UNCERTAIN: "FFFFF3D6", Status.REMARK: "FFE8F0FA"}
_LINE, _PADDING, _TALLEST = 15.0, 6.0, 400.0  # points; a row of a worksheet cannot be taller than 409
_MOST_ROWS = 1_048_000
_PASSED = "已核对，没有发现需要整改的问题。"


def findings_xlsx(results: Results, verdicts: Verdicts | None = None) -> bytes:
    """The findings of one or many reports as XLSX, the same bytes for the same findings; ``verdicts`` fill the column 说明."""
    book = new_workbook("年度报告核对意见和整改情况表")
    rows = [(report, row) for report, items in results for row in corrections(items, verdicts)]
    if len(rows) > _MOST_ROWS:
        raise BadInput(f"核对意见有 {len(rows)} 条，一张工作表放不下。请分批检查，或者改用 --format jsonl。")
    if len(results) == 1:
        report, items = results[0]
        sheet = _sheet(book, LIST_SHEET, _WIDTHS)
        top = _heading(sheet, (*title(report), preface(report, items, verdicts)), len(HEADINGS))
        _table(sheet, top, HEADINGS, [row.cells for _, row in rows], [row for _, row in rows], _WIDTHS)
    else:
        _summary(book, results)
        sheet = _sheet(book, LIST_SHEET, (*_WHO_WIDTHS, *_WIDTHS))
        headings = (*_WHO, *HEADINGS)
        top = _heading(sheet, ("年度报告核对意见和整改情况表",), len(headings))
        texts = [(*_who(report.agency, report.year, report.source), *row.cells) for report, row in rows]
        _table(sheet, top, headings, texts, [row for _, row in rows], (*_WHO_WIDTHS, *_WIDTHS))
    out = io.BytesIO()
    book.save(out)
    return stable(out.getvalue())


def _sheet(book: Workbook, name: str, widths: Sequence[float]) -> Worksheet:
    return new_sheet(book, name, widths, landscape=True)


def _who(agency: str | None, year: int | None, source: str) -> tuple[str, str, str]:
    return (printable(agency or "（没有读到）"), str(year or "（没有读到）"), printable(source))


def _heading(sheet: Worksheet, lines: Sequence[str], columns: int) -> int:
    """The title lines over a table; the row the table begins in."""
    titles = [line for line in lines if not line.endswith("。")]
    for row, line in enumerate(titles, start=1):
        write_line(sheet, row, line, columns, TITLE, centre=True)
    for row, line in enumerate((line for line in lines if line.endswith("。")), start=len(titles) + 1):
        write_line(sheet, row, line, columns, PLAIN)
    return len(lines) + 1


def _summary(book: Workbook, results: Results) -> None:
    headings = (*_WHO, *(STATUS_WORDS[s] for s in LEVELS), "结论")
    widths = (*_WHO_WIDTHS, 16.0, 16.0, 16.0, 70.0)
    sheet = _sheet(book, SUMMARY_SHEET, widths)
    top = _heading(sheet, ("年度报告核对情况汇总表",), len(headings))
    lines = []
    for report, items in results:
        counts = [count(items, s) for s in LEVELS]
        says = "有错误，应当更正。" if counts[0] else "没有错误，请核实存疑和提示。" if any(counts) else _PASSED
        lines.append((*_who(report.agency, report.year, report.source), *map(str, counts), says))
    _table(sheet, top, headings, lines, [], widths)


def _table(
    sheet: Worksheet, top: int, headings: Sequence[str], rows: Sequence[Sequence[str]], marked: Sequence[Correction], widths: Sequence[float]
) -> None:  # fmt: skip
    for column, text in enumerate(headings, start=1):
        cell = _framed(sheet, top, column)
        put(cell, text)
        cell.font, cell.fill = BOLD, GROUND
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[top].height = 24
    for number, texts in enumerate(rows):
        row = top + 1 + number
        tallest = 1
        for column, text in enumerate(texts, start=1):
            cell = _framed(sheet, row, column)
            _put(cell, headings[column - 1], text)
            tallest = max(tallest, sum(lines_needed(line, widths[column - 1] - 2.5) for line in text.split("\n")))
        sheet.row_dimensions[row].height = min(_TALLEST, max(22.0, tallest * _LINE + _PADDING))
    last = top + len(rows)
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(headings))}{max(last, top)}"
    sheet.freeze_panes = f"A{top + 1}"
    sheet.print_title_rows = f"{top}:{top}"
    if marked:
        _colour_levels(
            sheet,
            f"{get_column_letter(headings.index('级别') + 1)}{top + 1}:{get_column_letter(headings.index('级别') + 1)}{last}",
        )
    elif "级别" in headings:
        write_line(sheet, top + 1, _PASSED, len(headings))


def _framed(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    cell.border, cell.font = FRAME, PLAIN
    return cell


def _put(cell: Cell, heading: str, text: str) -> None:
    centred = heading in _CENTRED
    cell.alignment = Alignment(horizontal="center" if centred else "left", vertical="center", wrap_text=True)
    if heading == "整改情况":
        cell.protection = Protection(locked=False)
    if centred and text.isascii() and text.isdigit() and len(text) <= 15:
        cell.value = int(text)
    else:
        put(cell, text)


def _colour_levels(sheet: Worksheet, cells: str) -> None:
    """A ground for each level, by condition, so that it follows when rows are sorted or a level is corrected by hand."""
    for status, colour in _COLOURS.items():
        fill = PatternFill(bgColor=colour, fill_type="solid")
        sheet.conditional_formatting.add(cells, CellIsRule(operator="equal", formula=[f'"{STATUS_WORDS[status]}"'], fill=fill))  # type: ignore[no-untyped-call]  # the stubs leave it untyped
