"""What do comment periods want done in the background?"""

from __future__ import annotations

import datetime as dt

from gongkai_web.agencies import actors
from gongkai_web.comment_periods.actions.periods import ended
from gongkai_web.comment_periods.models import Period
from gongkai_web.comment_periods.states import day_of
from gongkai_web.flow.duties import Tick


def tell_of_ends(now: dt.datetime) -> None:
    """Say of every period whose last day is over that it ended; comments are refused already, by the day itself."""
    over = Period.objects.filter(ended=False, opened_at__isnull=False, abandoned_at=None, closes_on__lt=day_of(now))
    for row in over.select_related("opened_by").order_by("closes_on", "id"):
        assert row.opened_by is not None
        ended(actors.staff(row.opened_by).as_timer(), row.pk)


TICKS = (Tick("comment_periods.ends", "意见征集到期", tell_of_ends, every=dt.timedelta(minutes=1)),)
