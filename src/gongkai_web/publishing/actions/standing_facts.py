"""Which acts change what is true of an item beside its text: where it belongs, who keeps it, whether it stays withheld?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongkai_web.accounts.models import Person
from gongkai_web.agencies import standing
from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import CONTENT, Role
from gongkai_web.flow.absence import hand_over_steps
from gongkai_web.flow.models import Step
from gongkai_web.publishing import drafting
from gongkai_web.publishing.generations import changed
from gongkai_web.publishing.models import Item, Publication, Reassessment, Stage
from gongkai_web.trail.actors import Actor, Subject
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotHere, NotPossible

_UNDER_WAY = (Stage.DRAFT, Stage.RETURNED, Stage.REVIEW, Stage.APPROVED)


@dataclass(frozen=True, slots=True)
class Handed:
    """A piece of an absent person's work: ``kind`` is item or review with its ``key``; ``why`` it was not handed over, as half a sentence."""

    kind: str
    key: int
    title: str
    step: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What became of an absent person's work: the items and the steps of reviews that another has now, and what stays where it was."""

    items: tuple[Handed, ...]
    steps: tuple[Handed, ...]
    left: tuple[Handed, ...]


@act("publishing.item.classify", "{actor}调整了《{subject}》的{fields}", title="调整归类")
def classify(actor: Actor, item_id: int, *, facts: Mapping[str, Any]) -> Done[Item]:
    """Change facts of an item in any stage (category, department, 五公开 …): they are not part of what was approved."""
    item = drafting.locked(item_id)
    drafting.require_drafter(actor, item)
    if item.stage == Stage.DISCARDED:
        raise NotPossible("这条信息已经作废，不需要再调整。")
    fields = drafting.take_facts(item, facts)
    if not fields:
        raise NotPossible("没有改动。")
    drafting.reckon_due(item)
    item.changed_at = clock.now()
    item.save()
    if "category" in fields:
        Publication.objects.filter(item=item).update(category_id=item.category_id)
    changed(item.body, item)
    named = {f.name: str(f.verbose_name) for f in Item._meta.fields}
    return Done(item, item.body.slug, drafting.subject(item), words={"fields": "、".join(named[f] for f in fields)})


@act("publishing.item.reassess", "{actor}重新评估了《{subject}》：{result}，理由：{reason}", title="重新评估")
def reassess(actor: Actor, item_id: int, *, to_publish: bool, reason: str, next_on: dt.date | None = None) -> Done[Reassessment]:
    """Art 18: look again at what is not public. To publish it, it becomes a draft and goes through review."""
    item = drafting.locked(item_id)
    drafting.require_drafter(actor, item)
    if item.stage != Stage.WITHHELD:
        raise NotPossible("只有审定为不主动公开的信息才需要重新评估。")
    today = clock.today()
    errors = {}
    if not reason.strip():
        errors["reason"] = "请写明评估的理由：情势有没有变化，为什么可以或者仍然不能公开。"
    if not to_publish and (next_on is None or next_on <= today):
        errors["next_on"] = "仍不公开的，请定下下一次评估的日期，应当晚于今天。"
    if errors:
        raise BadForm(errors)
    row = Reassessment.objects.create(
        item=item,
        due_on=item.reassess_on or today,
        done_on=today,
        to_publish=to_publish,
        reason=reason.strip(),
        next_on=None if to_publish else next_on,
        done_by_id=int(actor.id),
    )
    item.reassess_on, item.changed_at = row.next_on, clock.now()
    if to_publish:
        item.stage = Stage.DRAFT
    item.save(update_fields=["reassess_on", "changed_at", "stage"])
    words = {"result": "可以公开，重新起草" if to_publish else "仍不公开", "reason": reason.strip()}
    return Done(row, item.body.slug, drafting.subject(item), words=words)


@act("publishing.item.keep", "{actor}把《{subject}》交给{to}经办", title="变更经办人")
def assign(actor: Actor, item_id: int, *, to_id: int) -> Done[Item]:
    """Give one item to another who drafts."""
    item = drafting.locked(item_id)
    standing.require(
        actor, item.body, Role.UNIT_HEAD, Role.DEPARTMENT_REVIEWER, department_id=item.department_id or drafting.WHOLE_BODY
    )
    to = _successor(item.body, to_id)
    why = _why_not(to, item)
    if why:
        raise NotAllowed(f"没有变更经办人：{why}。请另选一人，或者请安全管理员先给{to.name}授予职责。")
    item.keeper = to
    item.save(update_fields=["keeper"])
    return Done(item, item.body.slug, drafting.subject(item), words={"to": to.name})


@act(
    "publishing.hand_over",
    "{actor}把{absent}手上的 {items} 条信息、{steps} 个审核环节交给{subject}办理，理由：{reason}",
    title="移交工作",
)
def hand_over(actor: Actor, body_id: int, *, absent_id: int, to_id: int, reason: str) -> Done[HandedOver]:
    """Give the work of an absent person to another in one act: drafts to who drafts there, review steps to who holds the role there.

    What the other may not take over stays where it is and is told with the reason. NotPossible when that is all of it.
    """
    body = Body.objects.filter(pk=body_id).first()
    if body is None:
        raise NotHere("没有这个机关。")
    standing.require(actor, body, Role.UNIT_HEAD, Role.SIGNING_LEADER)
    if not reason.strip():
        raise BadForm({"reason": "请写明移交的理由，例如“出差至某日”。"})
    absent, to = Person.objects.filter(pk=absent_id).first(), _successor(body, to_id)
    if absent is None or absent == to:
        raise BadForm({"to": "请选择移交给哪一位在岗的同事。"})
    under_way = Item.objects.filter(body=body, keeper=absent, stage__in=_UNDER_WAY).select_related("body", "department", "draft")
    weighed = [(item, _why_not(to, item)) for item in under_way.order_by("pk")]
    given = [item for item, why in weighed if not why]
    Item.objects.filter(pk__in=[item.pk for item in given]).update(keeper=to)
    steps, steps_left = hand_over_steps(body, absent, to)
    done = HandedOver(
        items=tuple(Handed("item", i.pk, i.draft.title) for i in given),
        steps=tuple(_handed(s) for s in steps),
        left=(
            *(Handed("item", i.pk, i.draft.title, why=why) for i, why in weighed if why),
            *(_handed(s, why) for s, why in steps_left),
        ),
    )
    if not given and not steps:
        whys = "；".join(f"《{h.title}》{h.why}" for h in done.left[:3]) + ("等" if len(done.left) > 3 else "")
        told = (
            f"{absent.name}手上的 {len(done.left)} 件都接手不了：{whys}。请另选一人。"
            if whys
            else f"{absent.name}手上没有在办的工作。"
        )
        raise NotPossible(f"没有移交。{told}")
    reason = reason.strip() + (f"（另有 {len(done.left)} 件{to.name}接手不了，没有移交）" if done.left else "")
    words = {"absent": absent.name, "items": str(len(given)), "steps": str(len(steps)), "reason": reason}
    return Done(done, body.slug, Subject("person", str(to.pk), to.name), words=words)


def _why_not(person: Person, item: Item) -> str:
    """Why a person could not work on an item, as half a sentence; empty when they could."""
    if standing.roles_of(person.pk, item.body, department_id=item.department_id or drafting.WHOLE_BODY) & set(drafting.DRAFTERS):
        return ""
    if not standing.roles_of(person.pk, item.body) & set(drafting.DRAFTERS):
        return f"{person.name}在{item.body.name}不是经办人，不能接手起草"
    return f"它属于{item.department.name if item.department else '全机关'}，{person.name}的经办职责限定在别的科室，打不开它"


def _handed(step: Step, why: str = "") -> Handed:
    return Handed("review", step.review_id, step.review.subject_name, step=step.title, why=why)


def _successor(body: Body, person_id: int) -> Person:
    found = Person.objects.filter(pk=person_id, is_active=True).first()
    if found is None or not standing.roles_of(found.pk, body) & CONTENT:
        raise BadForm({"to": "请选择本机关在岗、承担起草或者审核职责的同事。"})
    return found
