"""How many documents hold, were made and were repealed in a year, on which channels did items go out, and what is still to be interpreted?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import islice

from django.db.models import Count

from gongkai.clock import Deadline
from gongkai_web.agencies.models import Body
from gongkai_web.publishing import clocks, visible
from gongkai_web.publishing.kinds import POLICIES, REGISTERED
from gongkai_web.publishing.models import (
    CampaignEntry,
    Excused,
    Item,
    Kind,
    Link,
    LinkKind,
    NewMediaMonth,
    Origin,
    Outing,
    OutingChannel,
    Practice,
    Publication,
    Stage,
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
class NewMediaYear:
    """What the accounts on one platform did in a year: sums, but the followers of each account's last recorded month."""

    channel: str
    accounts: int
    posts: int
    reads: int
    followers: int
    replies: int


@dataclass(frozen=True, slots=True)
class Uninterpreted:
    """A public document without a public interpretation: when one was due, and how that was worked out.

    ``begun_id`` is an interpretation that is linked to it and not public yet; ``excused`` why it needs none, empty when it does.
    """

    item_id: int
    index_number: str
    title: str
    document_number: str
    kind: str
    department_id: int | None
    department: str
    published_on: dt.date
    deadline: Deadline | None
    begun_id: int | None
    excused: str


def documents_of_year(body: Body, year: int) -> tuple[YearOfDocuments, ...]:
    """Rules and normative documents of a year, of what is public today; validity as it was on the last day of the year."""
    last = dt.date(year, 12, 31)
    found = []
    for kind in REGISTERED:
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


def new_media_of_year(body: Body, year: int) -> tuple[NewMediaYear, ...]:
    """The year of the new-media accounts by platform, as the yearly return asks; platforms without figures are left out."""
    found = []
    for channel in OutingChannel:
        rows = list(NewMediaMonth.objects.filter(body=body, channel=channel, month__year=year).order_by("month"))
        if rows:
            latest = {row.account: row.followers for row in rows}
            posts, reads, replies = (sum(getattr(r, name) for r in rows) for name in ("posts", "reads", "replies"))
            found.append(NewMediaYear(channel.label, len(latest), posts, reads, sum(latest.values()), replies))
    return tuple(found)


def outing_counts(body: Body, first: dt.date, last: dt.date) -> OutingCounts:
    """What went out from the first to the last day, both included."""
    rows = Outing.objects.filter(body=body, struck_at=None, on_day__range=(first, last))
    by_channel = dict(rows.values_list("channel").annotate(n=Count("item_id", distinct=True)).order_by())
    return OutingCounts(
        rows.values("item_id").distinct().count(), tuple((c.value, by_channel.get(c.value, 0)) for c in OutingChannel)
    )


def uninterpreted(
    body: Body,
    *,
    excused: bool = False,
    departments: frozenset[int] | None = None,
    since: dt.datetime | None = None,
    limit: int | None = None,
) -> tuple[Uninterpreted, ...]:
    """Public policy documents of the body's own making that no public interpretation is linked to, those published first first: who
    drafted interprets, and what was obtained was drafted elsewhere.

    With ``excused``, those instead of which somebody decided that they need none. ``departments``, ``since`` (when they were published)
    and ``limit`` leave out the others.
    """
    now, today = clock.now(), clock.today()
    practice = Practice.objects.filter(body=body).first()
    period = practice.interpretation_period if practice else ""
    told = Link.objects.filter(kind=LinkKind.INTERPRETS, target__body=body)
    public = visible.public(now).filter(body=body).values("item_id")
    why = dict(Excused.objects.filter(item__body=body).values_list("item_id", "reason"))
    rows = visible.public(now).filter(body=body, item__kind__in=POLICIES, item__origin=Origin.MADE)
    rows = rows.exclude(item_id__in=told.filter(source_id__in=public).values("target_id"))
    rows = rows.filter(item_id__in=list(why)) if excused else rows.exclude(item_id__in=list(why))
    if departments is not None:
        rows = rows.filter(item__department_id__in=departments)
    if since is not None:
        rows = rows.filter(listed_at__gte=since)
    held = (r for r in rows.select_related("version", "item__department").order_by("listed_at", "item_id"))
    chosen = list(islice((r for r in held if visible.validity(r.item, today) not in ENDED), limit))
    begun = dict(
        told.filter(target_id__in=[r.item_id for r in chosen])
        .exclude(source__stage=Stage.DISCARDED)
        .values_list("target_id", "source_id")
    )
    return tuple(_uninterpreted(r, period, begun.get(r.item_id), why.get(r.item_id, "")) for r in chosen)


def to_be_cleaned_up(body: Body, since: dt.date) -> tuple[int, ...]:
    """Documents in force that nobody has looked at since a clean-up began: no approved change, 有效 included, and no decision."""
    looked = ValidityChange.objects.filter(approval__isnull=False, decided_at__date__gte=since).values("item_id")
    rows = visible.public(clock.now()).filter(body=body, item__kind__in=REGISTERED, listed_at__date__lt=since)
    today = clock.today()
    kept = CampaignEntry.objects.filter(decided_at__date__gte=since).exclude(decision="").values("item_id")
    left = rows.exclude(item_id__in=looked).exclude(item_id__in=kept).select_related("item").order_by("item_id")
    return tuple(r.item_id for r in left if visible.validity(r.item, today) not in ENDED)


def _uninterpreted(row: Publication, period: str, begun: int | None, excused: str) -> Uninterpreted:
    day = row.listed_at.astimezone(clock.BEIJING).date()
    due = clocks.deadline(day, period, clock.today()) if period else None
    item: Item = row.item
    return Uninterpreted(
        item.pk,
        item.index_number,
        row.version.title,
        row.version.document_number,
        Kind(item.kind).label,
        item.department_id,
        item.department.name if item.department else "",
        day,
        due,
        begun,
        excused,
    )
