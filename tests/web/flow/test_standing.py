"""Are administrators told what is wrong with the background work, and only then?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from gongkai_web.flow import heartbeat, installation, outbox, standing
from gongkai_web.flow.models import Heartbeat, Task, TickRun
from gongkai_web.ui import clock
from gongkai_web.ui.clock import BEIJING

NOON = dt.datetime(2026, 3, 2, 12, 0, tzinfo=BEIJING)


@pytest.fixture(autouse=True)
def _office(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    installation.forget()
    installation.found(installation.REAL)
    heartbeat.start()
    yield
    installation.forget()


def codes() -> list[str]:
    return [n.code for n in standing.notices()]


def test_notices__are_none_when_all_is_well() -> None:
    assert standing.notices() == ()


def test_worker__that_is_silent_is_named_with_its_time() -> None:
    Heartbeat.objects.update(beat_at=NOON - dt.timedelta(hours=3, minutes=20))

    assert "后台程序自 08:40 起没有运行（没有回应）" in standing.notices()[0].words


def test_worker__that_was_stopped_is_named() -> None:
    heartbeat.stop()
    assert "已正常停止" in standing.notices()[0].words
    Heartbeat.objects.all().delete()
    assert "还没有运行过" in standing.notices()[0].words


def test_backlog__is_told_when_it_is_old_or_has_failed(in_act: Callable[[Any], Any]) -> None:
    in_act(lambda: outbox.put("item", "1"))
    assert codes() == []
    assert standing.notices(NOON + dt.timedelta(minutes=3))[-1].code == "outbox"


def test_failing_regular_work_and_tasks__are_told() -> None:
    TickRun.objects.create(name="flow.tasks.sweep", started_at=NOON, ended_at=NOON, failures=2, fault="磁盘已满。")
    TickRun.objects.create(name="gone", started_at=NOON, failures=2)

    assert [n.words for n in standing.notices()] == ["定时的“清理早已办完的任务”连续 2 次没有办成：磁盘已满。"]


def test_failed_task__is_told_until_one_goes_well(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = (standing.duties.TaskKind("import", "导入", lambda _: None),)
    monkeypatch.setattr(standing.duties, "task_kinds", lambda: kinds)
    made = {"name": "import", "actor_kind": "staff", "actor_name": "某", "made_at": NOON, "due_at": NOON}
    Task.objects.create(**made, state="failed", ended_at=NOON - dt.timedelta(hours=2), fault="没有权限。")
    assert [n.words for n in standing.notices()] == ["“导入”没有办成：没有权限。"]
    Task.objects.create(**made, state="done", ended_at=NOON - dt.timedelta(hours=1))
    assert codes() == []
