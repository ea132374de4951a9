"""On which working day did something of the demo year happen?"""

from __future__ import annotations

import datetime as dt
import zlib
from dataclasses import dataclass

from gongkai.calendar import published
from gongkai.calendar.arrangement import by_weekday
from gongkai.calendar.spans import add_days
from gongkai_web.ui import clock

# When in a working day which sort of thing is done: the hour it begins with, and within how many minutes.
MORNING, FORENOON, AFTERNOON, LATE = (9, 40), (10, 80), (14, 90), (16, 50)


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a demo office made on ``today``. Everything it has behind it happened on working days before that."""

    today: dt.date

    @property
    def last(self) -> dt.date:
        """The last working day that is over."""
        return self.back(self.today, 1)

    def back(self, day: dt.date, count: int) -> dt.date:
        """The working day ``count`` before a day."""
        return _away(day, count, -1)

    def on(self, month_and_day: str, years_back: int = 0) -> dt.date:
        """The last time that ``MM-DD`` is over, or that many years before, or the working day before it."""
        month, day = (int(part) for part in month_and_day.split("-"))
        year = self.today.year - (dt.date(self.today.year, month, day) >= self.last) - years_back
        found = dt.date(year, month, day)
        return found if works(found) else self.back(found, 1)

    def forward(self, day: dt.date, count: int) -> dt.date:
        """The working day ``count`` after a day."""
        return _away(day, count, 1)


def works(day: dt.date) -> bool:
    """Whether a day is a working day; by the weekday where the year's holidays are not announced yet."""
    calendar = published()
    return calendar.is_working_day(day) if calendar.is_published(day.year) else by_weekday(day).works


def _away(day: dt.date, count: int, step: int) -> dt.date:
    while count > 0:
        day = add_days(day, step)
        count -= works(day)
    return day


def moment(day: dt.date, time: tuple[int, int], seed: str) -> dt.datetime:
    """An instant of a day, always the same for the same seed."""
    hour, within = time
    minute, second = divmod(zlib.crc32(seed.encode()) % (within * 60), 60)
    return dt.datetime.combine(day, dt.time(hour), clock.BEIJING) + dt.timedelta(minutes=minute, seconds=second)
