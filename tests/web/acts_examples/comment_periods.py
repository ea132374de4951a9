"""How are the acts of comment periods called: preparing, beginning, comments, what is shown, what was made of them?"""

from __future__ import annotations

import datetime as dt
from typing import Any
from unittest.mock import patch

from gongkai_web.agencies.roles import Role
from gongkai_web.comment_periods import kinds
from gongkai_web.comment_periods.actions import comments, opinions, periods
from gongkai_web.comment_periods.actions.comments import PUBLIC
from gongkai_web.comment_periods.models import Comment, Opinion, Period
from gongkai_web.ui import clock
from tests.web.acts_examples.call import Call, Example, call
from tests.web.publishing.conftest import Bureau

CLERK, REVIEWER, HEAD = Role.CLERK, Role.DEPARTMENT_REVIEWER, Role.UNIT_HEAD
DRAFT, EXPLANATION = "公证服务收费办法（征求意见稿）", "公证服务收费的起草说明"
FACTS = {"contact": "法治科", "phone": "岫川县司法局法治科电话", "shows_comments": True, "takes_form": True}
SAID = "建议第五条写明减免收费的条件。"


def least_day(kind: str = "document") -> dt.date:
    """The earliest last day of a period that opens today."""
    found = kinds.least(kind, clock.today())
    assert found is not None
    assert found.due is not None
    return found.due


def planned(b: Bureau, kind: str = "document", draft: int = 0, **facts: Any) -> Period:
    """A period on a public draft and explanation, prepared by the clerk."""
    draft = draft or b.published(title=DRAFT).pk
    explanation = b.published(title=EXPLANATION).pk
    return periods.create(
        b.actor(CLERK),
        b.body.pk,
        kind=kind,
        draft_id=draft,
        explanation_id=explanation,
        closes_on=facts.pop("closes_on", least_day(kind)),
        facts={**FACTS, **facts},
    )


def opened(b: Bureau, kind: str = "document", **facts: Any) -> Period:
    """The same, begun by the reviewer."""
    return periods.open_period(b.actor(REVIEWER), planned(b, kind, **facts).pk)


def said(b: Bureau, text: str = SAID, **sender: str) -> Comment:
    """A comment from the form of a new period."""
    return more(opened(b), text, **sender)


def more(period: Period, text: str = SAID, **sender: str) -> Comment:
    """One more comment on a period."""
    nonce = f"nonce-{Comment.objects.count():04}-{period.pk:06}"
    return comments.receive(PUBLIC, period.pk, nonce=nonce, text=text, **sender)


def later(days: int) -> Any:
    """A block so many days later."""
    now = clock.now
    return patch.object(clock, "now", lambda: now() + dt.timedelta(days=days))


def days_to_the_end(period: Period) -> int:
    """After how many days the period is over."""
    return (period.closes_on - clock.today()).days + 1


def after_the_end(b: Bureau) -> Call:
    period = opened(b)
    return Call(b.actor(REVIEWER).as_timer(), (period.pk,), days_later=days_to_the_end(period))


def tied(b: Bureau) -> Call:
    period = opened(b)
    account = b.published(title="采纳情况的说明")
    return Call(b.actor(CLERK), (period.pk,), {"part": "feedback", "item_id": account.pk}, days_to_the_end(period))


def accounted(b: Bureau) -> Call:
    """A period whose account is public, with a sender to forget."""
    made = tied(b)
    period = Period.objects.get(pk=made.args[0])
    more(period, name="白望之")
    with later(made.days_later):
        periods.tie(made.actor, period.pk, **made.kwargs)
    return call(b.actor(HEAD), period.pk)


def opinion(b: Bureau) -> Opinion:
    comment = said(b)
    return opinions.add(b.actor(CLERK), comment.period_id, summary="写明减免条件", adoption="adopted", comment_ids=[comment.pk])


def edited(b: Bureau) -> Call:
    period = planned(b)
    ids = {"draft_id": period.draft_id, "explanation_id": period.explanation_id}
    later_day = least_day("business")
    return call(
        b.actor(CLERK), period.pk, kind="business", closes_on=later_day, facts={"contact": "办公室"}, seen=period.mark, **ids
    )


def amended(b: Bureau) -> Call:
    period = opened(b)
    return call(b.actor(REVIEWER), period.pk, seen=period.mark, facts={"contact": "办公室"})


def prepared(b: Bureau) -> Call:
    ids = {"draft_id": b.published(title=DRAFT).pk, "explanation_id": b.published(title=EXPLANATION).pk}
    return call(b.actor(CLERK), b.body.pk, kind="document", closes_on=least_day(), facts=FACTS, **ids)


def ended_early(b: Bureau) -> Call:
    period = opened(b, closes_on=least_day() + dt.timedelta(days=2))
    return call(b.actor(REVIEWER), period.pk, closes_on=least_day(), reason="意见已经充分")


EXAMPLES: dict[str, Example] = {
    "comment_periods.period.create": prepared,
    "comment_periods.period.edit": edited,
    "comment_periods.period.open": lambda b: call(b.actor(REVIEWER), planned(b).pk),
    "comment_periods.period.amend": amended,
    "comment_periods.period.extend": lambda b: call(
        b.actor(REVIEWER), opened(b).pk, closes_on=least_day() + dt.timedelta(days=2), reason="应公众要求"
    ),
    "comment_periods.period.end_early": ended_early,
    "comment_periods.period.abandon": lambda b: call(b.actor(HEAD), opened(b).pk, reason="不再制定这份文件"),
    "comment_periods.period.ended": after_the_end,
    "comment_periods.period.tie": tied,
    "comment_periods.comment.receive": lambda b: call(PUBLIC, opened(b).pk, nonce="0123456789abcdef", text=SAID, name="白望之"),
    "comment_periods.comment.record": lambda b: call(
        b.actor(CLERK), opened(b).pk, way="phone", text=SAID, received_on=clock.today(), name="白望之"
    ),
    "comment_periods.comment.show": lambda b: call(b.actor(REVIEWER), said(b).pk, hidden=[(0, 2)]),
    "comment_periods.comment.withhold": lambda b: call(b.actor(REVIEWER), said(b).pk, reason="与征求意见无关"),
    "comment_periods.contacts.erase": accounted,
    "comment_periods.opinion.add": lambda b: call(
        b.actor(CLERK), said(b).period_id, summary="写明减免条件", adoption="rejected", reason="已有规定"
    ),
    "comment_periods.opinion.edit": lambda b: call(
        b.actor(CLERK), opinion(b).pk, summary="写明减免条件", adoption="partly", reason="部分已有规定"
    ),
    "comment_periods.opinion.remove": lambda b: call(b.actor(CLERK), opinion(b).pk),
}
