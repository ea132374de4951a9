"""How does a Word document become blocks: what it prints, in order, with its tables' merged cells known?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from gongkai.errors import Unreadable
from gongkai.kernel import Finding, Place
from gongkai.reading import grids
from gongkai.reading.blocks import FURNITURE, Block, Grid, GridCell, Paragraph, Source
from gongkai.reading.docx_numbering import Numbering
from gongkai.reading.docx_parts import Parts, flat_parts, zipped_parts
from gongkai.reading.docx_styles import Styles, toggle
from gongkai.reading.limits import MAX_BLOCKS, Package, check_size, xml_tree
from gongkai.reading.ooxml import attribute, child, local_name, whole
from gongkai.reading.raised import STRUCK, raised
from gongkai.reading.source_notes import note

_DROPPED = frozenset(
    (
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "delInstrText",
        "rPr",
        "pPr",
        "tblPr",
        "trPr",
        "tcPr",
        "sectPr",
        "rt",
        "footnoteReference",
        "endnoteReference",
        "annotationRef",
        "sdtPr",
        "sdtEndPr",
        "Fallback",
    )
)
_TEXT_BOX = "txbxContent"
_OF_CHARACTERS = frozenset(("vanish", "rStyle", "strike", "dstrike", "vertAlign"))
_MOST_COLUMNS = 1000
_HEXADECIMAL = re.compile("[0-9A-Fa-f]{1,8}")


def read_docx(data: bytes, name: str) -> Source:
    """A .docx file: body text and tables; headers, footers, footnotes, comments and what is hidden or deleted are left out."""
    check_size(data)
    return _read(zipped_parts(Package(data)), name)


def read_flat_docx(data: bytes, name: str) -> Source:
    """A Word document as one flat XML file."""
    check_size(data)
    return _read(flat_parts(xml_tree(data)), name)


def _read(parts: Parts, name: str) -> Source:
    body = child(parts.document, "body")
    if body is None:
        raise Unreadable("文件中找不到 Word 正文，可能已损坏；请用 WPS 或 Word 打开后另存为 .docx 再试。")
    walk = _Walk(Numbering(parts.numbering), Styles(parts.styles))
    walk.blocks_in(body)
    blocks = tuple(grids.joined(grids.without_blank_between(walk.blocks)))
    furniture = tuple((FURNITURE, line) for line in dict.fromkeys(parts.furniture))
    return Source(name, "docx", blocks, parts.title, tuple(walk.findings), furniture)


@dataclass
class _Walk:
    """One pass over a document: blocks and notes so far, paragraphs and tables counted."""

    numbering: Numbering
    styles: Styles
    blocks: list[Block] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    slots: grids.Slots = field(default_factory=grids.Slots)
    line: int = 0
    tables: int = 0
    _noted: set[str] = field(default_factory=set)
    _boxes: list[etree._Element] = field(default_factory=list)
    _struck: int = 0

    def _note(self, kind: str, code: str, message: str) -> None:
        """A note on the whole document, given once with its first place."""
        if kind not in self._noted:
            self._noted.add(kind)
            self.findings.append(note(code, message, Place(line=self.line or None), subject=(kind,)))

    def blocks_in(self, container: etree._Element) -> None:
        """Add the blocks directly in ``container``."""
        for node in _unwrapped(container, self._dropped):
            tag = local_name(node)
            if tag == "p":
                self._paragraph(node)
            elif tag == "tbl":
                self._table(node)
            elif tag == "altChunk":
                self._note(
                    "altChunk",
                    "S109",
                    "文档中有一段内容以另一种格式整体嵌入，没有读取；请在 WPS 或 Word 中打开并重新保存，使它成为正文后再试。",
                )
            if len(self.blocks) > MAX_BLOCKS:
                raise Unreadable(f"文档超过 {MAX_BLOCKS} 段，不像一份年度报告，没有读取；请只保留报告本身后再试。")

    def _dropped(self, node: etree._Element) -> None:
        if local_name(node) in ("del", "moveFrom"):
            self._revised()

    def _revised(self) -> None:
        self._note(
            "revisions",
            "S110",
            "文档留有修订痕迹，插入的内容按已接受读取，删除的内容没有读取；请接受或拒绝全部修订后保存，再核对一次。",
        )

    def _paragraph(self, node: etree._Element) -> None:
        text, heading = self._paragraph_text(node)
        boxes, self._boxes = self._boxes, []
        number = self.line
        for position, piece in enumerate(text.split("\n")):
            if piece.strip() or position == 0:
                self.blocks.append(Paragraph(piece, Place(quote=piece.strip(), line=number), heading))
        for box in boxes:
            self.blocks_in(box)

    def _paragraph_text(self, node: etree._Element) -> tuple[str, bool]:
        """The paragraph as printed, its automatic number before it, and whether it is a heading."""
        self.line += 1
        properties = child(node, "pPr")
        style = attribute(child(properties, "pStyle"), "val")
        text = "".join(self._inline(node, self.styles.hides(style)))
        heading = self.styles.is_heading(style) or whole(attribute(child(properties, "outlineLvl"), "val"), 9) < 9
        return self._number(properties, style) + text, heading

    def _number(self, properties: etree._Element | None, style: str | None) -> str:
        direct = child(properties, "numPr")
        number = attribute(child(direct, "numId"), "val")
        level = attribute(child(direct, "ilvl"), "val")
        by_style, style_level, giver = self.styles.numbering(style)
        if number is None:
            number = by_style
            if level is None and number is not None:
                tied = self.numbering.level_of_style(number, giver or "")
                level = str(style_level if style_level is not None else tied or 0)
        if number in (None, "0"):
            return ""
        return self.numbering.prefix(number or "", whole(level, 0))

    def _inline(self, node: etree._Element, hidden: bool) -> Iterator[str]:
        """The characters a paragraph prints; text boxes met on the way are put aside."""
        for inner in node:
            tag = local_name(inner)
            if tag == "r":
                yield from self._run(inner, hidden)
            elif tag in ("del", "moveFrom"):
                self._revised()
            elif tag == "ruby":
                base = child(inner, "rubyBase")
                if base is not None:
                    yield from self._inline(base, hidden)
            elif tag == "AlternateContent":
                yield from self._inline(_chosen(inner), hidden)
            elif tag == "oMath" or tag == "oMathPara":
                yield "".join(text.text or "" for text in inner.iter() if local_name(text) == "t")
            elif tag not in _DROPPED:
                if tag in ("ins", "moveTo"):
                    self._revised()
                yield from self._inline(inner, hidden)

    def _run(self, run: etree._Element, hidden: bool) -> Iterator[str]:
        properties = child(run, "rPr")
        if properties is not None and not any(local_name(mark) in _OF_CHARACTERS for mark in properties):
            properties = None  # fonts, sizes and colours, as nearly every run has them: one look instead of five
        own = toggle(properties, "vanish")
        style = attribute(child(properties, "rStyle"), "val")
        gone = own if own is not None else hidden or self.styles.hides(style)
        pieces = list(self._run_pieces(run))
        if gone:
            if "".join(pieces).strip():
                self._note("vanish", "S104", "文档中有隐藏文字，打开时看不到，没有读取；请删去隐藏文字，或取消隐藏后再读取。")
            return
        if self.styles.strikes(properties, style):
            if "".join(pieces).strip():
                self._struck += 1
                message = "文档中有划去的文字（加了删除线），按已删除处理，没有读取；请删去后再核对一次。"
                self._note("strike", "S114", message)
            return
        yield from map(raised, pieces) if self.styles.raises(properties, style) else pieces

    def _run_pieces(self, run: etree._Element) -> Iterator[str]:
        for node in run:
            match local_name(node):
                case "t":
                    yield (node.text or "").replace("\n", " ").replace("\u00a0", " ")
                case "tab" | "ptab":
                    yield "\t"
                case "br" | "cr":
                    yield "\n"
                case "noBreakHyphen":
                    yield "-"
                case "sym":
                    yield _symbol(node)
                case "ruby":
                    base = child(node, "rubyBase")
                    if base is not None:
                        yield from self._inline(base, hidden=False)
                case "AlternateContent":
                    yield from self._run_pieces(_chosen(node))
                case "drawing" | "pict" | "object" | "Choice":
                    self._drawing(node)
                case _:
                    pass

    def _drawing(self, node: etree._Element) -> None:
        boxes = [box for box in node.iter() if local_name(box) == _TEXT_BOX and not _inside_box(box, node)]
        self._boxes += boxes
        if local_name(node) == "object" and any(local_name(inner) == "OLEObject" for inner in node.iter()):
            self._note(
                "object", "S109", "文档中嵌入了其他软件的对象（例如 Excel 表格），没有读取；请把它改为文档自身的表格后再试。"
            )

    def _table(self, node: etree._Element) -> None:
        self.tables += 1
        table, line = self.tables, self.line + 1
        before = len(self.blocks)
        cells, rows, inner = self._grid_cells(node, table)
        del self.blocks[before:]
        columns = max((cell.column + cell.column_span for cell in cells), default=0)
        grid = grids.without_empty_lines(Grid(tuple(cells), rows, columns, Place(line=line, table=table)))
        held = sum(len("".join(cell.text.split())) for part in inner if isinstance(part, Grid) for cell in part.cells)
        own = sum(len("".join(cell.text.split())) for cell in grid.cells)
        if grids.is_single(grid) or held * 2 >= own > 0:
            self.tables -= not inner
            self.blocks += inner if held else grids.lines_of(grid)
        else:
            self.blocks.append(grid)

    def _grid_cells(self, node: etree._Element, table: int) -> tuple[list[GridCell], int, list[Block]]:
        """The cells of a table, the number of its rows, and everything inside its cells as blocks."""
        cells: list[GridCell] = []
        above: dict[int, int] = {}  # first column -> index of the cell that a vertical merge continues
        inner: list[Block] = []
        r = 0
        for row in _wrapped(node, "tr"):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                self._revised()
                continue
            if toggle(properties, "hidden"):
                self._note("row", "S104", "文档的表格中有隐藏的行，打开时看不到，没有读取；请删去隐藏的行，或取消隐藏后再读取。")
                continue
            column = max(0, min(whole(attribute(child(properties, "gridBefore"), "val"), 0), _MOST_COLUMNS))
            self.slots.take(1, column)
            now: dict[int, int] = {}
            for cell in _wrapped(row, "tc"):
                column = self._cell(cell, r, column, table, cells, above, now, inner)
            above = now
            r += 1
        return cells, r, inner

    def _cell(
        self,
        node: etree._Element,
        r: int,
        column: int,
        table: int,
        cells: list[GridCell],
        above: dict[int, int],
        now: dict[int, int],
        inner: list[Block],
    ) -> int:
        """Add one cell, or let it continue the cell above or before; the column after it."""
        properties = child(node, "tcPr")
        marks = {} if properties is None else {local_name(mark): mark for mark in reversed(properties)}
        if "cellDel" in marks:
            self._revised()
            return column
        span = max(1, min(whole(attribute(marks.get("gridSpan"), "val"), 1), _MOST_COLUMNS))
        self.slots.take(1, span)
        text, line = self._cell_text(node, inner)
        vertical, horizontal = marks.get("vMerge"), marks.get("hMerge")
        continues = vertical is not None and attribute(vertical, "val") != "restart"
        if horizontal is not None and attribute(horizontal, "val") != "restart" and cells and cells[-1].row == r:
            cells[-1] = replace(cells[-1], column_span=cells[-1].column_span + span)
        elif continues and column in above:
            index = above[column]
            cells[index] = replace(cells[index], row_span=r - cells[index].row + 1, text=cells[index].text or text)
            now[column] = index
        else:
            place = Place(quote=text.strip(), line=line, table=table, row=r + 1, column=column + 1)
            cells.append(GridCell(text, r, column, place, 1, span))
            if vertical is not None:
                now[column] = len(cells) - 1
        return column + span

    def _cell_text(self, node: etree._Element, inner: list[Block]) -> tuple[str, int]:
        """A cell's text, one line a paragraph, and the number of its first; what stands inside is added to ``inner`` as blocks of its own."""
        first = self.line + 1
        before = len(self.blocks)
        struck = self._struck
        self.blocks_in(node)
        inside = self.blocks[before:]
        del self.blocks[before:]
        inner += grids.without_blank_between(inside)
        parts = []
        for block in inside:
            if isinstance(block, Paragraph):
                parts.append(block.text)
            else:
                parts += [" ".join(text for text in row if text) for row in grids.row_texts(block)]
        text = "\n".join(part for part in parts if part.strip()) or "".join(parts)
        if not text.strip() and any(local_name(part) in ("blip", "imagedata") for part in node.iter()):
            text = "〔图片〕"
        elif not text.strip() and self._struck > struck:
            text = STRUCK
        return text, first


def _wrapped(parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also those inside content controls and marks of revision."""
    for node in _unwrapped(parent, lambda _: None):
        if local_name(node) == wanted:
            yield node


def _unwrapped(parent: etree._Element, dropped: object) -> Iterator[etree._Element]:
    """The children of ``parent`` with wrappers opened; ``dropped`` is told of what is left out."""
    for node in parent:
        tag = local_name(node)
        if tag in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"):
            yield from _unwrapped(node, dropped)
        elif tag == "AlternateContent":
            yield from _unwrapped(_chosen(node), dropped)
        elif tag in _DROPPED:
            if callable(dropped):
                dropped(node)
        else:
            yield node


def _chosen(alternatives: etree._Element) -> etree._Element:
    """The alternative that is shown: the first choice with content, else the fallback."""
    for node in alternatives:
        if local_name(node) == "Choice" and len(node):
            return node
    fallback = child(alternatives, "Fallback")
    return fallback if fallback is not None else alternatives


def _inside_box(box: etree._Element, top: etree._Element) -> bool:
    """Whether a text box stands inside another one below ``top``, or in the fallback of one already read."""
    node = box.getparent()
    while node is not None and node is not top:
        tag = local_name(node)
        if tag == _TEXT_BOX or (
            tag == "Fallback" and any(local_name(sibling) == "Choice" and len(sibling) for sibling in _siblings(node))
        ):
            return True
        node = node.getparent()
    return False


def _siblings(node: etree._Element) -> Iterator[etree._Element]:
    parent = node.getparent()
    return iter(()) if parent is None else iter(parent)


def _symbol(node: etree._Element) -> str:
    """A character of a symbol font: private codes lie 0xF000 above the font's own; only plain characters are kept."""
    written = attribute(node, "char") or ""
    code = int(written, 16) if _HEXADECIMAL.fullmatch(written) else 0
    return chr(code) if 0x20 <= code < 0xE000 else ""
