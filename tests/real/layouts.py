"""How do real bodies lay out the figures of a return? Documents rebuilt from figures, one builder a layout.

Each builder makes a whole report – title, sections, tables – from an edition and the texts of its cells, as bytes of
one format. The layouts are those met on government sites: merged cells, cells flattened to one a line, bars at every
cell, tabs, tables inside layout tables, tables in a script's string, old encodings.
"""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import docx
from docx.table import Table as DocxTable
from openpyxl import Workbook

from gongkai.returns import Edition, Layout, Row, Table

AGENCY = "云漪市司法局"


@dataclass(frozen=True)
class Cell:
    """A cell as printed: its text and how many rows and columns it spans; ``figure`` when it holds a figure."""

    text: str
    rows: int = 1
    columns: int = 1
    figure: bool = False


Rows = list[list[Cell]]
Block = str | Rows


def report(edition: Edition, year: int, figures: Mapping[str, str]) -> list[Block]:
    """The report as paragraphs and tables; cells without a figure stay blank."""
    blocks: list[Block] = [f"{AGENCY}{year}年政府信息公开工作年度报告"]
    blocks.append(f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。")
    section: str | None = None
    waiting: Rows = []
    for table in edition.tables:
        if table.section != section:
            if waiting:
                blocks.append(waiting)
                waiting = []
            section = table.section
            blocks.append(section or "附表")
        if table.layout is Layout.GRID and table.heading:
            waiting += _block(table, figures, 4)
        else:
            if waiting:
                blocks.append(waiting)
                waiting = []
            if table.title:
                blocks.append(table.title)
            blocks.append(_table(table, figures))
    if waiting:
        blocks.append(waiting)
    blocks.append("以上数据由本机关政务公开机构汇总。")
    return blocks


def _block(table: Table, figures: Mapping[str, str], width: int) -> Rows:
    """One of the small tables of section two, drawn across the width of the widest of them."""
    count = len(table.columns)
    last = width - count
    rows: Rows = [[Cell(table.heading or "", columns=width)]]
    rows.append([Cell(table.corner), *_stretched([Cell(c.path[-1]) for c in table.columns], last)])
    for i, row in enumerate(table.rows):
        cells = [_figure(table, i, j, figures) for j in range(count)]
        rows.append([Cell(row.label), *_stretched(cells, last)])
    return rows


def _stretched(cells: list[Cell], last: int) -> list[Cell]:
    tail = cells[-1]
    return [*cells[:-1], Cell(tail.text, tail.rows, last, tail.figure)]


def _table(table: Table, figures: Mapping[str, str]) -> Rows:
    if table.layout is Layout.LIST:
        return _list(table, figures)
    if table.layout is Layout.LINE:
        return _line(table, figures)
    return _grid(table, figures)


def _figure(table: Table, i: int, j: int, figures: Mapping[str, str]) -> Cell:
    cell = table.cell_at(i, j)
    return Cell("", figure=True) if cell is None else Cell(figures.get(cell.code, ""), figure=True)


def _list(table: Table, figures: Mapping[str, str]) -> Rows:
    headings = list(table.headings) or ["统计指标", "单位", "统计数"]
    rows: Rows = [[Cell(h) for h in headings]]
    for i, row in enumerate(table.rows):
        cell = table.cell_at(i, 0)
        if row.optional and (cell is None or cell.code not in figures):
            continue
        unit = row.unit_text or row.unit or ""
        middle = [Cell(unit)] * (len(headings) - 2)
        rows.append([Cell(row.label), *middle, _figure(table, i, 0, figures)])
    return rows


def _line(table: Table, figures: Mapping[str, str]) -> Rows:
    rows = [*_header([c.path for c in table.columns])]
    rows.append([_figure(table, 0, j, figures) for j in range(len(table.columns))])
    return rows


def _header(paths: Sequence[tuple[str, ...]]) -> Rows:
    """Header rows with what they share merged across and what ends early merged down."""
    depth = max(map(len, paths))
    rows: Rows = [[] for _ in range(depth)]
    for level in range(depth):
        j = 0
        while j < len(paths):
            if len(paths[j]) <= level:
                j += 1
                continue
            ends = len(paths[j]) == level + 1
            k = j + 1
            while not ends and k < len(paths) and paths[k][: level + 1] == paths[j][: level + 1]:
                k += 1
            rows[level].append(Cell(paths[j][level], rows=depth - level if ends else 1, columns=k - j))
            j = k
    return rows


def _grid(table: Table, figures: Mapping[str, str]) -> Rows:
    deepest = max(r.depth for r in table.rows) + 1
    header = _header([c.path for c in table.columns])
    rows: Rows = [[Cell(table.corner, rows=len(header), columns=deepest), *header[0]], *header[1:]]
    waiting: list[Cell] = []
    for i, row in enumerate(table.rows):
        if row.heading:
            waiting.append(Cell(row.label, rows=_under(table.rows, i)))
            continue
        label = Cell(row.label, columns=deepest - row.depth)
        rows.append([*waiting, label, *(_figure(table, i, j, figures) for j in range(len(table.columns)))])
        waiting = []
    return rows


def _under(rows: Sequence[Row], i: int) -> int:
    count = 0
    for row in rows[i + 1 :]:
        if row.depth <= rows[i].depth:
            break
        count += not row.heading
    return count


# ---- layouts ------------------------------------------------------------------------------------


def html_merged(blocks: Sequence[Block]) -> bytes:
    """A page with merged cells, as the official form is exported."""
    return _page(_markup(blocks, lambda c: f"<p>{html.escape(c.text)}</p>" if c.text else "&nbsp;"))


def html_scattered(blocks: Sequence[Block]) -> bytes:
    """A page of an old site: layout tables around, labels cut over spans, figures padded with hard spaces."""

    def cell(c: Cell) -> str:
        if c.figure:
            return f"<p class=MsoNormal><span lang=EN-US>&nbsp;{html.escape(c.text)}&nbsp;</span></p>"
        parts = re.findall(".{1,3}", c.text)
        return "<p>" + "".join(f"<span style='font-family:仿宋'>{html.escape(p)}</span>" for p in parts) + "</p>"

    navigation = "<tr><td><a href='#'>首页</a></td><td><a href='#'>政务公开</a></td><td>浏览次数：128</td></tr>"
    body = f"<table>{navigation}<tr><td colspan=3><div>{_markup(blocks, cell)}</div></td></tr></table>"
    return _page(body)


def html_in_script(blocks: Sequence[Block]) -> bytes:
    """A page that keeps the report as a JSON string in a script."""
    text = json.dumps(_markup(blocks, lambda c: f'<p align="center">{html.escape(c.text) or "&nbsp;"}</p>'), ensure_ascii=False)
    return _page(f'<div id="app"></div><script>var article = {{"id": 7, "content": {text}}};</script>')


def html_gb18030(blocks: Sequence[Block]) -> bytes:
    """The merged page in the encoding old sites still serve."""
    page = html_merged(blocks).decode().replace("utf-8", "gb2312")
    return page.encode("gb18030")


def _page(body: str) -> bytes:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>年报</title></head><body>{body}</body></html>'.encode()


def _markup(blocks: Sequence[Block], cell: Callable[[Cell], str]) -> str:
    out = []
    for block in blocks:
        if isinstance(block, str):
            out.append(f"<p>{html.escape(block)}</p>")
            continue
        out.append('<table border="1">')
        for row in block:
            out.append("<tr>")
            out += [f'<td rowspan="{c.rows}" colspan="{c.columns}">{cell(c)}</td>' for c in row]
            out.append("</tr>")
        out.append("</table>")
    return "\n".join(out)


def text_bars(blocks: Sequence[Block]) -> bytes:
    """Text with bars: merged cells stand once."""
    return "\n".join(_lines(blocks, lambda row: " | ".join(c.text for c in row) + " |")).encode()


def text_tabs_gbk(blocks: Sequence[Block]) -> bytes:
    """Text with tabs, in GBK."""
    return "\n".join(_lines(blocks, lambda row: "\t".join(c.text for c in row))).encode("gbk")


def text_cells(blocks: Sequence[Block]) -> bytes:
    """One cell a line; an empty cell is an ideographic space, as Word writes it."""
    return "\n".join(_lines(blocks, lambda row: "\n".join(c.text or "\u3000" for c in row))).encode()


def text_cells_apart(blocks: Sequence[Block]) -> bytes:
    """One cell a line with empty lines between, UTF-16; an empty cell is an ideographic space."""
    return "\n\n".join(_lines(blocks, lambda row: "\n\n".join(c.text or "\u3000" for c in row))).encode("utf-16")


def _lines(blocks: Sequence[Block], line: Callable[[list[Cell]], str]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, str):
            yield block
        else:
            yield from (line(row) for row in block)


def docx_merged(blocks: Sequence[Block]) -> bytes:
    """A Word file with merged cells."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        placed = list(_placed(block))
        width = max(j + c.columns for _, j, c in placed)
        table: DocxTable = document.add_table(rows=len(block), cols=width)
        table.style = "Table Grid"
        for i, j, c in placed:
            start = table.cell(i, j)
            target = start.merge(table.cell(i + c.rows - 1, j + c.columns - 1)) if c.rows * c.columns > 1 else start
            target.text = c.text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def xlsx_merged(blocks: Sequence[Block]) -> bytes:
    """A workbook of one sheet with merged cells; figures that are whole numbers are stored as numbers."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    top = 1
    for block in blocks:
        if isinstance(block, str):
            sheet.cell(top, 1, block)
            top += 1
            continue
        for i, j, c in _placed(block):
            value = int(c.text) if c.figure and re.fullmatch(r"\d{1,9}", c.text) else c.text or None
            sheet.cell(top + i, 1 + j, value)
            if c.rows * c.columns > 1:
                sheet.merge_cells(start_row=top + i, start_column=1 + j, end_row=top + i + c.rows - 1, end_column=j + c.columns)
        top += len(block)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _placed(rows: Rows) -> Iterator[tuple[int, int, Cell]]:
    """Each cell with the row and the column (from 0) where it starts."""
    taken: set[tuple[int, int]] = set()
    for i, row in enumerate(rows):
        j = 0
        for cell in row:
            while (i, j) in taken:
                j += 1
            yield i, j, cell
            taken |= {(i + a, j + b) for a in range(cell.rows) for b in range(cell.columns)}
            j += cell.columns


LAYOUTS: dict[str, Callable[[Sequence[Block]], bytes]] = {
    "html_merged.html": html_merged,
    "html_scattered.html": html_scattered,
    "html_in_script.html": html_in_script,
    "html_gb18030.html": html_gb18030,
    "text_bars.txt": text_bars,
    "text_tabs_gbk.txt": text_tabs_gbk,
    "text_cells.txt": text_cells,
    "text_cells_apart.txt": text_cells_apart,
    "docx_merged.docx": docx_merged,
    "xlsx_merged.xlsx": xlsx_merged,
}
"""Every layout by the name of the file it makes."""
