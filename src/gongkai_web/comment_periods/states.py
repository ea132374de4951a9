"""Where does a period stand at an instant: decided by comparing times, whatever has run?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from gongkai_web.comment_periods.models import Period
from gongkai_web.publishing import visible
from gongkai_web.publishing.models import Publication
from gongkai_web.ui import clock


class State(StrEnum):
    """Where a period stands."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    ABANDONED = "abandoned"


STATE_WORDS = {State.PLANNED: "准备中", State.OPEN: "正在征求意见", State.CLOSED: "已截止", State.ABANDONED: "已终止"}


def state(period: Period, now: dt.datetime) -> State:
    """Where a period stands at an instant. The last day counts whole, in Beijing."""
    if period.abandoned_at is not None and period.abandoned_at <= now:
        return State.ABANDONED
    if period.opened_at is None or period.opened_at > now:
        return State.PLANNED
    return State.OPEN if day_of(now) <= period.closes_on else State.CLOSED


def publications(item_ids: Iterable[int | None], now: dt.datetime) -> dict[int, Publication]:
    """Those of the items that are public at the instant, by item."""
    wanted = {key for key in item_ids if key is not None}
    if not wanted:
        return {}
    rows = visible.public(now).select_related("version", "item", "body").filter(item_id__in=wanted)
    return {row.item_id: row for row in rows}


def day_of(moment: dt.datetime) -> dt.date:
    """The legal day of an instant."""
    return moment.astimezone(clock.BEIJING).date()
