"""What do the server's own duties want done in the background?"""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from gongkai_web.flow import installation, tasks
from gongkai_web.flow.duties import TaskKind, Tick
from gongkai_web.office import backing_up
from gongkai_web.trail.actors import INSTALLATION


def ask_for_backup(now: dt.datetime) -> None:
    """Queue the backup of the day where an office is."""
    if installation.exists():
        tasks.enqueue("office.backup", INSTALLATION, key="daily")


TASKS = (TaskKind("office.backup", "每日备份", backing_up.daily),)
TICKS = (
    (Tick("office.backup.daily", "安排每日备份", ask_for_backup, daily_at=settings.BACKUP_AT),)
    if settings.BACKUP_AT is not None
    else ()
)
