"""Which day ends a span of calendar days, months or years?"""

from __future__ import annotations

import calendar as months
import datetime as dt

from gongkai.calendar.working_days import Calendar

MONTHS_OF_A_YEAR = 12


def add_days(day: dt.date, count: int) -> dt.date:
    """The last of ``count`` calendar days, the day itself not counted."""
    return day + dt.timedelta(days=count)


def add_months(day: dt.date, count: int) -> dt.date:
    """The same day of the month ``count`` months later, or that month's last day where it has no such day."""
    place = day.year * MONTHS_OF_A_YEAR + day.month - 1 + count
    year, month = place // MONTHS_OF_A_YEAR, place % MONTHS_OF_A_YEAR + 1
    return dt.date(year, month, min(day.day, months.monthrange(year, month)[1]))


def rolled(day: dt.date, calendar: Calendar) -> dt.date:
    """The day itself, or the first working day after it when it is a day of rest: how a legal span of days or months ends."""
    return calendar.next_working_day(day)
