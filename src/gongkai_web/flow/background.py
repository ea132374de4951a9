"""What does this application want done in the background?"""

from __future__ import annotations

import datetime as dt

from gongkai_web.flow import outbox, tasks
from gongkai_web.flow.duties import Tick

TICKS = (
    Tick("flow.outbox.sweep", "清理已送达的通知", outbox.sweep, every=dt.timedelta(hours=6)),
    Tick("flow.tasks.sweep", "清理早已办完的任务", tasks.sweep, every=dt.timedelta(hours=6)),
)
