"""What does publishing want done in the background?"""

from __future__ import annotations

import datetime as dt

from gongkai_web.agencies import actors
from gongkai_web.flow.duties import Handler, TaskKind, Tick
from gongkai_web.publishing import finding, indexing
from gongkai_web.publishing.actions.publication import appear
from gongkai_web.publishing.models import Publication


def carry_out_set_times(now: dt.datetime) -> None:
    """Say of everything whose set time has come that it has; it is public already, by the time itself."""
    waiting = Publication.objects.filter(appeared=False, withdrawn_at=None, published_at__lte=now).order_by("published_at", "id")
    for row in waiting.select_related("published_by"):
        appear(actors.staff(row.published_by).as_timer(), row.pk)


TICKS = (Tick("publishing.set_times", "定时公开", carry_out_set_times, every=dt.timedelta(seconds=1)),)
OUTBOX = (Handler(finding.HANDLER, ("item",), indexing.follow),)
TASKS = (TaskKind("publishing.index", "重新建立检索", indexing.rebuild),)
