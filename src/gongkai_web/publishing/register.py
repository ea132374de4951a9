"""How many documents hold, were made and were repealed in a year, on which channels did items go out, and what is still to be interpreted?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count

from gongkai.clock import Deadline
from gongkai_web.agencies.models import Body
from gongkai_web.publishing import clocks, visible
from gongkai_web.publishing.models import (
    Item,
    Kind,
    Link,
    LinkKind,
    Outing,
    OutingChannel,
    Practice,
    Publication,
    Validity,
    ValidityChange,
)
from gongkai_web.ui import clock

ENDED = (Validity.REPEALED, Validity.LAPSED)


@dataclass(frozen=True, slots=True)
class YearOfDocuments:
    """One kind of document in a year, as the yearly return asks: 本年制发件数, 本年废止件数, 现行有效件数. ``items`` are what was counted."""

    kind: str
    made: int
    repealed: int
    in_force: int
    made_items: tuple[int, ...]
    repealed_items: tuple[int, ...]
    in_force_items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OutingCounts:
    """Items that went out between two days: in total, each once, and by channel, each once per channel."""

    total: int
    by_channel: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Uninterpreted:
    """A public document without an interpretation: when one was due, and how that was worked out."""

    item_id: int
    index_number: str
    title: str
    published_on: dt.date
    deadline: Deadline | None


def documents_of_year(body: Body, year: int) -> tuple[YearOfDocuments, ...]:
    """Rules and normative documents of a year, of what is public today; validity as it was on the last day of the year."""
    last = dt.date(year, 12, 31)
    found = []
    for kind in (Kind.RULE, Kind.NORMATIVE):
        rows = visible.public(clock.now()).filter(body=body, item__kind=kind).select_related("version", "item")
        made_on = {r.item_id: r.version.made_on or r.item.made_or_changed_on for r in rows}
        held = validity_on(tuple(made_on), last)
        made = tuple(sorted(k for k, day in made_on.items() if day.year == year))
        in_force = tuple(sorted(k for k, day in made_on.items() if day <= last and held.get(k) not in ENDED))
        ended = ValidityChange.objects.filter(
            item_id__in=made_on, approval__isnull=False, validity__in=ENDED, on_day__year=year
        ).values_list("item_id", flat=True)
        repealed = tuple(sorted(set(ended)))
        found.append(YearOfDocuments(kind.value, len(made), len(repealed), len(in_force), made, repealed, in_force))
    return tuple(found)


def validity_on(items: tuple[int, ...], day: dt.date) -> dict[int, str]:
    """How each document held on a day: the last approved change whose day had come. Those without one are left out."""
    rows = ValidityChange.objects.filter(item_id__in=items, approval__isnull=False, on_day__lte=day).order_by(
        "on_day", "decided_at"
    )
    return {r.item_id: r.validity for r in rows}


def outing_counts(body: Body, first: dt.date, last: dt.date) -> OutingCounts:
    """What went out from the first to the last day, both included."""
    rows = Outing.objects.filter(body=body, struck_at=None, on_day__range=(first, last))
    by_channel = dict(rows.values_list("channel").annotate(n=Count("item_id", distinct=True)).order_by())
    return OutingCounts(
        rows.values("item_id").distinct().count(), tuple((c.value, by_channel.get(c.value, 0)) for c in OutingChannel)
    )


def uninterpreted(body: Body) -> tuple[Uninterpreted, ...]:
    """Public normative documents and rules that no public interpretation is linked to, those due first first."""
    now = clock.now()
    practice = Practice.objects.filter(body=body).first()
    period = practice.interpretation_period if practice else ""
    kinds = (Kind.RULE, Kind.NORMATIVE)
    rows = visible.public(now).filter(body=body, item__kind__in=kinds).select_related("version", "item")
    public = visible.public(now).values("item_id")
    done = set(Link.objects.filter(kind=LinkKind.INTERPRETS, source_id__in=public).values_list("target_id", flat=True))
    found = [
        _uninterpreted(r, period) for r in rows if r.item_id not in done and visible.validity(r.item, clock.today()) not in ENDED
    ]
    return tuple(sorted(found, key=lambda u: (u.published_on, u.item_id)))


def to_be_cleaned_up(body: Body, since: dt.date) -> tuple[int, ...]:
    """Documents in force that nobody has looked at since a clean-up began: no approved change, 有效 included, since that day."""
    looked = ValidityChange.objects.filter(approval__isnull=False, decided_at__date__gte=since).values("item_id")
    rows = visible.public(clock.now()).filter(body=body, item__kind__in=(Kind.RULE, Kind.NORMATIVE), listed_at__date__lt=since)
    today = clock.today()
    left = rows.exclude(item_id__in=looked).select_related("item").order_by("item_id")
    return tuple(r.item_id for r in left if visible.validity(r.item, today) not in ENDED)


def _uninterpreted(row: Publication, period: str) -> Uninterpreted:
    day = row.listed_at.astimezone(clock.BEIJING).date()
    due = clocks.deadline(day, period, clock.today()) if period else None
    item: Item = row.item
    return Uninterpreted(item.pk, item.index_number, row.version.title, day, due)
