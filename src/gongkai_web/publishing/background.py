"""What does publishing want done in the background?"""

from __future__ import annotations

import datetime as dt

from gongkai_web.agencies import actors
from gongkai_web.files import held, quarantine
from gongkai_web.flow.duties import Handler, TaskKind, Tick
from gongkai_web.publishing import finding, indexing, inspections
from gongkai_web.publishing.actions.publication import appear
from gongkai_web.publishing.actions.validity import arrive
from gongkai_web.publishing.models import Publication, ValidityChange
from gongkai_web.ui import clock


def carry_out_set_times(now: dt.datetime) -> None:
    """Say of everything whose set time has come that it has; it is public already, by the time itself."""
    waiting = Publication.objects.filter(appeared=False, withdrawn_at=None, published_at__lte=now).order_by("published_at", "id")
    for row in waiting.select_related("published_by"):
        appear(actors.staff(row.published_by).as_timer(), row.pk)


def carry_out_validity_days(now: dt.datetime) -> None:
    """Say of every change of validity whose day has come that it holds; lists and pages say so already, by the day itself."""
    today = now.astimezone(clock.BEIJING).date()
    waiting = ValidityChange.objects.filter(arrived=False, approval__isnull=False, on_day__lte=today).order_by("on_day", "id")
    for row in waiting.select_related("proposed_by"):
        arrive(actors.staff(row.proposed_by).as_timer(), row.pk)


TICKS = (
    Tick("publishing.set_times", "定时公开", carry_out_set_times, every=dt.timedelta(seconds=1)),
    Tick("files.quarantine", "病毒扫描", quarantine.look_through, every=dt.timedelta(seconds=30)),
    Tick("files.held", "清理等待决定的上传", held.forget_old, every=dt.timedelta(minutes=5)),
    Tick("publishing.inspection", "每日网站自查", inspections.look_daily, every=dt.timedelta(hours=1)),
    Tick("publishing.validity_days", "文件有效性到期", carry_out_validity_days, every=dt.timedelta(minutes=1)),
)
OUTBOX = (Handler(finding.HANDLER, ("item",), indexing.follow),)
TASKS = (
    TaskKind("publishing.index", "重新建立检索", indexing.rebuild),
    TaskKind(inspections.TASK, "网站自查", inspections.carry_out),
)
