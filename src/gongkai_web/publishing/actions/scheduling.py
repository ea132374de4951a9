"""Which acts change a set time, or call it off?"""

from __future__ import annotations

import datetime as dt

from gongkai_web.publishing import drafting
from gongkai_web.publishing.going_public import call_off, move, time_fault, waiting_publication
from gongkai_web.publishing.models import Item, Publication
from gongkai_web.trail.actors import Actor
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm


@act("publishing.schedule.move", "{actor}把《{subject}》的公开时间改为{when}", title="改公开时间")
def reschedule(actor: Actor, item_id: int, *, at: dt.datetime | None) -> Done[Publication]:
    """Publish what waits for its time at another time; None means at once."""
    item = drafting.locked(item_id)
    drafting.require_drafter(actor, item)
    row = waiting_publication(item)
    now = clock.now()
    untimely = time_fault(item, at)
    if untimely:
        raise BadForm({"at": untimely})
    move(item, row, at or now)
    when = f"{at.astimezone(clock.BEIJING):%Y年%m月%d日%H时%M分}" if at else "即时"
    return Done(row, item.body.slug, drafting.subject(item), words={"when": when})


@act("publishing.schedule.cancel", "{actor}取消了《{subject}》的定时公开，理由：{reason}", title="取消定时公开")
def cancel(actor: Actor, item_id: int, *, reason: str) -> Done[Item]:
    """Call off what waits for its time; it is a draft again and needs a new review."""
    item = drafting.locked(item_id)
    drafting.require_drafter(actor, item)
    row = waiting_publication(item)
    if not reason.strip():
        raise BadForm({"reason": "请写明取消的理由。"})
    call_off(item, row, reason.strip())
    return Done(item, item.body.slug, drafting.subject(item), words={"reason": reason.strip()})
