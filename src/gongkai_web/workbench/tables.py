"""How does a list leave as a table for WPS or Excel?"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse, StreamingHttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_of(name: str, head: Sequence[str], lines: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """A CSV file with the mark that makes WPS read it as UTF-8; nothing in it is taken for a formula."""
    response = StreamingHttpResponse(_written(head, lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.csv"
    return response


def xlsx_of(name: str, head: Sequence[tuple[str, int]], lines: Iterable[Sequence[object]]) -> HttpResponse:
    """A workbook with one sheet; ``head`` are titles with the width of their columns. Words are words, even those that begin with =."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    sheet.freeze_panes = "A2"
    for n, (_, width) in enumerate(head, start=1):
        sheet.column_dimensions[get_column_letter(n)].width = width
    sheet.append([_cell(sheet, title, bold=True) for title, _ in head])
    for line in lines:
        sheet.append([_cell(sheet, value) for value in line])
    made = io.BytesIO()
    book.save(made)
    response = HttpResponse(made.getvalue(), content_type=XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return response


def _cell(sheet: Any, value: object, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet)
    if isinstance(value, int):
        cell.value = value
    else:
        cell.value = "".join(c for c in str(value) if c in "\t\n" or ord(c) >= 32)[:32767]
        cell.data_type = "s"
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    cell.font = Font(bold=bold)
    return cell


def _written(head: Sequence[str], lines: Iterable[Sequence[object]]) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf"
    for line in chain((head,), lines):
        out = io.StringIO()
        csv.writer(out).writerow([_plain(v) for v in line])
        yield out.getvalue().encode()


def _plain(value: object) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
