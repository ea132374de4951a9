"""Which cells of a worksheet are not shown, and what remains of formulas and words once they are gone?"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gongkai.reading.ooxml import attribute, child, local_name, whole
from gongkai.reading.xlsx_parts import MAX_COLUMN, position
from gongkai_web.files.cleaning.parts import Parts, named, without
from gongkai_web.files.cleaning.result import Removals

_TRUE = ("1", "true")


def hidden_columns(root: etree._Element) -> set[int]:
    """Columns that are hidden or have no width, from 1; beyond the reader's last column they count as one range end."""
    out: set[int] = set()
    for node in named(root, "col"):
        if attribute(node, "hidden") in _TRUE or _is_nothing(attribute(node, "width")):
            first, last = whole(attribute(node, "min"), 1), whole(attribute(node, "max"), 1)
            out.update(range(max(first, 1), min(last, 16_384) + 1))
    return out


def is_hidden_row(row: etree._Element) -> bool:
    """Whether a row is hidden or has no height."""
    return attribute(row, "hidden") in _TRUE or _is_nothing(attribute(row, "ht"))


def _is_nothing(size: str | None) -> bool:
    try:
        return size is not None and float(size) == 0
    except ValueError:
        return False


def drop_hidden_cells(parts: Parts, sheets: tuple[str, ...], removals: Removals) -> bool:
    """Empty the cells of hidden rows and columns; whether there were any with content."""
    rows = columns = 0
    for sheet in sheets:
        root = parts.tree(sheet)
        away = hidden_columns(root)
        shown = _shown_by_merge(root, away)
        emptied: set[int] = set()
        for row in named(root, "row"):
            gone = is_hidden_row(row)
            count = 0
            for at, cell in enumerate(list(row), start=1):
                place = position(attribute(cell, "r"))
                column = place[1] if place else at
                if not (gone or column in away) or (place in shown and place is not None) or not _holds(cell):
                    continue
                for inner in list(cell):
                    cell.remove(inner)
                cell.attrib.pop("t", "")
                count += 1
                if not gone:
                    emptied.add(column)
            rows += bool(gone and count)
        columns += len(emptied)
    removals.add("隐藏行里的内容", rows)
    removals.add("隐藏列里的内容", columns)
    return rows + columns > 0


def _holds(cell: etree._Element) -> bool:
    return local_name(cell) == "c" and any(local_name(node) in ("v", "f", "is") for node in cell)


def _shown_by_merge(root: etree._Element, away: set[int]) -> set[tuple[int, int]]:
    """Upper left cells of merged ranges of which some part is shown: their content is shown there."""
    heights = {whole(attribute(row, "r"), 0): is_hidden_row(row) for row in named(root, "row")}
    out = set()
    for merge in named(root, "mergeCell"):
        first, _, last = (attribute(merge, "ref") or "").partition(":")
        upper, lower = position(first), position(last)
        if upper is None or lower is None:
            continue
        tall = any(not heights.get(row, False) for row in range(upper[0], min(lower[0], upper[0] + 2000) + 1))
        wide = any(column not in away for column in range(upper[1], min(lower[1], upper[1] + MAX_COLUMN) + 1))
        if tall and wide:
            out.add(upper)
    return out


def formulas_to_values(parts: Parts, sheets: tuple[str, ...], removals: Removals) -> None:
    """Leave every formula's stored result in its place."""
    count = empty = 0
    for sheet in sheets:
        formulas = named(parts.tree(sheet), "f")
        empty += sum(local_name(f.getparent()) == "c" and child(f.getparent(), "v") is None for f in formulas)
        count += without(formula for formula in formulas if local_name(formula.getparent()) == "c")
    if empty:
        removals.problem(
            f"有{empty}个公式没有保存计算结果，改为数值后是空白；请用 WPS 或 Excel 打开原文件，计算并保存后重新上传。"
        )
    removals.add("公式（改为显示的数值，以免引用隐藏或外部的内容）", count)


def blank_unused_strings(parts: Parts, sheets: tuple[str, ...]) -> None:
    """Empty the words that no cell uses any more: those of removed sheets and cells stay in the workbook's list."""
    used: set[int] = set()
    for sheet in sheets:
        for cell in named(parts.tree(sheet), "c"):
            if attribute(cell, "t") == "s":
                value = child(cell, "v")
                used.add(whole(value.text if value is not None else "", -1))
    for part in parts.xml_names():
        root = parts.tree(part)
        if local_name(root) != "sst":
            continue
        for index, item in enumerate(node for node in root if local_name(node) == "si"):
            if index not in used:
                space = str(item.tag).rpartition("}")[0]
                for inner in list(item):
                    item.remove(inner)
                etree.SubElement(item, f"{space}}}t")


def shown_cells(parts: Parts) -> Iterator[tuple[str, str, str]]:
    """Sheet, cell and stored value of every cell that is shown, words of the shared list in their place."""
    strings: list[str] = []
    for part in parts.xml_names():
        if local_name(parts.tree(part)) == "sst":
            strings = ["".join(t.text or "" for t in named(item, "t")) for item in parts.tree(part)]
    for name, sheet in shown_sheets(parts):
        root = parts.tree(sheet)
        away = hidden_columns(root)
        through = _shown_by_merge(root, away)
        for row in named(root, "row"):
            gone = is_hidden_row(row)
            for cell in named(row, "c"):
                place = position(attribute(cell, "r"))
                if place not in through and (gone or (place is not None and place[1] in away)):
                    continue
                value = child(cell, "v")
                text = (value.text or "") if value is not None else "".join(t.text or "" for t in named(cell, "t"))
                if attribute(cell, "t") == "s":
                    at = whole(text, -1)
                    text = strings[at] if 0 <= at < len(strings) else ""
                if text:
                    yield name, attribute(cell, "r") or "", text


def shown_sheets(parts: Parts) -> Iterator[tuple[str, str]]:
    """Name and part of every worksheet that is not hidden."""
    targets = {r.id: r for r in parts.relations(parts.main())}
    for node in named(parts.tree(parts.main()), "sheet"):
        key = next((str(value) for name, value in node.attrib.items() if str(name).endswith("}id")), "")
        relation = targets.get(key)
        shown = (attribute(node, "state") or "visible") == "visible"
        if shown and relation and relation.kind == "worksheet" and relation.target in parts:
            yield attribute(node, "name") or "", relation.target
