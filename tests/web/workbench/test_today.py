"""Does the first page say how near a due day is in the unit that was counted?"""

from __future__ import annotations

import datetime as dt

from gongkai_web.workbench.today import urgency


def test_urgency__counts_working_days_within_the_calendar() -> None:
    assert urgency(dt.date(2026, 3, 9), dt.date(2026, 3, 6)).words == "还有 1 个工作日"
    assert urgency(dt.date(2026, 3, 6), dt.date(2026, 3, 9)).words == "已超过 1 个工作日"


def test_urgency__beyond_the_calendar_says_plain_days() -> None:
    assert urgency(dt.date(2090, 3, 9), dt.date(2090, 3, 3)).words == "还有 6 天"
    assert urgency(dt.date(2090, 3, 3), dt.date(2090, 3, 9)).words == "已超过 6 天"
