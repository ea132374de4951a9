"""How do kept pages learn that a body's public information has changed?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import F, Min

from gongkai_web.agencies.models import Body
from gongkai_web.flow import outbox
from gongkai_web.publishing.models import Generation, Item, Publication
from gongkai_web.ui import clock


def changed(body: Body, *items: Item) -> None:
    """Bump the body's generation and tell of the items that changed; inside the act that changed them."""
    now = clock.now()
    Generation.objects.get_or_create(body=body, defaults={"changed_at": now})
    Generation.objects.filter(body=body).update(number=F("number") + 1, changed_at=now, next_at=_next_at(body, now))
    for item in items:
        outbox.put("item", str(item.pk), body)


def key(body_id: int, now: dt.datetime) -> str:
    """What names the body's public state at the instant: two equal keys mean equal public pages."""
    return keys([body_id], now)[body_id]


def keys(body_ids: Collection[int], now: dt.datetime) -> dict[int, str]:
    """The same of several bodies, by their keys, in one question."""
    found = {g.body_id: _key(g.number, g.next_at, now) for g in Generation.objects.filter(body_id__in=body_ids)}
    return {body_id: found.get(body_id, "0") for body_id in body_ids}


def _key(number: int, next_at: dt.datetime | None, now: dt.datetime) -> str:
    if next_at is None or now < next_at:
        return str(number)
    # Something changed by its set time and the worker has not yet said so: nothing is kept longer than a second.
    return f"{number}.{int(now.timestamp())}"


def next_at(body_id: int) -> dt.datetime | None:
    """The next instant at which the body's public state changes without an act."""
    return Generation.objects.filter(body_id=body_id).values_list("next_at", flat=True).first()


def _next_at(body: Body, now: dt.datetime) -> dt.datetime | None:
    """The next instant at which something changes without an act."""
    waiting = Publication.objects.filter(body=body, appeared=False, withdrawn_at=None)
    times = [waiting.aggregate(at=Min("published_at"))["at"]]
    today = now.astimezone(clock.BEIJING).date()
    day = Item.objects.filter(body=body, validity_next_on__gt=today).aggregate(day=Min("validity_next_on"))["day"]
    if day is not None:
        times.append(dt.datetime.combine(day, dt.time(), clock.BEIJING))
    return min((t for t in times if t is not None), default=None)
