"""How does a page that names addresses of a server become one that works in any folder?

Every address of ours becomes a path from the page to a file; one that leads to no file of the edition is left out, so that nothing is dead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import quote, unquote

from gongkai_web.publishing.baked import file_of

_TAG = re.compile(r"<[a-zA-Z](?:[^<>\"]|\"[^\"]*\")*>")
_ADDRESS = re.compile(r'\s(href|src|action)="(/[^"]*)"')
_FILE = re.compile(r"/info/(.+)/files/(\d+)/([^/]+)")


def relative(page: str, path: str, known: Callable[[str], bool]) -> str:
    """The page at ``path`` with its addresses made relative; ``known`` says whether a file belongs to the edition."""
    up = "../" * path.count("/")

    def attribute(found: re.Match[str]) -> str:
        target, rest = _target(unescape(found[2]))
        if not known(target):
            return ""
        return f' {found[1]}="{escape(up + quote(target) + rest)}"'

    return _TAG.sub(lambda tag: _ADDRESS.sub(attribute, tag[0]), page)


def _target(address: str) -> tuple[str, str]:
    """The file that an address of a server stands for, and what follows its path (a question, a fragment)."""
    cut = min((at for at in (address.find("?"), address.find("#")) if at >= 0), default=len(address))
    path, rest = address[:cut], address[cut:]
    attached = _FILE.fullmatch(path)
    if attached:
        return file_of(unquote(attached[1]), int(attached[2]), unquote(attached[3])), rest
    target = unquote(path).lstrip("/")
    return (f"{target}index.html" if not target or target.endswith("/") else target), rest
