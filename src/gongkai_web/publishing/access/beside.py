"""What stands beside an item: links, outings, validity, legality, revocations, re-assessments?"""

from __future__ import annotations

from django.db.models import Q

from gongkai_web.publishing.access.staff_shapes import Entry
from gongkai_web.publishing.models import (
    Item,
    Legality,
    Link,
    LinkKind,
    Outing,
    OutingChannel,
    Reassessment,
    Revocation,
    Validity,
    ValidityChange,
)
from gongkai_web.ui import clock


def links(item: Item) -> tuple[Entry, ...]:
    """Every link, from this side; ``state`` is "out" or "in", ``address`` the other item's key."""
    rows = Link.objects.filter(Q(source=item) | Q(target=item)).select_related("source__draft", "target__draft")
    found = []
    for row in rows.order_by("id"):
        out = row.source_id == item.pk
        there = row.target if out else row.source
        word = LinkKind(row.kind).label
        words = f"{word}《{there.draft.title}》" if out else f"被《{there.draft.title}》{word}"
        day = row.made_at.astimezone(clock.BEIJING).date()
        found.append(Entry(row.pk, row.kind, words, day, address=str(there.pk), state="out" if out else "in"))
    return tuple(found)


def outings(item: Item) -> tuple[Entry, ...]:
    """Every outing that was not struck, the latest first."""
    rows = Outing.objects.filter(item=item, struck_at=None).select_related("recorded_by").order_by("-on_day", "-id")
    return tuple(
        Entry(
            r.pk,
            r.channel,
            f"{OutingChannel(r.channel).label}{f'：{r.place}' if r.place else ''}",
            r.on_day,
            r.address,
            r.recorded_by.name,
        )
        for r in rows
    )


def validity_changes(item: Item) -> tuple[Entry, ...]:
    """Every change of validity; ``state`` is "approved", "open" or "closed"."""
    rows = ValidityChange.objects.filter(item=item).select_related("review", "proposed_by").order_by("-id")
    found = []
    for r in rows:
        words = (
            f"{Validity(r.validity).label}{f'，依据{r.by_document}' if r.by_document else ''}{f'，{r.note}' if r.note else ''}"
        )
        state = "approved" if r.approval_id else "open" if r.review.state == "open" else "closed"
        found.append(Entry(r.pk, r.validity, words, r.on_day, str(r.review_id), r.proposed_by.name, state))
    return tuple(found)


def legality(item: Item) -> tuple[Entry, ...]:
    """The legality reviews."""
    rows = Legality.objects.filter(item=item).select_related("recorded_by").order_by("-reviewed_on", "-id")
    return tuple(
        Entry(
            r.pk, "lawful" if r.lawful else "unlawful", f"{r.reviewed_by}：{r.opinion}", r.reviewed_on, r.file, r.recorded_by.name
        )
        for r in rows
    )


def revocations(item: Item) -> tuple[Entry, ...]:
    """When and by what the decision was revoked."""
    rows = Revocation.objects.filter(item=item).select_related("recorded_by").order_by("-revoked_on", "-id")
    return tuple(
        Entry(r.pk, "revoked", f"依据{r.by_document}{f'，{r.note}' if r.note else ''}", r.revoked_on, by=r.recorded_by.name)
        for r in rows
    )


def reassessments(item: Item) -> tuple[Entry, ...]:
    """The re-assessments."""
    rows = Reassessment.objects.filter(item=item).select_related("done_by").order_by("-done_on", "-id")
    return tuple(
        Entry(r.pk, "publish" if r.to_publish else "keep", r.reason, r.done_on, by=r.done_by.name, state=str(r.next_on or ""))
        for r in rows
    )
