"""How are names and values looked up in the XML of office files, whichever namespace they use?"""

from __future__ import annotations

from functools import lru_cache

from lxml import etree


def local_name(element: etree._Element | None) -> str:
    """An element's name without its namespace, which differs between the two kinds of OOXML; empty for None."""
    return "" if element is None else _without_namespace(element.tag)


@lru_cache(maxsize=4096)  # a document has few names, each thousands of times
def _without_namespace(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The first descendant along a path of local names; None when a step is missing."""
    for name in names:
        if element is None:
            return None
        element = next(element.iterchildren(f"{{*}}{name}"), None)
    return element


def attribute(element: etree._Element | None, name: str) -> str | None:
    """An attribute by its local name."""
    if element is None:
        return None
    for key, value in element.attrib.items():
        if _without_namespace(key) == name:
            return str(value)
    return None


def whole(text: str | None, otherwise: int) -> int:
    """A number in an attribute, or ``otherwise`` when it is none."""
    try:
        return int(text or "")
    except ValueError:
        return otherwise
