"""What do people's sign-ins want done in the background?"""

from __future__ import annotations

import datetime as dt

from gongkai_web.accounts import access_log, throttles
from gongkai_web.flow.duties import Tick
from gongkai_web.ui import clock


def prune_access_log(now: dt.datetime) -> None:
    """Days of the access log whose time is over are removed."""
    access_log.prune(now.astimezone(clock.BEIJING).date())


def forget_attempts(now: dt.datetime) -> None:
    """Counts of failed sign-ins whose time is over are removed."""
    throttles.forget_old(now)


TICKS = (
    Tick("accounts.access_log", "清理过期的访问日志", prune_access_log, daily_at=dt.time(3, 40)),
    Tick("accounts.throttles", "清理登录失败的计数", forget_attempts, daily_at=dt.time(3, 45)),
)
