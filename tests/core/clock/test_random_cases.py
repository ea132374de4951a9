"""Do the printed steps add up in a hundred thousand cases nobody wrote?"""

from __future__ import annotations

import datetime as dt
from random import Random

import chinese_calendar
import pytest

from gongkai import law
from gongkai.calendar import Calendar, published
from gongkai.clock import Deadline, State, deadlines
from tests.conftest import unmeasured
from tests.core.clock.checker import complaint
from tests.core.clock.random_cases import random_case

CASES = 100_000
LAW = law.national()
CALENDAR = published().for_cases(LAW)
FIRST, LAST = dt.date(2008, 1, 1), dt.date(2026, 12, 31)
# Straight from the library that carries the notices; nothing of our own calendar.
WORKING = {
    day for n in range(FIRST.toordinal(), LAST.toordinal() + 1) if chinese_calendar.is_workday(day := dt.date.fromordinal(n))
}


def faults(seed: int, count: int) -> list[str]:
    """What is wrong with so many random cases."""
    rng = Random(seed)
    found = []
    for number in range(count):
        case, as_of = random_case(rng)
        for deadline in deadlines(case, LAW, CALENDAR, as_of):
            text = complaint(deadline, WORKING.__contains__) or _implausible(deadline, case.events[0].happened_on)
            if text:
                found.append(f"case {number} of seed {seed}, {as_of}, {deadline.key}: {text}")
    return found


def _implausible(deadline: Deadline, arrived: dt.date) -> str:
    if deadline.due and deadline.due < arrived:
        return "due before the application arrived"
    if deadline.key == "reply" and deadline.state is State.RUNNING and (deadline.left or 0) < 0:
        return "running with less than nothing left"
    return ""


def test_random_cases__a_hundred_thousand__all_add_up() -> None:
    assert faults(20190515, CASES // 100) == []
    with unmeasured():
        assert faults(20190515, CASES) == []


def test_mutant__counting_the_day_of_receipt__is_caught_by_the_checker(monkeypatch: pytest.MonkeyPatch) -> None:
    right = Calendar.nth
    monkeypatch.setattr(Calendar, "nth", lambda self, after, days: right(self, after - dt.timedelta(days=1), days))
    assert faults(1, 50)
