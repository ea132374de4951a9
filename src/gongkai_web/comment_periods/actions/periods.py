"""Which acts prepare a comment period, begin it, move its last day, and end it?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from gongkai_web.agencies import standing
from gongkai_web.agencies.models import Body
from gongkai_web.comment_periods import kinds
from gongkai_web.comment_periods.handling import (
    AMENDED,
    DECIDERS,
    LINES,
    PREPARERS,
    SWITCHES,
    day_words,
    item_of,
    kind_of,
    locked,
    require,
    subject,
    take,
    written,
)
from gongkai_web.comment_periods.models import Change, Comment, Kind, Period
from gongkai_web.comment_periods.states import STATE_WORDS, State, day_of, publications, state
from gongkai_web.publishing.drafting import WHOLE_BODY
from gongkai_web.trail.actors import Actor, ActorKind
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotHere, NotPossible

TIES = {"feedback": "采纳情况", "result": "最后公布的文件"}
_FROZEN = (*LINES, *SWITCHES)


@act("comment_periods.period.create", "{actor}准备就《{subject}》公开征求意见（{kind}），{day}截止", title="新建意见征集")
def create(
    actor: Actor,
    body_id: int,
    *,
    kind: str,
    draft_id: int,
    explanation_id: int,
    closes_on: dt.date,
    facts: Mapping[str, Any] | None = None,
) -> Done[Period]:
    """Prepare a period on a draft and its explanation, which may be one item. Nothing is public by it."""
    body = Body.objects.filter(pk=body_id).first()
    if body is None:
        raise NotHere("没有这个机关。")
    standing.require(actor, body, *PREPARERS)
    now = clock.now()
    period = Period(body=body, kind=kind_of(kind), closes_on=closes_on, created_at=now, changed_at=now)
    period.draft = item_of(period, draft_id, "draft")
    period.explanation = item_of(period, explanation_id, "explanation")
    period.department_id = period.draft.department_id
    standing.require(actor, body, *PREPARERS, department_id=period.department_id or WHOLE_BODY)
    take(period, facts or {})
    _require_last_day(period, clock.today())
    written(period, int(actor.id))
    period.save(force_insert=True)
    words = {"kind": Kind(period.kind).label, "day": day_words(closes_on)}
    return Done(period, body.slug, subject(period), words=words)


@act("comment_periods.period.edit", "{actor}修改了《{subject}》意见征集的准备：{fields}", title="修改")
def edit(
    actor: Actor,
    period_id: int,
    *,
    kind: str,
    draft_id: int,
    explanation_id: int,
    closes_on: dt.date,
    seen: str,
    facts: Mapping[str, Any] | None = None,
) -> Done[Period]:
    """Change what has not begun. ``seen`` is the mark of the period the person saw: NotPossible when somebody saved since."""
    period = _planned(period_id)
    require(actor, period, *PREPARERS)
    if period.mark != seen:
        raise NotPossible(f"这次意见征集已被{period.prepared_by.name}另外保存过。请看过最新内容再保存。")
    before = (period.kind, period.draft_id, period.explanation_id, period.closes_on)
    period.kind = kind_of(kind)
    period.draft = item_of(period, draft_id, "draft")
    period.explanation = item_of(period, explanation_id, "explanation")
    period.department_id = period.draft.department_id
    require(actor, period, *PREPARERS)
    period.closes_on = closes_on
    changed = take(period, facts or {})
    _require_last_day(period, clock.today())
    after = (period.kind, period.draft_id, period.explanation_id, period.closes_on)
    changed += [w for w, a, b in zip(("种类", "征求意见稿", "起草说明", "截止日期"), before, after, strict=True) if a != b]
    written(period, int(actor.id))
    period.save()
    return Done(period, period.body.slug, subject(period), words={"fields": "、".join(changed) or "没有改动"})


@act("comment_periods.period.amend", "{actor}在征集期间更正了《{subject}》的{fields}", title="更正联系方式")
def amend(actor: Actor, period_id: int, *, seen: str, facts: Mapping[str, Any]) -> Done[Period]:
    """Put right how comments are sent while the public is being asked; by those who begin a period, since it shows at once.

    ``seen`` as for ``edit``.
    """
    period = locked(period_id)
    require(actor, period, *DECIDERS)
    if state(period, clock.now()) is State.PLANNED:
        raise NotPossible("这次意见征集还没有开始，请用“修改”。")
    if facts.keys() - set(AMENDED):
        raise NotPossible("开始以后只能更正联系方式和展示方式。")
    if period.mark != seen:
        raise NotPossible("这次意见征集刚刚被另外改过，改了什么见“经过”。请看过最新内容再更正。")
    changed = take(period, facts)
    period.changed_at = clock.now()
    period.save(update_fields=[*AMENDED, "changed_at"])
    return Done(period, period.body.slug, subject(period), words={"fields": "、".join(changed) or "联系方式（没有改动）"})


@act("comment_periods.period.open", "{actor}核对后开始就《{subject}》公开征求意见，{day}截止", title="开始征求意见")
def open_period(actor: Actor, period_id: int) -> Done[Period]:
    """Begin: comments are taken from this instant. By somebody who did not prepare it, on what is public, for as long as the law asks."""
    period = _planned(period_id)
    require(actor, period, *DECIDERS)
    if actor.kind is not ActorKind.STAFF or int(actor.id) in period.authors:
        raise NotAllowed("这次意见征集是您准备的，要由另一位同事核对后开始：科室负责人、公开工作机构负责人或者分管领导。")
    now = clock.now()
    public = publications((period.draft_id, period.explanation_id), now)
    for word, item in (("征求意见稿", period.draft), ("起草说明", period.explanation)):
        if item.pk not in public:
            raise NotPossible(f"{word}《{item.draft.title}》还没有公开，或者已经撤下。审核公开以后才能开始征求意见。")
    _require_last_day(period, day_of(now))
    period.opened_at, period.opened_by_id, period.changed_at = now, int(actor.id), now
    period.save(update_fields=["opened_at", "opened_by", "changed_at"])
    facts = {
        "draft": public[period.draft_id].version.digest,
        "explanation": public[period.explanation_id].version.digest,
        "shown": {name: getattr(period, name) for name in _FROZEN},
    }
    return Done(period, period.body.slug, subject(period), words={"day": day_words(period.closes_on)}, fixed=facts)


@act(
    "comment_periods.period.extend", "{actor}把《{subject}》征求意见的截止日期由{before}延长到{day}，理由：{reason}", title="延长"
)
def extend(actor: Actor, period_id: int, *, closes_on: dt.date, reason: str) -> Done[Change]:
    """Give the public more time. A period that is over is not opened again."""
    period = _open(period_id)
    require(actor, period, *DECIDERS)
    errors = _reason_fault(reason)
    if closes_on <= period.closes_on:
        errors["closes_on"] = f"延长后的截止日期应当晚于现在的 {period.closes_on.isoformat()}。"
    elif too_far := _too_far(closes_on, clock.today()):
        errors["closes_on"] = too_far
    if errors:
        raise BadForm(errors)
    return _moved(actor, period, closes_on, reason)


@act(
    "comment_periods.period.end_early",
    "{actor}把《{subject}》征求意见由{before}提前到{day}截止，理由：{reason}",
    title="提前截止",
)
def end_early(actor: Actor, period_id: int, *, closes_on: dt.date, reason: str) -> Done[Change]:
    """Bring the last day forward, never before the earliest that the law allows."""
    period = _open(period_id)
    require(actor, period, *DECIDERS)
    errors = _reason_fault(reason)
    assert period.opened_at is not None
    if not clock.today() <= closes_on < period.closes_on:
        errors["closes_on"] = f"提前后的截止日期应当在今天以后、{period.closes_on.isoformat()}以前，当天仍然接收意见。"
    else:
        short = kinds.too_short(period.kind, day_of(period.opened_at), closes_on, period.shorter_reason)
        if short:
            errors["closes_on"] = short
    if errors:
        raise BadForm(errors)
    return _moved(actor, period, closes_on, reason)


@act("comment_periods.period.abandon", "{actor}终止了《{subject}》的意见征集，理由：{reason}", title="终止")
def abandon(actor: Actor, period_id: int, *, reason: str) -> Done[Period]:
    """Give a period up because the draft is not pursued: no more comments from this instant; what came is kept."""
    period = locked(period_id)
    require(actor, period, *DECIDERS)
    stands = state(period, clock.now())
    if stands not in {State.PLANNED, State.OPEN}:
        raise NotPossible(f"这次意见征集{STATE_WORDS[stands]}，不需要终止。")
    errors = _reason_fault(reason)
    if errors:
        raise BadForm(errors)
    period.abandoned_at = period.changed_at = clock.now()
    period.abandoned_why, period.ended = reason.strip(), True
    period.save(update_fields=["abandoned_at", "abandoned_why", "ended", "changed_at"])
    return Done(period, period.body.slug, subject(period), words={"reason": reason.strip()})


@act("comment_periods.period.ended", "《{subject}》征求意见到期截止，共收到意见 {count} 条", title="到期截止")
def ended(actor: Actor, period_id: int) -> Done[Period]:
    """The last day is over: say so. Run by the timer for whoever began it; comments are refused by the day itself."""
    period = locked(period_id)
    if actor.kind is not ActorKind.TIMER:
        raise NotAllowed("到期由后台程序登记。")
    if period.ended or state(period, clock.now()) is not State.CLOSED:
        raise NotPossible("这次意见征集还没有到期，或者已经登记过。")
    period.ended = True
    period.save(update_fields=["ended"])
    count = Comment.objects.filter(period=period).count()
    return Done(period, period.body.slug, subject(period), words={"count": str(count)}, happened_on=period.closes_on)


@act("comment_periods.period.tie", "{actor}把《{other}》登记为《{subject}》意见征集的{part}", title="登记采纳情况、公布的文件")
def tie(actor: Actor, period_id: int, *, part: str, item_id: int) -> Done[Period]:
    """Point to the account of what was adopted, or to the document finally issued. Shown while that item is public, and on its page too."""
    period = locked(period_id)
    require(actor, period, *PREPARERS)
    if part not in TIES:
        raise BadForm({"part": "请选择是采纳情况还是最后公布的文件。"})
    if state(period, clock.now()) in {State.PLANNED, State.OPEN}:
        raise NotPossible("征求意见还没有截止，不能登记采纳情况和公布的文件。")
    item = item_of(period, item_id, part)
    if item.pk in {period.draft_id, period.explanation_id}:
        raise BadForm({part: "征求意见稿和起草说明不能作为采纳情况或者公布的文件，请另选一条信息。"})
    setattr(period, part, item)
    period.changed_at = clock.now()
    period.save(update_fields=[part, "changed_at"])
    return Done(period, period.body.slug, subject(period), words={"other": item.draft.title, "part": TIES[part]})


def _planned(period_id: int) -> Period:
    period = locked(period_id)
    stands = state(period, clock.now())
    if stands is not State.PLANNED:
        raise NotPossible(f"这次意见征集{STATE_WORDS[stands]}，不能再修改或者重新开始。")
    return period


def _open(period_id: int) -> Period:
    period = locked(period_id)
    stands = state(period, clock.now())
    if stands is not State.OPEN:
        raise NotPossible(f"这次意见征集{STATE_WORDS[stands]}，不能再改截止日期。需要再次听取意见的，请新建一次意见征集。")
    return period


def _require_last_day(period: Period, opens_on: dt.date) -> None:
    if period.closes_on <= opens_on:
        raise BadForm({"closes_on": "截止日期应当在今天以后。"})
    wrong = _too_far(period.closes_on, opens_on) or kinds.too_short(
        period.kind, opens_on, period.closes_on, period.shorter_reason
    )
    if wrong:
        raise BadForm({"closes_on": wrong})


def _too_far(closes_on: dt.date, today: dt.date) -> str:
    """Why the last day is too late, as a sentence; empty when it is not."""
    latest = _a_year_on(today)
    if closes_on <= latest:
        return ""
    return f"截止日期最晚填到 {latest.isoformat()}，也就是今天起一年以内。请检查年份；还需要时间的，到期以前再延长。"


def _a_year_on(day: dt.date) -> dt.date:
    """The same day of the next year, beyond which a last day is a slip that the public would see at once; 28 February for the 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=day.day - 1)


def _reason_fault(reason: str) -> dict[str, str]:
    if not reason.strip():
        return {"reason": "请写明理由，它会向公众公开。"}
    return {"reason": "理由最多 300 个字，请缩短。"} if len(reason.strip()) > LINES["shorter_reason"] else {}


def _moved(actor: Actor, period: Period, to_day: dt.date, reason: str) -> Done[Change]:
    before = period.closes_on
    change = Change.objects.create(
        period=period,
        from_day=before,
        to_day=to_day,
        reason=reason.strip(),
        changed_by_id=int(actor.id),
        changed_at=clock.now(),
    )
    period.closes_on, period.changed_at = to_day, clock.now()
    period.save(update_fields=["closes_on", "changed_at"])
    words = {"before": day_words(before), "day": day_words(to_day), "reason": reason.strip()}
    return Done(change, period.body.slug, subject(period), words=words)
