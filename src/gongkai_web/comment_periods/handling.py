"""Who handles comment periods, and what is common to the acts that do?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from gongkai_web.agencies import standing
from gongkai_web.agencies.roles import Role
from gongkai_web.agencies.texts import tidy
from gongkai_web.comment_periods.models import Comment, Kind, Period
from gongkai_web.publishing.drafting import DRAFTERS, WHOLE_BODY
from gongkai_web.publishing.models import Item, Stage
from gongkai_web.trail.actors import Actor, Subject
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotHere

PREPARERS = DRAFTERS
"""Who writes what is shown, enters what came on paper, fills in the adoption table."""
DECIDERS = (Role.DEPARTMENT_REVIEWER, Role.UNIT_HEAD, Role.SIGNING_LEADER)
"""Who begins, extends and ends a period."""
MODERATORS = (Role.DEPARTMENT_REVIEWER, Role.SECRECY_OFFICER, Role.UNIT_HEAD, Role.SIGNING_LEADER)
"""Who decides whether a comment is shown."""
LINES = {"contact": 60, "phone": 60, "address": 200, "mail": 100, "shorter_reason": 300}
SWITCHES = ("takes_form", "shows_comments")
AMENDED = ("contact", "phone", "address", "mail", "takes_form", "shows_comments")
"""What can still be put right while the public is being asked."""


def subject(period: Period) -> Subject:
    """The period as the trail names it: by the draft that is put before the public."""
    return Subject("comment_period", str(period.pk), period.draft.draft.title)


def comment_subject(comment: Comment) -> Subject:
    """A comment as the trail names it: by its receipt, never by who sent it."""
    return Subject("comment", str(comment.pk), f"{comment.receipt}号意见")


def locked(period_id: int) -> Period:
    """The period, its row locked until the act ends. NotHere when there is none."""
    rows = Period.objects.select_for_update(of=("self",)).select_related("body", "draft__draft", "explanation__draft")
    found = rows.filter(pk=period_id).first()
    if found is None:
        raise NotHere("没有这次意见征集。")
    return found


def comment_of(comment_id: int) -> Comment:
    """A comment with its period, the row locked. NotHere when there is none."""
    rows = Comment.objects.select_for_update(of=("self",)).select_related("period__body", "period__draft__draft")
    found = rows.filter(pk=comment_id).first()
    if found is None:
        raise NotHere("没有这条意见。")
    return found


def require(actor: Actor, period: Period, *roles: Role) -> None:
    """NotAllowed unless the actor holds one of the roles for the period's department."""
    standing.require(actor, period.body, *roles, department_id=period.department_id or WHOLE_BODY)


def item_of(period: Period, item_id: int, field: str) -> Item:
    """An item that a period may point to. BadForm for another body's, or one that was given up."""
    found = Item.objects.select_related("draft").filter(pk=item_id, body_id=period.body_id).exclude(stage=Stage.DISCARDED).first()
    if found is None:
        raise BadForm({field: "请选择本机关的一条信息，作废的不能选。"})
    return found


def take(period: Period, facts: Mapping[str, Any]) -> list[str]:
    """Put what was handed in into the period; the names of what changed. BadForm when it does not fit."""
    unknown = facts.keys() - {*LINES, *SWITCHES}
    if unknown:
        raise ValueError(f"no fact of a period is called {sorted(unknown)}")
    changed = []
    errors: dict[str, str] = {}
    for name, value in facts.items():
        taken: Any = bool(value) if name in SWITCHES else tidy(str(value))
        word = str(Period._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # only columns are among the facts
        if name in LINES and len(taken) > LINES[name]:
            errors[name] = f"{word}最多 {LINES[name]} 个字，现在有 {len(taken)} 个，请缩短。"
        elif getattr(period, name) != taken:
            setattr(period, name, taken)
            changed.append(word)
    if period.mail and not _is_mail(period.mail):
        errors.setdefault("mail", "电子邮箱写得不对，请写成 name@example.cn 这样，只写一个。")
    if not (period.phone or period.address or period.mail):
        errors.setdefault("phone", "请至少写明电话、通信地址、电子邮箱中的一种，让不方便上网的人也能提出意见。")
    if errors:
        raise BadForm(errors)
    return changed


def _is_mail(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def kind_of(value: str) -> Kind:
    """A kind as typed. BadForm for another word."""
    if value not in Kind.values:
        raise BadForm({"kind": "请选择征求意见的种类，期限按它计算。"})
    return Kind(value)


def day_words(day: dt.date) -> str:
    """A day as a sentence says it."""
    return f"{day.year}年{day.month}月{day.day}日"


def written(period: Period, person_id: int) -> None:
    """Note who wrote what is shown."""
    period.prepared_by_id = person_id
    if person_id not in period.authors:
        period.authors = [*period.authors, person_id]
    period.changed_at = clock.now()
