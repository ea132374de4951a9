"""Which words does an OFD file – the national page format – show, page by page?"""

from __future__ import annotations

import posixpath
import re

from lxml import etree

from gongkai.errors import Unreadable
from gongkai.kernel import Place
from gongkai.reading.limits import Package, xml_tree
from gongkai.reading.ooxml import attribute, child, local_name
from gongkai_web.files.passages import BODY, COMMENTS, PROPERTIES, Gathering

MAX_PAGES = 2000
_SAME_LINE = 2.0
"""Millimetres: text objects whose upper edges are nearer stand in one line."""
_PICTURE = re.compile(r"\.(?:png|jpe?g|bmp|tiff?|gif|jb2|jbig2)$", re.IGNORECASE)


def ofd_text(data: bytes) -> Gathering:
    """An OFD: pages in order, the templates they lie on, annotations, and what the file says of itself."""
    found = Gathering()
    package = Package(data)
    names = {name.lower(): name for name in package.names}
    book = _tree(package, names, "OFD.xml")
    if book is None:
        raise Unreadable("OFD 文件里缺少目录，可能已损坏；请用 OFD 阅读器打开后另存一份再上传。")
    for body in book.iter("{*}DocBody"):
        information = child(body, "DocInfo")
        for node in information.iter() if information is not None else ():
            if node.text and node.text.strip() and local_name(node) not in ("DocID", "CreationDate", "ModDate", "CreatorVersion"):
                found.add(node.text, None, PROPERTIES)
        root = _path("", _said(child(body, "DocRoot")))
        document = _tree(package, names, root)
        if document is None:
            found.leave("OFD 文件里有一份文档打不开，没有检查；请用 OFD 阅读器看过。")
            continue
        _document(package, names, document, posixpath.dirname(root), found)
        if child(body, "Signatures") is not None:
            found.leave("OFD 文件带有签章，签章图样里的文字没有检查；请用 OFD 阅读器看过。")
    pictures = sum(bool(_PICTURE.search(name)) for name in package.names)
    if pictures:
        found.leave(f"OFD 文件里有{pictures}张图片，图片里的文字没有检查；请逐张看过，确认没有不应公开的内容。")
    if any("attach" in name and not name.endswith(".xml") for name in names):
        found.leave("OFD 文件里带有附件，里面的内容没有检查；请用 OFD 阅读器看过。")
    return found


def _document(package: Package, names: dict[str, str], document: etree._Element, folder: str, found: Gathering) -> None:
    templates = {
        attribute(node, "ID") or "": _path(folder, attribute(node, "BaseLoc") or "") for node in document.iter("{*}TemplatePage")
    }
    pages = [_path(folder, attribute(node, "BaseLoc") or "") for node in document.iter("{*}Page") if attribute(node, "BaseLoc")]
    if len(pages) > MAX_PAGES:
        found.leave(f"OFD 超过 {MAX_PAGES} 页，后面的页没有检查；请拆成几个文件后再上传。")
    laid: set[str] = set()
    for number, path in enumerate(pages[:MAX_PAGES], start=1):
        page = _tree(package, names, path)
        if page is None:
            found.leave(f"OFD 第{number}页打不开，没有检查；请用 OFD 阅读器看过。", Place(page=number))
            continue
        for use in page.iter("{*}Template"):
            template = templates.get(attribute(use, "TemplateID") or "", "")
            if template and template not in laid:
                laid.add(template)
                _lines(_tree(package, names, template), number, BODY, found)
        before = len(found.passages)
        _lines(page, number, BODY, found)
        if len(found.passages) == before and any(local_name(node) in ("ImageObject", "PathObject") for node in page.iter()):
            found.leave(f"第{number}页是图像，没有文字，没有检查；请看过这一页，确认没有不应公开的内容。", Place(page=number))
    read = {path.lower() for path in (*pages, *templates.values())}
    for lower, name in names.items():
        if "annot" in lower and lower.endswith(".xml") and lower not in read:
            _lines(_tree(package, names, name), None, COMMENTS, found)


def _lines(root: etree._Element | None, page: int | None, part: str, found: Gathering) -> None:
    """The text objects of a page as lines: one above the other by their upper edge, left to right within."""
    if root is None:
        return
    pieces = []
    for order, node in enumerate(root.iter("{*}TextObject")):
        words = "".join(code.text or "" for code in node.iter("{*}TextCode"))
        left, top = _corner(attribute(node, "Boundary"))
        pieces.append((top, left, order, words))
    line: list[tuple[float, float, int, str]] = []
    for piece in [*sorted(pieces), None]:
        if line and (piece is None or piece[0] - line[0][0] > _SAME_LINE):
            text = "".join(words for _, _, _, words in sorted(line, key=lambda p: (p[1], p[2])))
            found.add(text, Place(quote=text.strip()[:60], page=page), part)
            line = []
        if piece is not None:
            line.append(piece)


def _corner(boundary: str | None) -> tuple[float, float]:
    try:
        left, top = (float(number) for number in (boundary or "").split()[:2])
    except ValueError:
        return 0.0, 0.0
    return left, top


def _said(node: etree._Element | None) -> str:
    return (node.text or "").strip() if node is not None else ""


def _path(folder: str, location: str) -> str:
    return location.lstrip("/") if location.startswith("/") else posixpath.normpath(posixpath.join(folder, location))


def _tree(package: Package, names: dict[str, str], path: str) -> etree._Element | None:
    name = names.get(path.lower())
    return xml_tree(package.read(name)) if name else None
