"""Do the printed steps of a deadline add up to its due day, by another program than the one that printed them?

Nothing of the clock or of our calendar is used: days are walked one by one with a predicate for working days.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable

from gongkai.clock import Adds, Deadline, Step

ONE = dt.timedelta(days=1)


def complaint(deadline: Deadline, works: Callable[[dt.date], bool]) -> str:
    """What is wrong with the working of a deadline; empty when it adds up."""
    day: dt.date | None = None
    for step in deadline.steps:
        if day is not None and step.adds is not Adds.FACT and step.start != day:
            return f"“{step.words}” starts on {step.start}, the step before ended on {day}"
        if _end(step, works) != step.end:
            return f"“{step.words}” from {step.start} ends on {_end(step, works)}, not on {step.end}"
        day = step.end
    return f"the steps lead to {day}, not to {deadline.due}" if deadline.due and day != deadline.due else ""


def _end(step: Step, works: Callable[[dt.date], bool]) -> dt.date:
    day, left = step.start, step.count
    if step.adds is Adds.FIXED:
        return step.end
    if step.adds is Adds.DAYS:
        return day + left * ONE
    if step.adds is Adds.MONTHS:
        year, month = divmod(day.year * 12 + day.month - 1 + left, 12)
        return day.replace(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    while left or (step.adds is Adds.ROLLED and not works(day)):
        day += ONE
        left -= step.adds is Adds.WORKING_DAYS and works(day)
    return day
