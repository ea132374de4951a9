"""What time is it, and which day is it in Beijing?

The one place of the web layer that asks a clock. The core is given the day; a test replaces ``now``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
_by_hand: ContextVar[dt.datetime | None] = ContextVar("clock_by_hand", default=None)


def now() -> dt.datetime:
    """This instant, in UTC with its zone."""
    return _by_hand.get() or dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The legal day: the calendar day in Beijing."""
    return now().astimezone(BEIJING).date()


@contextmanager
def set_by_hand() -> Iterator[Callable[[dt.datetime], None]]:
    """A block in which acts happen at the instants that are set, each at or after the one before; afterwards the clock goes on as always.

    Only the demo office is made so, in a folder that held no office, to have a year behind it (``office.demo``). A test holds that
    nobody else asks for it. Nothing else of an act changes: guards, trail and numbers see the instant that was set.
    """
    before = _by_hand.set(None)

    def set_to(moment: dt.datetime) -> None:
        last = _by_hand.get()
        if last is not None and moment < last:
            raise ValueError("the clock is never set back")
        _by_hand.set(moment.astimezone(dt.UTC))

    try:
        yield set_to
    finally:
        _by_hand.reset(before)
