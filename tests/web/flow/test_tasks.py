"""Is queued work done, done again when it was interrupted, and given up after the attempts it has?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from gongkai.errors import BadInput
from gongkai_web.agencies.models import Body
from gongkai_web.flow import duties, tasks
from gongkai_web.flow.duties import Interrupted, Job, TaskKind
from gongkai_web.flow.models import Task, TaskState
from gongkai_web.trail.actors import Actor, ActorKind
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotHere

SOMEBODY = Actor(ActorKind.STAFF, "7", "沈砚秋")


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Make known the task "import" with the function given."""

    def known(function: Callable[..., Mapping[str, Any] | None], attempts: int = 3) -> None:
        listed = (TaskKind("import", "导入", function, attempts),)
        monkeypatch.setattr(duties, "task_kinds", lambda: listed)

    return known


def test_task__is_done_with_its_arguments_for_who_asked(kind: Any, body: Body) -> None:
    seen: list[Any] = []

    def work(job: Job, folder: str) -> dict[str, int]:
        job.progress(3, 10, "读取附件")
        seen.extend((job.actor, folder, tasks.task(job.id).done, tasks.task(job.id).stage))
        return {"rows": 10}

    kind(work)
    made = tasks.enqueue("import", SOMEBODY, {"folder": "a"}, body=body)
    assert tasks.task(made).state_words == "排队中"
    assert tasks.run_next()
    assert not tasks.run_next()

    assert seen == [SOMEBODY, "a", 3, "读取附件"]
    found = tasks.task(made)
    assert (found.state, found.finished, found.result, found.title) == ("done", True, {"rows": 10}, "导入")
    assert [t.id for t in tasks.recent("import", body)] == [made]


def test_task__nobody_knows_is_refused(kind: Any) -> None:
    with pytest.raises(LookupError, match="no application knows"):
        tasks.enqueue("unheard", SOMEBODY)


def test_task__with_a_key_waits_once(kind: Any) -> None:
    kind(lambda _: None)

    assert tasks.enqueue("import", SOMEBODY, key="k") == tasks.enqueue("import", SOMEBODY, key="k")
    tasks.run_next()
    tasks.enqueue("import", SOMEBODY, key="k")
    assert Task.objects.count() == 2


def test_failing_task__is_tried_again_later_and_then_given_up(kind: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(job: Job) -> None:
        raise BadInput("第 3 行没有标题。请补上后再试。")

    kind(failing, attempts=2)
    made = tasks.enqueue("import", SOMEBODY)
    assert tasks.run_next()
    assert tasks.task(made).state == TaskState.WAITING
    assert not tasks.run_next()

    moment = clock.now() + dt.timedelta(minutes=2)
    monkeypatch.setattr(clock, "now", lambda: moment)
    assert tasks.run_next()
    found = tasks.task(made)
    assert (found.state, found.fault) == (TaskState.FAILED, "第 3 行没有标题。请补上后再试。")


def test_task__that_gives_up_its_turn_loses_no_attempt(kind: Any) -> None:
    def long(job: Job) -> None:
        if job.stopping():
            raise Interrupted

    kind(long, attempts=1)
    made = tasks.enqueue("import", SOMEBODY)
    tasks.run_next(lambda: True)
    assert tasks.task(made).state == TaskState.WAITING
    tasks.run_next()
    assert tasks.task(made).state == TaskState.DONE


def test_task__left_running_by_a_dead_worker_is_taken_up_again(kind: Any) -> None:
    kind(lambda _: None, attempts=2)
    made = tasks.enqueue("import", SOMEBODY)
    Task.objects.filter(pk=made).update(state=TaskState.RUNNING, attempts=1)

    assert tasks.take_up_again() == 1
    assert tasks.task(made).state == TaskState.WAITING

    Task.objects.filter(pk=made).update(state=TaskState.RUNNING, attempts=2)
    tasks.take_up_again()
    assert tasks.task(made).fault == tasks.DIED


def test_task__of_an_older_version_is_refused_and_holds_up_nobody(kind: Any) -> None:
    kind(lambda _: None)
    made = tasks.enqueue("import", SOMEBODY)
    Task.objects.filter(pk=made).update(name="gone")

    assert tasks.run_next()
    assert tasks.task(made).fault == tasks.UNKNOWN


def test_task__before_its_time_waits(kind: Any) -> None:
    kind(lambda _: None)
    tasks.enqueue("import", SOMEBODY, due_at=clock.now() + dt.timedelta(hours=1))

    assert not tasks.run_next()


def test_sweep__removes_only_what_ended_long_ago(kind: Any) -> None:
    kind(lambda _: None)
    ended = tasks.enqueue("import", SOMEBODY)
    tasks.run_next()
    waits = tasks.enqueue("import", SOMEBODY)
    tasks.sweep(clock.now() + tasks.KEPT + dt.timedelta(days=1))

    assert tasks.task(waits).state == TaskState.WAITING
    with pytest.raises(NotHere):
        tasks.task(ended)
