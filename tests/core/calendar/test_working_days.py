"""Which days are working days, and where does a count of them end?"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai import law
from gongkai.calendar import Arrangement, Calendar, DayKind, published
from gongkai.errors import BadInput, NoCalendar

D = dt.date
CALENDAR = published()
CASES = CALENDAR.for_cases(law.national())
KNOWN_DAYS = st.dates(D(2005, 1, 1), D(2025, 12, 31))


@pytest.mark.parametrize(
    ("after", "days", "last"),
    [
        (D(2018, 2, 5), 15, D(2018, 3, 1)),
        (D(2019, 5, 14), 15, D(2019, 6, 4)),
        (D(2019, 5, 15), 20, D(2019, 6, 13)),
        (D(2020, 1, 13), 20, D(2020, 2, 17)),
        (D(2024, 9, 23), 20, D(2024, 10, 24)),
        (D(2025, 1, 20), 7, D(2025, 2, 5)),
        (D(2025, 1, 20), 15, D(2025, 2, 14)),
        (D(2025, 1, 20), 20, D(2025, 2, 21)),
        (D(2026, 2, 9), 20, D(2026, 3, 13)),
        (D(2017, 6, 18), 15, D(2017, 7, 7)),
        (D(2017, 6, 19), 15, D(2017, 7, 10)),
    ],
)
def test_nth__published_vector__ends_on_the_stated_day(after: dt.date, days: int, last: dt.date) -> None:
    assert CALENDAR.nth(after, days) == last


def test_walk__make_up_days__are_counted_and_listed() -> None:
    walk = CALENDAR.walk(D(2024, 9, 23), 20)
    assert walk.last == D(2024, 10, 24)
    assert walk.made_up == (D(2024, 9, 29), D(2024, 10, 12))
    assert [day for day, kind in walk.skipped if kind is DayKind.HOLIDAY] == [D(2024, 10, n) for n in range(1, 8)]


@given(KNOWN_DAYS, st.integers(1, 60))
def test_nth__any_count__agrees_with_counting_day_by_day(after: dt.date, days: int) -> None:
    day, left = after, days
    while left:
        day += dt.timedelta(days=1)
        left -= CALENDAR.is_working_day(day)
    assert CALENDAR.nth(after, days) == day
    assert CALENDAR.count(after, day) == days
    assert len(CALENDAR.walk(after, days).skipped) == (day - after).days - days


@given(KNOWN_DAYS, KNOWN_DAYS)
def test_count__backwards__is_negative(first: dt.date, second: dt.date) -> None:
    assert CALENDAR.count(first, second) == -CALENDAR.count(second, first)


@pytest.mark.parametrize("days", [0, -3])
def test_nth__no_days__is_refused(days: int) -> None:
    with pytest.raises(BadInput, match="正整数"):
        CALENDAR.nth(D(2025, 1, 1), days)


def test_next_working_day__rest_day__moves_on_and_working_day_stays() -> None:
    assert CALENDAR.next_working_day(D(2025, 1, 25)) == D(2025, 1, 26)
    assert CALENDAR.next_working_day(D(2025, 1, 28)) == D(2025, 2, 5)
    assert CALENDAR.next_working_day(D(2025, 2, 5)) == D(2025, 2, 5)


def test_year_not_published__strict_calendar__refuses_and_says_what_to_do() -> None:
    with pytest.raises(NoCalendar, match=r"2027年的放假安排尚未公布.*gongkai calendar import"):
        CALENDAR.nth(D(2026, 12, 4), 20)


def test_year_before_the_data__strict_calendar__refuses() -> None:
    with pytest.raises(NoCalendar, match="没有收录2003年"):
        CALENDAR.kind(D(2003, 5, 1))


def test_year_not_published__case_calendar__answers_and_says_it_is_provisional() -> None:
    last = CASES.nth(D(2026, 12, 4), 20)
    assert last == D(2027, 1, 4)
    assert CASES.provisional_years(D(2026, 12, 4), last) == (2027,)


def test_provisional__last_days_of_a_published_year__may_still_move() -> None:
    assert CASES.provisional_years(D(2026, 12, 1), D(2026, 12, 24)) == ()
    assert CASES.provisional_years(D(2026, 12, 1), D(2026, 12, 25)) == (2027,)
    assert CASES.provisional_years(D(2025, 12, 1), D(2025, 12, 31)) == ()


def test_year_end__no_published_arrangement__ever_reached_further_back() -> None:
    for arrangement in CALENDAR.arrangements:
        assert all(day.year == arrangement.year or (day.month, day.day) >= (12, 29) for day in arrangement.off | arrangement.work)


def test_provisional__statutory_holidays__are_off_and_weekends_with_them() -> None:
    calendar = CASES.without(2025)
    off = {D(2025, 1, 1) + dt.timedelta(days=n) for n in range(365)} - {
        D(2025, 1, 1) + dt.timedelta(days=n) for n in range(365) if calendar.is_working_day(D(2025, 1, 1) + dt.timedelta(days=n))
    }
    weekday_holidays = sorted(day for day in off if day.weekday() < 5)
    assert weekday_holidays == [
        D(2025, 1, 1), D(2025, 1, 28), D(2025, 1, 29), D(2025, 1, 30), D(2025, 1, 31), D(2025, 4, 4), D(2025, 5, 1), D(2025, 5, 2),
        D(2025, 10, 1), D(2025, 10, 2), D(2025, 10, 3), D(2025, 10, 6),
    ]  # fmt: skip


def test_provisional__every_published_year__has_its_statutory_holidays_off() -> None:
    for year in range(2008, 2027):
        provisional = CASES.without(year)
        for n in range(365):
            day = D(year, 1, 1) + dt.timedelta(days=n)
            if day.weekday() < 5 and not provisional.is_working_day(day):
                assert not CALENDAR.is_working_day(day), day


def test_known_at__before_the_notice__the_year_is_not_known() -> None:
    before = CASES.known_at(dt.datetime(2024, 11, 11, 12, tzinfo=dt.UTC))
    after = CASES.known_at(dt.datetime(2024, 11, 12, 12, tzinfo=dt.UTC))
    assert not before.is_published(2025)
    assert after.is_published(2025)
    assert before.kind(D(2025, 1, 26)) is DayKind.WEEKEND
    assert after.kind(D(2025, 1, 26)) is DayKind.MAKE_UP


def test_known_at__late_in_the_evening__counts_by_beijing_date() -> None:
    assert CASES.known_at(dt.datetime(2024, 11, 11, 16, tzinfo=dt.UTC)).is_published(2025)
    assert not CASES.known_at(dt.datetime(2024, 11, 11, 15, 59, tzinfo=dt.UTC)).is_published(2025)


def test_known_at__before_an_amendment__the_first_arrangement_holds() -> None:
    january = CALENDAR.known_at(dt.datetime(2020, 1, 26, tzinfo=dt.UTC))
    assert january.kind(D(2020, 1, 31)) is DayKind.WORKING
    assert january.kind(D(2020, 2, 1)) is DayKind.MAKE_UP
    assert CALENDAR.kind(D(2020, 1, 31)) is DayKind.HOLIDAY
    assert january.nth(D(2020, 1, 13), 20) < CALENDAR.nth(D(2020, 1, 13), 20)


def test_complete_arrangement__imported_later__replaces_the_whole_year() -> None:
    calendar = CALENDAR.plus(Arrangement(2026, frozenset({D(2026, 3, 2)}), frozenset(), "更正通知"))
    assert calendar.kind(D(2026, 3, 2)) is DayKind.HOLIDAY
    assert calendar.kind(D(2026, 2, 16)) is DayKind.WORKING
    assert calendar.kind(D(2025, 10, 1)) is DayKind.HOLIDAY


def test_supplement__for_one_body__changes_only_its_days_for_that_body() -> None:
    extra = Arrangement(2026, frozenset({D(2026, 3, 2)}), frozenset(), "本地通知", complete=False, body="某区")
    calendar: Calendar = CALENDAR.plus(extra)
    assert calendar.for_body("某区").kind(D(2026, 3, 2)) is DayKind.HOLIDAY
    assert calendar.for_body("某区").kind(D(2026, 2, 16)) is DayKind.HOLIDAY
    assert calendar.for_body("另一区").kind(D(2026, 3, 2)) is DayKind.WORKING
