"""Does regular work run when it is due, made up for once when it was missed?"""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai_web.flow import background, duties, ticks
from gongkai_web.flow.duties import Tick
from gongkai_web.flow.models import TickRun
from gongkai_web.ui import clock
from gongkai_web.ui.clock import BEIJING

NIGHT = Tick("night", "夜间", lambda _: None, daily_at=dt.time(2, 30))
MINUTE = Tick("minute", "每分钟", lambda _: None)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("tick", "last", "now", "due"),
    [
        (MINUTE, None, "2026-03-02 09:00", True),
        (MINUTE, "2026-03-02 09:00", "2026-03-02 09:00", False),
        (MINUTE, "2026-03-02 09:00", "2026-03-02 09:01", True),
        (NIGHT, "2026-03-01 02:30", "2026-03-02 02:29", False),
        (NIGHT, "2026-03-01 02:30", "2026-03-02 02:30", True),
        (NIGHT, "2026-03-02 02:30", "2026-03-02 23:59", False),
        (NIGHT, "2026-02-20 02:30", "2026-03-02 00:30", True),
        (NIGHT, None, "2026-03-02 00:30", True),
    ],
)
def test_tick__is_due(tick: Tick, last: str | None, now: str, due: bool) -> None:
    assert ticks.is_due(tick, at(last) if last else None, at(now)) is due


def test_ticks__run_each_by_itself_and_failures_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []

    def failing(now: dt.datetime) -> None:
        raise OSError(28, "full")

    listed = (Tick("bad", "坏", failing), Tick("good", "好", lambda _: ran.append("good")))
    start = clock.now()
    for minutes in (0, 1, 1, 2):
        monkeypatch.setattr(clock, "now", lambda m=minutes: start + dt.timedelta(minutes=m))
        ticks.run_due(listed)

    assert ran == ["good"] * 3
    assert TickRun.objects.get(name="bad").failures == 3
    assert TickRun.objects.get(name="bad").fault == "磁盘已满。"
    assert TickRun.objects.get(name="good").failures == 0


def test_duties__of_all_applications_are_found() -> None:
    assert "office.backup" in [kind.name for kind in duties.task_kinds()]
    assert "flow.outbox.sweep" in [tick.name for tick in duties.ticks()]
    assert all(handler.kinds for handler in duties.handlers())


def test_duties__of_one_name_twice_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "TICKS", (MINUTE, MINUTE))
    duties._listed.cache_clear()

    with pytest.raises(RuntimeError, match="TICKS names minute twice"):
        duties.ticks()
    duties._listed.cache_clear()
