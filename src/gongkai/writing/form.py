"""What blank workbook does a clerk fill in, in WPS or Excel, for an edition of the return?

Every table is as printed, one sheet each, since each has its own column widths and its own head to keep in sight. Where a
figure goes is open and shaded; everything else is locked against slips, without a password. Nothing is computed in the
sheet: a formula would overwrite a figure silently. Totals may be filled in, or left to the program.
"""

from __future__ import annotations

import io

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, PatternFill, Protection
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.returns import Cell, Edition, blank_report
from gongkai.writing.layout import PrintedTable, printed_tables
from gongkai.writing.package import stable
from gongkai.writing.plain import printable
from gongkai.writing.relations import relations
from gongkai.writing.sheets import (
    BOLD,
    FRAME,
    GROUND,
    PLAIN,
    TITLE,
    freeze,
    new_sheet,
    new_workbook,
    put,
    sheet_name,
    write_line,
    write_table,
)

_INPUT = PatternFill("solid", fgColor="FFFFF7DB")
_TOTAL = PatternFill("solid", fgColor="FFE4F0E0")
_OPEN = Protection(locked=False)

FIELDS_SHEET = "填报信息"
NOTES_SHEET = "填报说明"

FIRST_YEAR, LAST_YEAR = 2003, 2099
"""Report years a form holds: openness was first reported on for 2003."""

_NOTES = (
    "一、先在“填报信息”里填写填报单位和年度，再逐张填写统计表。浅黄色的格子填数，浅绿色的格子是合计。",
    "二、合计可以填，也可以空着。空着的合计由程序按勾稽关系计算，并逐一列出；已经填写的合计程序只核对，不改动。",
    "三、数字填半角阿拉伯数字，计数的格子填非负整数，不带单位；金额按表上的单位填，可以有小数。",
    "四、“本年增/减”一栏填增减数，减少的填负数，如 -2。",
    "五、没有发生的填 0；不适用的填“/”；没有统计的空着。三者意思不同，程序不会互相替换。",
    "六、表头和项目名称已经锁定，避免误改；没有设密码，确有本地增列的项目，可撤销工作表保护后在相应位置插入一行。",
    "七、填好后保存为 .xlsx，再用“检查”功能核对，或者在命令行运行：gongkai check 文件名。与上一年度对照时加上上一年的文件。",
)


def form(edition: Edition, agency: str | None = None, year: int | None = None) -> bytes:
    """The blank form of an edition as XLSX, with the body and the report year filled in where given."""
    book = new_workbook(f"{edition.form_title or edition.title}填报表")
    totals = {i.left[0].code for i in edition.totals()}
    _fields(book, edition, agency, year)
    for table in printed_tables(blank_report(edition)):
        _table(book, edition, table, totals)
    _notes(book, edition)
    out = io.BytesIO()
    book.save(out)
    return stable(out.getvalue())


def _fields(book: Workbook, edition: Edition, agency: str | None, year: int | None) -> None:
    sheet = new_sheet(book, FIELDS_SHEET, (32.0, 93.0))
    write_line(sheet, 1, edition.form_title or edition.title, 2, TITLE, centre=True)
    fields = [("填报单位", agency), ("年度", year), *((name, None) for name in edition.foot)]
    for row, (name, value) in enumerate(fields, start=3):
        label, field = sheet.cell(row, 1, name), sheet.cell(row, 2)
        if isinstance(value, str) and isinstance(field, SheetCell):
            put(field, printable(value))  # a name that begins with = is no formula, and a control character would spoil the file
        else:
            field.value = value
        label.font = field.font = PLAIN
        label.fill, field.fill, field.protection = GROUND, _INPUT, _OPEN
        label.border = field.border = FRAME
        label.alignment = Alignment(horizontal="center", vertical="center")
        field.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True)
        sheet.row_dimensions[row].height = 24
    years = DataValidation(type="whole", operator="between", formula1=str(FIRST_YEAR), formula2=str(LAST_YEAR), allow_blank=True)
    _warn(years, "年度", "年度请填四位数字，如 2025，指报告所统计的年份。")
    sheet.add_data_validation(years)
    years.add("B4")
    _protect(sheet)


def _table(book: Workbook, edition: Edition, table: PrintedTable, totals: set[str]) -> None:
    sheet = new_sheet(book, sheet_name(table), table.widths)
    write_line(sheet, 1, table.title or table.section or edition.form_title or edition.title, table.columns, BOLD)
    places = write_table(sheet, table, 3)
    rules = {kind: _validation(kind) for kind in ("count", "signed", "amount")}
    for printed in table.cells:
        if printed.cell is None:
            continue
        at = sheet[places[printed.cell.code]]
        at.fill = _TOTAL if printed.cell.code in totals else _INPUT
        at.protection = _OPEN
        rules[_kind(printed.cell)].add(at.coordinate)
    for rule in rules.values():
        if rule.sqref.ranges:
            sheet.add_data_validation(rule)
    freeze(sheet, table, 3)
    _protect(sheet)


def _kind(cell: Cell) -> str:
    return "signed" if cell.signed else "count" if cell.whole else "amount"


def _validation(kind: str) -> DataValidation:
    if kind == "signed":
        rule = DataValidation(type="whole", operator="between", formula1="-999999", formula2="999999", allow_blank=True)
        _warn(rule, "增减数", "这里填增减数，应为整数，减少的填负数。不适用的可填“/”。要保留现在的内容吗？")
    elif kind == "count":
        rule = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
        _warn(rule, "数量", "这里填数量，应为 0 或正整数，不带单位。不适用的可填“/”。要保留现在的内容吗？")
    else:
        rule = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
        _warn(rule, "金额", "这里填金额，应为 0 或正数，可以有小数，单位见表头。不适用的可填“/”。要保留现在的内容吗？")
    return rule


def _warn(rule: DataValidation, title: str, message: str) -> None:
    rule.errorStyle, rule.errorTitle, rule.error = "warning", title, message
    rule.showErrorMessage = True
    rule.showInputMessage = False


def _protect(sheet: Worksheet) -> None:
    """Locked against slips only: no password, and columns and rows may be resized."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.formatCells = False


def _notes(book: Workbook, edition: Edition) -> None:
    sheet = new_sheet(book, NOTES_SHEET, (125.0,))
    write_line(sheet, 1, "填报说明", 1, TITLE, centre=True)
    write_line(sheet, 2, f"格式依据：{edition.authority}。", 1)
    notes = list(_NOTES)
    if not any(cell.signed for cell in edition.cells.values()):
        notes = [n for n in notes if "本年增/减" not in n]
    told = relations(edition)
    for row, note in enumerate([_renumbered(i, n) for i, n in enumerate(notes)], start=4):
        write_line(sheet, row, note, 1)
    row = 5 + len(notes)
    if told:
        write_line(sheet, row, "本表的勾稽关系", 1, BOLD)
        for i, sentence in enumerate(told, start=1):
            write_line(sheet, row + i, f"{i}. {sentence}", 1)
    _protect(sheet)


def _renumbered(index: int, note: str) -> str:
    return "一二三四五六七八九十"[index] + note[1:]
