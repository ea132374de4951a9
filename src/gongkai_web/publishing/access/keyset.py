"""How does a place in an ordered list go into an address and back, and which places lie at the ends of a page?"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Callable, Sequence
from typing import TypeVar

from gongkai_web.ui.refusals import NotHere

LOST = "没有这一页。请从列表的第一页重新翻。"

Value = TypeVar("Value")
Row = TypeVar("Row")


def closed(value: str, key: int) -> str:
    """A place: what the row is ordered by, as :func:`text` writes it, and the row's key."""
    return base64.urlsafe_b64encode(f"{value}|{key}".encode()).decode().rstrip("=")


def opened(written: str, read: Callable[[str], Value]) -> tuple[Value, int]:
    """The place again; ``read`` gives the value back, or ValueError. NotHere for what was never given out."""
    try:
        value, _, number = base64.urlsafe_b64decode(written + "=" * (-len(written) % 4)).decode().rpartition("|")
        place, key = read(value), int(number)
    except (ValueError, binascii.Error, OverflowError):
        raise NotHere(LOST) from None
    if not 0 <= key < 1 << 63 or "\x00" in value:
        raise NotHere(LOST)
    return place, key


def text(value: dt.date | str) -> str:
    """A day, an instant or a text as a place writes it; instants in UTC."""
    if isinstance(value, dt.datetime):
        value = value.astimezone(dt.UTC)
    return value if isinstance(value, str) else value.isoformat()


def instant(written: str) -> dt.datetime:
    """An instant of a place. ValueError for what is none."""
    moment = dt.datetime.fromisoformat(written)
    if moment.tzinfo is None:
        raise ValueError(written)
    return moment


def is_backwards(after: str | None, before: str | None) -> bool:
    """Whether the rows before a place are asked for: they are read from the place towards the start."""
    return before is not None and after is None


def page(
    read: Sequence[Row], size: int, after: str | None, before: str | None, place: Callable[[Row], str]
) -> tuple[list[Row], str | None, str | None]:
    """The rows of a page in the list's order and the places to go on from: next, previous; None where there is nothing further.

    ``read`` is what stands after one place or before another, nearest first, one more than ``size`` where there is more.
    """
    backwards, more = is_backwards(after, before), len(read) > size
    found = list(read[:size])
    if backwards:
        found.reverse()
    has_next = bool(found) and (backwards or more)
    has_previous = bool(found) and (more if backwards else after is not None)
    return found, place(found[-1]) if has_next else None, place(found[0]) if has_previous else None
