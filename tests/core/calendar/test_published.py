"""Does the calendar that comes with the program hold together?"""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.calendar import published as packaged
from gongkai.calendar.published import _undo
from gongkai.errors import BadCalendar


def test_published__every_year__is_complete_and_named() -> None:
    calendar = packaged()
    years = [a.year for a in calendar.arrangements if a.complete]
    assert years == list(range(2004, years[-1] + 1))
    assert years[-1] >= 2026
    assert all(a.source.endswith("通知") for a in calendar.arrangements)


def test_published__notices__became_known_before_their_year_or_within_it() -> None:
    for a in packaged().arrangements:
        if a.published:
            assert a.published.year == (a.year - 1 if a.complete else a.year)


def test_published__days_of_a_notice__never_work_and_rest_at_once() -> None:
    for a in packaged().arrangements:
        assert not a.off & a.work


def test_amendment__that_the_data_do_not_carry__is_refused() -> None:
    day = dt.date(2026, 3, 2)
    entry = {"changes": [{"day": day, "before": "工作日", "after": "放假"}]}
    with pytest.raises(BadCalendar, match="请核对修改记录"):
        _undo(entry, set(), set())
