"""Which shorter files can be made of a long report, to be read in a fraction of the time?"""

from __future__ import annotations

import io
import re
import zipfile

import pypdfium2 as pdfium
from lxml import etree
from lxml import html as lxml_html

from tools.mutations import Kind, decoded, members

_FEW_ROWS = 7


def shortened(kind: Kind, data: bytes) -> tuple[bytes, ...]:
    """Short files made of one: a few rows of each table, a few lines, single pages."""
    if kind == "text":
        lines = decoded(data).split("\n")
        return tuple("\n".join(lines[first : first + 40]).encode() for first in range(0, len(lines), max(40, len(lines) // 4)))
    if kind == "html":
        root = lxml_html.document_fromstring(decoded(data).encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))
        _keep_few(root, "tr", _FEW_ROWS)
        return (bytes(lxml_html.tostring(root, encoding="utf-8")),)
    if kind in {"docx", "xlsx"}:
        return (_short_package(kind, data),)
    return _single_pages(data) if kind == "pdf" else ()


def _keep_few(root: etree._Element, name: str, rows: int) -> None:
    for parent in {row.getparent() for row in root.iter(f"{{*}}{name}")}:
        if parent is not None:
            for row in list(parent.iterchildren(f"{{*}}{name}"))[rows:]:
                parent.remove(row)


def _short_package(kind: Kind, data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in members(data):
            if re.search(r"media/|theme", name):
                continue
            if re.search(r"word/document\.xml|sheets/sheet\d+\.xml", name):
                root = etree.fromstring(content)
                _keep_few(root, "tr" if kind == "docx" else "row", _FEW_ROWS)
                _keep_few(root, "p", 2 * _FEW_ROWS)
                content = etree.tostring(root, encoding="utf-8", xml_declaration=True)
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _single_pages(data: bytes) -> tuple[bytes, ...]:
    out = []
    with pdfium.PdfDocument(data) as whole:
        for page in range(min(len(whole), 3)):
            with pdfium.PdfDocument.new() as one:
                one.import_pages(whole, [page])
                made = io.BytesIO()
                one.save(made)
                out.append(made.getvalue())
    return tuple(out)
