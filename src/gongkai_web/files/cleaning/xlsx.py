"""How is a workbook cleaned so that it shows the same cells and holds none that are not shown?"""

from __future__ import annotations

import re

from gongkai.reading.ooxml import attribute, local_name
from gongkai_web.files.cleaning.objects import refuse_objects
from gongkai_web.files.cleaning.office import (
    clean_pictures,
    drop_local_paths,
    drop_properties,
    drop_signatures,
    refuse_active,
)
from gongkai_web.files.cleaning.parts import Parts, named, opened, without
from gongkai_web.files.cleaning.pptx import attribute_of_relation
from gongkai_web.files.cleaning.result import Choices, Cleaned, NeedsChoice, Removals
from gongkai_web.files.cleaning.xlsx_cells import blank_unused_strings, drop_hidden_cells, formulas_to_values

_PIVOTS = {
    "pivotTable": "数据透视表（保留显示的数值）",
    "pivotCacheDefinition": "数据透视表背后的数据",
    "slicer": "切片器",
    "slicerCache": "切片器",
    "timeline": "切片器",
    "timelineCache": "切片器",
}
_BOOK = {
    "fileSharing": "编辑保护和口令",
    "workbookProtection": "编辑保护和口令",
    "absPath": "文件原来的存放位置",
    "revisionPtr": "协作记录",
    "pivotCaches": "",
    "customWorkbookViews": "各人的视图",
    "externalReferences": "",
    "webPublishing": "网页发布设置",
    "webPublishObjects": "网页发布设置",
    "fileRecoveryPr": "",
    "smartTagPr": "",
    "smartTagTypes": "",
    "extLst": "",
}
_SHEET = {
    "sheetProtection": "编辑保护和口令",
    "protectedRanges": "编辑保护和口令",
    "scenarios": "方案管理器的内容",
    "customSheetViews": "各人的视图",
    "dataConsolidate": "合并计算的来源",
    "webPublishItems": "网页发布设置",
    "smartTags": "",
    "cellWatches": "",
}
_EXTERNAL = re.compile(r"\[[^\]]+\]")
_DEAD = "#REF!"


def clean_xlsx(data: bytes, name: str = "", choices: Choices | None = None) -> Cleaned:
    """An .xlsx without properties, comments, hidden sheets, rows and columns, caches of pivots, links and connections outside.

    Where hidden cells or links go, formulas become the values they show: computed again they would come out otherwise.
    Raises NotAccepted for macro sheets, macros, controls and embedded objects, NeedsChoice for tracked changes and signatures.
    """
    choices = choices or Choices()
    parts, removals = opened(data), Removals()
    refuse_active(parts, name)
    drop_signatures(parts, removals, agreed=choices.drop_signatures)
    refuse_objects(parts, name)
    _refuse_shared_history(parts, choices)
    main = parts.main()
    gone = _drop_hidden_sheets(parts, main, removals)
    hidden = drop_hidden_cells(parts, worksheets(parts), removals)
    linked = any(relation.kind == "externalLink" for relation in parts.relations(main))
    for relation in parts.cut_where(lambda r: r.kind in _PIVOTS):
        removals.add(_PIVOTS[relation.kind])
    _drop_notes_drawings(parts)
    drop_properties(parts, removals)
    _drop_elements(parts, main, removals)
    if gone or hidden or linked:
        formulas_to_values(parts, worksheets(parts), removals)
        _drop_references(parts, gone)
        _drop_tables(parts)
    _drop_names(parts, main, gone, removals)
    _drop_calculation_order(parts)
    blank_unused_strings(parts, worksheets(parts))
    drop_local_paths(parts, removals)
    clean_pictures(parts, removals)
    parts.drop_unreachable()
    return removals.cleaned(parts.written())


def worksheets(parts: Parts) -> tuple[str, ...]:
    """The parts of the worksheets that the workbook lists, in its order."""
    targets = {r.id: r for r in parts.relations(parts.main())}
    keys = (attribute_of_relation(node) for node in named(parts.tree(parts.main()), "sheet"))
    return tuple(
        targets[k].target for k in keys if k in targets and targets[k].kind == "worksheet" and targets[k].target in parts
    )


def _refuse_shared_history(parts: Parts, choices: Choices) -> None:
    shared = [r for r in parts.every_relation() if r.kind in ("revisionHeaders", "revisionLog")]
    if shared and not choices.accept_changes:
        raise NeedsChoice(
            "accept_changes",
            "工作簿留有共享修订记录，公开前要先定下来；请在 WPS 或 Excel 中接受或拒绝修订并取消共享后重新上传，"
            "或者确认以现在显示的内容为准。",
        )


def _drop_hidden_sheets(parts: Parts, main: str, removals: Removals) -> frozenset[str]:
    """Take hidden sheets out of the workbook; their names. At least one sheet is shown in any workbook that opens."""
    book = parts.tree(main)
    listed = named(book, "sheet")
    hidden = [node for node in listed if (attribute(node, "state") or "visible") != "visible"]
    if not hidden or len(hidden) == len(listed):
        return frozenset()
    kept = [index for index, node in enumerate(listed) if node not in hidden]
    deep = sum(attribute(node, "state") == "veryHidden" for node in hidden)
    names = frozenset(attribute(node, "name") or "" for node in hidden)
    relations = {r.id: r for r in parts.relations(main)}
    for node in hidden:
        key = attribute_of_relation(node)
        without([node])
        if key in relations:
            parts.cut(relations[key])
    _renumber(parts, main, {old: new for new, old in enumerate(kept)})
    removals.add("隐藏的工作表", len(hidden) - deep)
    removals.add("深度隐藏的工作表", deep)
    return names


def _renumber(parts: Parts, main: str, moved: dict[int, int]) -> None:
    """Names and views count the sheets from 0: they follow those that stay."""
    for node in named(parts.tree(main), "definedName"):
        old = node.get("localSheetId")
        if old is None:
            continue
        new = moved.get(int(old)) if old.isdigit() else None
        if new is None:
            without([node])
        else:
            node.set("localSheetId", str(new))
    for view in named(parts.tree(main), "workbookView"):
        for key in ("activeTab", "firstSheet"):
            old = view.get(key) or ""
            if old:
                view.set(key, str(moved.get(int(old), 0) if old.isdigit() else 0))


def _drop_elements(parts: Parts, main: str, removals: Removals) -> None:
    for part, wanted in [(main, _BOOK), *((sheet, _SHEET) for sheet in worksheets(parts))]:
        root = parts.tree(part)
        for element in [node for node in root.iter() if local_name(node) in wanted]:
            if local_name(element) == "extLst" and element.getparent() is not root:
                continue
            if without([element]) and wanted[local_name(element)]:
                removals.add(wanted[local_name(element)])
        # What only held one of these must not stay empty.
        without(node for node in named(root, "AlternateContent") if not any(len(choice) for choice in node))
    for sheet in worksheets(parts):
        root = parts.tree(sheet)
        without(
            e
            for e in named(root, "ext")
            if "slicerList" in {local_name(n) for n in e} or "timelineRefs" in {local_name(n) for n in e}
        )
        without(lists for lists in named(root, "extLst") if not len(lists))


def _drop_notes_drawings(parts: Parts) -> None:
    """Notes in cells have a drawing of their own, in an old language; nothing else is kept in it."""
    for sheet in worksheets(parts):
        for relation in parts.relations(sheet):
            if relation.kind == "vmlDrawing" and _is_note_drawing(parts, relation.target):
                parts.cut(relation)


def _is_note_drawing(parts: Parts, target: str) -> bool:
    """Whether a drawing holds notes only – no pictures of heads and feet, which are drawn in the same language."""
    text = parts.raw.get(target, b"")
    return b'ObjectType="Note"' in text or b"ObjectType='Note'" in text


def mentions(formula: str, sheets: frozenset[str]) -> bool:
    """Whether a formula names another file, one of these sheets, or something that is gone."""
    if _EXTERNAL.search(formula) and "!" in formula:
        return True
    plain = formula.replace("''", "'")
    return _DEAD in formula or any(f"{sheet}'!" in plain or f"{sheet}!" in plain for sheet in sheets)


def _drop_names(parts: Parts, main: str, gone: frozenset[str], removals: Removals) -> None:
    """Names that lead to what is gone, outside, or are hidden themselves."""
    root = parts.tree(main)
    unwanted = [
        node
        for node in named(root, "definedName")
        if mentions(node.text or "", gone)
        or (attribute(node, "hidden") in ("1", "true") and attribute(node, "name") != "_xlnm._FilterDatabase")
    ]
    removals.add("指向外部、隐藏或已失效内容的名称", without(unwanted))
    without(node for node in named(root, "definedNames") if not len(node))


def _drop_references(parts: Parts, gone: frozenset[str]) -> None:
    """Rules and charts that lead to what is gone: rules go, charts keep the values they show."""
    for sheet in worksheets(parts):
        root = parts.tree(sheet)
        for rule in [*named(root, "dataValidation"), *named(root, "cfRule")]:
            if any(mentions(node.text or "", gone) for node in named(rule, "formula", "formula1", "formula2", "f")):
                without([rule])
        for lists in named(root, "dataValidations"):
            if named(lists, "dataValidation"):
                lists.set("count", str(len(named(lists, "dataValidation"))))
            else:
                without([lists])
        without(node for node in named(root, "conditionalFormatting") if not named(node, "cfRule"))
        without(link for link in named(root, "hyperlink") if mentions(attribute(link, "location") or "", gone))
        without(links for links in named(root, "hyperlinks") if not len(links))
    for part in parts.xml_names("xl/charts/"):
        for reference in named(parts.tree(part), "f"):
            if mentions(reference.text or "", gone):
                reference.text = _DEAD


def _drop_tables(parts: Parts) -> None:
    """Tables become plain ranges: the heads they name may be among the cells that were emptied."""
    parts.cut_where(lambda r: r.kind == "table")
    for sheet in worksheets(parts):
        without(node for node in named(parts.tree(sheet), "tableParts") if not len(node))


def _drop_calculation_order(parts: Parts) -> None:
    """The order in which formulas are computed is worked out anew by whatever opens the file."""
    parts.cut_where(lambda r: r.kind == "calcChain")
