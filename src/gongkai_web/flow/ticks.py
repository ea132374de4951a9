"""Which regular work is due now?"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence

from gongkai_web.flow import duties
from gongkai_web.flow.duties import Tick
from gongkai_web.flow.faults import told
from gongkai_web.flow.models import TickRun
from gongkai_web.ui import clock

WRITTEN_FROM = dt.timedelta(minutes=1)
"""Work that runs more often is written down when it fails and when it goes well again."""

log = logging.getLogger("gongkai.flow")


def is_due(tick: Tick, last: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether the tick is to run, ``last`` being when it last began. A daily one that was missed is made up for once."""
    if tick.daily_at is None:
        return last is None or now - last >= tick.every
    here = now.astimezone(clock.BEIJING)
    latest = dt.datetime.combine(here.date(), tick.daily_at, clock.BEIJING)
    if latest > here:
        latest -= dt.timedelta(days=1)
    return last is None or last < latest


def run_due(ticks: Sequence[Tick] | None = None, seen: dict[str, dt.datetime] | None = None) -> tuple[str, ...]:
    """Run what is due, each by itself; the names of those that ran. One that fails is tried again at its next time.

    ``seen`` remembers within one process when each last began, so that what runs every second need not write it down each time.
    """
    now = clock.now()
    listed = duties.ticks() if ticks is None else tuple(ticks)
    known = {} if seen is None else seen
    if any(tick.name not in known for tick in listed):
        known.update({**dict(TickRun.objects.values_list("name", "started_at")), **known})
    ran = tuple(tick for tick in listed if is_due(tick, known.get(tick.name), now))
    for tick in ran:
        known[tick.name] = now
        _run(tick, now)
    return tuple(tick.name for tick in ran)


def _run(tick: Tick, now: dt.datetime) -> None:
    failures = TickRun.objects.filter(name=tick.name).values_list("failures", flat=True).first()
    fault = ""
    try:
        tick.function(now)
    except Exception as error:  # noqa: BLE001 - one failing piece of work must not stop the others; it is shown to the administrators
        fault = told(error)
        log.warning("tick %s failed: %s", tick.name, fault)
    if fault or failures or failures is None or tick.daily_at is not None or tick.every >= WRITTEN_FROM:
        ended = {"started_at": now, "ended_at": clock.now(), "failures": (failures or 0) + 1 if fault else 0, "fault": fault}
        TickRun.objects.update_or_create(name=tick.name, defaults=ended)
