"""What do visits want done in the background?"""

from __future__ import annotations

import datetime as dt

from gongkai_web.flow.duties import Tick
from gongkai_web.ui import clock
from gongkai_web.visits import folding


def fold(now: dt.datetime) -> None:
    """Days long past become sums of their months."""
    folding.fold(now.astimezone(clock.BEIJING).date())


TICKS = (Tick("visits.fold", "合并往年的访问量", fold, daily_at=dt.time(4, 10)),)
