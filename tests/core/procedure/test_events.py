"""Which events are in force at an instant, once corrections are applied?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai import law
from gongkai.errors import BadInput
from gongkai.lifecycle import NotPossible
from gongkai.procedure import Case, Event, Item, Kind, known_events
from gongkai.procedure import replay as replayed

UTC = dt.UTC
D = dt.date


def event(id: str, kind: Kind, day: dt.date, recorded: dt.datetime | None = None, **fields: object) -> Event:
    stamp = recorded or dt.datetime.combine(day, dt.time(1), UTC)
    return replace(Event(id, kind, day, stamp), **fields)  # type: ignore[arg-type]  # fields are the event's own


RECEIVED = event("1", Kind.SUBMITTED_IN_PERSON, D(2025, 1, 20))
REPLACED = event("2", Kind.SUBMITTED_IN_PERSON, D(2025, 1, 21), dt.datetime(2025, 2, 1, tzinfo=UTC), corrects="1")
TAKEN_BACK = event("3", Kind.ANNULLED, D(2025, 2, 2), dt.datetime(2025, 2, 2, tzinfo=UTC), corrects="2", note="登记错了")


def case(*events: Event) -> Case:
    return Case("1", (Item("1", ""),), events)


def test_known_events__correction__replaces_from_the_instant_it_was_recorded() -> None:
    told = case(RECEIVED, REPLACED, TAKEN_BACK)
    assert known_events(told, dt.datetime(2025, 1, 31, tzinfo=UTC)) == (RECEIVED,)
    assert known_events(told, dt.datetime(2025, 2, 1, tzinfo=UTC)) == (REPLACED,)
    assert known_events(told) == ()


def test_known_events__as_of__leaves_out_what_happened_later() -> None:
    later = event("9", Kind.ASSIGNED, D(2025, 1, 25))
    assert known_events(case(RECEIVED, later), as_of=D(2025, 1, 24)) == (RECEIVED,)


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ((TAKEN_BACK,), "不存在或者已经撤销"),
        ((RECEIVED, replace(REPLACED, kind=Kind.MAIL_SIGNED)), "只能更正为同一种记录“当面提交”"),
        ((RECEIVED, replace(RECEIVED, kind=Kind.ASSIGNED)), "同一个编号"),
    ],
)
def test_known_events__impossible_correction__is_refused(events: tuple[Event, ...], words: str) -> None:
    with pytest.raises((NotPossible, BadInput), match=words):
        known_events(case(*events))


def test_replay__event_recorded_before_it_happened__is_refused() -> None:
    early = replace(RECEIVED, recorded_at=dt.datetime(2025, 1, 19, 12, tzinfo=UTC))
    with pytest.raises(NotPossible, match="还没有发生的事不能登记"):
        replayed(case(early), law.national())


def test_replay__recorded_late_in_the_utc_evening__counts_by_beijing_date() -> None:
    fitting = replace(RECEIVED, recorded_at=dt.datetime(2025, 1, 19, 16, 30, tzinfo=UTC))
    assert replayed(case(fitting), law.national()).state == "办理中"


def test_replay__instant_without_offset__is_refused() -> None:
    with pytest.raises(NotPossible, match="没有写明时区"):
        replayed(case(replace(RECEIVED, recorded_at=dt.datetime(2025, 1, 20, 9))), law.national())  # noqa: DTZ001 – the fault under test


@given(
    st.permutations([RECEIVED, REPLACED, event("4", Kind.ASSIGNED, D(2025, 1, 23)), event("5", Kind.SEARCHED, D(2025, 1, 23))])
)
def test_known_events__order_of_the_list__does_not_matter(events: list[Event]) -> None:
    assert [e.id for e in known_events(case(*events))] == ["2", "4", "5"]
