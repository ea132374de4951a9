"""How is a report written as a PDF that will still read in fifty years: tagged, PDF/A, fonts inside?"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from typing import Any

from gongkai.writing.charts import Chart
from gongkai.writing.document import Annex, Closing, Document, Element, Fields, Text, Title
from gongkai.writing.layout import PrintedCell, PrintedTable, Role
from gongkai.writing.picture import png
from gongkai.writing.typesetter import Standard, UndrawableError, set_pages

STANDARDS: tuple[Standard, ...] = ("a-2a", "ua-1")
"""What a report's PDF keeps: PDF/A-2a (which includes 2b) and PDF/UA-1."""


def pdf(document: Document) -> bytes:
    """The document as PDF/A-2a and PDF/UA-1.

    Both standards forbid a character that no font has. A text with one is still set, as an ordinary tagged PDF with the
    character kept in the text layer: losing the standard is better than losing the text.
    """
    day = document.day
    data = json.dumps(
        {"title": document.name, "day": [day.year, day.month, day.day], "elements": [_drawn(e) for e in document.elements]}
    )
    try:
        return set_pages("report.typ", {"data": data}, STANDARDS)
    except UndrawableError:
        return set_pages("report.typ", {"data": data})


def _drawn(element: Element) -> dict[str, Any]:
    match element:
        case Title(lines):
            return {"kind": "title", "lines": lines}
        case Text(text, level):
            return {"kind": "text", "text": text, "level": level}
        case PrintedTable():
            return _table(element)
        case Chart():
            return {"kind": "chart", "svg": _framed(element), "alt": element.alt}
        case Annex(mark, lines):
            return {"kind": "annex", "mark": mark, "lines": lines}
        case Fields(lines):
            return {"kind": "fields", "lines": ["　　".join(f"{n}：{v}" for n, v in line) for line in lines]}
        case Closing(agency, date):
            return {"kind": "closing", "lines": [agency, date]}


def _framed(chart: Chart) -> str:
    """The chart's PNG in an SVG frame. Its letters are dots: as text they would read as sentences of the report."""
    picture = base64.b64encode(png(chart)).decode("ascii")
    size = f'width="{chart.width}" height="{chart.height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="data:image/png;base64,{picture}"/></svg>'


def _table(table: PrintedTable) -> dict[str, Any]:
    return {
        "kind": "table",
        "title": table.title or "",
        "label": table.title or table.section or "统计表",
        "layout": table.layout.value,
        "widths": table.widths,
        "header": _cells(c for c in table.cells if c.row < table.header_rows),
        "body": _cells(c for c in table.cells if c.row >= table.header_rows),
    }


def _cells(cells: Iterable[PrintedCell]) -> list[dict[str, Any]]:
    return [
        {
            "text": c.text, "x": c.column, "y": c.row, "colspan": c.column_span, "rowspan": c.row_span,
            "indent": c.indent, "role": c.role.value, "left": c.role is Role.LABEL and c.row_span == 1,
        }
        for c in cells
    ]  # fmt: skip
