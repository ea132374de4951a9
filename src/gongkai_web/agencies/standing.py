"""What is a person at a body on a day?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from gongkai_web.accounts.models import Person
from gongkai_web.agencies.actors import staff
from gongkai_web.agencies.models import Body, Deputy, Membership, Placement
from gongkai_web.agencies.roles import ROLE_WORDS, Role
from gongkai_web.trail.actors import Actor, ActorKind
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotAllowed


@dataclass(frozen=True, slots=True)
class Standing:
    """A person who signed in, at the body chosen, with the roles in force today."""

    person: Person
    body: Body
    roles: frozenset[Role]
    bodies: tuple[Body, ...]
    day: dt.date

    @property
    def actor(self) -> Actor:
        """The person as the trail names them."""
        return staff(self.person)

    def holds(self, *roles: Role) -> bool:
        """Whether any of the roles is in force."""
        return bool(self.roles.intersection(roles))


CHOSEN = "body"
"""Where the session keeps the body chosen."""


def standing_of(request: HttpRequest) -> Standing | None:
    """The standing of the person who signed in; None when nobody did or they work nowhere. Found out once per request."""
    known: Standing | bool | None = getattr(request, "_standing", False)
    if isinstance(known, bool):
        known = _found(request)
        request._standing = known  # type: ignore[attr-defined]  # kept with the request that asked
    return known


def current_body(request: HttpRequest) -> Body | None:
    """The body a person works for in this session: the one chosen, else where they are at home, else the first by name."""
    found = standing_of(request)
    return found.body if found else None


def _found(request: HttpRequest) -> Standing | None:
    person: Person | None = getattr(request, "person", None)
    if person is None:
        return None
    day = clock.today()
    bodies = bodies_of(person.pk, day)
    if not bodies:
        return None
    chosen = request.session.get(CHOSEN)
    home = Placement.objects.filter(person=person, is_home=True).values_list("body_id", flat=True).first()
    body = next((b for b in bodies if b.slug == chosen), None) or next((b for b in bodies if b.pk == home), bodies[0])
    return Standing(person, body, roles_of(person.pk, body, day), bodies, day)


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


def require_administrator(actor: Actor, body: Body, role: Role) -> None:
    """The role at the body, or at the one above while nobody has it here; whoever works on the server itself may too."""
    if actor.kind is ActorKind.INSTALLATION or (actor.kind is ActorKind.STAFF and _administers(int(actor.id), body, role)):
        return
    require(actor, body, role)


def administers(standing: Standing, role: Role) -> bool:
    """Whether somebody may do what this administrator of the body does."""
    return _administers(standing.person.pk, standing.body, role)


def _administers(person_id: int, body: Body, role: Role) -> bool:
    day = clock.today()
    if role in roles_of(person_id, body, day):
        return True
    if body.parent is None or _in_force(day).filter(body=body, role=role, person__is_active=True).exists():
        return False
    return _administers(person_id, body.parent, role)


def bodies_of(person_id: int, day: dt.date | None = None) -> tuple[Body, ...]:
    """The bodies at which a person works or has any role in force, in the order of their names."""
    day = day or clock.today()
    own = _in_force(day).filter(person_id=person_id).values_list("body_id", flat=True)
    stood_in = deputies(day).filter(deputy_id=person_id).values_list("body_id", flat=True)
    placed = Placement.objects.filter(person_id=person_id).values_list("body_id", flat=True)
    return tuple(Body.objects.filter(pk__in={*own, *stood_in, *placed}).order_by("name"))


def deputies(day: dt.date) -> QuerySet[Deputy]:
    """Who stands in for whom on a day."""
    return Deputy.objects.filter(Q(ended_on=None) | Q(ended_on__gt=day), from_day__lte=day, until_day__gte=day)


def _in_force(day: dt.date) -> QuerySet[Membership]:
    return Membership.objects.filter(Q(until_day=None) | Q(until_day__gte=day), from_day__lte=day)


def _deputised(person_id: int, body: Body, day: dt.date) -> set[int]:
    return set(deputies(day).filter(deputy_id=person_id, body=body).values_list("person_id", flat=True))
