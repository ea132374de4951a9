"""What may stand on somebody's first page, and how urgent is it?

Whoever has something to tell writes a provider: a function of the standing that returns matters, each saying what it is and why it
stands there. ``home.PROVIDERS`` lists them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongkai.calendar import published
from gongkai.errors import NoCalendar
from gongkai.law import national
from gongkai_web.agencies.standing import Standing

RED, AMBER = 2, 5
"""Working days left at which a due day turns red and amber."""


class Group(StrEnum):
    """Under which heading a matter stands."""

    MINE = "mine"
    RETURNED = "returned"
    OVERDUE = "overdue"
    DUE = "due"
    WATCH = "watch"


GROUP_WORDS = {
    Group.MINE: "等我办理",
    Group.RETURNED: "退回给我的",
    Group.OVERDUE: "已经超期的",
    Group.DUE: "快到期的",
    Group.WATCH: "需要留意",
}


@dataclass(frozen=True, slots=True)
class Matter:
    """One line of the first page: what it is, why it is here, where to go, and by when.

    What is ``DUE`` stands among the overdue once its day is over; a provider need not tell the two apart.
    """

    group: Group
    title: str
    why: str
    address: str
    due: dt.date | None = None
    since: dt.date | None = None

    def stands_under(self, day: dt.date) -> Group:
        """The heading under which it stands on ``day``."""
        return Group.OVERDUE if self.group is Group.DUE and self.due is not None and self.due < day else self.group


Provider = Callable[[Standing], Sequence[Matter]]


@dataclass(frozen=True, slots=True)
class Urgency:
    """How near a due day is: ``level`` is red, amber or nothing; ``words`` says it without colour."""

    level: str
    words: str


def urgency(due: dt.date, day: dt.date) -> Urgency:
    """Working days from ``day`` to ``due``, in words; plain days where no calendar has been published that far."""
    unit = "个工作日"
    try:
        left = published().for_cases(national()).count(day, due)
    except NoCalendar:
        left, unit = (due - day).days, "天"
    if left < 0:
        return Urgency("red", f"已超过 {-left} {unit}")
    if due == day or left == 0:
        return Urgency("red", "今天到期")
    return Urgency("red" if left <= RED else "amber" if left <= AMBER else "", f"还有 {left} {unit}")
