"""What does one notice on days off say, and since when is it known?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

SATURDAY = 5  # as datetime counts: Monday is 0


class DayKind(StrEnum):
    """What a day is for those who count working days."""

    WORKING = "工作日"
    WEEKEND = "周末"
    HOLIDAY = "放假"
    MAKE_UP = "调休上班"

    @property
    def works(self) -> bool:
        return self in {DayKind.WORKING, DayKind.MAKE_UP}


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The days off and the make-up days of one notice.

    ``year`` is the year the notice arranges; its New Year holiday may reach into the December before. A ``complete`` notice
    settles its whole year and replaces what was known of that year; any other only changes the days it lists. ``published``
    is the day of the notice, ``recorded`` the day it was imported here; both None means that it counts as always known.
    ``body`` limits the notice to one body; None means everybody.
    """

    year: int
    off: frozenset[dt.date]
    work: frozenset[dt.date]
    source: str
    published: dt.date | None = None
    complete: bool = True
    body: str | None = None
    recorded: dt.date | None = None

    @property
    def known_since(self) -> dt.date | None:
        """The day from which the program could know of it."""
        return self.recorded or self.published


def by_weekday(day: dt.date) -> DayKind:
    """What the day is when no notice mentions it."""
    return DayKind.WORKING if day.weekday() < SATURDAY else DayKind.WEEKEND
