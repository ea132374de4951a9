"""Is a day a working day, and which day is so many working days later?

A calendar is a value: the notices on days off that it knows, nothing else. As read from the notices it refuses a year that has
not been arranged; for a case :meth:`Calendar.for_cases` gives one that answers provisionally and says so.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from zoneinfo import ZoneInfo

from gongkai.calendar.arrangement import Arrangement, DayKind, by_weekday
from gongkai.calendar.statutory import statutory_holidays, year_end
from gongkai.errors import BadInput, NoCalendar
from gongkai.law import Law

ONE_DAY = dt.timedelta(days=1)
BEIJING = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Walk:
    """So many working days, taken one by one.

    ``skipped`` are the days passed over that would have counted by their weekday or are no working days at all: holidays and
    weekends in order; ``made_up`` the weekend days that counted because they were make-up days.
    """

    after: dt.date
    days: int
    last: dt.date
    skipped: tuple[tuple[dt.date, DayKind], ...]
    made_up: tuple[dt.date, ...]


@dataclass(frozen=True)
class Calendar:
    """Working days as the given notices arrange them; later notices prevail over earlier ones."""

    arrangements: tuple[Arrangement, ...]
    law: Law | None = None  # given only to a calendar for cases: the law that names the statutory holidays

    def for_cases(self, law: Law) -> Calendar:
        """This calendar, answering provisionally for years that have not been arranged."""
        return replace(self, law=law)

    def for_body(self, body: str) -> Calendar:
        """This calendar as it holds for one body: the notices for everybody and its own."""
        return replace(self, arrangements=tuple(a for a in self.arrangements if a.body in {None, body}))

    def known_at(self, instant: dt.datetime) -> Calendar:
        """This calendar without the notices that became known later than the instant (by Beijing's date)."""
        day = instant.astimezone(BEIJING).date()
        known = tuple(a for a in self.arrangements if a.known_since is None or a.known_since <= day)
        return self if len(known) == len(self.arrangements) else replace(self, arrangements=known)

    def without(self, *years: int) -> Calendar:
        """This calendar as if the arrangements of these years had not been published."""
        return replace(self, arrangements=tuple(a for a in self.arrangements if a.year not in years))

    def plus(self, *arrangements: Arrangement) -> Calendar:
        """This calendar and further notices, which prevail over those before them."""
        return replace(self, arrangements=self.arrangements + arrangements)

    def is_published(self, year: int) -> bool:
        """Whether a complete arrangement of the year is known."""
        return year in self._complete_years

    def kind(self, day: dt.date) -> DayKind:
        """What the day is. Raises NoCalendar for a year not arranged, unless this calendar is for cases."""
        stated = self._stated.get(day)
        if stated is not None:
            return stated
        if self.is_published(day.year):
            return by_weekday(day)
        if self.law is None:
            raise NoCalendar(self._refusal(day.year))
        return DayKind.HOLIDAY if day in self._statutory(day.year, self.law) else by_weekday(day)

    def is_working_day(self, day: dt.date) -> bool:
        return self.kind(day).works

    def provisional_years(self, first: dt.date, last: dt.date) -> tuple[int, ...]:
        """The years whose unpublished arrangement may still move a day between ``first`` and ``last``, both included."""
        years = [year for year in range(first.year, last.year + 1) if not self.is_published(year)]
        following = last.year + 1
        if not self.is_published(following) and self.is_published(last.year) and last >= year_end(last.year):
            years.append(following)
        return tuple(years)

    def nth(self, after: dt.date, days: int) -> dt.date:
        """The day on which ``days`` working days (at least 1) have passed, the day ``after`` itself not counted."""
        if days < 1:
            raise BadInput(f"工作日数应当是正整数，现在是{days}，请改正。")
        year, left = after.year, days
        at = bisect_right(self._working(year), after.toordinal())
        while at + left > len(self._working(year)):
            left -= len(self._working(year)) - at
            year, at = year + 1, 0
        return dt.date.fromordinal(self._working(year)[at + left - 1])

    def count(self, after: dt.date, until: dt.date) -> int:
        """How many working days lie after ``after`` up to and including ``until``; negative when ``until`` lies before."""
        if until < after:
            return -self.count(until, after)
        total = 0
        for year in range(after.year, until.year + 1):
            days = self._working(year)
            total += bisect_right(days, until.toordinal()) - bisect_right(days, after.toordinal())
        return total

    def next_working_day(self, day: dt.date) -> dt.date:
        """The day itself when it is a working day, else the first one after it."""
        return self.nth(day - ONE_DAY, 1)

    def walk(self, after: dt.date, days: int) -> Walk:
        """The same count as :meth:`nth`, with the days passed over and the make-up days that counted."""
        last = self.nth(after, days)
        passed = [(day, self.kind(day)) for day in _days(after + ONE_DAY, last)]
        return Walk(
            after,
            days,
            last,
            tuple((day, kind) for day, kind in passed if not kind.works),
            tuple(day for day, kind in passed if kind is DayKind.MAKE_UP),
        )

    @cached_property
    def _complete_years(self) -> frozenset[int]:
        return frozenset(a.year for a in self.arrangements if a.complete)

    @cached_property
    def _stated(self) -> Mapping[dt.date, DayKind]:
        """Every day that a notice mentions, with what the last notice made of it."""
        stated: dict[dt.date, tuple[DayKind, int]] = {}
        for a in self.arrangements:
            if a.complete:
                stated = {day: entry for day, entry in stated.items() if entry[1] != a.year}
            for day in a.off:
                stated[day] = (DayKind.HOLIDAY, a.year)
            for day in a.work:
                stated[day] = (DayKind.MAKE_UP if by_weekday(day) is DayKind.WEEKEND else DayKind.WORKING, a.year)
        return {day: kind for day, (kind, _) in stated.items()}

    @cached_property
    def _years(self) -> dict[int, list[int]]:
        return {}

    @cached_property
    def _holidays(self) -> dict[int, frozenset[dt.date]]:
        return {}

    def _working(self, year: int) -> list[int]:
        """The working days of a year as ordinals, ascending; worked out once."""
        if year not in self._years:
            first, last = dt.date(year, 1, 1), dt.date(year + 1, 1, 1) - ONE_DAY
            self._years[year] = [day.toordinal() for day in _days(first, last) if self.is_working_day(day)]
        return self._years[year]

    def _statutory(self, year: int, law: Law) -> frozenset[dt.date]:
        if year not in self._holidays:
            self._holidays[year] = statutory_holidays(year, law)
        return self._holidays[year]

    def _refusal(self, year: int) -> str:
        if year < min(self._complete_years, default=year):
            return f"没有收录{year}年的放假安排，无法计算工作日。可以用 gongkai calendar import 导入该年的安排。"
        return f"{year}年的放假安排尚未公布，不能准确计算工作日。公布后请用 gongkai calendar import 导入，无需升级程序。"


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield dt.date.fromordinal(ordinal)
