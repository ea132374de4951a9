"""What do the footnotes and comments of a Word file say, which the reader of reports leaves out?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from gongkai.kernel import Place
from gongkai.reading.limits import Package, xml_tree
from gongkai.reading.ooxml import local_name
from gongkai.screening.passages import Passage

_PARTS = (
    (re.compile(r"(?:^|/)word/footnotes\d*\.xml$"), "脚注"),
    (re.compile(r"(?:^|/)word/endnotes\d*\.xml$"), "尾注"),
    (re.compile(r"(?:^|/)word/comments\d*\.xml$"), "批注"),
)


def notes(data: bytes) -> tuple[Passage, ...]:
    """The paragraphs of footnotes, endnotes and comments of a .docx archive, each with the name of its part.

    Raises Unreadable when the archive or a part is damaged or beyond the bounds.
    """
    package = Package(data)
    found = []
    for name in package.names:
        for pattern, part in _PARTS:
            if pattern.search(name.lower()):
                found += [Passage(text, Place(), part=part) for text in _paragraphs(xml_tree(package.read(name)))]
    return tuple(found)


def _paragraphs(root: etree._Element) -> Iterator[str]:
    for paragraph in root.iter():
        if local_name(paragraph) == "p":
            text = "".join(node.text or "" for node in paragraph.iter() if local_name(node) == "t")
            if text.strip():
                yield text
