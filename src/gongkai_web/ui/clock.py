"""What time is it, and which day is it in Beijing?

The one place of the web layer that asks a clock. The core is given the day; a test replaces ``now``.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


def now() -> dt.datetime:
    """This instant, in UTC with its zone."""
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The legal day: the calendar day in Beijing."""
    return now().astimezone(BEIJING).date()
