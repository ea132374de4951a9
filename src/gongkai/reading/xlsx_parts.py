"""Which cells does a workbook hold, sheet by sheet, read as a stream and bounded?"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from gongkai.errors import Unreadable
from gongkai.reading.limits import MAX_SHEET, Package, xml_stream, xml_tree
from gongkai.reading.ooxml import attribute, child, local_name, whole
from gongkai.reading.raised import STRUCK, raised
from gongkai.reading.xlsx_formats import builtin, shown

MAX_CELLS = 200_000
"""Cells with content of one workbook."""
MAX_ROW = 20_000
"""The last row that may hold content."""
MAX_COLUMN = 500
"""The last column that may hold content."""
MAX_MERGES = 50_000
MAX_SHEETS = 100
_MAX_STRINGS = 500_000
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})$")
_FURNITURE = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_FURNITURE_CODE = re.compile(r"&(?:\"[^\"]*\"|[0-9]{1,3}|K[0-9A-Fa-f]{6}|.)")
_WANTED = frozenset(("row", "c", "col", "mergeCell", *_FURNITURE))
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ERRORS = ("#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#GETTING_DATA", "#SPILL!", "#CALC!")


@dataclass(frozen=True, slots=True)
class Cell:
    """One stored cell. ``kind`` is "text", "number", "error", "uncomputed" (a formula without result) or "blank" (only bordered)."""

    text: str
    kind: str
    bordered: bool
    differs: bool = False


@dataclass
class SheetCells:
    """One sheet: cells by (row, column) from 1, merged ranges, what of it is hidden, and the lines of its printed head and foot."""

    name: str
    hidden: bool
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    furniture: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Style:
    code: str
    bordered: bool
    struck: bool = False
    raised: bool = False


def column_number(letters: str) -> int:
    """A column's number from 1: "A" is 1, "AA" 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """A column's letters, from its number."""
    out = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        out = chr(65 + rest) + out
    return out


def position(reference: str | None) -> tuple[int, int] | None:
    """Row and column of a reference such as "B7"; None when it is none."""
    match = _REFERENCE.match((reference or "").replace("$", "").upper())
    return (int(match.group(2)), column_number(match.group(1))) if match else None


def sheets(package: Package) -> Iterator[SheetCells]:
    """The worksheets in the workbook's order, hidden ones named but not read."""
    names = {name.lower(): name for name in package.names}
    main = _main_name(package, names)
    if main is None:
        raise Unreadable("文件中找不到工作簿，可能不是 .xlsx 文件或已损坏；请用 WPS 或 Excel 打开后另存为 .xlsx 再试。")
    folder = posixpath.dirname(main)
    book = xml_tree(package.read(main))
    targets = _targets(package, names, folder, posixpath.basename(main))
    epoch_1904 = (attribute(child(book, "workbookPr"), "date1904") or "0").lower() in ("1", "true")
    strings = _strings(package, _by_kind(targets, names, folder, "sharedstrings", "sharedStrings.xml"))
    styles = _styles(package, _by_kind(targets, names, folder, "styles", "styles.xml"))
    listed = child(book, "sheets")
    budget = MAX_CELLS
    for count, node in enumerate(listed if listed is not None else ()):
        if count >= MAX_SHEETS:
            raise Unreadable(f"工作簿的工作表超过 {MAX_SHEETS} 个，没有读取；请只保留年度报告的工作表后再试。")
        title = attribute(node, "name") or ""
        kind, target = targets.get(attribute(node, "id") or "", ("", ""))
        found = names.get(target.lower())
        hidden = (attribute(node, "state") or "visible") != "visible"
        sheet = SheetCells(title, hidden)
        if found is not None and not hidden and kind == "worksheet":
            _read_sheet(package.read(found, MAX_SHEET), sheet, strings, styles, epoch_1904, budget)
            budget -= len(sheet.cells)
        yield sheet


def _main_name(package: Package, names: dict[str, str]) -> str | None:
    if "_rels/.rels" in package:
        for relation in xml_tree(package.read("_rels/.rels")):
            if (attribute(relation, "Type") or "").endswith("/officeDocument"):
                return names.get(posixpath.normpath((attribute(relation, "Target") or "").lstrip("/")).lower())
    return names.get("xl/workbook.xml")


def _targets(package: Package, names: dict[str, str], folder: str, main: str) -> dict[str, tuple[str, str]]:
    """For each relationship of the workbook its kind and its member name."""
    found = names.get(posixpath.join(folder, "_rels", main + ".rels").lower())
    out = {}
    for relation in xml_tree(package.read(found)) if found else ():
        target = attribute(relation, "Target") or ""
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        out[attribute(relation, "Id") or ""] = ((attribute(relation, "Type") or "").rpartition("/")[2], path)
    return out


def _by_kind(targets: dict[str, tuple[str, str]], names: dict[str, str], folder: str, kind: str, usual: str) -> str | None:
    for found, path in targets.values():
        if found.lower() == kind and path.lower() in names:
            return names[path.lower()]
    return names.get(posixpath.join(folder, usual).lower())


def _strings(package: Package, name: str | None) -> list[str]:
    if name is None:
        return []
    out = []
    for event, tag, element in xml_stream(package.read(name, MAX_SHEET), frozenset(("si",))):
        if event == "end" and tag == "si":
            out.append(_rich_text(element))
            if len(out) > _MAX_STRINGS:
                raise Unreadable("工作簿的文字过多，超过可读取的上限，没有读取；请只保留年度报告的工作表后再试。")
    return out


def _rich_text(element: etree._Element) -> str:
    """The text of a string item, its runs joined, phonetic guides left out, what is struck out replaced by words that say so."""
    parts = []
    for node in element.iter():
        run = node.getparent()
        if local_name(node) != "t" or run is None or local_name(run) == "rPh":
            continue
        text, properties = node.text or "", child(run, "rPr")
        if _is_struck(properties) and text.strip():
            text = STRUCK
        elif _is_raised(properties):
            text = raised(text)
        parts.append(text)
    return _unescaped("".join(parts))


def _is_struck(properties: etree._Element | None) -> bool:
    mark = child(properties, "strike")
    return mark is not None and (attribute(mark, "val") or "1") not in ("0", "false")


def _is_raised(properties: etree._Element | None) -> bool:
    """Whether a font stands above or below the line, as the mark of a note does."""
    return attribute(child(properties, "vertAlign"), "val") in ("superscript", "subscript")


def _unescaped(text: str) -> str:
    """Characters that XML cannot hold are written _x000D_ in a workbook."""
    return _ESCAPED.sub(lambda m: chr(int(m.group(1), 16)), text) if "_x" in text else text


def _styles(package: Package, name: str | None) -> list[_Style]:
    if name is None:
        return []
    root = xml_tree(package.read(name))
    codes = {}
    for node in _children(root, "numFmts"):
        codes[whole(attribute(node, "numFmtId"), -1)] = attribute(node, "formatCode") or "General"
    fonts = [(_is_struck(font), _is_raised(font)) for font in _children(root, "fonts")]
    borders = [any(attribute(side, "style") not in (None, "none") for side in border) for border in _children(root, "borders")]
    out = []
    for node in _children(root, "cellXfs"):
        number = whole(attribute(node, "numFmtId"), 0)
        border = whole(attribute(node, "borderId"), 0)
        font = whole(attribute(node, "fontId"), 0)
        bordered = 0 <= border < len(borders) and borders[border]
        struck, above = fonts[font] if 0 <= font < len(fonts) else (False, False)
        out.append(_Style(codes.get(number) or builtin(number), bordered, struck, above))
    return out


def _children(root: etree._Element, name: str) -> Iterator[etree._Element]:
    found = child(root, name)
    return iter(()) if found is None else iter(found)


def _read_sheet(data: bytes, sheet: SheetCells, strings: list[str], styles: list[_Style], epoch_1904: bool, budget: int) -> None:
    row = column = 0
    hidden_row = False
    for event, tag, element in xml_stream(data, _WANTED):
        if tag == "row" and event == "start":
            row, column = whole(attribute(element, "r"), row + 1), 0
            hidden_row = attribute(element, "hidden") in ("1", "true")
        elif tag == "c" and event == "end":
            found = position(attribute(element, "r"))
            row_here, column = found or (row, column + 1)
            cell = _cell(element, strings, styles, epoch_1904)
            if cell is None or (cell.kind == "blank" and (row_here > MAX_ROW or column > MAX_COLUMN)):
                continue
            if row_here > MAX_ROW or column > MAX_COLUMN:
                raise Unreadable(
                    f"工作表“{sheet.name}”在第 {row_here} 行第 {column} 列还有内容，超过可读取的上限，没有读取；请只保留年度报告的表格。"
                )
            if hidden_row and cell.kind != "blank":
                sheet.hidden_rows.add(row_here)
            sheet.cells[row_here, column] = cell
            if len(sheet.cells) > budget:
                raise Unreadable(f"工作簿的单元格超过 {MAX_CELLS} 个，没有读取；请只保留年度报告的工作表后再试。")
        elif tag == "col" and event == "end" and attribute(element, "hidden") in ("1", "true"):
            first, last = whole(attribute(element, "min"), 1), whole(attribute(element, "max"), 1)
            sheet.hidden_columns.update(range(max(first, 1), min(last, MAX_COLUMN) + 1))
        elif tag in _FURNITURE and event == "end":
            words = _FURNITURE_CODE.sub("\n", element.text or "").split("\n")
            sheet.furniture += [line.strip() for line in words if line.strip()]
        elif tag == "mergeCell" and event == "end":
            _add_merge(sheet, attribute(element, "ref") or "")


def _add_merge(sheet: SheetCells, reference: str) -> None:
    first, _, last = reference.partition(":")
    upper, lower = position(first), position(last or first)
    if upper and lower and lower >= upper and lower[1] >= upper[1]:
        sheet.merges.append((*upper, *lower))
    if len(sheet.merges) > MAX_MERGES:
        raise Unreadable(f"工作表“{sheet.name}”的合并单元格超过 {MAX_MERGES} 处，没有读取；请只保留年度报告的表格。")


def _cell(element: etree._Element, strings: list[str], styles: list[_Style], epoch_1904: bool) -> Cell | None:
    """A stored cell; None when it has neither content nor border."""
    index = whole(attribute(element, "s"), 0)
    style = styles[index] if 0 <= index < len(styles) else _Style("General", bordered=False)
    kind = attribute(element, "t") or "n"
    value = child(element, "v")
    raw = (value.text or "") if value is not None else ""
    if kind == "inlineStr":
        inline = child(element, "is")
        raw = _rich_text(inline) if inline is not None else ""
    elif kind == "s":
        at = whole(raw, -1)
        raw = strings[at] if 0 <= at < len(strings) else ""
    elif kind == "str":
        raw = _unescaped(raw)
    if not raw.strip():
        if child(element, "f") is not None and kind != "str":
            return Cell("", "uncomputed", style.bordered)
        return Cell(raw, "blank", style.bordered) if style.bordered or raw else None
    if style.struck:
        return Cell(STRUCK, "text", style.bordered)
    if kind == "e" or raw.strip() in _ERRORS:
        return Cell(raw.strip(), "error", style.bordered)
    if kind == "n":
        text, differs = shown(raw, style.code, epoch_1904)
        if style.raised:
            return Cell(raised(text), "text", style.bordered, differs)
        return Cell(text, "number", style.bordered, differs)
    if kind == "b":
        return Cell("TRUE" if raw.strip() == "1" else "FALSE", "text", style.bordered)
    raw = raw.replace("\r\n", "\n").replace("\r", "\n")
    return Cell(raised(raw) if style.raised else raw, "text", style.bordered)
