"""How is a report written as a DOCX in the manner of official documents?

python-docx carries the package, pages and pictures; text and tables are built as elements here, because merged headers,
repeated rows and fixed widths must stand in the order the schema wants for WPS and LibreOffice to draw them alike.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import cast

import docx as python_docx
from docx.document import Document as Package
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.text.paragraph import CT_P
from docx.section import _Footer
from docx.shared import Emu, Mm
from docx.text.paragraph import Paragraph
from lxml import etree

from gongkai.returns import Layout
from gongkai.writing import docx_styles as styles
from gongkai.writing.charts import Chart
from gongkai.writing.document import Annex, Closing, Document, Element, Fields, Text, Title
from gongkai.writing.docx_tables import cell_of, child_of, row_of, table_of, twips
from gongkai.writing.layout import PrintedCell, PrintedTable, Role
from gongkai.writing.package import stable
from gongkai.writing.picture import png

_MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
_MARGINS_ACROSS = {"top_margin": 28, "bottom_margin": 26, "left_margin": 27, "right_margin": 27}
_TEMPLATE_PARTS = {"customXml", "numbering", "stylesWithEffects", "webSettings"}
_PICTURE_WIDTH = 150
_FEW = 4  # columns a table may have and still give its cells room
_PADDING = 85  # twentieths of a point beside the text
_NARROW_PADDING, _NARROW_LEAD = 17, 30  # twentieths of a point beside the text in a table of many columns
_ONE_PAGE = 30
"""A table of at most this many rows is kept together on one page when it can be."""


def docx(document: Document) -> bytes:
    """The document as DOCX, the same bytes for the same document."""
    package = package_of(document.name, "政府信息公开工作年度报告")
    body = package.element.body
    end = body.sectPr
    for element in document.elements:
        for made in _drawn(element, package):
            end.addprevious(made)
    out = io.BytesIO()
    package.save(out)
    return stable(out.getvalue())


def package_of(title: str, subject: str, landscape: bool = False) -> Package:
    """An empty A4 document with our styles, page numbers and properties, without what the library's template adds."""
    package = python_docx.Document()
    for owner, unwanted in ((package.part, _TEMPLATE_PARTS), (package.part.package, {"thumbnail", "extended-properties"})):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in unwanted:
                del owner.rels[key]
    for part, xml in ((package.styles.element, styles.styles_xml()), (package.settings.element, styles.settings_xml())):
        part[:] = list(parse_xml(xml))
        for name in list(part.attrib):
            del part.attrib[name]
    package.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)._blob = styles.font_table_xml().encode("utf-8")
    section = package.sections[0]
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
    for edge, width in (_MARGINS_ACROSS if landscape else _MARGINS).items():
        setattr(section, edge, Mm(width))
    section.footer_distance = section.header_distance = Mm(16 if landscape else 25)
    _page_number(section.footer, "right")
    _page_number(section.even_page_footer, "left")
    properties = package.core_properties
    properties.title, properties.subject, properties.language = title, subject, "zh-CN"
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    for paragraph in list(package.element.body.iter(qn("w:p"))):
        paragraph.getparent().remove(paragraph)
    return package


def _page_number(footer: _Footer, side: str) -> None:
    """— 1 — at the outer edge, one character in from it, as official documents have it."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]._p
    for child in list(paragraph):
        paragraph.remove(child)
    properties = child_of(paragraph, "w:pPr")
    child_of(properties, "w:pStyle", val=styles.FOOTER)
    child_of(
        properties, "w:ind", **({"rightChars": "100", "right": "280"} if side == "right" else {"leftChars": "100", "left": "280"})
    )
    child_of(properties, "w:jc", val=side)
    _run(paragraph, "— ")
    for kind in ("begin", None, "separate", "1", "end"):
        run = child_of(paragraph, "w:r")
        if kind is None:
            instruction = child_of(run, "w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = " PAGE "
        elif kind == "1":
            child_of(run, "w:t").text = "1"
        else:
            child_of(run, "w:fldChar", fldCharType=kind)
    _run(paragraph, " —")


def _drawn(element: Element, package: Package) -> Sequence[etree._Element]:
    match element:
        case Title(lines):
            return [*(paragraph_of(line, styles.TITLE) for line in lines), paragraph_of("", styles.BODY)]
        case Text(text, level):
            return [paragraph_of(text, (styles.BODY, styles.HEADING, styles.SUBHEADING)[level])]
        case PrintedTable():
            titled = [paragraph_of(element.title, styles.FIELD, keep=True)] if element.title else []
            before = titled or [paragraph_of("", styles.GAP, keep=True)]
            return [*before, _table(element), paragraph_of("", styles.GAP)]
        case Chart():
            return [_picture(element, package)]
        case Annex(mark, lines):
            return _annex(mark, lines)
        case Fields(lines):
            return [paragraph_of("　　".join(f"{name}：{value}" for name, value in line), styles.FIELD) for line in lines]
        case Closing(agency, date):
            return [paragraph_of("", styles.BODY), paragraph_of(agency, styles.RIGHT), paragraph_of(date, styles.RIGHT)]


def _annex(mark: str, lines: Sequence[str]) -> list[etree._Element]:
    made = []
    if mark:
        made.append(paragraph_of(mark, styles.MARK))
    return [*made, *(paragraph_of(line, styles.TITLE) for line in lines)]


def paragraph_of(
    text: str, style: str, align: str | None = None, keep: bool = False, indent: int = 0, lead: int = 0
) -> etree._Element:
    """A paragraph of a style; ``keep`` on the page of the next; ``indent`` in characters, ``lead`` in twentieths of a point."""
    paragraph = OxmlElement("w:p")
    properties = child_of(paragraph, "w:pPr")
    child_of(properties, "w:pStyle", val=style)
    if keep:
        child_of(properties, "w:keepNext")
    if indent:
        child_of(properties, "w:ind", leftChars=str(indent * 100), left=str(indent * 210))
    elif lead:
        child_of(properties, "w:ind", left=str(lead))
    if align is not None:
        child_of(properties, "w:jc", val=align)
    _run(paragraph, text)
    return paragraph


def _run(paragraph: etree._Element, text: str) -> None:
    if not text:
        return
    run = child_of(paragraph, "w:r")
    element = child_of(run, "w:t")
    element.set(qn("xml:space"), "preserve")
    element.text = text


def _table(table: PrintedTable) -> etree._Element:
    widths = [twips(w) for w in table.widths]
    padding = _NARROW_PADDING if table.columns > _FEW else _PADDING
    element = table_of(widths, padding, table.title or table.section or "统计表")
    for number, cells in enumerate(_covered(table)):
        _add_row(element, table, number, cells, widths)
    return element


def _covered(table: PrintedTable) -> list[list[tuple[PrintedCell, bool]]]:
    """For every row the cells across it, each with whether it only continues one merged down from above."""
    rows: list[list[tuple[PrintedCell, bool]]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            rows[row].append((cell, row > cell.row))
    for cells in rows:
        cells.sort(key=lambda c: c[0].column)
    return rows


def _add_row(
    element: etree._Element, table: PrintedTable, number: int, cells: Sequence[tuple[PrintedCell, bool]], widths: Sequence[int]
) -> None:
    row = row_of(element, header=number < table.header_rows)
    leads = number + 1 < table.rows <= _ONE_PAGE
    for cell, continued in cells:
        width = sum(widths[cell.column : cell.column + cell.column_span])
        merged = "" if cell.row_span == 1 else "continue" if continued else "restart"
        made = cell_of(row, width, columns=cell.column_span, merged=merged)
        text = "" if continued else cell.text
        align = _align(table, cell)
        lead = _NARROW_LEAD if align == "left" and table.columns > _FEW else 0
        made.append(paragraph_of(text, styles.CELL, align, keep=leads, indent=cell.indent if not continued else 0, lead=lead))


def _align(table: PrintedTable, cell: PrintedCell) -> str:
    if cell.role is Role.LABEL and (
        table.layout is Layout.LIST or (table.columns > _FEW and cell.column_span == 1 and cell.row_span == 1)
    ):
        return "left"
    return "left" if cell.role is Role.LABEL and cell.column_span > 1 else "center"


def _picture(chart: Chart, package: Package) -> etree._Element:
    element = paragraph_of("", styles.PICTURE)
    paragraph = Paragraph(cast("CT_P", element), package._body)
    shape = paragraph.add_run().add_picture(io.BytesIO(png(chart)), width=Mm(_PICTURE_WIDTH))
    shape.height = Emu(int(Mm(_PICTURE_WIDTH) * chart.height / chart.width))
    inner = shape._inline.docPr
    inner.set("descr", chart.alt)
    inner.set("title", chart.title)
    return element
