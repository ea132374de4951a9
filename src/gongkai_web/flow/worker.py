"""What does the background process do?

One process a database, held by ``alone``. Two lanes run in it: the quick one hands over the outbox and runs the ticks, so that what
was published is found within a second even while the slow one is busy with a long task. The main thread says that it lives.
What is public or due is never decided here: screens compare times when asked, and a worker that was away catches up.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from django.db import close_old_connections, connection

from gongkai_web.flow import heartbeat, outbox, tasks, ticks
from gongkai_web.flow.alone import WORKER, alone
from gongkai_web.flow.faults import told

PAUSE_SECONDS = 0.25
TICK_SECONDS = 1
GRACE_SECONDS = 20
"""How long a running task is waited for when the worker stops; after that the process ends and the task is run again."""

log = logging.getLogger("gongkai.flow")


def run(stop: threading.Event, data: Path) -> int:
    """Work until ``stop`` is set; 0 when stopped in order, 1 when a lane failed. ``alone.Taken`` when another worker is at it."""
    with alone(WORKER, data):
        tasks.take_up_again()
        heartbeat.start()
        failed: list[str] = []
        lanes = [
            threading.Thread(target=_lane, args=(work, stop, failed), name=name, daemon=True)
            for name, work in (("quick", _quick(stop)), ("slow", lambda: tasks.run_next(stop.is_set)))
        ]
        for lane in lanes:
            lane.start()
        while not stop.wait(heartbeat.BEAT_SECONDS):
            heartbeat.beat()
        for lane in lanes:
            lane.join(GRACE_SECONDS)
        if not failed:
            heartbeat.stop()
        return 1 if failed else 0


def _lane(work: Callable[[], bool], stop: threading.Event, failed: list[str]) -> None:
    """Repeat ``work``, which says whether there may be more; an error of the database ends the whole worker, which is started anew."""
    try:
        while not stop.is_set():
            close_old_connections()
            if not work():
                stop.wait(PAUSE_SECONDS)
    except Exception as error:  # noqa: BLE001 - told, and the process ends with a failure
        log.error("worker: %s", told(error))
        failed.append(told(error))
        stop.set()
    finally:
        connection.close()


def _quick(stop: threading.Event) -> Callable[[], bool]:
    seen: dict[str, dt.datetime] = {}
    last = 0.0

    def work() -> bool:
        nonlocal last
        delivered = outbox.deliver()
        if time.monotonic() - last >= TICK_SECONDS and not stop.is_set():
            last = time.monotonic()
            ticks.run_due(seen=seen)
        return delivered > 0

    return work
