"""What holds of every application, whatever happened to it?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from gongkai import law
from gongkai.calendar import published
from gongkai.clock import Adds, Deadline, State, case_received, deadline_json, deadlines
from gongkai.procedure import Case, Kind
from tests.core.clock.random_cases import random_case

LAW = law.national()
CALENDAR = published().for_cases(LAW)
DAYS = st.dates(dt.date(2008, 5, 1), dt.date(2026, 12, 31))
SEEDS = st.integers(0, 2**32)


def reply(case: Case, as_of: dt.date) -> Deadline:
    return deadlines(case, LAW, CALENDAR, as_of)[0]


def due(day: dt.date) -> dt.date:
    deadline = reply(case_received(day), day)
    assert deadline.due
    return deadline.due


def test_reply__every_day_since_the_regulation__has_a_due_day_and_none_comes_earlier_than_the_day_before() -> None:
    day, before = dt.date(2008, 5, 1), dt.date.min
    while day <= dt.date(2026, 12, 31):
        found = due(day)
        assert found > day
        assert found >= before
        day, before = day + dt.timedelta(days=1), found


@given(DAYS, st.integers(0, 90))
def test_reply__received_later__is_never_due_earlier(day: dt.date, days: int) -> None:
    assert due(day) <= due(day + dt.timedelta(days=days))


@given(SEEDS, st.randoms(use_true_random=False))
def test_deadlines__order_in_which_events_are_listed__does_not_matter(seed: int, shuffler: Random) -> None:
    case, as_of = random_case(Random(seed))
    events = list(case.events)
    shuffler.shuffle(events)
    assert deadlines(replace(case, events=tuple(events)), LAW, CALENDAR, as_of) == deadlines(case, LAW, CALENDAR, as_of)


@given(SEEDS, st.sampled_from([Kind.ASSIGNED, Kind.CLOSED]), st.integers(0, 60))
def test_deadlines__event_that_touches_no_clock__changes_nothing(seed: int, kind: Kind, days: int) -> None:
    case, as_of = random_case(Random(seed))
    if kind is Kind.CLOSED:
        if case.events[-1].kind not in {Kind.SERVED, Kind.RECEIVED_BY_APPLICANT}:
            return
        day = case.events[-1].happened_on
    else:
        day = case.events[0].happened_on + dt.timedelta(days=days)
        served = [e.happened_on for e in case.events if e.kind is Kind.SERVED]
        day = min([day, *served])
    extra = replace(
        case.events[0], id="旁", kind=kind, happened_on=day, recorded_at=dt.datetime.combine(day, dt.time(tzinfo=dt.UTC))
    )
    assert deadlines(replace(case, events=(*case.events, extra)), LAW, CALENDAR, as_of) == deadlines(case, LAW, CALENDAR, as_of)


@given(SEEDS)
def test_reply__while_it_runs__used_and_left_make_up_the_whole(seed: int) -> None:
    case, as_of = random_case(Random(seed))
    found = reply(case, as_of)
    if found.state in {State.RUNNING, State.PAUSED, State.OVERDUE} and found.used is not None and found.left is not None:
        words = [step for step in found.steps if step.adds is Adds.WORKING_DAYS]
        whole = sum(step.count for step in words if "不计算在内" not in step.words)
        if all(step.adds is not Adds.FIXED for step in found.steps):
            assert found.used + found.left == whole


@given(SEEDS, st.integers(1, 30))
def test_deadlines__events_of_later_days__do_not_show_before_they_happen(seed: int, days: int) -> None:
    case, _ = random_case(Random(seed))
    as_of = case.events[0].happened_on + dt.timedelta(days=days)
    past = replace(case, events=tuple(e for e in case.events if e.happened_on <= as_of))
    assert deadlines(case, LAW, CALENDAR, as_of) == deadlines(past, LAW, CALENDAR, as_of)


@given(SEEDS, st.integers(0, 60))
def test_deadlines__known_at__is_what_was_seen_when_nothing_more_was_recorded(seed: int, days: int) -> None:
    case, as_of = random_case(Random(seed))
    instant = dt.datetime.combine(case.events[0].happened_on + dt.timedelta(days=days), dt.time(12, tzinfo=dt.UTC))
    then = replace(case, events=tuple(e for e in case.events if e.recorded_at <= instant))
    assert deadlines(case, LAW, CALENDAR, as_of, known_at=instant) == deadlines(then, LAW, CALENDAR, as_of, known_at=instant)


@given(SEEDS)
def test_deadline_json__any_deadline__has_the_published_keys(seed: int) -> None:
    case, as_of = random_case(Random(seed))
    for deadline in deadlines(case, LAW, CALENDAR, as_of):
        shape = deadline_json(deadline)
        assert shape["mark"] in {"原文核对", "转述", "未核实"}
        assert all(step["end"] and "citations" in step for step in shape["steps"])
