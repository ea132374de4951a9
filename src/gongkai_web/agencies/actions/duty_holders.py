"""Who leads the body, in which order, with which duties (条例 art 20(2))?"""

from __future__ import annotations

import datetime as dt

from django.db.models import Max

from gongkai_web.agencies.models import Body, DutyHolder
from gongkai_web.agencies.roles import Role
from gongkai_web.agencies.standing import require
from gongkai_web.agencies.texts import required
from gongkai_web.trail.actors import Actor, ActorKind, Subject
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotPossible

FIELDS = {"name": ("姓名", 40), "post": ("职务", 60), "duty": ("分工", 300)}


@act("agencies.add_duty_holder", "{actor}登记了领导成员{subject}（{post}）", title="登记领导成员")
def add(actor: Actor, body: Body, *, name: str, post: str, duty: str = "") -> Done[DutyHolder]:
    """A member of the leading group, last in order."""
    _by(actor, body)
    taken = required({"name": name, "post": post, "duty": duty}, FIELDS, frozenset({"duty"}))
    last = DutyHolder.objects.filter(body=body).aggregate(last=Max("position"))["last"] or 0
    made = DutyHolder.objects.create(body=body, position=last + 1, from_day=clock.today(), **taken)
    return Done(made, body.slug, _subject(made), words={"post": made.post})


@act("agencies.change_duty_holder", "{actor}修改了领导成员{subject}（{post}）", title="修改领导成员")
def change(actor: Actor, holder: DutyHolder, *, name: str, post: str, duty: str = "") -> Done[None]:
    """Name, post and duties."""
    _by(actor, holder.body)
    _serving(holder)
    before = {f: getattr(holder, f) for f in FIELDS}
    for field, value in required({"name": name, "post": post, "duty": duty}, FIELDS, frozenset({"duty"})).items():
        setattr(holder, field, value)
    holder.save(update_fields=list(FIELDS))
    return Done(None, holder.body.slug, _subject(holder), words={"post": holder.post}, fixed={"before": before})


@act("agencies.move_duty_holder", "{actor}调整了领导成员{subject}的排序", title="调整排序")
def move_up(actor: Actor, holder: DutyHolder) -> Done[None]:
    """One place further to the front."""
    _by(actor, holder.body)
    _serving(holder)
    serving = list(DutyHolder.objects.filter(body=holder.body, until_day=None).order_by("position", "pk"))
    at = serving.index(holder)
    if at == 0:
        raise NotPossible(f"{holder.name}已经排在第一位。")
    serving[at - 1], serving[at] = serving[at], serving[at - 1]
    for position, each in enumerate(serving, 1):
        each.position = position
        each.save(update_fields=["position"])
    return Done(None, holder.body.slug, _subject(holder))


@act("agencies.remove_duty_holder", "{actor}登记领导成员{subject}（{post}）离任", title="登记离任")
def remove(actor: Actor, holder: DutyHolder) -> Done[None]:
    """No longer a member from today on."""
    _by(actor, holder.body)
    _serving(holder)
    holder.until_day = clock.today() - dt.timedelta(days=1)
    holder.save(update_fields=["until_day"])
    return Done(None, holder.body.slug, _subject(holder), words={"post": holder.post})


def _by(actor: Actor, body: Body) -> None:
    if actor.kind is not ActorKind.INSTALLATION:
        require(actor, body, Role.UNIT_HEAD, Role.CLERK)


def _serving(holder: DutyHolder) -> None:
    if holder.until_day is not None:
        raise NotPossible(f"{holder.name}已经登记离任。")


def _subject(holder: DutyHolder) -> Subject:
    return Subject("duty_holder", str(holder.pk), holder.name)
