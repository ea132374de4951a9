"""Which arrangements of days off come with the program?"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from chinese_calendar import constants

from gongkai.calendar.arrangement import Arrangement, DayKind
from gongkai.calendar.statutory import year_end
from gongkai.calendar.working_days import Calendar
from gongkai.errors import BadCalendar

FILE = Path(__file__).parent / "arrangements.toml"


@lru_cache(maxsize=1)
def published() -> Calendar:
    """The calendar of every arrangement that came with this release, oldest first. Source: chinesecalendar and our own entries."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    off, work = _by_arrangement(constants.holidays), _by_arrangement(constants.workdays)
    amendments = [_amendment(entry) for entry in data["amendment"]]
    for entry in data["amendment"]:
        _undo(entry, off[entry["year"]], work[entry["year"]])
    known = {int(year): day for year, day in data["published"].items()}
    years = [
        Arrangement(
            year, frozenset(off[year]), frozenset(work[year]), f"国务院办公厅关于{year}年部分节假日安排的通知", known.get(year)
        )
        for year in sorted(off)
    ]
    return Calendar(tuple(sorted([*years, *amendments], key=lambda a: (a.year, not a.complete))))


def _by_arrangement(days: dict[dt.date, str]) -> dict[int, set[dt.date]]:
    """Days by the year whose notice arranged them: the last days of December belong to the next New Year."""
    found: dict[int, set[dt.date]] = defaultdict(set)
    for day in days:
        found[day.year + 1 if day >= year_end(day.year) else day.year].add(day)
    return found


def _amendment(entry: dict[str, Any]) -> Arrangement:
    changes = entry["changes"]
    off = frozenset(c["day"] for c in changes if not DayKind(c["after"]).works)
    work = frozenset(c["day"] for c in changes if DayKind(c["after"]).works)
    return Arrangement(entry["year"], off, work, entry["source"], entry["published"], complete=False)


def _undo(entry: dict[str, Any], off: set[dt.date], work: set[dt.date]) -> None:
    """Take the days back to the state before the amendment; what the library carries must be the state after it."""
    for change in entry["changes"]:
        day, before, after = change["day"], DayKind(change["before"]), DayKind(change["after"])
        found = DayKind.HOLIDAY if day in off else DayKind.MAKE_UP if day in work else None
        if found is not after:
            raise BadCalendar(f"{FILE.name}：{day} 在所用的日历数据里不是“{after}”，请核对修改记录。")
        off.discard(day)
        work.discard(day)
        if before is DayKind.HOLIDAY:
            off.add(day)
        if before is DayKind.MAKE_UP:
            work.add(day)
