"""When was a body's site inspected last, and what was found then?

Going through every public text takes minutes where there are many, so the first page and the list show a kept result. It is made anew
every day, and at once or by the worker when somebody asks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Any

from gongkai_web.agencies.models import Body
from gongkai_web.flow import tasks
from gongkai_web.flow.duties import Job
from gongkai_web.publishing import visible
from gongkai_web.publishing.models import Inspection
from gongkai_web.publishing.self_inspection import Point, Weight, points
from gongkai_web.trail.actors import INSTALLATION, Actor
from gongkai_web.ui import clock

TASK = "publishing.inspect"
AT_ONCE = 2000
"""A body with more public items than this is inspected by the worker."""
GROWS_OLD = dt.timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, the heaviest first, and when."""

    looked_at: dt.datetime
    points: tuple[Point, ...]


def last(body: Body) -> Found | None:
    """What the last inspection found; None before the first."""
    row = Inspection.objects.filter(body=body).first()
    if row is None:
        return None
    return Found(row.looked_at, tuple(Point(p[0], Weight(p[1]), *p[2:]) for p in row.points))


def look(body: Body) -> None:
    """Inspect now and keep what was found."""
    found = [list(astuple(p)) for p in points(body)]
    Inspection.objects.update_or_create(body=body, defaults={"looked_at": clock.now(), "points": found})


def ask(actor: Actor, body: Body) -> bool:
    """Inspect at once, or let the worker do it where there is much; whether it is done."""
    if visible.public(clock.now()).filter(body=body).count() > AT_ONCE:
        tasks.enqueue(TASK, actor, {"slug": body.slug}, key=body.slug, body=body)
        return False
    look(body)
    return True


def carry_out(job: Job, slug: str) -> Mapping[str, Any]:
    """The queued task."""
    body = Body.objects.get(slug=slug)
    look(body)
    found = last(body)
    return {"points": len(found.points) if found else 0}


def look_daily(now: dt.datetime) -> None:
    """Let the worker inspect every body that publishes and whose last inspection has grown old."""
    fresh = Inspection.objects.filter(looked_at__gt=now - GROWS_OLD).values("body_id")
    publishing = Body.objects.filter(pk__in=visible.public(now).values("body_id"))
    for body in publishing.exclude(pk__in=fresh):
        tasks.enqueue(TASK, INSTALLATION, {"slug": body.slug}, key=body.slug, body=body)
