"""How long must the public be asked, and when may it be shorter?"""

from __future__ import annotations

import datetime as dt

from gongkai.clock import Deadline
from gongkai_web.comment_periods.models import Kind
from gongkai_web.publishing import clocks

PERIODS = {
    Kind.DECISION: "comment.decision",
    Kind.RULE: "comment.rule",
    Kind.RULE_REVIEW: "comment.rule.review",
    Kind.BUSINESS: "comment.business",
    Kind.DOCUMENT: "comment.document",
    Kind.OTHER: "comment.document",
}
"""The key of the law that gives each kind its least period."""
SHORTENED = frozenset({Kind.DECISION})
"""Kinds whose provision itself allows a shorter period (urgency) when that is explained to the public: 重大行政决策程序暂行条例 art 15."""
FEEDBACK = frozenset({Kind.BUSINESS})
"""Kinds for which the law itself asks for an account of what was adopted: 优化营商环境条例 art 62. The body gives one for all."""


def least(kind: str, opens_on: dt.date) -> Deadline | None:
    """The earliest last day of a period that opens on a day, with its working; None where the law of that day is silent."""
    return clocks.deadline(opens_on, PERIODS[Kind(kind)], opens_on)


def too_short(kind: str, opens_on: dt.date, closes_on: dt.date, reason: str) -> str:
    """Why the last day is too early, as a sentence; empty when it is not."""
    found = least(kind, opens_on)
    if found is None or found.due is None or closes_on >= found.due:
        return ""
    if Kind(kind) in SHORTENED and reason.strip():
        return "" if closes_on > opens_on else "截止日期应当在开始日期以后。"
    step = found.steps[-1]
    cited = "、".join(str(c) for c in step.citations[:1])
    words = f"从 {opens_on.isoformat()} 开始的，最早 {found.due.isoformat()} 截止：{step.words}（{cited}）。"
    if Kind(kind) in SHORTENED:
        return f"{words}情况紧急需要缩短的，请写明理由，理由会在征求意见时一并公开。"
    return f"{words}这一种类没有规定可以缩短，请改正截止日期。"


def statement(kind: str, day: dt.date) -> str:
    """The rule in words with its article; empty where the law is silent."""
    rule = clocks.provision(PERIODS[Kind(kind)], day)
    return f"{rule.citation}：{rule.statement}" if rule else ""
