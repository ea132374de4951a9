"""What happens to an item's rows when a version of it becomes public, or stops being public?

Plain functions, called inside acts. Nothing here can publish what was not approved: the database asks for the approval's row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from gongkai_web.files.models import FileState, StoredFile
from gongkai_web.flow.models import Approval
from gongkai_web.publishing import baked, scans
from gongkai_web.publishing.generations import changed
from gongkai_web.publishing.models import Channel, Item, Publication, Stage, Validity, Version
from gongkai_web.publishing.models.items import Content
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotPossible

FARTHEST = dt.timedelta(weeks=53)
"""How far ahead a time can be set."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """Where a version was published outside this program, and on which day."""

    to: str
    address: str
    on: dt.date


def time_fault(item: Item, at: dt.datetime | None) -> str:
    """Why an item may not be set to become public at an instant, as a sentence; empty when it may. None means at once."""
    now = clock.now()
    if at is None:
        return ""
    if at <= now:
        return "定时公开的时间已经过去。请改成以后的时间，或者选择立即公开。"
    if at > now + FARTHEST:
        return "定时公开的时间最远在一年以内，请核对年份。"
    first = item.first_published_at is None or item.first_published_at > now
    tomorrow = now.astimezone(clock.BEIJING).date() + dt.timedelta(days=1)
    if first and item.due_on is not None and at.astimezone(clock.BEIJING).date() > max(item.due_on, tomorrow):
        return f"公开期限是{item.due_on.isoformat()}，定时公开不能晚于这一天。请提前，或者选择立即公开。"
    return ""


def make_public(
    item: Item, version: Version, approval: Approval, person_id: int, at: dt.datetime, handed: HandOver | None = None
) -> Publication:
    """Make an approved version public from ``at`` on; what was public of the item before gives way at that instant."""
    now = clock.now()
    if Publication.objects.filter(approval=approval).exists():
        raise NotPossible(f"《{version.title}》的这一版已经发布过，不能重复发布。")
    current = Publication.objects.filter(item=item, superseded_at=None, withdrawn_at=None).first()
    if current is not None:
        current.superseded_at = at
        current.save(update_fields=["superseded_at"])
    listed = item.first_published_at or at
    made = Publication.objects.create(
        approval=approval,
        version=version,
        item=item,
        body_id=item.body_id,
        category_id=item.category_id,
        channel=item.category.channel if handed is None else Channel.ELSEWHERE,
        year=listed.astimezone(clock.BEIJING).year,
        listed_at=listed,
        published_at=at,
        published_by_id=person_id,
        correction_note=item.correction_note if current else "",
        handed_to=handed.to if handed else "",
        handed_address=handed.address if handed else "",
        handed_on=handed.on if handed else None,
        appeared=at <= now,
    )
    item.stage = Stage.PUBLISHED
    item.first_published_at = listed
    item.publish_at = None
    item.changed_at = now
    if item.validity == Validity.NONE and item.kind in {"rule", "normative"}:
        item.validity = Validity.IN_FORCE
    item.save(update_fields=["stage", "first_published_at", "publish_at", "changed_at", "validity"])
    changed(item.body, item)
    return made


def take_down(item: Item, reason: str, tombstone: str) -> int:
    """Withdraw every publication of an item at once; how many rows there were."""
    now = clock.now()
    count = Publication.objects.filter(item=item, withdrawn_at=None).update(
        withdrawn_at=now, withdrawal_reason=reason, tombstone=tombstone
    )
    item.stage, item.changed_at = Stage.WITHDRAWN, now
    if not was_ever_public(item):
        item.first_published_at = None
    item.save(update_fields=["stage", "changed_at", "first_published_at"])
    changed(item.body, item)
    # Static pages that lie in folders must not show it a moment longer than our own pages do.
    listed = Version.objects.filter(item=item).values_list("title", "document_number", "summary")
    in_lines = not any(len(words.splitlines()) > 1 for row in listed for words in row)
    gone = baked.Gone(item.index_number, item.pk, tombstone, in_lines)
    transaction.on_commit(partial(baked.take_out, item.body.slug, gone), robust=True)
    return count


def was_ever_public(item: Item) -> bool:
    """Whether the public could ever read it: a set time that was called off before it came does not count."""
    now = clock.now()
    rows = Publication.objects.filter(item=item, published_at__lte=now)
    return rows.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=F("published_at"))).exists()


def waiting_publication(item: Item) -> Publication:
    """The publication whose set time has not come. NotPossible when there is none."""
    row = Publication.objects.select_for_update().filter(
        item=item, withdrawn_at=None, superseded_at=None, published_at__gt=clock.now()
    )
    found = row.first()
    if found is None:
        raise NotPossible("这条信息没有定时待公开的版本，或者时间已经到了。已经公开的，请办理更正或者撤下。")
    return found


def move(item: Item, row: Publication, at: dt.datetime) -> None:
    """Give a publication that waits another time, this instant included."""
    now = clock.now()
    Publication.objects.filter(item=item, withdrawn_at=None, superseded_at=row.published_at).update(superseded_at=at)
    if row.listed_at == row.published_at:
        row.listed_at = item.first_published_at = at
        row.year = at.astimezone(clock.BEIJING).year
        item.save(update_fields=["first_published_at"])
    row.published_at, row.appeared = at, at <= now
    row.save(update_fields=["published_at", "listed_at", "year", "appeared"])
    changed(item.body, item)


def call_off(item: Item, row: Publication, reason: str) -> None:
    """Take back a publication that waits; what is public of the item stays."""
    row.withdrawn_at, row.withdrawal_reason = clock.now(), reason
    row.save(update_fields=["withdrawn_at", "withdrawal_reason"])
    Publication.objects.filter(item=item, withdrawn_at=None, superseded_at=row.published_at).update(superseded_at=None)
    item.stage, item.changed_at = Stage.DRAFT, clock.now()
    if not was_ever_public(item):
        item.first_published_at = None
    item.save(update_fields=["stage", "changed_at", "first_published_at"])
    changed(item.body, item)


def approved_version(item: Item) -> tuple[Version, Approval]:
    """The version that was approved last and waits to be published. NotPossible when none does, or the draft was changed since."""
    version = Version.objects.filter(item=item).order_by("-number").first()
    approval = Approval.objects.filter(review__version=version).first() if version else None
    if version is None or approval is None or item.stage != Stage.APPROVED:
        raise NotPossible("没有审定待发布的版本。请先送审，全部环节通过后才能发布。")
    if version.draft_revision != item.draft.revision:
        raise NotPossible("审定以后内容又改过，原来的审定不能再用。请重新送审。")
    return version, approval


def require_scanned(item: Item, content: Content, attachments: Sequence[dict[str, Any]]) -> None:
    """NotPossible while a file is not clean, or the scan has a hit, or something unchecked, that no person has looked at."""
    stored = {f.digest: f for f in StoredFile.objects.filter(body=item.body_id, digest__in=[a["digest"] for a in attachments])}
    for file in attachments:
        kept = stored.get(file["digest"])
        if kept is None or kept.state == FileState.REFUSED:
            raise NotPossible(f"附件“{file['name']}”没有通过检查，不能公开。请删去后重新上传。")
        if kept.state == FileState.QUARANTINE:
            raise NotPossible(f"附件“{file['name']}”还在隔离检查，请过一两分钟再试。")
    found = scans.scan(item, content, attachments).open
    if not found:
        return
    hits = [h for h in found if not h.is_unchecked]
    kinds = "、".join(dict.fromkeys(h.title for h in hits))
    told = [f"{len(hits)} 处命中（{kinds}）"] if hits else []
    missed = len(found) - len(hits)
    told += [f"{missed} 处未能检查"] if missed else []
    raise NotPossible(f"公开前扫描还有{'和'.join(told)}没有处理。请逐处核对：该删改的删改，误报或者依法可以公开的写明理由。")
