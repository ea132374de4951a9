"""How is a static edition made in a test, and what is in its folder?"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from gongkai_web.portal.baking import baker
from gongkai_web.publishing import baked
from gongkai_web.publishing.baked import Wanted
from gongkai_web.publishing.models import Category
from tests.web.publishing.conftest import Bureau

BASE = "https://www.example.gov.cn/sfj/"
PORTAL = "https://gongkai.example.gov.cn"
MADE_ANEW = (".csv", ".xlsx", ".json", ".rss", ".atom")
"""How files end that go with a withdrawal until they are made anew: they are not made of lines."""


def edition(bureau: Bureau, folder: Path, **more: Any) -> baked.Edition:
    """An edition of the bureau in a folder, not yet baked."""
    return baker.begun(Wanted(bureau.body.slug, folder, **{"base_url": BASE, **more}))


def everything(folder: Path) -> dict[str, bytes]:
    """Every file by its path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def telling(folder: Path, words: str) -> list[str]:
    """The files in which some words stand."""
    return [path for path, data in everything(folder).items() if words.encode() in data]


def addresses(page: str) -> list[str]:
    """Every address that a page leads to or loads."""
    return [
        unescape(a) for tag in re.findall(r"<[a-z][^<>]*>", page) for a in re.findall(r'\s(?:href|src|action)="([^"]*)"', tag)
    ]


def dead_links(folder: Path, but: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """The addresses that lead to no file of the folder, or out of it, each with its page."""
    found = []
    for path, data in everything(folder).items():
        for address in addresses(data.decode()) if path.endswith(".html") else []:
            parts = urlsplit(address)
            if parts.scheme or not parts.path or (but and parts.path.endswith(but)):
                continue
            if not ((folder / path).parent / unquote(parts.path)).resolve().is_file():
                found.append((path, address))
    return found


def put_out(bureau: Bureau, *keys: str, channel: str = "baked") -> None:
    """Let the items of some categories become public on a channel."""
    assert Category.objects.filter(body=bureau.body, key__in=keys).update(channel=channel) == len(keys)
