"""What do feed readers and search engines get?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from xml.etree import ElementTree as ET

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST_IN_SITEMAP = 50_000


@dataclass(frozen=True, slots=True)
class News:
    """One entry of a feed."""

    title: str
    address: str
    summary: str
    category: str
    published_at: dt.datetime
    index_number: str
    who: str = ""
    """The body, where one feed tells of several."""


def rss(title: str, home: str, words: str, news: Iterable[News]) -> bytes:
    """RSS 2.0."""
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    for name, value in (("title", title), ("link", home), ("description", words), ("language", "zh-cn")):
        ET.SubElement(channel, name).text = value
    for one in news:
        item = ET.SubElement(channel, "item")
        for name, value in (
            ("title", one.title),
            ("link", one.address),
            ("description", one.summary),
            ("category", one.category),
            *((("author", one.who),) if one.who else ()),
        ):
            ET.SubElement(item, name).text = value
        ET.SubElement(item, "guid", isPermaLink="true").text = one.address
        ET.SubElement(item, "pubDate").text = format_datetime(one.published_at)
    return _bytes(root)


def atom(title: str, home: str, own: str, author: str, news: Sequence[News]) -> bytes:
    """Atom 1.0, changed when its newest entry was."""
    changed_at = max((n.published_at for n in news), default=dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed")
    ET.SubElement(root, f"{{{ATOM}}}title").text = title
    ET.SubElement(root, f"{{{ATOM}}}id").text = own
    ET.SubElement(root, f"{{{ATOM}}}link", href=home)
    ET.SubElement(root, f"{{{ATOM}}}link", href=own, rel="self")
    ET.SubElement(root, f"{{{ATOM}}}updated").text = changed_at.isoformat()
    ET.SubElement(ET.SubElement(root, f"{{{ATOM}}}author"), f"{{{ATOM}}}name").text = author
    for one in news:
        entry = ET.SubElement(root, f"{{{ATOM}}}entry")
        ET.SubElement(entry, f"{{{ATOM}}}title").text = one.title
        ET.SubElement(entry, f"{{{ATOM}}}id").text = one.address
        ET.SubElement(entry, f"{{{ATOM}}}link", href=one.address)
        ET.SubElement(entry, f"{{{ATOM}}}updated").text = one.published_at.isoformat()
        ET.SubElement(entry, f"{{{ATOM}}}summary").text = one.summary
        ET.SubElement(entry, f"{{{ATOM}}}category", term=one.category)
        if one.who:
            ET.SubElement(ET.SubElement(entry, f"{{{ATOM}}}author"), f"{{{ATOM}}}name").text = one.who
    return _bytes(root)


def sitemap(pages: Iterable[tuple[str, dt.datetime | None]]) -> bytes:
    """A site map of addresses with the moment each last changed."""
    ET.register_namespace("", SITEMAP)
    root = ET.Element(f"{{{SITEMAP}}}urlset")
    for address, changed in pages:
        url = ET.SubElement(root, f"{{{SITEMAP}}}url")
        ET.SubElement(url, f"{{{SITEMAP}}}loc").text = address
        if changed is not None:
            ET.SubElement(url, f"{{{SITEMAP}}}lastmod").text = changed.date().isoformat()
    return _bytes(root)


def sitemap_index(addresses: Iterable[str]) -> bytes:
    """An index of site maps, where one would be too long."""
    ET.register_namespace("", SITEMAP)
    root = ET.Element(f"{{{SITEMAP}}}sitemapindex")
    for address in addresses:
        ET.SubElement(ET.SubElement(root, f"{{{SITEMAP}}}sitemap"), f"{{{SITEMAP}}}loc").text = address
    return _bytes(root)


def _bytes(root: ET.Element) -> bytes:
    for element in root.iter():
        if element.text:
            element.text = "".join(c for c in element.text if c in "\t\n" or ord(c) >= 32)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))
