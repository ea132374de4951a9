"""Which day is it for the person at the keyboard, and what does this machine know of days off?"""

from __future__ import annotations

import argparse
import datetime as dt
import os
from pathlib import Path

from gongkai import law
from gongkai.calendar import Calendar, published
from gongkai.calendar.importing import FIRST_YEAR, LAST_YEAR, WRITTEN_DAY, read_folder
from gongkai.calendar.working_days import BEIJING


def day(text: str) -> dt.date:
    """A day as typed on the command line: 2025-01-20, and as people write it, 2025/1/20 or 2025年1月20日."""
    written = WRITTEN_DAY.fullmatch(text.strip())
    try:
        typed = dt.date(*map(int, written.groups())) if written else dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2025-01-20 的样子") from None
    if not FIRST_YEAR <= typed.year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"“{text}”不在 {FIRST_YEAR} 年至 {LAST_YEAR} 年之间，请核对年份")
    return typed


def today() -> dt.date:
    """The legal day of the person at the keyboard: the date in Beijing."""
    return dt.datetime.now(BEIJING).date()


def data_folder() -> Path:
    """Where this machine keeps what was imported: GONGKAI_DATA, else the place the desktop standard names."""
    given = os.environ.get("GONGKAI_DATA")
    if given:
        return Path(given)
    share = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(share) / "gongkai"


def calendar_here(body: str | None = None) -> Calendar:
    """The calendar of this machine: what came with the program and what was imported, for everybody or for one body."""
    calendar = published().plus(*read_folder(data_folder() / "calendars", law.national()))
    return calendar.for_body(body or "")
