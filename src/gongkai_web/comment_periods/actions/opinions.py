"""Which acts fill in the adoption table: what was said, what was made of it, and why?"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Max

from gongkai_web.agencies.texts import tidy_lines
from gongkai_web.comment_periods.handling import PREPARERS, locked, require, subject
from gongkai_web.comment_periods.models import Adoption, Answered, Comment, Opinion, Period
from gongkai_web.trail.actors import Actor
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotHere, NotPossible

MOST_WORDS = 2000


@act(
    "comment_periods.opinion.add",
    "{actor}在《{subject}》的采纳情况中加入一类意见（{adoption}，{count} 条）",
    title="加入一类意见",
)
def add(
    actor: Actor, period_id: int, *, summary: str, adoption: str, reason: str = "", comment_ids: Sequence[int] = ()
) -> Done[Opinion]:
    """A line of the table, answering some comments."""
    period = locked(period_id)
    require(actor, period, *PREPARERS)
    if period.opened_at is None:
        raise NotPossible("这次意见征集还没有开始，没有意见可以归类。")
    last = Opinion.objects.filter(period=period).aggregate(last=Max("position"))["last"] or 0
    opinion = Opinion(period=period, position=last + 1)
    return _written(actor, period, opinion, summary, adoption, reason, comment_ids)


@act(
    "comment_periods.opinion.edit",
    "{actor}修改了《{subject}》采纳情况的第 {position} 类意见（{adoption}，{count} 条）",
    title="修改",
)
def edit(
    actor: Actor, opinion_id: int, *, summary: str, adoption: str, reason: str = "", comment_ids: Sequence[int] = ()
) -> Done[Opinion]:
    """Change a line and which comments it answers. What is public of the table is the approved item, which this does not touch."""
    opinion, period = _found(opinion_id)
    require(actor, period, *PREPARERS)
    return _written(actor, period, opinion, summary, adoption, reason, comment_ids)


@act("comment_periods.opinion.remove", "{actor}删去了《{subject}》采纳情况的第 {position} 类意见", title="删去")
def remove(actor: Actor, opinion_id: int) -> Done[Period]:
    """Take a line out of the table; the comments it answered are to be dealt with anew."""
    opinion, period = _found(opinion_id)
    require(actor, period, *PREPARERS)
    words = {"position": str(opinion.position)}
    fixed = {"summary": opinion.summary, "adoption": opinion.adoption, "reason": opinion.reason}
    opinion.delete()
    return Done(period, period.body.slug, subject(period), words=words, fixed=fixed)


def _found(opinion_id: int) -> tuple[Opinion, Period]:
    opinion = Opinion.objects.filter(pk=opinion_id).first()
    if opinion is None:
        raise NotHere("没有这一类意见，可能已经删去。")
    return opinion, locked(opinion.period_id)


def _written(
    actor: Actor, period: Period, opinion: Opinion, summary: str, adoption: str, reason: str, comment_ids: Sequence[int]
) -> Done[Opinion]:
    words, why = tidy_lines(summary), tidy_lines(reason)
    comments = list(Comment.objects.filter(period=period, pk__in=comment_ids).values_list("id", flat=True))
    errors = {}
    if not words:
        errors["summary"] = "请写明意见的内容，可以概括。"
    if adoption not in Adoption.values:
        errors["adoption"] = "请选择采纳、部分采纳还是不采纳。"
    elif adoption != Adoption.ADOPTED and not why:
        errors["reason"] = "部分采纳、不采纳的，请写明理由，理由会公开。"
    for field, text in (("summary", words), ("reason", why)):
        if len(text) > MOST_WORDS:
            errors[field] = f"最多 {MOST_WORDS} 个字，现在有 {len(text)} 个字，请缩短。"
    if len(comments) != len(set(comment_ids)):
        errors["comments"] = "有的意见不属于这次征集。请刷新页面后重新选择。"
    if errors:
        raise BadForm(errors)
    opinion.summary, opinion.adoption, opinion.reason = words, adoption, why
    opinion.changed_by_id, opinion.changed_at = int(actor.id), clock.now()
    opinion.save()
    Answered.objects.filter(opinion=opinion).exclude(comment_id__in=comments).delete()
    there = set(Answered.objects.filter(opinion=opinion).values_list("comment_id", flat=True))
    Answered.objects.bulk_create(Answered(opinion=opinion, comment_id=key) for key in comments if key not in there)
    said = {"adoption": Adoption(adoption).label, "count": str(len(comments)), "position": str(opinion.position)}
    return Done(
        opinion, period.body.slug, subject(period), words=said, fixed={"opinion": opinion.pk, "comments": sorted(comments)}
    )
