"""Which acts keep a comment: one that the public sends, one that came on paper or by telephone; and forget who sent it?"""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import Role
from gongkai_web.agencies.texts import tidy, tidy_lines
from gongkai_web.comment_periods import showing
from gongkai_web.comment_periods.handling import PREPARERS, comment_subject, day_words, locked, require, subject
from gongkai_web.comment_periods.models import Comment, Period, Way
from gongkai_web.comment_periods.states import STATE_WORDS, State, day_of, publications, state
from gongkai_web.flow.numbers import next_number
from gongkai_web.trail import digests
from gongkai_web.trail.actors import Actor, ActorKind
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotPossible

PUBLIC = Actor(ActorKind.PUBLIC, "", "公众")
"""Whoever sends a comment: nobody is asked to say who they are."""
MOST_TEXT, MOST_NAME, MOST_CONTACT = 5000, 60, 100
CLASS = "comment"


@act("comment_periods.comment.receive", "{actor}就《{title}》提出意见，给出回执：{subject}", title="提出意见")
def receive(actor: Actor, period_id: int, *, nonce: str, text: str, name: str = "", contact: str = "") -> Done[Comment]:
    """Keep what somebody of the public wrote, in full, as long as the period is open. ``nonce`` names the form it came in."""
    if actor.kind is not ActorKind.PUBLIC:
        raise NotAllowed("工作人员收到的来信、来电，请在工作台登记。")
    period = locked(period_id)
    why = why_closed(period)
    if why:
        raise NotPossible(why)
    written = _checked(period, text, name, contact)
    return _kept(period, Way.FORM, written, clock.today(), None, nonce)


@act("comment_periods.comment.record", "{actor}登记了就《{title}》收到的意见（{way}，{day}收到）：{subject}", title="登记意见")
def record(
    actor: Actor, period_id: int, *, way: str, text: str, received_on: dt.date, name: str = "", contact: str = ""
) -> Done[Comment]:
    """Enter a comment that came by letter, mail, telephone or in person, word for word."""
    period = locked(period_id)
    require(actor, period, *PREPARERS)
    if period.opened_at is None:
        raise NotPossible("这次意见征集还没有开始，不能登记意见。")
    errors = {}
    if way not in set(Way.values) - {Way.FORM}:
        errors["way"] = "请选择意见是怎样收到的。"
    last = period.closes_on if period.abandoned_at is None else min(period.closes_on, day_of(period.abandoned_at))
    if not day_of(period.opened_at) <= received_on <= min(last, clock.today()):
        errors["received_on"] = (
            f"收到日期应当在 {day_of(period.opened_at).isoformat()} 到 {min(last, clock.today()).isoformat()} 之间。"
            "来信以邮戳日期为准；截止以后才提出的，不登记为本次征集的意见。"
        )
    try:
        written = _checked(period, text, name, contact)
    except BadForm as form:
        errors.update(form.errors)
    if errors:
        raise BadForm(errors)
    return _kept(period, Way(way), written, received_on, int(actor.id), None)


@act("comment_periods.contacts.erase", "{actor}删除了《{subject}》{count} 条意见的姓名和联系方式", title="删除姓名和联系方式")
def erase_contacts(actor: Actor, period_id: int) -> Done[int]:
    """Forget who sent the comments, once the public has been told what was made of them. The comments stay."""
    period = locked(period_id)
    require(actor, period, Role.UNIT_HEAD, Role.DEPARTMENT_REVIEWER)
    if period.feedback_id is None or period.feedback_id not in publications((period.feedback_id,), clock.now()):
        raise NotPossible("采纳情况还没有公开，可能还要与提意见的人核实。公开以后才能删除姓名和联系方式。")
    rows = Comment.objects.filter(period=period).exclude(name="", contact="")
    count = rows.count()
    if not count:
        raise NotPossible("没有留下姓名和联系方式，不需要删除。")
    rows.update(name="", contact="")
    return Done(count, period.body.slug, subject(period), words={"count": str(count)})


def why_closed(period: Period) -> str:
    """Why the form takes no comment now, as a sentence with the next step; empty when it does."""
    now = clock.now()
    stands = state(period, now)
    if stands is State.PLANNED:
        return "这次征求意见还没有开始。"
    if period.draft_id not in publications((period.draft_id,), now):
        return "征求意见稿已经撤下，这次征求意见不再接收意见。需要了解的，请与本机关联系。"
    if stands is State.ABANDONED:
        return f"这次征求意见已经终止，不再接收意见。终止的理由：{period.abandoned_why}"
    if stands is State.CLOSED:
        return f"这次征求意见已经在{day_words(period.closes_on)}截止，不再接收意见。您仍然可以用来信、来电的方式向本机关反映。"
    if not period.takes_form:
        return f"这次征求意见{STATE_WORDS[State.OPEN]}，但不在网上接收，请按页面上写明的地址、电话或者邮箱提出。"
    return ""


def received_before(nonce: str) -> Comment | None:
    """The comment that a form has already made."""
    return Comment.objects.select_related("period").filter(token=nonce).first()


def says(made: Comment, *, text: str, name: str = "", contact: str = "") -> bool:
    """Whether a comment that was kept is what stands in a form."""
    return (made.text, made.name, made.contact) == (tidy_lines(text), tidy(name), tidy(contact))


def _checked(period: Period, text: str, name: str, contact: str) -> tuple[str, str, str]:
    """What is kept: the text as written but for control marks. BadForm names everything that is wrong."""
    words, who, how = tidy_lines(text), tidy(name), tidy(contact)
    errors = {}
    if not words:
        errors["text"] = "请写下您的意见。"
    elif len(words) > MOST_TEXT:
        errors["text"] = f"意见最多 {MOST_TEXT} 个字，现在有 {len(words)} 个字。请缩短，或者分几次提交；篇幅长的可以来信。"
    elif showing.is_classified(period.body, words):
        errors["text"] = f"文字里带有密级标志，没有保存。本系统严禁存储、处理涉密信息，请联系{settings.CLASSIFIED_CONTACT}。"
    if len(who) > MOST_NAME:
        errors["name"] = f"姓名或者单位最多 {MOST_NAME} 个字，请缩短。"
    if len(how) > MOST_CONTACT:
        errors["contact"] = f"联系方式最多 {MOST_CONTACT} 个字，请缩短。"
    if errors:
        raise BadForm(errors)
    return words, who, how


def _kept(
    period: Period, way: Way, written: tuple[str, str, str], received_on: dt.date, entered_by: int | None, nonce: str | None
) -> Done[Comment]:
    text, name, contact = written
    body: Body = period.body
    year = clock.today().year
    made = Comment.objects.create(
        period=period,
        body=body,
        receipt=f"{year}-{next_number(body, CLASS, year):05}",
        way=way,
        text=text,
        name=name,
        contact=contact,
        received_on=received_on,
        received_at=clock.now(),
        entered_by_id=entered_by,
        token=nonce,
    )
    words = {"title": period.draft.draft.title, "way": way.label, "day": day_words(received_on)}
    # That the text stands as it came can be shown later, without the text standing in the trail.
    fixed = {"period": period.pk, "digest": digests.digest(text.encode(), settings.DIGEST)}
    return Done(made, body.slug, comment_subject(made), words=words, fixed=fixed, happened_on=received_on)
