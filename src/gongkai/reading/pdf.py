"""How does a PDF with a text layer become blocks: paragraphs and ruled tables in reading order, over all pages?"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field, replace

import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.errors import Unreadable
from gongkai.kernel import Finding, Place
from gongkai.reading import grids
from gongkai.reading.blocks import FURNITURE, Block, Grid, GridCell, Paragraph, Source
from gongkai.reading.limits import MAX_RATIO, MIB, check_size, damaged
from gongkai.reading.pdf_furniture import without_furniture
from gongkai.reading.pdf_halves import halves
from gongkai.reading.pdf_joins import common_columns, continued, spread
from gongkai.reading.pdf_lines import Line, cell_text, goes_on, is_heading, lines, margins
from gongkai.reading.pdf_page import Page, read_page
from gongkai.reading.pdf_tables import Ruled, lattices
from gongkai.reading.pdf_turn import Box
from gongkai.reading.source_notes import note

MAX_PAGES = 500
MAX_CHARS = 1_500_000
"""Characters of one PDF; an annual report has ten thousand."""
_MAX_STREAM = 96 * MIB
_STREAM = re.compile(rb"stream\r?\n")
_FEW = 8
_SHORT = 12
_MOST_BETWEEN = 3
"""Letters of a line, and lines, at a page's edge that do not end a table which goes on behind them."""
_LISTED = 20


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page taken apart: its tables and its lines of running text."""

    page: Page
    tables: tuple[Ruled, ...]
    lines: tuple[Line, ...]


def read_pdf(data: bytes, name: str) -> Source:
    """A PDF with a text layer. Pictures are not read: figures are not guessed from scans."""
    check_size(data)
    refuse_bombs(data)
    pages, title, form = _pages(data, name)
    _refuse_unusable(pages, name)
    findings: list[Finding] = list(_page_notes(pages))
    if form:
        findings.append(
            note("S109", "PDF 中有可填写的表单域，域中填写的内容没有读取；请打印为普通 PDF，或交来原来的 Word、Excel 文件。")
        )
    parts = halves(pages)
    findings += parts.findings
    sheets = []
    for page in parts.pages:
        found = lattices(page)
        if found.unclear:
            findings.append(
                note(
                    "S113",
                    f"第{page.number}页有框线不完整的表格，行列不能确定，没有作为表格读取；请对照原文核对，或交来原来的 Word、Excel 文件。",
                    Place(page=page.number),
                    subject=(str(page.number),),
                )
            )
        sheets.append(_Sheet(page, found.tables, tuple(lines(found.outside))))
    sheets, furniture = _without_furniture(sheets, parts.second)
    metadata = tuple((FURNITURE, line) for line in furniture)
    flow = _flow(sheets, parts.second)
    return Source(name, "pdf", tuple(flow.blocks), title, tuple(findings), metadata, tuple(flow.parts))


def _without_furniture(sheets: list[_Sheet], second: int | None) -> tuple[list[_Sheet], list[str]]:
    """The sheets without what stands on them page after page, each report for itself: the headings of two are no running head."""
    out: list[_Sheet] = []
    furniture: list[str] = []
    for own in (sheets,) if second is None else (sheets[:second], sheets[second:]):
        kept, dropped = without_furniture([sheet.lines for sheet in own], [sheet.page.height for sheet in own])
        out += [replace(sheet, lines=tuple(rest)) for sheet, rest in zip(own, kept, strict=True)]
        furniture += dropped
    return out, furniture


def refuse_bombs(data: bytes) -> None:
    """Refuse packed streams that unpack beyond reason before the PDF library meets them."""
    for match in _STREAM.finditer(data):
        start = match.end()
        if data[start : start + 1] not in (b"x", b"h", b"8", b"X", b"H"):
            continue
        unpacker = zlib.decompressobj()
        size, piece = 0, data[start : start + MIB]
        position = start + len(piece)
        try:
            while not unpacker.eof and (piece or unpacker.unconsumed_tail):
                size += len(unpacker.decompress(unpacker.unconsumed_tail or piece, MIB))
                if size > _MAX_STREAM and size > MAX_RATIO * (position - start):
                    raise Unreadable(
                        "PDF 内的数据解压后比原来大得异常，像是压缩炸弹，没有读取；请重新导出 PDF，或交来原来的 Word、Excel 文件。"
                    )
                if not unpacker.unconsumed_tail:
                    piece = data[position : position + MIB]
                    position += len(piece)
        except zlib.error:
            continue


def _pages(data: bytes, name: str) -> tuple[list[Page], str | None, bool]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "assword" in str(error):
            raise Unreadable(f"“{name}”设有打开密码，无法读取；请取消密码，或交来原来的 Word、Excel 文件。") from error
        raise damaged() from error
    try:
        if len(document) > MAX_PAGES:
            raise Unreadable(
                f"“{name}”有 {len(document)} 页，超过可读取的上限 {MAX_PAGES} 页，没有读取；请只保留年度报告的页面后再试。"
            )
        out = []
        left = MAX_CHARS
        for index in range(len(document)):
            page = document[index]
            out.append(read_page(page, index + 1))
            page.close()
            left -= len(out[-1].chars)
            if left < 0:
                raise Unreadable(f"“{name}”的文字过多，超过可读取的上限，没有读取；请只保留年度报告的页面后再试。")
        title = document.get_metadata_value("Title").strip() or None
        return out, title, document.get_formtype() != pdfium.FORMTYPE_NONE
    except (pypdfium2.PdfiumError, UnicodeDecodeError, ValueError, OverflowError) as error:
        raise damaged() from error
    finally:
        document.close()


def _usable(page: Page) -> bool:
    return len(page.chars) >= _FEW and not page.overlaid


def _refuse_unusable(pages: list[Page], name: str) -> None:
    """Refuse scans, and text whose characters the file does not tell."""
    if not any(_usable(page) for page in pages):
        raise Unreadable(
            f"“{name}”是扫描件或图片，没有可读取的文字层；为免认错数字不作文字识别，请交来原来的 Word 或 Excel 文件，或用它们重新导出 PDF。"
        )
    total = sum(len(page.chars) for page in pages)
    if sum(page.unmapped for page in pages) * 5 > total:
        raise Unreadable(
            f"“{name}”的字体没有附带文字编码，读出来是乱码；请交来原来的 Word 或 Excel 文件，或换一种方式重新导出 PDF。"
        )


def _page_notes(pages: list[Page]) -> list[Finding]:
    out = []
    missing = [page.number for page in pages if not _usable(page) and (page.pictured or page.overlaid)]
    if missing:
        words = "、".join(str(number) for number in missing[:_LISTED]) + ("等" if len(missing) > _LISTED else "")
        places = tuple(Place(page=number) for number in missing[:_LISTED])
        message = f"第{words}页是图像，没有文字层，内容没有读取；请交来原来的 Word 或 Excel 文件，或用它们重新导出 PDF。"
        out.append(note("S112", message, *places, subject=(words,)))
    struck = [page.number for page in pages if page.struck]
    if struck:
        words = "、".join(str(number) for number in struck[:_LISTED])
        message = f"第{words}页有划去的文字（有线从字的中间穿过；也可能是压在表上的水印），所在的单元格没有当作数字读取；请删去划去的文字后重新导出 PDF。"
        out.append(note("S114", message, *(Place(page=number) for number in struck[:_LISTED]), subject=(words,)))
    broken = [page.number for page in pages if page.unmapped]
    if broken:
        words = "、".join(str(number) for number in broken[:_LISTED])
        places = tuple(Place(page=number) for number in broken[:_LISTED])
        message = f"第{words}页有文字没有编码，已显示为替换符号，含有它们的内容不作推测；请交来原来的 Word 或 Excel 文件。"
        out.append(note("S102", message, *places, subject=("pdf", words)))
    return out


@dataclass(slots=True)
class _Flow:
    """The blocks made so far, and the paragraph or table that the next line or table may go on with.

    ``between`` counts the short lines below the open table: letters of its cells, or of the page's edge, that ran out of it.
    """

    edges: tuple[float, float]
    blocks: list[Block] = field(default_factory=list)
    slots: grids.Slots = field(default_factory=grids.Slots)
    tables: int = 0
    line: Line | None = None
    open_table: tuple[float, ...] = ()
    between: int = 0
    parts: list[int] = field(default_factory=list)

    def add_line(self, line: Line, page: Page, number: int) -> None:
        last = self.blocks[-1] if self.blocks else None
        if self.line is not None and isinstance(last, Paragraph) and goes_on(self.line, line, self.edges):
            place = last.place
            if place.page == page.number and place.box is not None:
                place = replace(place, box=_around(place.box, _line_box(line, page)))
            self.blocks[-1] = replace(last, text=last.text + _seam(last.text, line.text) + line.text, place=place)
        else:
            box = _line_box(line, page)
            self.blocks.append(Paragraph(line.text, Place(quote=line.text.strip(), line=number, page=page.number, box=box)))
            self.between += 1
        self.line = line
        if self.between > _MOST_BETWEEN or len(line.text) > _SHORT or is_heading(line.text):
            self.open_table = ()

    def add_table(self, table: Ruled, page: Page) -> None:
        self.tables += 1
        grid = _grid(table, page, self.tables, self.slots)
        at = len(self.blocks) - 1 - self.between
        last = self.blocks[at] if at >= 0 else None
        columns = common_columns(self.open_table, table.xs) if self.open_table else ()
        if isinstance(last, Grid) and columns and (not self.between or _follows(last, grid)):
            self.blocks[at] = continued(spread(last, self.open_table, columns), spread(grid, table.xs, columns))
            self.open_table = columns
        else:
            self.blocks.append(grid)
            self.open_table, self.between = table.xs, 0
        self.line = None

    def interrupt(self) -> None:
        """A page that is not read stands between."""
        self.line, self.open_table = None, ()


def _flow(sheets: list[_Sheet], second: int | None) -> _Flow:
    """The pages' paragraphs and tables in reading order; what goes on after a page is joined. ``second``: where a report begins."""
    flow = _Flow(margins([line for sheet in sheets for line in sheet.lines]))
    for at, sheet in enumerate(sheets):
        if at == second:
            flow.interrupt()
            flow.parts.append(len(flow.blocks))
        if not _usable(sheet.page):
            flow.interrupt()
            continue
        for number, item in enumerate(_in_order(sheet), start=1):
            if isinstance(item, Line):
                flow.add_line(item, sheet.page, number)
            else:
                flow.add_table(item, sheet.page)
    flow.blocks = [grids.without_empty_lines(block) if isinstance(block, Grid) else block for block in flow.blocks]
    return flow


def _follows(grid: Grid, other: Grid) -> bool:
    """Whether one table goes on in another on a later page, none of its labels standing in both."""
    if max(cell.place.page or 0 for cell in grid.cells) >= min(cell.place.page or 0 for cell in other.cells):
        return False
    return not grids.shared_labels(grid, other)


def _seam(before: str, after: str) -> str:
    """A space where two Latin words meet at a line's end; nothing between ideographs."""
    return " " if before[-1:].isascii() and after[:1].isascii() and before[-1:].isalpha() and after[:1].isalpha() else ""


def _in_order(sheet: _Sheet) -> list[Line | Ruled]:
    """A page's lines with its tables between them, from top to bottom."""
    out: list[Line | Ruled] = []
    waiting = list(sheet.tables)
    for line in sheet.lines:
        middle = (line.top + line.bottom) / 2
        while waiting and waiting[0].top < middle:
            out.append(waiting.pop(0))
        out.append(line)
    return [*out, *waiting]


def _line_box(line: Line, page: Page) -> Box:
    return _rounded(page.shown(line.left, line.top, line.right, line.bottom))


def _around(first: Box, second: Box) -> Box:
    return min(first[0], second[0]), min(first[1], second[1]), max(first[2], second[2]), max(first[3], second[3])


def _rounded(box: Box) -> Box:
    """To a tenth of a point, as places are stored and published."""
    left, top, right, bottom = (round(side, 1) for side in box)
    return left, top, right, bottom


def _grid(table: Ruled, page: Page, number: int, slots: grids.Slots) -> Grid:
    cells = []
    for box in table.boxes:
        slots.take(box.row_span, box.column_span)
        text = cell_text(box.chars)
        edges = page.shown(
            table.xs[box.column],
            table.ys[box.row],
            table.xs[box.column + box.column_span],
            table.ys[box.row + box.row_span],
        )
        place = Place(quote=text, table=number, row=box.row + 1, column=box.column + 1, page=page.number, box=_rounded(edges))
        cells.append(GridCell(text, box.row, box.column, place, box.row_span, box.column_span))
    return Grid(tuple(cells), len(table.ys) - 1, len(table.xs) - 1, Place(table=number, page=page.number))
