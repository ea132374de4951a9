"""How is a table of fixed widths built so that WPS and LibreOffice draw it alike?

Elements stand in the order the schema wants; a table and its rows are handed out to be filled.
"""

from __future__ import annotations

from collections.abc import Sequence

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from lxml import etree

_TWIPS = 56.6929  # twentieths of a point in a millimetre
_LEAST_HEIGHT = 340
"""Twentieths of a point."""


def child_of(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    """A new last child of an element, its name and attributes in WordprocessingML's namespace."""
    child = OxmlElement(name)
    for key, value in attributes.items():
        child.set(qn(f"w:{key}"), value)
    parent.append(child)
    return child


def twips(millimetres: float) -> int:
    """Twentieths of a point."""
    return round(millimetres * _TWIPS)


def table_of(widths: Sequence[int], padding: int, caption: str) -> etree._Element:
    """An empty ruled table; the columns' ``widths`` and the ``padding`` beside a cell's text in twentieths of a point."""
    table = OxmlElement("w:tbl")
    properties = child_of(table, "w:tblPr")
    child_of(properties, "w:tblStyle", val="TableGrid")
    child_of(properties, "w:tblW", w=str(sum(widths)), type="dxa")
    child_of(properties, "w:jc", val="center")
    child_of(properties, "w:tblLayout", type="fixed")
    margins = child_of(properties, "w:tblCellMar")
    child_of(margins, "w:left", w=str(padding), type="dxa")
    child_of(margins, "w:right", w=str(padding), type="dxa")
    child_of(properties, "w:tblCaption", val=caption)
    grid = child_of(table, "w:tblGrid")
    for width in widths:
        child_of(grid, "w:gridCol", w=str(width))
    return table


def row_of(table: etree._Element, *, height: int = _LEAST_HEIGHT, header: bool = False) -> etree._Element:
    """A new last row, kept on one page, at least ``height`` twentieths of a point; a ``header`` stands again on every page."""
    row = child_of(table, "w:tr")
    properties = child_of(row, "w:trPr")
    child_of(properties, "w:cantSplit")
    child_of(properties, "w:trHeight", val=str(height), hRule="atLeast")
    if header:
        child_of(properties, "w:tblHeader")
    return row


def cell_of(row: etree._Element, width: int, *, columns: int = 1, merged: str = "", shade: str = "") -> etree._Element:
    """A new last cell, without its paragraphs; ``merged`` says "restart" or "continue" where it goes over several rows."""
    cell = child_of(row, "w:tc")
    properties = child_of(cell, "w:tcPr")
    child_of(properties, "w:tcW", w=str(width), type="dxa")
    if columns > 1:
        child_of(properties, "w:gridSpan", val=str(columns))
    if merged:
        child_of(properties, "w:vMerge", val=merged)
    if shade:
        child_of(properties, "w:shd", val="clear", color="auto", fill=shade)
    child_of(properties, "w:vAlign", val="center")
    return cell
