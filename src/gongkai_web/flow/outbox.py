"""How do others learn, in order and at least once, of what an act did?

An act puts a row into the outbox in its own transaction. The worker hands the rows to the handlers that applications list
(``flow.duties``). A row that a handler cannot take waits, longer each time, and holds back only later rows of its own kind and
key; a handler that fails for several keys in a row rests for the pass, and nobody else notices.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Min, Q

from gongkai_web.agencies.models import Body
from gongkai_web.flow import duties
from gongkai_web.flow.duties import Handler, Letter
from gongkai_web.flow.faults import told
from gongkai_web.flow.models import Outbox
from gongkai_web.trail import acts, faults
from gongkai_web.ui import clock

BATCH = 200
LONGEST_WAIT = dt.timedelta(hours=1)
FAILURES_BEFORE_REST = 3
RESTING = "排在前面的几件没有办成，这一件稍后再试。"
KEPT = dt.timedelta(days=14)
"""How long a delivered row is kept."""

log = logging.getLogger("gongkai.flow")


def put(kind: str, key: str, body: Body | None = None) -> None:
    """Say inside an act that something happened to ``key``. ``kind`` is a short word such as "item"."""
    if not acts.running():
        raise RuntimeError("the outbox is written inside an act")
    faults.point("before-outbox", acts.running())
    Outbox.objects.create(kind=kind, key=key, body=body, made_at=clock.now())


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits to be delivered: how many rows, since when, and how many of them have failed already."""

    waiting: int
    since: dt.datetime | None
    failed: int
    fault: str


def backlog() -> Backlog:
    """What waits to be delivered."""
    waiting = Outbox.objects.filter(done_at=None)
    counted = waiting.aggregate(n=Count("id"), since=Min("made_at"), failed=Count("id", filter=Q(attempts__gt=0)))
    fault = waiting.exclude(fault="").order_by("id").values_list("fault", flat=True).first() or ""
    return Backlog(counted["n"], counted["since"], counted["failed"], fault)


def behind(name: str) -> int:
    """How many rows the handler of that name still has to take."""
    found = [h for h in duties.handlers() if h.name == name]
    waiting = Outbox.objects.filter(done_at=None, kind__in=[kind for h in found for kind in h.kinds])
    return sum(name not in delivered.split() for delivered in waiting.values_list("delivered", flat=True))


def deliver(limit: int = BATCH, handlers: Sequence[Handler] | None = None) -> int:
    """Hand over what waits and may be tried now, up to ``limit`` rows; returns how many are done with."""
    now = clock.now()
    rows = _due(now, limit)
    if not rows:
        return 0
    told_of: dict[int, set[str]] = {row.pk: set(row.delivered.split()) for row in rows}
    failed: dict[int, str] = {}
    listed = duties.handlers() if handlers is None else tuple(handlers)
    for handler in listed:
        mine = [row for row in rows if row.kind in handler.kinds and handler.name not in told_of[row.pk]]
        for row, fault in _hand_over(handler, mine):
            if fault:
                failed[row.pk] = fault
            else:
                told_of[row.pk].add(handler.name)
    done = [row.pk for row in rows if {h.name for h in listed if row.kind in h.kinds} <= told_of[row.pk]]
    Outbox.objects.filter(pk__in=done).update(done_at=clock.now(), fault="")
    for row in rows:
        if row.pk in failed:
            wait = min(dt.timedelta(seconds=2 ** min(row.attempts, 12)), LONGEST_WAIT)
            Outbox.objects.filter(pk=row.pk).update(
                attempts=row.attempts + 1,
                next_at=now + wait,
                fault=failed[row.pk],
                delivered=" ".join(sorted(told_of[row.pk])),
            )
    return len(done)


def _due(now: dt.datetime, limit: int) -> list[Outbox]:
    """The first rows that may be tried; a row whose key has an earlier row that waits is not among them."""
    waiting = Outbox.objects.filter(done_at=None)
    held = set(waiting.filter(next_at__gt=now).values_list("kind", "key"))
    rows = waiting.filter(Q(next_at=None) | Q(next_at__lte=now)).order_by("id")
    if not held:
        return list(rows[:limit])
    found: list[Outbox] = []
    for row in rows.iterator(chunk_size=500):
        if (row.kind, row.key) not in held:
            found.append(row)
        if len(found) == limit:
            break
    return found


def _hand_over(handler: Handler, rows: list[Outbox]) -> list[tuple[Outbox, str]]:
    """Each row with what went wrong, "" when nothing did. All at once first; one by one only to find out which one fails."""
    if not rows:
        return []
    try:
        handler.function(tuple(_letter(row) for row in rows))
    except Exception as error:  # noqa: BLE001 - whatever a handler does wrong must not stop the others
        log.warning("outbox: %s failed: %s", handler.name, told(error))
        if len(rows) == 1:
            return [(rows[0], told(error))]
    else:
        return [(row, "") for row in rows]
    results: list[tuple[Outbox, str]] = []
    in_a_row = 0
    held: set[str] = set()
    for row in rows:
        if row.key in held:
            continue
        if in_a_row >= FAILURES_BEFORE_REST:
            results.append((row, RESTING))
            continue
        try:
            handler.function((_letter(row),))
        except Exception as error:  # noqa: BLE001 - as above
            results.append((row, told(error)))
            held.add(row.key)
            in_a_row += 1
        else:
            results.append((row, ""))
            in_a_row = 0
    return results


def _letter(row: Outbox) -> Letter:
    return Letter(row.pk, row.kind, row.key, row.body_id, row.made_at)


def sweep(now: dt.datetime) -> None:
    """Remove rows delivered long ago."""
    Outbox.objects.filter(done_at__lt=now - KEPT).delete()
