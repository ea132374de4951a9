"""Which bodies stand below one, what have they made public, and which of them changed since somebody last looked?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max

from gongkai_web.agencies.models import Body
from gongkai_web.publishing import generations, visible
from gongkai_web.publishing.access.listings import row_of
from gongkai_web.publishing.access.shapes import ListRow
from gongkai_web.ui import clock


@dataclass(frozen=True, slots=True)
class BodyBelow:
    """A body of the family: ``depth`` 0 is the one that was asked about. ``state`` names its public state: equal states, equal pages."""

    slug: str
    name: str
    host: str
    depth: int
    count: int
    latest_at: dt.datetime | None
    state: str


def has_below(body: Body) -> bool:
    """Whether any body stands below."""
    return Body.objects.filter(parent=body).exists()


def bodies(body: Body) -> tuple[Body, ...]:
    """Every body below, each after the one it stands under; not the body itself."""
    return tuple(row for row, depth in _family(body) if depth)


def family(body: Body) -> tuple[BodyBelow, ...]:
    """The body itself and every body below it, each after the one it stands under."""
    bodies, now = _family(body), clock.now()
    keys = [b.pk for b, _ in bodies]
    states = generations.keys(keys, now)
    rows = visible.public(now).filter(body__in=keys)
    told = {key: (count, latest) for key, count, latest in rows.values_list("body").annotate(Count("pk"), Max("listed_at"))}
    found = []
    for row, depth in bodies:
        count, latest = told.get(row.pk, (0, None))
        found.append(BodyBelow(row.slug, row.name, row.host, depth, count, latest, states[row.pk]))
    return tuple(found)


def newest(among: Iterable[BodyBelow], size: int) -> tuple[tuple[BodyBelow, ListRow], ...]:
    """What these bodies made public last and is public now, the newest first, each with its body."""
    bodies = {b.slug: b for b in among}
    now = clock.now()
    rows = visible.public(now).filter(body__slug__in=bodies).select_related("version", "item", "category", "body")
    today = now.astimezone(clock.BEIJING).date()
    return tuple((bodies[r.body.slug], row_of(r, today)) for r in rows.order_by("-listed_at", "-id")[:size])


def _family(body: Body) -> list[tuple[Body, int]]:
    """The tree in reading order; a body that by mistake stands below itself is told once."""
    children: dict[int, list[Body]] = {}
    for row in Body.objects.exclude(parent=None).order_by("pk"):
        children.setdefault(row.parent_id or 0, []).append(row)
    found: list[tuple[Body, int]] = []
    seen: set[int] = set()

    def walk(row: Body, depth: int) -> None:
        if row.pk not in seen:
            seen.add(row.pk)
            found.append((row, depth))
            for child in children.get(row.pk, []):
                walk(child, depth + 1)

    walk(body, 0)
    return found
