"""Is the background process alive?"""

from __future__ import annotations

import datetime as dt
import os
import socket
from dataclasses import dataclass

from gongkai_web.flow.models import Heartbeat
from gongkai_web.ui import clock

NAME = "worker"
BEAT_SECONDS = 10
SILENT_AFTER = dt.timedelta(seconds=45)


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the worker runs; ``since`` is when it started, or when it was last heard of, None when it never ran."""

    runs: bool
    since: dt.datetime | None
    host: str
    in_order: bool

    @property
    def words(self) -> str:
        """A sentence for administrators."""
        if self.since is None:
            return "后台程序还没有运行过。请用 gongkai serve 启动，或者单独运行 gongkai worker。"
        moment = _moment(self.since)
        if self.runs:
            return f"后台程序自 {moment} 起在 {self.host} 上运行。"
        how = "已正常停止" if self.in_order else "没有回应"
        return f"后台程序自 {moment} 起没有运行（{how}）。检索、定时任务和备份会落后；请检查 gongkai serve 或者 gongkai worker 是否在运行。"


def _moment(at: dt.datetime) -> str:
    here = at.astimezone(clock.BEIJING)
    return here.strftime("%H:%M") if here.date() == clock.today() else here.strftime("%m月%d日 %H:%M")


def start() -> None:
    """Say that the worker has started."""
    now = clock.now()
    fields = {"host": socket.gethostname()[:100], "process": os.getpid(), "started_at": now, "beat_at": now, "stopped_at": None}
    Heartbeat.objects.update_or_create(name=NAME, defaults=fields)


def beat() -> None:
    """Say that the worker lives."""
    Heartbeat.objects.filter(name=NAME).update(beat_at=clock.now())


def stop() -> None:
    """Say that the worker stops in order."""
    now = clock.now()
    Heartbeat.objects.filter(name=NAME).update(beat_at=now, stopped_at=now)


def standing(now: dt.datetime) -> Standing:
    """How the worker stands at this instant."""
    row = Heartbeat.objects.filter(name=NAME).first()
    if row is None:
        return Standing(False, None, "", in_order=True)
    if row.stopped_at is not None:
        return Standing(False, row.stopped_at, row.host, in_order=True)
    if now - row.beat_at > SILENT_AFTER:
        return Standing(False, row.beat_at, row.host, in_order=False)
    return Standing(True, row.started_at, row.host, in_order=True)
