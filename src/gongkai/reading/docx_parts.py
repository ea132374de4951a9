"""Which parts does a Word file consist of: the document, its numbering, its styles?"""

from __future__ import annotations

import base64
import posixpath
import re
from dataclasses import dataclass

from lxml import etree

from gongkai.errors import Unreadable
from gongkai.reading.limits import MAX_PART, Package, damaged, xml_tree
from gongkai.reading.ooxml import attribute, child, local_name

_FURNITURE = re.compile(r"^word/(?:header|footer)\d*\.xml$")
_MAIN = re.compile(r"(?:^|/)document\d*\.xml$")


@dataclass(frozen=True, slots=True)
class Parts:
    """The XML roots that matter; ``numbering`` and ``styles`` are None when the file has none.

    ``furniture`` holds the lines of headers and footers.
    """

    document: etree._Element
    numbering: etree._Element | None
    styles: etree._Element | None
    title: str | None
    furniture: tuple[str, ...] = ()


def zipped_parts(package: Package) -> Parts:
    """The parts of a .docx archive."""
    main = _main_name(package)
    if main is None:
        raise Unreadable("文件中找不到 Word 正文，可能不是 .docx 文件或已损坏；请用 WPS 或 Word 打开后另存为 .docx 再试。")
    folder = posixpath.dirname(main)
    names = {name.lower(): name for name in package.names}

    def part(name: str) -> etree._Element | None:
        found = names.get(posixpath.join(folder, name).lower())
        return xml_tree(package.read(found)) if found else None

    core = names.get("docprops/core.xml")
    title = _text_of(xml_tree(package.read(core)), "title") if core else None
    furniture = tuple(
        line for name in package.names if _FURNITURE.search(name.lower()) for line in _lines(xml_tree(package.read(name)))
    )
    return Parts(xml_tree(package.read(main)), part("numbering.xml"), part("styles.xml"), title, furniture)


def flat_parts(root: etree._Element) -> Parts:
    """The parts of a flat OPC file: one XML document that holds every part."""
    found: dict[str, etree._Element] = {}
    for node in root:
        name = (attribute(node, "name") or "").lower()
        inside = child(node, "xmlData")
        if inside is not None and len(inside):
            found[name] = inside[0]
        binary = child(node, "binaryData")
        if binary is not None and name.endswith(".xml"):
            found[name] = xml_tree(_decoded(binary.text or ""))
    document = next((node for name, node in found.items() if _MAIN.search(name)), None)
    if document is None:
        raise Unreadable("文件中找不到 Word 正文，可能已损坏；请用 WPS 或 Word 打开后另存为 .docx 再试。")
    return Parts(document, found.get("/word/numbering.xml"), found.get("/word/styles.xml"), None)


def _decoded(text: str) -> bytes:
    """The bytes of a part written in base64; refused where they cannot be."""
    try:
        return base64.b64decode(text.encode())[:MAX_PART]
    except ValueError as error:
        raise damaged() from error


def _main_name(package: Package) -> str | None:
    if "_rels/.rels" in package:
        for relation in xml_tree(package.read("_rels/.rels")):
            if (attribute(relation, "Type") or "").endswith("/officeDocument"):
                target = posixpath.normpath((attribute(relation, "Target") or "").lstrip("/"))
                if target in package:
                    return target
    return next((name for name in package.names if _MAIN.search(name)), None)


def _lines(root: etree._Element) -> list[str]:
    """The text of each paragraph that has any."""
    paragraphs = (node for node in root.iter() if local_name(node) == "p")
    texts = ("".join(node.text or "" for node in paragraph.iter() if local_name(node) == "t").strip() for paragraph in paragraphs)
    return [text for text in texts if text]


def _text_of(root: etree._Element, name: str) -> str | None:
    node = child(root, name)
    text = (node.text or "").strip() if node is not None else ""
    return text or None
