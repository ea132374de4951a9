"""How is a Word document cleaned so that it shows the same and tells nothing of who wrote it, when and where?"""

from __future__ import annotations

from lxml import etree

from gongkai.reading.docx_styles import Styles, toggle
from gongkai.reading.ooxml import attribute, child, local_name
from gongkai_web.files.cleaning.docx_changes import accept_changes, changes
from gongkai_web.files.cleaning.objects import keep_pictures_of_objects
from gongkai_web.files.cleaning.office import (
    clean_pictures,
    drop_embedded_workbooks,
    drop_local_paths,
    drop_properties,
    drop_signatures,
    refuse_active,
)
from gongkai_web.files.cleaning.parts import Parts, named, opened, unwrap, without
from gongkai_web.files.cleaning.result import Choices, Cleaned, NeedsChoice, Removals

_COMMENT_MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef")
_SETTINGS = {
    "rsids": "编辑会话编号",
    "docVars": "文档变量",
    "attachedTemplate": "模板的位置",
    "mailMerge": "邮件合并的数据源",
    "documentProtection": "编辑保护和口令",
    "writeProtection": "编辑保护和口令",
    "trackRevisions": "",
    "revisionView": "",
    "docId": "文档编号",
    "saveThroughXslt": "转换文件的链接",
    "attachedSchema": "XML 映射",
    "schemaLibrary": "XML 映射",
    "activeWritingStyle": "",
}


def clean_docx(data: bytes, name: str = "", choices: Choices | None = None) -> Cleaned:
    """A .docx without properties, comments, hidden text, editing marks and links outside; see :data:`office._GONE` for the list.

    Raises NeedsChoice when it holds tracked changes or signatures nobody has decided about, NotAccepted for macros and programs.
    """
    choices = choices or Choices()
    parts, removals = opened(data), Removals()
    refuse_active(parts, name)
    drop_signatures(parts, removals, agreed=choices.drop_signatures)
    bodies = body_parts(parts)
    _settle_changes(parts, bodies, removals, choices)
    keep_pictures_of_objects(parts, bodies, name, removals)
    drop_properties(parts, removals)
    for part in bodies:
        root = parts.tree(part)
        _drop_marks(root)
        _drop_hidden(root, _styles(parts), removals)
    _drop_settings(parts, removals)
    drop_embedded_workbooks(parts, removals)
    drop_local_paths(parts, removals)
    clean_pictures(parts, removals)
    _drop_session_numbers(parts, removals)
    parts.drop_unreachable()
    return removals.cleaned(parts.written())


def body_parts(parts: Parts) -> tuple[str, ...]:
    """The parts that hold running text, comments and building blocks left out."""
    roots = ("document", "hdr", "ftr", "footnotes", "endnotes")
    return tuple(n for n in parts.xml_names() if "/glossary/" not in n and local_name(parts.tree(n)) in roots)


def _styles(parts: Parts) -> Styles:
    found = next((r.target for r in parts.relations(parts.main()) if r.kind == "styles" and r.target in parts), None)
    return Styles(parts.tree(found) if found else None)


def _settle_changes(parts: Parts, bodies: tuple[str, ...], removals: Removals, choices: Choices) -> None:
    found = tuple(line for part in bodies for line in changes(parts.tree(part)))
    if not found:
        return
    if not choices.accept_changes:
        raise NeedsChoice(
            "accept_changes",
            f"文档留有{len(found)}处修订痕迹，公开前要先定下来；请逐处核对，在 WPS 或 Word 中接受或拒绝后重新上传，"
            "或者确认全部接受（插入的保留，删除的去掉）。",
            found,
        )
    for part in bodies:
        accept_changes(parts.tree(part))
    removals.add("修订痕迹（已全部接受）", len(found))


def _drop_marks(root: etree._Element) -> None:
    """Marks of comments, and wrappers that carry data of other programs."""
    without(named(root, *_COMMENT_MARKS))
    without(named(root, "dataBinding"))
    for wrapper in [*named(root, "smartTag"), *named(root, "customXml")]:
        without([inner for inner in wrapper if local_name(inner) in ("smartTagPr", "customXmlPr")])
        unwrap(wrapper)


def _drop_hidden(root: etree._Element, styles: Styles, removals: Removals) -> None:
    count = 0
    for row in named(root, "tr"):
        if toggle(child(row, "trPr"), "hidden"):
            count += without([row])
    for paragraph in named(root, "p"):
        count += _drop_hidden_runs(paragraph, styles)
    removals.add("隐藏文字", count)


def _drop_hidden_runs(paragraph: etree._Element, styles: Styles) -> int:
    """Take the hidden runs out of a paragraph; how many held anything."""
    by_style = styles.hides(attribute(child(paragraph, "pPr", "pStyle"), "val"))
    runs = [run for run in paragraph.iter("{*}r") if _owner(run) is paragraph and local_name(child(run, "rPr")) in ("", "rPr")]
    hidden = [run for run in runs if _is_hidden(run, styles, by_style=by_style)]
    ends = [attribute(mark, "fldCharType") for run in hidden for mark in named(run, "fldChar")]
    balanced = ends.count("begin") == ends.count("end")
    count = 0
    for run in hidden:
        inside = [node for node in run if local_name(node) != "rPr"]
        if not balanced:
            inside = [node for node in inside if local_name(node) not in ("fldChar", "instrText")]
        count += bool(inside)
        without(inside)
        if not any(local_name(node) != "rPr" for node in run):
            without([run])
    mark = toggle(child(paragraph, "pPr", "rPr"), "vanish")
    if mark and not any(local_name(node) != "pPr" for node in paragraph) and _may_go(paragraph):
        count += without([paragraph])
    return count


def _owner(run: etree._Element) -> etree._Element | None:
    """The paragraph a run belongs to: the innermost around it."""
    return next(iter(run.iterancestors("{*}p")), None)


def _is_hidden(run: etree._Element, styles: Styles, *, by_style: bool) -> bool:
    properties = child(run, "rPr")
    own = toggle(properties, "vanish")
    if own is not None:
        return own
    style = attribute(child(properties, "rStyle"), "val")
    return styles.hides(style) or by_style


def _may_go(paragraph: etree._Element) -> bool:
    """Whether a paragraph is not the last of its cell or box, which must have one, and ends no section."""
    following = paragraph.getnext()
    return child(paragraph, "pPr", "sectPr") is None and following is not None and local_name(following) == "p"


def _drop_settings(parts: Parts, removals: Removals) -> None:
    for part in parts.xml_names():
        root = parts.tree(part)
        if local_name(root) != "settings":
            continue
        for element in [node for node in root if local_name(node) in _SETTINGS]:
            word = _SETTINGS[local_name(element)]
            without([element])
            if word:
                removals.add(word)


def _drop_session_numbers(parts: Parts, removals: Removals) -> None:
    """Numbers Word gives each editing session: two documents with the same were written on from one another."""
    found = 0
    for part in parts.xml_names():
        for element in parts.tree(part).iter():
            for key in list(element.attrib):
                if str(key).rpartition("}")[2].startswith("rsid") and "wordprocessingml" in str(key):
                    del element.attrib[key]
                    found = 1
    if "编辑会话编号" not in removals.counts:
        removals.add("编辑会话编号", found)
