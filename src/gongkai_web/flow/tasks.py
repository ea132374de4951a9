"""How is work that is too long for a request put off, and how far is it?

A task is a row. The worker takes the oldest that is due, one at a time. It is run again when the worker was stopped or died meanwhile,
and, after a while, when it failed, up to the attempts its kind allows.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F

from gongkai_web.agencies.models import Body
from gongkai_web.flow import duties
from gongkai_web.flow.duties import Interrupted, TaskKind
from gongkai_web.flow.faults import told
from gongkai_web.flow.models import Task, TaskState
from gongkai_web.trail.actors import Actor, ActorKind
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotHere

FIRST_WAIT = dt.timedelta(minutes=1)
KEPT = dt.timedelta(days=90)
"""How long an ended task is kept."""
UNKNOWN = "这个版本的程序不认识这项任务。请重新发起。"
DIED = "后台程序在办理中途停止，已达到重试次数。请重新发起；再次停止的，请联系系统管理员。"

log = logging.getLogger("gongkai.flow")


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task as people see it."""

    id: int
    name: str
    title: str
    body_id: int | None
    actor_id: str
    actor_name: str
    state: str
    state_words: str
    made_at: dt.datetime
    started_at: dt.datetime | None
    ended_at: dt.datetime | None
    done: int
    total: int
    stage: str
    fault: str
    result: Mapping[str, Any]

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in {TaskState.DONE, TaskState.FAILED}


def enqueue(
    name: str,
    actor: Actor,
    arguments: Mapping[str, Any] | None = None,
    *,
    key: str = "",
    body: Body | None = None,
    due_at: dt.datetime | None = None,
) -> int:
    """Queue a task and return its id. With a ``key``, the task of that name and key that still waits is returned instead of a second."""
    if duties.task_kind(name) is None:
        raise LookupError(f"no application knows the task {name}")
    with transaction.atomic():
        if key:
            there = Task.objects.filter(name=name, key=key, state=TaskState.WAITING).values_list("id", flat=True).first()
            if there is not None:
                return there
        now = clock.now()
        made = Task.objects.create(
            name=name,
            key=key,
            arguments=dict(arguments or {}),
            body=body,
            actor_kind=actor.kind.value,
            actor_id=actor.id,
            actor_name=actor.name,
            made_at=now,
            due_at=due_at or now,
        )
    return made.pk


def task(task_id: int) -> TaskView:
    """How a task stands; NotHere when there is none."""
    row = Task.objects.filter(pk=task_id).first()
    if row is None:
        raise NotHere("没有这项任务，可能早已办完，记录已清理。")
    return _view(row)


def recent(name: str, body: Body | None = None, limit: int = 20) -> tuple[TaskView, ...]:
    """The last tasks of a kind, the newest first."""
    rows = Task.objects.filter(name=name)
    if body is not None:
        rows = rows.filter(body=body)
    return tuple(_view(row) for row in rows.order_by("-id")[:limit])


def pending(name: str, body: Body) -> tuple[Mapping[str, Any], ...]:
    """The arguments of a body's tasks of a kind that have not ended."""
    rows = Task.objects.filter(name=name, body=body, state__in=[TaskState.WAITING, TaskState.RUNNING])
    return tuple(rows.order_by("id").values_list("arguments", flat=True))


def _view(row: Task) -> TaskView:
    kind = duties.task_kind(row.name)
    return TaskView(
        id=row.pk,
        name=row.name,
        title=kind.title if kind else row.name,
        body_id=row.body_id,
        actor_id=row.actor_id,
        actor_name=row.actor_name,
        state=row.state,
        state_words=TaskState(row.state).label,
        made_at=row.made_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        done=row.done,
        total=row.total,
        stage=row.stage,
        fault=row.fault,
        result=row.result,
    )


@dataclass(frozen=True, slots=True)
class RunningJob:
    """The :class:`duties.Job` of a row."""

    id: int
    actor: Actor
    stop: Callable[[], bool] = field(default=lambda: False)

    def progress(self, done: int, total: int, stage: str = "") -> None:
        """Say how far it is."""
        Task.objects.filter(pk=self.id).update(done=done, total=total, stage=stage)

    def stopping(self) -> bool:
        """Whether the worker wants to stop."""
        return self.stop()


def take_up_again() -> int:
    """Put back what a worker left running that is no more; for the one worker, when it starts. Returns how many."""
    left = Task.objects.filter(state=TaskState.RUNNING)
    for row in left:
        kind = duties.task_kind(row.name)
        if kind is not None and row.attempts >= kind.attempts:
            _end(row, TaskState.FAILED, fault=DIED)
        else:
            Task.objects.filter(pk=row.pk).update(state=TaskState.WAITING)
    return len(left)


def run_next(stop: Callable[[], bool] = lambda: False) -> bool:
    """Run the oldest task that is due. False when there is none."""
    now = clock.now()
    due = Task.objects.filter(state=TaskState.WAITING, due_at__lte=now).order_by("due_at", "id")
    with transaction.atomic():
        row = due.select_for_update().first() if due.exists() else None
        if row is None:
            return False
        Task.objects.filter(pk=row.pk).update(state=TaskState.RUNNING, started_at=now, attempts=F("attempts") + 1, fault="")
    row.refresh_from_db()
    kind = duties.task_kind(row.name)
    if kind is None:
        _end(row, TaskState.FAILED, fault=UNKNOWN)
    else:
        _run(row, kind, stop)
    return True


def _run(row: Task, kind: TaskKind, stop: Callable[[], bool]) -> None:
    job = RunningJob(row.pk, Actor(ActorKind(row.actor_kind), row.actor_id, row.actor_name), stop)
    try:
        result = kind.function(job, **row.arguments)
    except Interrupted:
        Task.objects.filter(pk=row.pk).update(state=TaskState.WAITING, attempts=F("attempts") - 1)
    except Exception as error:  # noqa: BLE001 - a failing task is told to the person who asked, and must not stop the worker
        log.warning("task %s failed: %s", kind.name, told(error))
        if row.attempts >= kind.attempts:
            _end(row, TaskState.FAILED, fault=told(error))
        else:
            again = clock.now() + FIRST_WAIT * 2 ** (row.attempts - 1)
            Task.objects.filter(pk=row.pk).update(state=TaskState.WAITING, due_at=again, fault=told(error))
    else:
        _end(row, TaskState.DONE, result=dict(result or {}))


def _end(row: Task, state: TaskState, **fields: Any) -> None:
    Task.objects.filter(pk=row.pk).update(state=state, ended_at=clock.now(), **fields)


def sweep(now: dt.datetime) -> None:
    """Remove tasks that ended long ago."""
    Task.objects.filter(ended_at__lt=now - KEPT).delete()
