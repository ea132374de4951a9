"""Does the first page say how near a due day is in the unit that was counted, and what is overdue under its own heading?"""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai_web.workbench.today import Group, Matter, urgency


def test_urgency__counts_working_days_within_the_calendar() -> None:
    assert urgency(dt.date(2026, 3, 9), dt.date(2026, 3, 6)).words == "还有 1 个工作日"
    assert urgency(dt.date(2026, 3, 6), dt.date(2026, 3, 9)).words == "已超过 1 个工作日"


def test_urgency__beyond_the_calendar_says_plain_days() -> None:
    assert urgency(dt.date(2090, 3, 9), dt.date(2090, 3, 3)).words == "还有 6 天"
    assert urgency(dt.date(2090, 3, 3), dt.date(2090, 3, 9)).words == "已超过 6 天"


@pytest.mark.parametrize(
    ("group", "due", "stands"),
    [
        (Group.DUE, dt.date(2026, 3, 5), Group.OVERDUE),
        (Group.DUE, dt.date(2026, 3, 6), Group.DUE),
        (Group.DUE, None, Group.DUE),
        (Group.MINE, dt.date(2026, 3, 5), Group.MINE),
    ],
)
def test_matter__stands_among_the_overdue_once_its_day_is_over(group: Group, due: dt.date | None, stands: Group) -> None:
    assert Matter(group, "报送年度报告", "还没有报送。", "/work/", due).stands_under(dt.date(2026, 3, 6)) is stands
