"""How does the catalogue leave as a table: CSV, XLSX, JSON?"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from gongkai.writing.package import stable

Value = str | int | dt.date | None

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CELL = 32_000
# One for all cells: making one for each took most of the time of a long table.
_TOP, _BOLD = Alignment(vertical="top", wrap_text=True), Font(bold=True)


def csv_table(heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """CSV that Excel and WPS open as Chinese; what would be taken for a formula is marked as text."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([_csv_safe(_words(v)) for v in row])
    return b"\xef\xbb\xbf" + made.getvalue().encode()


def xlsx_table(title: str, heads: Sequence[str], rows: Iterable[Sequence[Value]], widths: Sequence[int]) -> bytes:
    """A sheet with a fixed, filtered heading row; text stays text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for i, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(i)].width = width
    sheet.append([_cell(sheet, head, bold=True) for head in heads])
    count = 1
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{count}"
    made = io.BytesIO()
    book.save(made)
    return stable(made.getvalue())


def json_table(about: dict[str, Any], keys: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """An object that says what it is, with one object a row; days as YYYY-MM-DD, what is missing as null."""
    listed = [{k: v.isoformat() if isinstance(v, dt.date) else v for k, v in zip(keys, row, strict=True)} for row in rows]
    return json.dumps({**about, "items": listed}, ensure_ascii=False, indent=1).encode()


def _words(value: Value) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _csv_safe(words: str) -> str:
    return f"'{words}" if words.startswith(_FORMULA) else words


def _cell(sheet: Any, value: Value, *, bold: bool = False) -> Any:
    shown: Any = value
    if isinstance(value, str):
        shown = "".join(c for c in value if c in "\t\n" or ord(c) >= 32)[:_CELL]
    cell = WriteOnlyCell(sheet, value=shown)
    if isinstance(shown, str):
        cell.data_type = "s"  # a title that begins with = is a title
    if isinstance(value, dt.date):
        cell.number_format = "yyyy-mm-dd"
    cell.alignment = _TOP
    if bold:
        cell.font = _BOLD
    return cell
