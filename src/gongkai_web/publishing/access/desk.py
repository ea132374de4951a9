"""What does a member of staff find on the workbench: what is theirs today, and every list?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q, QuerySet

from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import ROLE_WORDS, Role
from gongkai_web.flow import reviews
from gongkai_web.flow.models import Review, ReviewState, Step
from gongkai_web.publishing.access.listings import below
from gongkai_web.publishing.access.rows import RELATED, rows_of
from gongkai_web.publishing.access.scope import Scope, scope
from gongkai_web.publishing.access.sorting import ordered
from gongkai_web.publishing.access.staff_shapes import Home, ReviewRow, StaffListing, StaffRow
from gongkai_web.publishing.models import Attribute, Item, Kind, Publication, Stage
from gongkai_web.publishing.revoked import revoked
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotHere

SHOWN = 20
"""How many lines a part of the home page shows."""
SOON_DAYS = 5
LARGEST = 100
DUE = ("overdue", "soon")
PUBLIC = ("public", "scheduled", "not_public")
_UNDER_WAY = (Stage.DRAFT, Stage.RETURNED, Stage.REVIEW, Stage.APPROVED)


def home(person_id: int, body: Body) -> Home:
    """What is the person's today. NotAllowed for who has no role that sees drafts."""
    reach, now = scope(person_id, body), clock.now()
    today = now.astimezone(clock.BEIJING).date()
    items = reach.items().select_related(*RELATED)
    mine = items.filter(keeper_id=person_id)
    late = items.filter(stage__in=_UNDER_WAY, first_published_at=None, due_on__lt=today)
    soon = items.filter(
        stage__in=_UNDER_WAY, first_published_at=None, due_on__range=(today, today + dt.timedelta(days=SOON_DAYS))
    )
    set_times = Publication.objects.filter(body=body, withdrawn_at=None, superseded_at=None, published_at__gt=now)

    def told(chosen: QuerySet[Item], *order: str) -> tuple[StaffRow, ...]:
        return rows_of(chosen.order_by(*order)[:SHOWN], now)

    return Home(
        to_review=tuple(r for r in waiting(person_id, body) if r.is_mine),
        returned=told(mine.filter(stage=Stage.RETURNED), "-changed_at"),
        drafts=told(mine.filter(stage=Stage.DRAFT), "-changed_at"),
        to_publish=told(items.filter(stage=Stage.APPROVED), "changed_at"),
        overdue=told(late, "due_on", "id"),
        due_soon=told(soon, "due_on", "id"),
        scheduled=told(items.filter(pk__in=set_times.values("item_id")), "id"),
        to_reassess=told(items.filter(stage=Stage.WITHHELD, reassess_on__lte=today), "reassess_on", "id"),
        to_take_down=_to_take_down(items, now),
        in_review=told(mine.filter(stage=Stage.REVIEW), "-changed_at"),
    )


def _to_take_down(items: QuerySet[Item], now: dt.datetime) -> tuple[tuple[StaffRow, dt.date], ...]:
    """What was public when its revocation was recorded, and still is."""
    days = dict(revoked(items).values_list("item_id", "revoked_on"))
    rows = rows_of(items.filter(pk__in=days).order_by("id")[:SHOWN], now)
    return tuple((row, days[row.id]) for row in rows)


def waiting(person_id: int, body: Body) -> tuple[ReviewRow, ...]:
    """Every open review within reach, the person's own turns first, then the oldest first."""
    reach = scope(person_id, body)
    found: dict[int, Step] = {}
    steps = Step.objects.filter(review__in=reach.reviews().filter(state=ReviewState.OPEN), decision=None)
    handed = Step.objects.filter(review__body=body, review__state=ReviewState.OPEN, decision=None, person_id=person_id)
    related = ("review__drafter", "review__department", "review__body", "person")
    for step in (steps | handed).select_related(*related).order_by("review_id", "position"):
        found.setdefault(step.review_id, step)
    rows = [_review_row(person_id, step) for step in found.values()]
    return tuple(sorted(rows, key=lambda r: (not r.is_mine, r.opened_at)))


def staff_list(
    person_id: int,
    body: Body,
    *,
    stage: str | None = None,
    category: str | None = None,
    department: int | None = None,
    kind: str | None = None,
    attribute: str | None = None,
    public: str | None = None,
    due: str | None = None,
    year: int | None = None,
    mine: bool = False,
    text: str = "",
    sort: str | None = None,
    after: str | None = None,
    before: str | None = None,
    size: int = 20,
) -> StaffListing:
    """A page of the items within reach, those changed last first or in the order ``sort`` names (see :mod:`sorting`). ``public`` is one
    of PUBLIC, ``due`` one of DUE; ``text`` is looked for in title, document number and index number. NotHere for a value that no
    filter has.
    """
    reach, now = scope(person_id, body), clock.now()
    rows = _filtered(reach, now, stage, category, department, kind, attribute, public, due, year, mine, text)
    size = max(1, min(size, LARGEST))
    found, further, back = ordered(sort).page(rows.select_related(*RELATED), after, before, size)
    return StaffListing(rows=rows_of(found, now), next_key=further, previous_key=back, count=rows.count())


def staff_rows(person_id: int, body: Body, **filters: object) -> Iterator[StaffRow]:
    """Every row of a list with these filters (as for :func:`staff_list`), page by page: for an export of what is seen."""
    after: str | None = None
    while True:
        page = staff_list(person_id, body, after=after, size=LARGEST, **filters)  # type: ignore[arg-type]  # handed through
        yield from page.rows
        after = page.next_key
        if after is None:
            return


def _filtered(
    reach: Scope,
    now: dt.datetime,
    stage: str | None,
    category: str | None,
    department: int | None,
    kind: str | None,
    attribute: str | None,
    public: str | None,
    due: str | None,
    year: int | None,
    mine: bool,
    text: str,
) -> QuerySet[Item]:
    rows = reach.items()
    closed_lists = ((stage, Stage.values), (kind, Kind.values), (attribute, Attribute.values), (public, PUBLIC), (due, DUE))
    if any(value is not None and value not in allowed for value, allowed in closed_lists):
        raise NotHere("没有这个筛选条件。请从列表的第一页重新选择。")
    exact = {"stage": stage, "department_id": department, "kind": kind, "draft__attribute": attribute}
    rows = rows.filter(**{name: value for name, value in exact.items() if value is not None})
    if category is not None:
        rows = rows.filter(category_id__in=below(reach.body, category))
    if year is not None:
        rows = rows.filter(made_or_changed_on__year=year)
    if mine:
        rows = rows.filter(keeper_id=reach.person_id)
    if due is not None:
        rows = _due(rows, due, now)
    if public is not None:
        rows = _public(rows, public, now)
    for word in text.split():
        rows = rows.filter(
            Q(draft__title__icontains=word) | Q(draft__document_number__icontains=word) | Q(index_number__icontains=word)
        )
    return rows


def _due(rows: QuerySet[Item], due: str, now: dt.datetime) -> QuerySet[Item]:
    today = now.astimezone(clock.BEIJING).date()
    rows = rows.filter(stage__in=_UNDER_WAY, first_published_at=None)
    if due == "overdue":
        return rows.filter(due_on__lt=today)
    return rows.filter(due_on__range=(today, today + dt.timedelta(days=SOON_DAYS)))


def _public(rows: QuerySet[Item], public: str, now: dt.datetime) -> QuerySet[Item]:
    kept = Publication.objects.filter(Q(superseded_at=None) | Q(superseded_at__gt=now), withdrawn_at=None)
    shown = kept.filter(published_at__lte=now).values("item_id")
    if public == "scheduled":
        return rows.filter(pk__in=kept.filter(published_at__gt=now).values("item_id"))
    return rows.filter(pk__in=shown) if public == "public" else rows.exclude(pk__in=shown)


def _review_row(person_id: int, step: Step) -> ReviewRow:
    review: Review = step.review
    why_not = reviews.may_decide(person_id, review, step)
    return ReviewRow(
        id=review.pk,
        subject_kind=review.subject_kind,
        subject_id=review.subject_id,
        title=review.subject_name,
        step_id=step.pk,
        step=step.title,
        role=ROLE_WORDS[Role(step.role)],
        person=step.person.name if step.person else "",
        drafter=review.drafter.name,
        department=review.department.name if review.department else "",
        opened_at=review.opened_at,
        is_mine=not why_not,
        why_not=why_not,
    )
