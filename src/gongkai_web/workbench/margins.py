"""Where in a text does the scan find something, shown as numbered marks that lead to the margin and back?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from lxml import html as lxml_html

from gongkai_web.publishing.scans import ScanHit

TEXT = "正文"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A hit with its number on the page and whether it is marked in the text."""

    number: int
    hit: ScanHit
    in_text: bool = False


def numbered(hits: Iterable[ScanHit], html: str) -> tuple[tuple[Numbered, ...], str]:
    """The hits with numbers, the open ones first, and the text with a mark at each that stands in it."""
    ordered = sorted(hits, key=lambda h: not h.is_open)
    found = [Numbered(n, hit) for n, hit in enumerate(ordered, start=1)]
    wanted = [n for n in found if n.hit.part == TEXT and n.hit.text]
    if not wanted or not html.strip():
        return tuple(found), html
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    places: set[int] = set()
    for element in [e for e in root.iter() if isinstance(e.tag, str)]:
        _mark(element, wanted, places)
    inner = str(escape(root.text or "")) + "".join(lxml_html.tostring(child, encoding="unicode") for child in root)
    return tuple(Numbered(n.number, n.hit, n.number in places) for n in found), inner


def _mark(element: Any, wanted: Sequence[Numbered], places: set[int]) -> None:
    """Mark what stands in the element's own words: before its first child, and after each."""
    for child in [None, *element]:
        pieces = list(_pieces((element.text if child is None else child.tail) or "", wanted))
        if len(pieces) < 2:
            continue
        if child is None:
            element.text, at = pieces[0][0], 0
        else:
            child.tail, at = pieces[0][0], element.index(child) + 1
        for words, each in pieces[1:]:
            if each is not None:
                element.insert(at, _made(each, words))
                places.add(each.number)
                at += 1
            else:
                element[at - 1].tail = words


def _pieces(text: str, wanted: Sequence[Numbered]) -> Iterator[tuple[str, Numbered | None]]:
    """The text cut at the hits: always begins with plain words, which may be empty."""
    while True:
        spots = [(text.find(n.hit.text), -len(n.hit.text), n.number, n) for n in wanted if n.hit.text in text]
        if not spots:
            yield text, None
            return
        at, length, _, each = min(spots, key=lambda s: s[:3])
        yield text[:at], None
        yield each.hit.text, each
        text = text[at - length :]


def _made(each: Numbered, words: str) -> Any:
    made = lxml_html.Element("mark")
    made.set("class", "hit-mark" if each.hit.is_open else "hit-mark hit-done")
    made.text = words
    link = lxml_html.Element("a")
    link.set("href", f"#hit-{each.number}")
    link.set("class", "hit-number")
    link.set("aria-label", f"看第 {each.number} 处")
    link.text = str(each.number)
    made.append(link)
    return made
