"""Which words stand anywhere in an office file, shown or not, and where?"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from lxml import etree

from gongkai.errors import Unreadable
from gongkai.kernel import Place
from gongkai.reading.docx import read_docx
from gongkai.reading.ooxml import attribute, child, local_name, whole
from gongkai_web.files.cleaning.parts import Parts, named, opened
from gongkai_web.files.cleaning.pptx import attribute_of_relation, is_hidden, slides
from gongkai_web.files.passages import BODY, COMMENTS, DESCRIPTION, FURNITURE, HIDDEN, NOTES, OTHER, PROPERTIES, Gathering

_PART_OF_ROOT = {
    "document": HIDDEN,
    "hdr": FURNITURE,
    "ftr": FURNITURE,
    "footnotes": NOTES,
    "endnotes": NOTES,
    "comments": COMMENTS,
    "cmLst": COMMENTS,
    "ThreadedComments": COMMENTS,
    "notes": "演讲者备注",
    "glossaryDocument": "自动图文集",
    "chartSpace": "图表",
    "externalLink": "外部工作簿的数据",
    "pivotCacheDefinition": "透视表背后的数据",
    "pivotCacheRecords": "透视表背后的数据",
    "coreProperties": PROPERTIES,
    "Properties": PROPERTIES,
}
_WORDS = ("t", "delText", "instrText", "v", "text", "lpwstr", "pt")
_SAID = ("descr", "title", "alt", "prompt", "promptTitle", "error", "tooltip")


def docx_text(data: bytes, name: str) -> Gathering:
    """A .docx: the body as a reader shows it, then everything else – headers, notes, comments, hidden and deleted words."""
    found = Gathering()
    parts = opened(data)
    try:
        source = read_docx(data, name)
        found.add_source(source)
        if any(finding.rule == "S109" for finding in source.findings):
            found.leave("文档里嵌入了其他软件的对象，里面的内容没有检查；请打开对象看过，或改为图片。")
    except Unreadable:
        # The reader of reports has narrower bounds than an attachment; the walk below reads all words, in plain lines.
        pass
    _everything_else(parts, found)
    return found


def pptx_text(data: bytes) -> Gathering:
    """A .pptx: each slide in order, hidden ones too, then notes, comments and all the rest."""
    found = Gathering()
    parts = opened(data)
    shown = slides(parts)
    for number, slide in enumerate(shown, start=1):
        part = HIDDEN if is_hidden(parts, slide) else BODY
        for line in _paragraphs(parts.tree(slide)):
            found.add(line, Place(quote=line.strip()[:60], page=number), part)
    _everything_else(parts, found, done=frozenset(shown))
    return found


def xlsx_text(data: bytes) -> Gathering:
    """An .xlsx: every stored cell of every sheet, hidden ones too, sheet names, then notes, links and all the rest."""
    found = Gathering()
    parts = opened(data)
    strings = _strings(parts)
    targets = {relation.id: relation.target for relation in parts.relations(parts.main())}
    done = set()
    for node in named(parts.tree(parts.main()), "sheet"):
        title = attribute(node, "name") or ""
        target = targets.get(attribute_of_relation(node), "")
        hidden = (attribute(node, "state") or "visible") != "visible"
        found.add(title, Place(quote=title, sheet=title), "工作表名称")
        if target in parts:
            done.add(target)
            _cells(parts.tree(target), title, strings, found, hidden=hidden)
    for node in named(parts.tree(parts.main()), "definedName"):
        found.add_missing(node.text or "", None, "名称")
    # Words of the shared list are taken by the cells that show them; those no cell uses any more are still in the file.
    for words in strings:
        found.add_missing(words, None, HIDDEN)
    lists = {part for part in parts.xml_names() if local_name(parts.tree(part)) == "sst"}
    _everything_else(parts, found, done=frozenset(done | lists))
    return found


def _strings(parts: Parts) -> list[str]:
    for part in parts.xml_names():
        if local_name(parts.tree(part)) == "sst":
            return ["".join(t.text or "" for t in named(item, "t")) for item in parts.tree(part)]
    return []


def _cells(root: etree._Element, sheet: str, strings: list[str], found: Gathering, *, hidden: bool) -> None:
    for cell in named(root, "c"):
        kind, value = attribute(cell, "t") or "n", child(cell, "v")
        text = (value.text or "") if value is not None else "".join(t.text or "" for t in named(cell, "t"))
        if kind == "s":
            at = whole(text, -1)
            text = strings[at] if 0 <= at < len(strings) else ""
        elif kind == "n":
            text = _plain_number(text)
        found.add(text, Place(quote=text.strip()[:60], sheet=sheet, cell=attribute(cell, "r")), HIDDEN if hidden else BODY)
    for tag in ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"):
        for node in named(root, tag):
            found.add(node.text or "", Place(sheet=sheet), FURNITURE)
    _attributes(root, found, Place(sheet=sheet))


def _plain_number(text: str) -> str:
    """A long number, a card's or a person's, as it was typed in: 6.2E+18 written out."""
    if "e" not in text.lower():
        return text
    try:
        return format(Decimal(text), "f") if abs(Decimal(text).adjusted()) < 40 else text
    except InvalidOperation:
        return text


def _everything_else(parts: Parts, found: Gathering, done: frozenset[str] = frozenset()) -> None:
    """Words of every part that were not found yet, and what there is to see that holds no words."""
    for part in parts.xml_names():
        root = parts.tree(part)
        kind = _PART_OF_ROOT.get(local_name(root), OTHER)
        if part in done or local_name(root) in ("styles", "theme", "fonts", "numbering", "Types", "styleSheet", "webSettings"):
            continue
        if kind == PROPERTIES:
            for node in root.iter():
                if node.text and node.text.strip() and not node.text.strip().isdigit():
                    found.add_missing(node.text, None, PROPERTIES)
            continue
        for line in _paragraphs(root):
            found.add_missing(line, None, kind)
        _attributes(root, found, None)
    pictures = sum("/media/" in f"/{part}" for part in parts.names)
    if pictures:
        found.leave(f"文件里有{pictures}张图片，图片里的文字没有检查；请逐张看过，确认没有不应公开的内容。")
    objects = sum("/embeddings/" in f"/{part}" for part in parts.names)
    if objects:
        found.leave(f"文件里嵌入了{objects}个其他软件的对象，里面的内容没有检查；请打开看过，或改为图片。")


def _paragraphs(root: etree._Element) -> list[str]:
    """The words below ``root``, one line a paragraph; where there are no paragraphs, one line an element."""
    lines: dict[etree._Element | None, list[str]] = {}
    loose: list[str] = []
    for node in root.iter():
        if local_name(node) not in _WORDS or not node.text:
            continue
        owner = next((a for a in node.iterancestors() if local_name(a) == "p"), None)
        if owner is None:
            loose.append(node.text)
        else:
            lines.setdefault(owner, []).append(node.text)
    return ["".join(pieces) for pieces in lines.values()] + loose


def _attributes(root: etree._Element, found: Gathering, place: Place | None) -> None:
    """What is said of pictures and asked at cells."""
    for node in root.iter():
        for key, value in node.attrib.items():
            if str(key).rpartition("}")[2] in _SAID and str(value).strip() and local_name(node) != "tblCaption":
                found.add_missing(str(value), place, DESCRIPTION)
