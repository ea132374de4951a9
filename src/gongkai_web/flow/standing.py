"""What should an administrator be told about the background work?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gongkai_web.flow import duties, heartbeat, installation, outbox
from gongkai_web.flow.models import Task, TaskState, TickRun
from gongkai_web.ui import clock

BACKLOG_AFTER = dt.timedelta(minutes=2)
SHOWN_DAYS = 7


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that is not as it should be: a sentence, and since when."""

    code: str
    words: str
    since: dt.datetime | None


def notices(now: dt.datetime | None = None) -> tuple[Notice, ...]:
    """Everything that is not as it should be; empty when all is well or no office is here."""
    if not installation.exists():
        return ()
    now = now or clock.now()
    return (*_worker(now), *_backlog(now), *_ticks(), *_failed_tasks(now))


def _worker(now: dt.datetime) -> tuple[Notice, ...]:
    found = heartbeat.standing(now)
    return () if found.runs else (Notice("worker", found.words, found.since),)


def _backlog(now: dt.datetime) -> tuple[Notice, ...]:
    found = outbox.backlog()
    if found.since is None or (now - found.since < BACKLOG_AFTER and not found.failed):
        return ()
    why = f"最近一次的原因：{found.fault}" if found.fault else "后台程序会继续办理。"
    return (
        Notice("outbox", f"有 {found.waiting} 件变动还没有传到检索等处，其中 {found.failed} 件试过没有成功。{why}", found.since),
    )


def _ticks() -> tuple[Notice, ...]:
    titles = {tick.name: tick.title for tick in duties.ticks()}
    failing = TickRun.objects.filter(failures__gt=0, name__in=titles).order_by("name")
    return tuple(Notice(r.name, f"定时的“{titles[r.name]}”连续 {r.failures} 次没有办成：{r.fault}", r.ended_at) for r in failing)


def _failed_tasks(now: dt.datetime) -> tuple[Notice, ...]:
    """The kinds of task whose last run failed within the shown days."""
    found = []
    for kind in duties.task_kinds():
        ended = Task.objects.filter(name=kind.name, ended_at__gte=now - dt.timedelta(days=SHOWN_DAYS))
        last = ended.order_by("-ended_at", "-id").first()
        if last is not None and last.state == TaskState.FAILED:
            found.append(Notice(kind.name, f"“{kind.title}”没有办成：{last.fault}", last.ended_at))
    return tuple(found)
