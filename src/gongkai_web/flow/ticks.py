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


def run_due(ticks: Sequence[Tick] | None = None) -> tuple[str, ...]:
    """Run what is due, each by itself; the names of those that ran. One that fails is tried again at its next time."""
    now = clock.now()
    listed = duties.ticks() if ticks is None else tuple(ticks)
    last = dict(TickRun.objects.values_list("name", "started_at"))
    ran = tuple(tick for tick in listed if is_due(tick, last.get(tick.name), now))
    for tick in ran:
        _run(tick, now)
    return tuple(tick.name for tick in ran)


def _run(tick: Tick, now: dt.datetime) -> None:
    row, _ = TickRun.objects.update_or_create(name=tick.name, defaults={"started_at": now})
    try:
        tick.function(now)
    except Exception as error:  # noqa: BLE001 - one failing piece of work must not stop the others; it is shown to the administrators
        log.warning("tick %s failed: %s", tick.name, told(error))
        TickRun.objects.filter(pk=row.pk).update(ended_at=clock.now(), failures=row.failures + 1, fault=told(error))
    else:
        TickRun.objects.filter(pk=row.pk).update(ended_at=clock.now(), failures=0, fault="")
