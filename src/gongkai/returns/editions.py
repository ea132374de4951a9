"""Which editions of the return are there, and which one does a name or a report year mean?"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from gongkai.errors import NotFound
from gongkai.returns.loader import load
from gongkai.returns.model import Edition

_FOLDER = Path(__file__).parent / "editions"


@cache
def editions() -> tuple[Edition, ...]:
    """Every shipped edition, newest first; self-checked on load (BadEdition)."""
    loaded = [load(path) for path in sorted(_FOLDER.glob("*.toml"))]
    return tuple(sorted(loaded, key=lambda e: (e.last_year or 9999, e.first_year or 0, e.key), reverse=True))


def edition(name: str) -> Edition:
    """The edition of a key ("cn2021") or a short form ("2021"); NotFound lists what there is."""
    for candidate in editions():
        if name == candidate.key or name in candidate.short:
            return candidate
    known = "、".join(f"{e.short[0]}（{e.key}）" for e in editions())
    raise NotFound(f"没有名为“{name}”的年报格式。可用的有：{known}。")


def edition_for(year: int) -> Edition | None:
    """The national edition in force for a report year; None before 2014, when forms were local."""
    for candidate in editions():
        if candidate.first_year is not None and candidate.key.startswith("cn") and candidate.covers(year):
            return candidate
    return None
