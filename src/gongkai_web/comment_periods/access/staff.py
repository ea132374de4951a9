"""What does the staff see of comment periods, comments and the adoption table?"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import Role
from gongkai_web.comment_periods import kinds, showing
from gongkai_web.comment_periods.access.staff_shapes import (
    AdoptionPage,
    CommentPage,
    CommentRow,
    Decision,
    OpinionRow,
    PeriodPage,
    PeriodRow,
    TiedItem,
)
from gongkai_web.comment_periods.handling import DECIDERS, MODERATORS, PREPARERS
from gongkai_web.comment_periods.models import Adoption, Answered, Comment, Kind, Moderation, Opinion, Period, Verdict, Way
from gongkai_web.comment_periods.states import STATE_WORDS, State, day_of, publications, state
from gongkai_web.publishing.access import StaffRow, staff_list
from gongkai_web.publishing.access.scope import Scope, scope
from gongkai_web.publishing.drafting import OPEN
from gongkai_web.publishing.models import Item
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotHere

WAITING = "waiting"
VERDICT_WORDS = {WAITING: "待审看", Verdict.SHOWN.value: "展示", Verdict.WITHHELD.value: "不展示"}
SIZE = 50
OFFERED = 100
_PARTS = {"draft": "征求意见稿", "explanation": "起草说明", "feedback": "采纳情况", "result": "最后公布的文件"}


def period_rows(person_id: int, body: Body) -> tuple[PeriodRow, ...]:
    """The periods within reach: what runs first, then what was prepared, then the newest."""
    now = clock.now()
    order = {State.OPEN: 0, State.PLANNED: 1}
    rows = _rows(_reached(scope(person_id, body)).order_by("-id"), now)
    return tuple(sorted(rows, key=lambda r: order.get(State(r.state), 2)))


def period_page(person_id: int, body: Body, number: int) -> PeriodPage:
    """One of them. NotHere for all others."""
    reach, now = scope(person_id, body), clock.now()
    period = _period(reach, number)
    (row,) = _rows(Period.objects.filter(pk=period.pk), now)
    roles = reach.roles_for(period.department_id)
    by_way = Comment.objects.filter(period=period).values_list("way").annotate(n=Count("id")).order_by()
    opens_on = day_of(period.opened_at or now)
    facts = (
        ("联系人", period.contact),
        ("联系电话", period.phone),
        ("通信地址", period.address),
        ("电子邮箱", period.mail),
        ("网上接收", "是" if period.takes_form else "否"),
        ("展示审看过的意见", "是" if period.shows_comments else "否"),
        ("缩短期限的说明", period.shorter_reason),
    )
    return PeriodPage(
        row=row,
        kind=period.kind,
        values={
            "kind": period.kind,
            "draft": str(period.draft_id),
            "explanation": str(period.explanation_id),
            "closes_on": period.closes_on.isoformat(),
            **{n: getattr(period, n) for n in ("contact", "phone", "address", "mail", "shorter_reason")},
            **{n: "1" if getattr(period, n) else "" for n in ("takes_form", "shows_comments")},
        },
        facts=tuple((w, v) for w, v in facts if v),
        items=_tied(period, now),
        changes=tuple(
            (c.from_day, c.to_day, c.reason, c.changed_by.name)
            for c in period.changes.select_related("changed_by").order_by("id")
        ),
        counts={Way(way).label: n for way, n in by_way},
        least=kinds.least(period.kind, opens_on),
        rule=kinds.statement(period.kind, opens_on),
        abandoned_why=period.abandoned_why,
        prepared_by=period.prepared_by.name,
        opened_by=period.opened_by.name if period.opened_by else "",
        senders=Comment.objects.filter(period=period).exclude(name="", contact="").count(),
        opinions=Opinion.objects.filter(period=period).count(),
        unanswered=Comment.objects.filter(period=period, answered=None).count(),
        possible=_possible(person_id, row, roles),
        mark=period.mark,
    )


def comment_rows(
    person_id: int, body: Body, number: int, *, verdict: str = "", after: int = 0
) -> tuple[tuple[CommentRow, ...], int]:
    """A page of the comments of a period after one of them, and how many there are of this verdict."""
    period = _period(scope(person_id, body), number)
    if verdict not in {"", *VERDICT_WORDS}:
        raise NotHere("没有这个筛选条件。请从列表重新选择。")
    rows = _judged(Comment.objects.filter(period=period), verdict)
    return tuple(_comment(c) for c in rows.filter(pk__gt=after).order_by("id")[: SIZE + 1]), rows.count()


def every_comment(person_id: int, body: Body, number: int) -> Iterator[tuple[CommentRow, tuple[OpinionRow, ...]]]:
    """Every comment with what was made of it, for a table."""
    period = _period(scope(person_id, body), number)
    opinions = {o.id: o for o in _opinions(period)}
    lines: dict[int, list[OpinionRow]] = {}
    for key, opinion in (
        Answered.objects.filter(comment__period=period).order_by("opinion__position").values_list("comment_id", "opinion_id")
    ):
        lines.setdefault(key, []).append(opinions[opinion])
    for row in _judged(Comment.objects.filter(period=period)).order_by("id").iterator(chunk_size=500):
        yield _comment(row), tuple(lines.get(row.pk, ()))


def comment_page(person_id: int, body: Body, number: int, key: int) -> CommentPage:
    """One comment. NotHere for one of another period."""
    reach = scope(person_id, body)
    period = _period(reach, number)
    row = _judged(Comment.objects.filter(period=period, pk=key)).first()
    if row is None:
        raise NotHere("没有这条意见。")
    decided = list(Moderation.objects.filter(comment=row).select_related("decided_by").order_by("-id"))
    why_not = ""
    if not reach.roles_for(period.department_id) & set(MODERATORS):
        why_not = "意见由科室负责人、保密审查员、公开工作机构负责人或者分管领导审看。"
    elif row.entered_by_id == person_id:
        why_not = "这条意见是您登记的，要由另一位同事审看。"
    waiting = _judged(Comment.objects.filter(period=period).exclude(pk=key), WAITING).order_by("id")
    return CommentPage(
        row=_comment(row),
        period=_rows(Period.objects.filter(pk=period.pk), clock.now())[0],
        spots=showing.spots(body, row.text),
        shown=showing.shown(row.text, decided[0].hidden) if decided and decided[0].verdict == Verdict.SHOWN else "",
        decisions=tuple(
            Decision(Verdict(d.verdict).label, len(d.hidden), d.reason, d.decided_by.name, d.decided_at) for d in decided
        ),
        why_not=why_not,
        next_waiting=waiting.values_list("id", flat=True).first(),
    )


def adoption_page(person_id: int, body: Body, number: int) -> AdoptionPage:
    """The adoption table of a period."""
    reach, now = scope(person_id, body), clock.now()
    period = _period(reach, number)
    every = tuple(_comment(c) for c in _judged(Comment.objects.filter(period=period)).order_by("id"))
    return AdoptionPage(
        period=_rows(Period.objects.filter(pk=period.pk), now)[0],
        opinions=_opinions(period),
        unanswered=tuple(c for c in every if not c.answered),
        every=every,
        feedback=next((t for t in _tied(period, now) if t.part == "feedback"), None),
        may_write=bool(reach.roles_for(period.department_id) & set(PREPARERS)),
        may_renew=period.feedback is None or period.feedback.stage in OPEN,
    )


def item_choices(person_id: int, body: Body, *chosen: int | None) -> tuple[tuple[str, str], ...]:
    """The items a period could point to: those changed last, and those that were chosen already."""
    rows = list(staff_list(person_id, body, size=OFFERED).rows)
    there = {r.id for r in rows}
    missing = [key for key in chosen if key is not None and key not in there]
    found = [(str(r.id), _choice(r)) for r in rows if r.stage != "discarded"]
    for item in scope(person_id, body).items().filter(pk__in=missing).select_related("draft"):
        found.append((str(item.pk), f"{item.draft.title}（{item.index_number}）"))
    return tuple(found)


def _choice(row: StaffRow) -> str:
    return f"{row.title}（{row.index_number}，{'已公开' if row.is_public else row.standing}）"


def _reached(reach: Scope) -> QuerySet[Period]:
    rows = Period.objects.filter(body=reach.body)
    return rows if reach.departments is None else rows.filter(department_id__in=reach.departments)


def _period(reach: Scope, number: int) -> Period:
    related = ("prepared_by", "opened_by", "draft__draft", "explanation__draft", "feedback__draft", "result__draft")
    found = _reached(reach).select_related(*related).filter(pk=number).first()
    if found is None:
        raise NotHere("没有这次意见征集，或者它不属于您所在的科室。")
    return found


def _rows(rows: QuerySet[Period], now: dt.datetime) -> list[PeriodRow]:
    listed = list(rows.select_related("draft__draft", "department", "feedback__draft"))
    keys = [p.pk for p in listed]
    public = publications([k for p in listed for k in (p.draft_id, p.explanation_id, p.feedback_id)], now)
    counted = Counter(dict(Comment.objects.filter(period_id__in=keys).values_list("period").annotate(n=Count("id")).order_by()))
    unjudged = Comment.objects.filter(period_id__in=keys, moderations=None)
    waiting = Counter(dict(unjudged.values_list("period").annotate(n=Count("id")).order_by()))
    found = []
    for p in listed:
        stands = state(p, now)
        found.append(
            PeriodRow(
                id=p.pk,
                title=p.draft.draft.title,
                kind=Kind(p.kind).label,
                state=stands.value,
                state_word=STATE_WORDS[stands],
                opens_on=day_of(p.opened_at) if p.opened_at else None,
                closes_on=p.closes_on,
                department=p.department.name if p.department else "",
                comments=counted[p.pk],
                waiting=waiting[p.pk],
                account=_account(p, stands, p.feedback_id in public),
                draft_is_public=p.draft_id in public,
                explanation_is_public=p.explanation_id in public,
                feedback_is_public=p.feedback_id in public,
                authors=tuple(p.authors),
            )
        )
    return found


def _account(period: Period, stands: State, is_public: bool) -> str:
    if is_public:
        return "已公开"
    if stands is not State.CLOSED:
        return "—"
    return "已起草，尚未公开" if period.feedback_id else "尚未起草"


def _tied(period: Period, now: dt.datetime) -> tuple[TiedItem, ...]:
    pairs: list[tuple[str, Item]] = [(p, item) for p in _PARTS if (item := getattr(period, p)) is not None]
    public = publications([item.pk for _, item in pairs], now)
    return tuple(TiedItem(part, _PARTS[part], item.pk, item.draft.title, item.pk in public) for part, item in pairs)


def _judged(rows: QuerySet[Comment], verdict: str = "") -> QuerySet[Comment]:
    """The comments with their last verdict, those of one verdict only when it is given."""
    last = Moderation.objects.filter(comment=OuterRef("pk")).order_by("-id").values("verdict")[:1]
    judged = rows.select_related("entered_by").annotate(
        last_verdict=Coalesce(Subquery(last), Value(WAITING)), lines=Count("answered", distinct=True)
    )
    return judged.filter(last_verdict=verdict) if verdict else judged


def _comment(c: Comment) -> CommentRow:
    verdict = c.last_verdict  # type: ignore[attr-defined]  # annotated by _judged
    return CommentRow(
        id=c.pk,
        receipt=c.receipt,
        way=Way(c.way).label,
        name=c.name,
        contact=c.contact,
        received_on=c.received_on,
        received_at=c.received_at,
        entered_by=c.entered_by.name if c.entered_by else "",
        text=c.text,
        verdict=verdict,
        verdict_word=VERDICT_WORDS[verdict],
        answered=c.lines,  # type: ignore[attr-defined]  # as above
    )


def _opinions(period: Period) -> tuple[OpinionRow, ...]:
    answered: dict[int, list[tuple[int, str]]] = {}
    for row in Answered.objects.filter(opinion__period=period).select_related("comment").order_by("comment_id"):
        answered.setdefault(row.opinion_id, []).append((row.comment_id, row.comment.receipt))
    return tuple(
        OpinionRow(o.pk, n, o.summary, o.adoption, Adoption(o.adoption).label, o.reason, tuple(answered.get(o.pk, ())))
        for n, o in enumerate(Opinion.objects.filter(period=period).order_by("position", "id"), start=1)
    )


def _possible(person_id: int, row: PeriodRow, roles: Iterable[Role]) -> frozenset[str]:
    """The acts that roles and state allow; each act asks again when it is carried out."""
    held, stands = set(roles), State(row.state)
    prepares, decides = bool(held & set(PREPARERS)), bool(held & set(DECIDERS))
    found = set()
    if prepares and stands is State.PLANNED:
        found.add("edit")
    if decides and stands is State.PLANNED and person_id not in row.authors:
        found.add("open")
    if decides and stands is State.OPEN:
        found |= {"extend", "end_early", "amend"}
    if decides and stands in {State.PLANNED, State.OPEN}:
        found.add("abandon")
    if prepares and stands is not State.PLANNED:
        found |= {"record", "opinions"}
    if prepares and stands is State.CLOSED:
        found.add("tie")
    if held & {Role.UNIT_HEAD, Role.DEPARTMENT_REVIEWER} and row.feedback_is_public:
        found.add("erase")
    return frozenset(found)
