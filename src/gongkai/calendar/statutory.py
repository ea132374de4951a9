"""Which days are public holidays by statute in a year that nobody has arranged yet?

The arrangement of a year joins these days with weekends by moving working days about. Before it is published only the
statutory days themselves are certain: a provisional calendar is Monday to Friday less these. Days given in lieu of a holiday
that falls on a weekend are not foreseen, so that a provisional deadline tends to be early rather than late.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from functools import lru_cache
from pathlib import Path

from gongkai.errors import BadCalendar, NoCalendar
from gongkai.law import Law

FILE = Path(__file__).parent / "festivals.toml"
AFTER_NEW_YEAR = {"除夕": -1, "初一": 0, "初二": 1, "初三": 2}


@lru_cache(maxsize=1)
def _table() -> tuple[dict[int, dict[str, dt.date]], tuple[int, int]]:
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    month, day = data["year_end"].split("-")
    return {int(year): days for year, days in data["festivals"].items()}, (int(month), int(day))


def year_end(year: int) -> dt.date:
    """The first of a year's last days that the next year's arrangement may still move."""
    return dt.date(year, *_table()[1])


def statutory_holidays(year: int, law: Law) -> frozenset[dt.date]:
    """The holidays of all citizens in a year. Raises NoCalendar where the law or the table of festivals does not reach."""
    rule = law.find(dt.date(year, 1, 1), "holiday.statutory")
    if rule is None or year not in _table()[0]:
        raise NoCalendar(
            f"{year}年超出了节日表的范围，无法推算放假日。请核对年份，或用 gongkai calendar import 导入该年的放假安排。"
        )
    names = rule.value if isinstance(rule.value, tuple) else ()
    return frozenset(_day(name, year) for name in names)


def _day(name: str, year: int) -> dt.date:
    fixed = re.fullmatch(r"(\d+)月(\d+)日", name)
    if fixed:
        return dt.date(year, int(fixed[1]), int(fixed[2]))
    festivals = _table()[0][year]
    if name in AFTER_NEW_YEAR:
        return festivals["初一"] + dt.timedelta(days=AFTER_NEW_YEAR[name])
    if name in festivals:
        return festivals[name]
    raise BadCalendar(f"放假办法里的“{name}”在节日表 {FILE.name} 里没有对应的日期，请补上。")
