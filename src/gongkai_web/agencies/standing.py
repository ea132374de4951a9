"""What is a person at a body on a day?"""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from gongkai_web.agencies.models import Body, Deputy, Membership
from gongkai_web.agencies.roles import ROLE_WORDS, Role
from gongkai_web.trail.actors import Actor, ActorKind
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotAllowed


def roles_of(person_id: int, body: Body, day: dt.date | None = None, *, department_id: int | None = None) -> frozenset[Role]:
    """The roles in force: one's own, and those one holds as a deputy. With a department, only those that reach it."""
    day = day or clock.today()
    people = {person_id, *_deputised(person_id, body, day)}
    held = _in_force(day).filter(person_id__in=people, body=body, person__is_active=True)
    if department_id is not None:
        held = held.filter(Q(department=None) | Q(department_id=department_id))
    return frozenset(Role(r) for r in held.values_list("role", flat=True))


def require(
    actor: Actor, body: Body, *roles: Role, day: dt.date | None = None, department_id: int | None = None
) -> frozenset[Role]:
    """The actor's roles. NotAllowed unless the actor is staff (or their timer or import) and holds one of ``roles`` at the body."""
    if actor.kind not in {ActorKind.STAFF, ActorKind.TIMER, ActorKind.IMPORT}:
        raise NotAllowed("这件事只能由本机关的工作人员办理。")
    held = roles_of(int(actor.id), body, day, department_id=department_id)
    if not held.intersection(roles):
        raise NotAllowed(f"这件事由{'、'.join(ROLE_WORDS[r] for r in roles)}办理，您在{body.name}没有这项职责。")
    return held


def bodies_of(person_id: int, day: dt.date | None = None) -> tuple[Body, ...]:
    """The bodies at which a person has any role in force, in the order of their names."""
    day = day or clock.today()
    own = _in_force(day).filter(person_id=person_id).values_list("body_id", flat=True)
    stood_in = deputies(day).filter(deputy_id=person_id).values_list("body_id", flat=True)
    return tuple(Body.objects.filter(pk__in={*own, *stood_in}).order_by("name"))


def deputies(day: dt.date) -> QuerySet[Deputy]:
    """Who stands in for whom on a day."""
    return Deputy.objects.filter(Q(ended_on=None) | Q(ended_on__gt=day), from_day__lte=day, until_day__gte=day)


def _in_force(day: dt.date) -> QuerySet[Membership]:
    return Membership.objects.filter(Q(until_day=None) | Q(until_day__gte=day), from_day__lte=day)


def _deputised(person_id: int, body: Body, day: dt.date) -> set[int]:
    return set(deputies(day).filter(deputy_id=person_id, body=body).values_list("person_id", flat=True))
