"""What does the public see of the comment periods of a body: those that are open and over, the drafts, shown comments, the account given?

A period shows as long as its draft is public now: whoever withdraws the draft takes it off these pages in the same instant.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import BigIntegerField, CharField, Count, DateField, DateTimeField, OuterRef, Q, QuerySet, Subquery

from gongkai_web.agencies.models import Body
from gongkai_web.comment_periods import kinds, showing
from gongkai_web.comment_periods.actions.comments import why_closed
from gongkai_web.comment_periods.models import Comment, Kind, Moderation, Period, Verdict, Way
from gongkai_web.comment_periods.states import STATE_WORDS, State, day_of, publications, state
from gongkai_web.publishing.access import Link, public_item
from gongkai_web.publishing.access.shapes import item_url
from gongkai_web.publishing.models import Publication
from gongkai_web.publishing.prepared import Prepared, gap
from gongkai_web.ui import clock

URL = "/comments/{number}/"
PAGE = 50


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """A period in a list. ``days_left`` counts from today to the last day, which is whole; negative once it is over."""

    number: int
    title: str
    state: str
    state_word: str
    opens_on: dt.date
    closes_on: dt.date
    days_left: int
    has_feedback: bool
    url: str
    draft: Link


@dataclass(frozen=True, slots=True)
class ShownComment:
    """A comment that somebody judged fit to be shown, with what concerns persons hidden; never who sent it."""

    receipt: str
    way: str
    received_on: dt.date
    text: str


@dataclass(frozen=True, slots=True)
class PeriodView:
    """A period's page. ``why_closed`` says why the form takes nothing, empty when it does. ``feedback_html`` is the approved item's own text."""

    line: PeriodLine
    kind: str
    rule: str
    shorter_reason: str
    changes: tuple[tuple[dt.date, dt.date, str], ...]
    explanation: Link | None
    feedback: Link | None
    feedback_html: str
    result: Link | None
    facts: tuple[tuple[str, str], ...]
    takes_form: bool
    why_closed: str
    abandoned_why: str
    count: int
    comments: tuple[ShownComment, ...]
    shown_count: int


@dataclass(frozen=True, slots=True)
class PeriodNote:
    """That an item belongs to a period, for the item's own page. ``part`` is what the item is in it; ``title`` is the draft's."""

    title: str
    part: str
    opens_on: dt.date
    closes_on: dt.date
    url: str
    draft: Link


@dataclass(frozen=True, slots=True)
class GonePeriod:
    """A period whose draft was withdrawn: nothing of it is left but that it was there, and which item the draft was."""

    number: int
    draft_number: str


_PARTS = {"draft": "征求意见稿", "explanation": "起草说明", "feedback": "采纳情况", "result": "最后公布的文件"}

_BODY, _NOW = gap("body", BigIntegerField()), gap("now", DateTimeField())
_NAMED = Prepared(
    lambda: Period.objects.filter(
        reduce(or_, (Q(**{f"{part}__index_number": gap("number", CharField())}) for part in _PARTS)),
        body_id=_BODY,
        opened_at__lte=_NOW,
    ).values_list("pk")
)
_OPEN = Prepared(
    lambda: (
        Period.objects.select_related("body")
        .filter(body_id=_BODY, opened_at__lte=_NOW, abandoned_at=None, closes_on__gte=gap("day", DateField()))
        .order_by("closes_on", "id")
    )
)


def periods(body: Body) -> tuple[PeriodLine, ...]:
    """Every period that has begun and whose draft is public now: the open ones first, the next to close foremost, then the newest."""
    now = clock.now()
    rows = list(_begun(body, now).order_by("-opened_at", "-id"))
    public = publications([key for r in rows for key in (r.draft_id, r.feedback_id)], now)
    lines = [_line(r, public, now) for r in rows if r.draft_id in public]
    open_ones = sorted((x for x in lines if x.state == State.OPEN), key=lambda x: (x.closes_on, x.number))
    return (*open_ones, *(x for x in lines if x.state != State.OPEN))


def open_periods(body: Body) -> tuple[PeriodLine, ...]:
    """Those that take comments now."""
    now = clock.now()
    rows = _OPEN(body=body.pk, now=now, day=day_of(now))
    public = publications([r.draft_id for r in rows], now) if rows else {}
    return tuple(_line(r, public, now) for r in rows if r.draft_id in public)


def period(body: Body, number: int, start: int = 0) -> PeriodView | None:
    """A period's page with the shown comments from ``start`` on; None when there is none, or its draft is not public now."""
    now = clock.now()
    row = _begun(body, now).filter(pk=number).first()
    if row is None:
        return None
    public = publications((row.draft_id, row.explanation_id, row.feedback_id, row.result_id), now)
    if row.draft_id not in public:
        return None
    line = _line(row, public, now)
    feedback = _link(row, "feedback", public)
    account = public_item(body, feedback.index_number) if feedback else None
    shown = _shown(row) if row.shows_comments else Comment.objects.none()
    return PeriodView(
        line=line,
        kind=Kind(row.kind).label,
        rule=kinds.statement(row.kind, line.opens_on),
        shorter_reason=row.shorter_reason if _is_shortened(row, line.opens_on) else "",
        changes=tuple((c.from_day, c.to_day, c.reason) for c in row.changes.order_by("id")),
        explanation=_link(row, "explanation", public) if row.explanation_id != row.draft_id else None,
        feedback=feedback,
        feedback_html=account.html if account else "",
        result=_link(row, "result", public),
        facts=_facts(row),
        takes_form=row.takes_form,
        why_closed=why_closed(row),
        abandoned_why=row.abandoned_why,
        count=Comment.objects.filter(period=row).count(),
        comments=tuple(_comment(c) for c in shown.order_by("id")[start : start + PAGE]),
        shown_count=shown.count(),
    )


def gone(body: Body, number: int) -> GonePeriod | None:
    """Whether a period stood at this number until its draft was withdrawn."""
    row = _begun(body, clock.now()).filter(pk=number).values_list("pk", "draft__index_number").first()
    return GonePeriod(*row) if row else None


def gone_periods(body: Body) -> tuple[GonePeriod, ...]:
    """Every period that has begun and whose draft is not public now, for editions that must hold them all."""
    now = clock.now()
    rows = list(_begun(body, now).order_by("id").values_list("pk", "draft_id", "draft__index_number"))
    public = publications([draft for _, draft, _ in rows], now)
    return tuple(GonePeriod(key, index) for key, draft, index in rows if draft not in public)


def stand(body: Body) -> str:
    """What names how the periods of a body stand today, as far as no item's act tells of it: begun, changed, over, told how many came."""
    now = clock.now()
    today = day_of(now)
    over = Count("comments", filter=Q(closes_on__lt=today))
    rows = list(_begun(body, now).order_by("id").annotate(over=over).values_list("pk", "changed_at", "closes_on", "over"))
    return repr([(key, changed.isoformat(), closes < today, count) for key, changed, closes, count in rows])


def notes_of(body: Body, index_number: str) -> tuple[PeriodNote, ...]:
    """The periods to which a public item belongs, those whose draft is public now."""
    now = clock.now()
    belongs = _NAMED(body=body.pk, now=now, number=index_number)
    if not belongs:
        return ()
    keys = [key for (key,) in belongs]
    return _noted(_begun(body, now).filter(pk__in=keys), now).get(index_number, ())


def notes(body: Body) -> dict[str, tuple[PeriodNote, ...]]:
    """The same of every item that belongs to a period, by index number: for editions."""
    now = clock.now()
    return _noted(_begun(body, now), now)


def changes_at(lines: Iterable[PeriodLine]) -> dt.datetime | None:
    """The next instant at which a page with these lines says something else: midnight in Beijing while one is open."""
    if not any(line.state == State.OPEN for line in lines):
        return None
    return dt.datetime.combine(clock.today(), dt.time(), clock.BEIJING) + dt.timedelta(days=1)


def _noted(rows: QuerySet[Period], now: dt.datetime) -> dict[str, tuple[PeriodNote, ...]]:
    """The notes of the items of some periods, in the order in which the periods began; an item that is two things is named by the first."""
    listed = list(rows.select_related("body", *_PARTS).order_by("opened_at", "id"))
    public = publications([r.draft_id for r in listed], now)
    found: dict[str, tuple[PeriodNote, ...]] = {}
    for row in (r for r in listed if r.draft_id in public):
        line = _line(row, public, now)
        parts: dict[str, str] = {}
        for name, word in _PARTS.items():
            item = getattr(row, name)
            if item is not None:
                parts.setdefault(item.index_number, word)
        for index, part in parts.items():
            note = PeriodNote(line.title, part, line.opens_on, line.closes_on, line.url, line.draft)
            found[index] = (*found.get(index, ()), note)
    return found


def _begun(body: Body, now: dt.datetime) -> QuerySet[Period]:
    return Period.objects.select_related("body").filter(body=body, opened_at__lte=now)


def _line(row: Period, public: dict[int, Publication], now: dt.datetime) -> PeriodLine:
    assert row.opened_at is not None
    draft = _link(row, "draft", public)
    assert draft is not None
    stands = state(row, now)
    return PeriodLine(
        number=row.pk,
        title=draft.title,
        state=stands.value,
        state_word=STATE_WORDS[stands],
        opens_on=day_of(row.opened_at),
        closes_on=row.closes_on,
        days_left=(row.closes_on - day_of(now)).days,
        has_feedback=row.feedback_id in public,
        url=URL.format(number=row.pk),
        draft=draft,
    )


def _link(row: Period, part: str, public: dict[int, Publication]) -> Link | None:
    found = public.get(getattr(row, f"{part}_id"))
    if found is None:
        return None
    index = found.item.index_number
    return Link(_PARTS[part], found.version.title, index, item_url(index), day_of(found.listed_at))


def _is_shortened(row: Period, opens_on: dt.date) -> bool:
    return bool(kinds.too_short(row.kind, opens_on, row.closes_on, ""))


def _facts(row: Period) -> tuple[tuple[str, str], ...]:
    found = (("联系人", row.contact), ("联系电话", row.phone), ("通信地址", row.address), ("电子邮箱", row.mail))
    return tuple((word, value) for word, value in found if value)


def _shown(row: Period) -> QuerySet[Comment]:
    """The comments whose last decision is that they may be shown."""
    last = Moderation.objects.filter(comment=OuterRef("pk")).order_by("-id")
    rows = Comment.objects.filter(period=row).annotate(
        last_verdict=Subquery(last.values("verdict")[:1]), last_hidden=Subquery(last.values("hidden")[:1])
    )
    return rows.filter(last_verdict=Verdict.SHOWN)


def _comment(row: Comment) -> ShownComment:
    hidden = row.last_hidden  # type: ignore[attr-defined]  # annotated above
    return ShownComment(row.receipt, Way(row.way).label, row.received_on, showing.shown(row.text, hidden or ()))
