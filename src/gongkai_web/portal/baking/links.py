"""How does a page that names addresses of a server become one that works in any folder?

Every address of ours becomes a path from the page to a file; one that leads to no file of the edition leads to the portal where its address is
known, and is left out where it is not, so that nothing is dead. What tells of an item names it in its line, linked or not: by that its
lines are found when it is withdrawn.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import quote, unquote

from gongkai_web.publishing.baked_pages import file_of, front_of_address, mark_of

_TAG = re.compile(r"<([a-zA-Z]+)(?:[^<>\"]|\"[^\"]*\")*>")
_ADDRESS = re.compile(r'\s(href|src|action|data-of|data-all-of)="(/[^"]*)"')
_FILE = re.compile(r"/info/(.+)/files/(\d+)/([^/]+)")
_MARKS = frozenset({"data-of", "data-all-of"})
_LEAD_AWAY = frozenset({"a", "form"})
"""Whose addresses may lead to the portal: a page loads nothing from there."""


def relative(page: str, path: str, known: Callable[[str], bool], portal: str = "") -> str:
    """The page at ``path`` with its addresses made relative; ``known`` says whether a file belongs to the edition.

    ``portal`` is the address of the portal here without a slash at its end, empty where none is known.
    """
    up = "../" * path.count("/")

    def changed(tag: re.Match[str]) -> str:
        def attribute(found: re.Match[str]) -> str:
            name, address = found[1], unescape(found[2])
            front = front_of_address(address)
            if name in _MARKS:
                return mark_of(front, name) if front else ""
            target, rest = _target(address)
            if known(target):
                return f' {name}="{escape(up + quote(target) + rest)}"'
            away = f' {name}="{escape(_at_portal(portal, address))}"' if portal and tag[1].lower() in _LEAD_AWAY else ""
            return f"{away}{mark_of(front, 'data-of')}" if front else away

        return _ADDRESS.sub(attribute, tag[0])

    return _TAG.sub(changed, page)


def _at_portal(portal: str, address: str) -> str:
    """An address at the portal. Another body's is beside this one's where the portal's own address ends with a body."""
    beside = re.sub(r"/b/[^/]+$", "", portal) if address.startswith("/b/") else portal
    return f"{beside}{address}"


def _target(address: str) -> tuple[str, str]:
    """The file that an address of a server stands for, and what follows its path (a question, a fragment)."""
    cut = min((at for at in (address.find("?"), address.find("#")) if at >= 0), default=len(address))
    path, rest = address[:cut], address[cut:]
    attached = _FILE.fullmatch(path)
    if attached:
        return file_of(unquote(attached[1]), int(attached[2]), unquote(attached[3])), rest
    front = front_of_address(path)
    target = front if front and path.endswith("/") else unquote(path).lstrip("/")
    return (f"{target}index.html" if not target or target.endswith("/") else target), rest
