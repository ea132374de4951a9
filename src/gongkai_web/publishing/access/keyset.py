"""How does a place in an ordered list go into an address and back?"""

from __future__ import annotations

import base64
import binascii
import datetime as dt

from gongkai_web.ui.refusals import NotHere

LOST = "没有这一页。请从列表的第一页重新翻。"


def closed(moment: dt.datetime, key: int) -> str:
    """A place: an instant and a row's key."""
    return base64.urlsafe_b64encode(f"{moment.astimezone(dt.UTC).isoformat()}|{key}".encode()).decode().rstrip("=")


def opened(written: str) -> tuple[dt.datetime, int]:
    """The place again. NotHere for what was never given out."""
    try:
        moment, _, number = base64.urlsafe_b64decode(written + "=" * (-len(written) % 4)).decode().partition("|")
        made, key = dt.datetime.fromisoformat(moment), int(number)
    except (ValueError, binascii.Error, OverflowError):
        raise NotHere(LOST) from None
    if made.tzinfo is None or not 0 <= key < 1 << 63:
        raise NotHere(LOST)
    return made, key
