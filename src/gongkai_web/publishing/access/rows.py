"""How is an item told in one line of the workbench?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from gongkai_web.flow.models import Review, ReviewState, Step
from gongkai_web.publishing.access.staff_shapes import StaffRow
from gongkai_web.publishing.models import Attribute, Item, Kind, Publication, Stage
from gongkai_web.ui import clock

RELATED = ("category", "department", "draft", "keeper")
NOT_WAITED_FOR = frozenset({Stage.WITHHELD, Stage.DISCARDED, Stage.WITHDRAWN})
"""Where the period to publish runs no longer."""


def rows_of(items: Iterable[Item], now: dt.datetime) -> tuple[StaffRow, ...]:
    """The lines of some items, fetched with RELATED: three questions to the database however many they are."""
    listed = list(items)
    keys = [i.pk for i in listed]
    publications: dict[int, list[Publication]] = {}
    for p in Publication.objects.filter(item_id__in=keys, withdrawn_at=None).order_by("id"):
        publications.setdefault(p.item_id, []).append(p)
    turns = _turns([str(k) for k in keys])
    return tuple(_row(i, publications.get(i.pk, []), turns.get(str(i.pk), ""), now) for i in listed)


def row_of(item: Item, publications: Iterable[Publication], waits_for: str, now: dt.datetime) -> StaffRow:
    """The line of one item of which everything has been fetched already; ``waits_for`` is in the words of ``waiting``."""
    return _row(item, sorted((p for p in publications if p.withdrawn_at is None), key=lambda p: p.pk), waits_for, now)


def waiting(step: str, person: str) -> str:
    """For which step of a review an item waits, and for whom when the step names somebody."""
    return f"等待“{step}”{f'（{person}）' if person else ''}"


def is_public(p: Publication, now: dt.datetime) -> bool:
    """Whether a publication is public at the instant."""
    return p.withdrawn_at is None and p.published_at <= now and (p.superseded_at is None or p.superseded_at > now)


def _turns(keys: list[str]) -> dict[str, str]:
    """The step whose turn it is, in words by item, of those that are under review."""
    open_reviews = Review.objects.filter(subject_kind="item", subject_id__in=keys, state=ReviewState.OPEN)
    found: dict[str, str] = {}
    steps = Step.objects.filter(review__in=open_reviews, decision=None).select_related("review", "person")
    for step in steps.order_by("position"):
        found.setdefault(step.review.subject_id, waiting(step.title, step.person.name if step.person else ""))
    return found


def _row(item: Item, publications: list[Publication], waits_for: str, now: dt.datetime) -> StaffRow:
    public = next((p for p in publications if is_public(p, now)), None)
    scheduled = next((p for p in publications if p.published_at > now and p.superseded_at is None), None)
    today = now.astimezone(clock.BEIJING).date()
    waits = (item.first_published_at is None or item.first_published_at > now) and item.stage not in NOT_WAITED_FOR
    left = (item.due_on - today).days if waits and item.due_on else None
    standing, why = _words(item, public, scheduled, waits_for, left, now)
    return StaffRow(
        id=item.pk,
        index_number=item.index_number,
        title=item.draft.title,
        document_number=item.draft.document_number,
        category_key=item.category.key,
        category_name=item.category.name,
        department=item.department.name if item.department else "",
        kind=Kind(item.kind).label,
        stage=item.stage,
        stage_word=Stage(item.stage).label,
        attribute=Attribute(item.draft.attribute).label,
        is_public=public is not None,
        scheduled_at=scheduled.published_at if scheduled else None,
        standing=standing,
        why=why,
        made_or_changed_on=item.made_or_changed_on,
        due_on=item.due_on if waits else None,
        days_left=left,
        is_overdue=left is not None and left < 0,
        keeper=item.keeper.name,
        keeper_id=item.keeper_id,
        changed_at=item.changed_at,
    )


def moment_words(moment: dt.datetime, now: dt.datetime) -> str:
    """A set time, with its year where it is another than this one."""
    at, here = moment.astimezone(clock.BEIJING), now.astimezone(clock.BEIJING)
    return f"{at:%m月%d日%H:%M}" if at.year == here.year else f"{at:%Y年%m月%d日%H:%M}"


def _words(
    item: Item, public: Publication | None, scheduled: Publication | None, waits_for: str, left: int | None, now: dt.datetime
) -> tuple[str, str]:
    """How it stands, and why somebody should look at it."""
    stage = Stage(item.stage)
    standing = stage.label
    if stage is Stage.PUBLISHED and scheduled is not None:
        standing = f"定于{moment_words(scheduled.published_at, now)}公开"
    elif stage in {Stage.DRAFT, Stage.RETURNED, Stage.REVIEW, Stage.APPROVED} and public is not None:
        standing = f"已公开，更正稿{stage.label}"
    why = ""
    if stage is Stage.RETURNED:
        why = f"退回理由：{item.returned_why}"
    elif waits_for:
        why = waits_for
    elif stage is Stage.APPROVED:
        why = "已经审定，等待发布或者登记移交"
    if left is not None and left < 0:
        why = f"{why}；" * bool(why) + f"已超过公开期限 {-left} 天"
    elif left is not None and public is None:
        why = f"{why}；" * bool(why) + (f"离公开期限还有 {left} 天" if left else "今天是公开期限的最后一天")
    return standing, why
