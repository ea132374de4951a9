"""By when, counting from a day by one rule?"""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai import law
from gongkai.calendar import published
from gongkai.clock import Adds, State, deadline_of
from gongkai.clock.page import headline
from gongkai.errors import BadInput, NotFound
from gongkai.kernel import Mark
from tests.core.clock.checker import complaint

LAW = law.national()
CALENDAR = published()
D = dt.date


@pytest.mark.parametrize(
    ("key", "since", "due"),
    [
        ("publish.limit", D(2025, 1, 20), D(2025, 2, 21)),
        ("publish.permit", D(2025, 1, 20), D(2025, 2, 5)),
        ("publish.budget", D(2025, 1, 20), D(2025, 2, 9)),
        ("comment.decision", D(2025, 3, 3), D(2025, 4, 2)),
        ("legality.document.most", D(2025, 1, 20), D(2025, 2, 14)),
    ],
)
def test_deadline_of__rule_with_days__ends_on_the_right_day_and_adds_up(key: str, since: dt.date, due: dt.date) -> None:
    deadline = deadline_of(key, since, LAW, CALENDAR, since)
    assert (deadline.due, deadline.state) == (due, State.RUNNING)
    assert complaint(deadline, CALENDAR.is_working_day) == ""


def test_deadline_of__calendar_days_ending_on_a_day_of_rest__says_that_this_is_open() -> None:
    deadline = deadline_of("publish.budget", D(2025, 1, 20), LAW, CALENDAR, D(2025, 1, 21))
    assert deadline.unit is Adds.DAYS
    assert deadline.mark is Mark.UNVERIFIED
    assert headline(deadline) == "政府预算、决算的公开期限【未核实】：2025-02-09（进行中，已用1日，还剩19日）"


def test_deadline_of__year_without_calendar__is_provisional_and_says_so() -> None:
    deadline = deadline_of("publish.limit", D(2026, 12, 4), LAW, CALENDAR, D(2026, 12, 4))
    assert deadline.due == D(2027, 1, 4)
    assert "暂定，2027年放假安排尚未公布，公布后自动重算" in headline(deadline)


def test_deadline_of__rule_without_days__is_refused() -> None:
    with pytest.raises(BadInput, match="不是按日计算的期限"):
        deadline_of("report.department", D(2025, 1, 1), LAW, CALENDAR, D(2025, 1, 1))


def test_deadline_of__before_the_rule__is_refused() -> None:
    with pytest.raises(NotFound, match="最早的规定自2018-12-05起施行"):
        deadline_of("publish.permit", D(2018, 1, 1), LAW, CALENDAR, D(2018, 1, 1))
