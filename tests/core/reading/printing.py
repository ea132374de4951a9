"""In which ways can the tables of one report be printed, as text and as grids, whole and damaged?

A printed table is rows of cells with spans; a layout turns it into lines of text or into a grid. What a layout loses
(blank cells, spans) the reader must notice.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from gongkai.kernel import Place, State
from gongkai.reading.blocks import Block, Grid, GridCell, Paragraph, Source
from gongkai.reading.reports import read_source
from gongkai.reading.text import read_text
from gongkai.reading.values import value_of
from gongkai.returns import Edition, Report, blank_report, edition, editions
from gongkai.writing.layout import PrintedTable, Role, printed_tables

AGENCY = "云漪市司法局"
TEXTS = ("0", "0", "0", "1", "7", "12", "", "-", "/", "1,010", "＋3", "2万", "12件", "无")


def year_of(form: Edition) -> int:
    """A report year that the edition covers."""
    return form.last_year or (form.first_year or 2017) + 1


def filled(form: Edition, texts: Sequence[str]) -> Report:
    """A report of the edition with the texts in its cells, in print order."""
    report = blank_report(form, AGENCY, year_of(form))
    figures = []
    for figure, text in zip(report.figures, texts, strict=False):
        value = value_of(text, figure.unit)
        figures.append(replace(figure, text=value.text, value=value.value, state=value.state))
    return replace(report, figures=tuple(figures))


which = st.tuples(st.sampled_from([edition.key for edition in editions()]), st.integers(0, 2**32))
"""An edition's key and a seed: a report in few words, so that a failing example can be read."""


def made(name: tuple[str, int], texts: Sequence[str] = TEXTS) -> Report:
    """The report of an edition that a seed means."""
    form = edition(name[0])
    rng = random.Random(name[1])
    return filled(form, [rng.choice(texts) for _ in blank_report(form).figures])


# ---- text ------------------------------------------------------------------------------------------

Line = Callable[[Sequence[str]], str]
TEXT_LAYOUTS: dict[str, Line] = {
    "bars": lambda row: " | ".join(row) + " |",
    "markdown": lambda row: "| " + " | ".join(row) + " |",
    "tabs": "\t".join,
    "cells": lambda row: "\n".join(text or "\u3000" for text in row),
    "cells_apart": lambda row: "\n\n".join(text or "\u3000" for text in row),
    "indented": lambda row: "\n".join("\t" + text for text in row) + "\n",
    "indented_spaces": lambda row: "\n".join("\t" + (text or "\u3000") for text in row) + "\n",
    "cell_and_bar": lambda row: "\n".join(f"{text} |" if text else "|" for text in row),
    "cell_and_bars": lambda row: "\n".join(f"{text} |" if text else "|" for text in row) + "\n||",
}
LOSSY_LAYOUTS: dict[str, Line] = {
    "spaces": lambda row: " ".join(text for text in row if text),
    "wide_spaces": "   ".join,
    "cells_without_blanks": lambda row: "\n".join(text for text in row if text),
}


def lines(report: Report, layout: Line) -> list[str]:
    """The report as text: a title and its tables."""
    assert report.edition is not None
    out = [f"{AGENCY}{report.year}年政府信息公开工作年度报告"]
    section: str | None = None
    for table in printed_tables(report):
        if table.section != section:
            section = table.section
            out.append(section or "附表")
        if table.title:
            out.append(table.title)
        out += "\n".join(layout([cell.text for cell in row]) for row in table.row_cells()).split("\n")
    return [*out, "以上数据由本机关汇总。"]


def text_source(text: str) -> Source:
    """A source of flat text."""
    return read_text(text.encode(), "report.txt")


# ---- grids -----------------------------------------------------------------------------------------


def _grid(table: PrintedTable, cells: Sequence[GridCell]) -> Grid:
    del table
    rows = max((c.row + c.row_span for c in cells), default=1)
    columns = max((c.column + c.column_span for c in cells), default=1)
    return Grid(tuple(cells), rows, columns, Place(table=1))


def merged(table: PrintedTable) -> Grid:
    """Spans as printed."""
    return _grid(table, [_cell(c.text, c.row, c.column, c.row_span, c.column_span) for c in table.cells])


def spread(table: PrintedTable) -> Grid:
    """Spans lost: the text stands in the first cell, the others are blank."""
    cells = []
    for c in table.cells:
        for i in range(c.row_span):
            for j in range(c.column_span):
                cells.append(_cell(c.text if (i, j) == (0, 0) else "", c.row + i, c.column + j))
    return _grid(table, sorted(cells, key=lambda c: (c.row, c.column)))


def repeated(table: PrintedTable) -> Grid:
    """Spans lost: the text of a label stands in every cell it spanned."""
    cells = []
    for c in table.cells:
        for i in range(c.row_span):
            for j in range(c.column_span):
                again = c.role is not Role.FIGURE or (i, j) == (0, 0)
                cells.append(_cell(c.text if again else "", c.row + i, c.column + j))
    return _grid(table, sorted(cells, key=lambda c: (c.row, c.column)))


def shifted(table: PrintedTable) -> Grid:
    """Spans lost and nothing in their place: every row begins at the left."""
    cells = [_cell(c.text, i, j) for i, row in enumerate(table.row_cells()) for j, c in enumerate(row)]
    return _grid(table, cells)


def _cell(text: str, row: int, column: int, rows: int = 1, columns: int = 1) -> GridCell:
    return GridCell(text, row, column, Place(quote=text, table=1, row=row + 1, column=column + 1), rows, columns)


GRID_LAYOUTS: dict[str, Callable[[PrintedTable], Grid]] = {
    "merged": merged,
    "spread": spread,
    "repeated": repeated,
    "shifted": shifted,
}


def grid_source(report: Report, layout: Callable[[PrintedTable], Grid]) -> Source:
    """The report as paragraphs and grids."""
    blocks: list[Block] = [Paragraph(f"{AGENCY}{report.year}年政府信息公开工作年度报告", Place(line=1), heading=True)]
    for table in printed_tables(report):
        blocks.append(Paragraph(table.section or table.title or "附表", Place(line=len(blocks) + 1)))
        blocks.append(layout(table))
    return Source("report.docx", "docx", tuple(blocks))


def without_cells(grid: Grid, lost: Callable[[GridCell], bool]) -> Grid:
    """The grid with some cells gone and what stood right of them moved up to the left, as a careless export does."""
    cells = []
    for row in range(grid.rows):
        shift = 0
        for cell in sorted((c for c in grid.cells if c.row == row), key=lambda c: c.column):
            if lost(cell):
                shift += cell.column_span
            else:
                cells.append(replace(cell, column=cell.column - shift))
    return replace(grid, cells=tuple(cells))


# ---- comparing -------------------------------------------------------------------------------------


def wrong(truth: Report, found: Sequence[Report]) -> list[tuple[object, ...]]:
    """The figures read that the report does not have."""
    have = {f.code: (f.value, f.state) for f in truth.figures}
    return [
        (f.code, f.value, f.state, have.get(f.code))
        for report in found
        for f in report.figures
        if f.code is not None and (f.value, f.state) != have.get(f.code)
    ]


def absent(truth: Report, found: Sequence[Report]) -> set[str]:
    """The codes of the cells that were not read."""
    return {f.code for f in truth.figures if f.code is not None} - {f.code for r in found for f in r.figures if f.code}


HEADER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况 |\n自然人 | 法人或其他组织 | 总计 |\n"
APPLICANTS = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]


def one(text: str) -> Report:
    """The one report that a text holds."""
    (report,) = read_source(text_source(text))
    return report


def values(report: Report) -> dict[str, Decimal | str | None]:
    """A report's cells of the form: numbers, else states."""
    return {f.code: f.value if f.state is State.NUMBER else f.state.value for f in report.figures if f.code is not None}


def rules(report: Report) -> set[str]:
    """The rules of a report's findings."""
    return {f.rule for f in report.findings}
