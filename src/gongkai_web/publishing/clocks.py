"""By when must an item be published, and how was that day worked out?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache

from gongkai.calendar import Calendar, published
from gongkai.clock import Deadline, State, deadline_of
from gongkai.errors import NotFound
from gongkai.law import Law, Provision, Unit, national
from gongkai_web.publishing.kinds import DECISIONS
from gongkai_web.publishing.models import Attribute, Category, Kind

PERIODS = (
    "publish.limit",
    "publish.permit",
    "publish.enforcement",
    "publish.budget",
    "publish.budget.department",
    "local.publish.proposal",
)
"""The keys of the law that limit publication; a category names one."""
LIMIT = "publish.limit"


def period_of(category: Category, kind: str) -> str:
    """Which period limits an item: that of its kind where the law gives it one, else its category's."""
    return DECISIONS.get(Kind(kind), category.period or LIMIT)


@lru_cache(maxsize=1)
def _with_local() -> Law:
    return national().adopt("interpretation_three_days", "proposals_anhui")


@lru_cache(maxsize=2)
def _calendar(key_is_local: bool) -> Calendar:
    """The working days for a law, worked out once: a list asks for many deadlines."""
    return published().for_cases(_with_local() if key_is_local else national())


def law_for(key: str) -> Law:
    """The law a period is taken from. A local demand holds where a body has named its key in a category or its arrangement."""
    return _with_local() if key.startswith("local.") else national()


def deadline(since: dt.date, key: str, today: dt.date, *, done: dt.date | None = None) -> Deadline | None:
    """The deadline that a period sets from the day the information was made or changed; None where the law of that day is silent.

    ``done`` is the day of publication. For an enforcement decision ``since`` is the day of the decision.
    """
    try:
        found = deadline_of(key, since, law_for(key), _calendar(key.startswith("local.")), today)
    except NotFound:
        return None
    if done is None or found.due is None:
        return found
    return replace(found, state=State.MET if done <= found.due else State.LATE, done=done, used=None, left=None)


def provision(key: str, day: dt.date) -> Provision | None:
    """The rule of a period on a day."""
    found = law_for(key).find(day, key)
    return found if found is not None and found.unit in {Unit.WORKING_DAYS, Unit.DAYS} else None


def due_on(since: dt.date, key: str, attribute: str) -> dt.date | None:
    """The last day of publication for the lists; None for what is not published on the body's own motion."""
    if attribute in {Attribute.ON_REQUEST, Attribute.WITHHELD}:
        return None
    found = deadline(since, key, since)
    return found.due if found else None
