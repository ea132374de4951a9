"""What is a person at a body on a day?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from gongkai_web.accounts.models import Person
from gongkai_web.agencies.actors import staff
from gongkai_web.agencies.models import Body, Deputy, Membership, Placement
from gongkai_web.agencies.roles import CONTENT, ROLE_WORDS, SEPARATE, Role
from gongkai_web.trail.actors import Actor, ActorKind
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotAllowed


@dataclass(frozen=True, slots=True)
class Standing:
    """A person who signed in, at the body chosen, with the roles in force today; ``held`` has each with the department it is limited to."""

    person: Person
    body: Body
    held: Held
    bodies: tuple[Body, ...]
    day: dt.date

    @property
    def roles(self) -> frozenset[Role]:
        """The roles, wherever they reach."""
        return frozenset(r for r, _ in self.held)

    @property
    def actor(self) -> Actor:
        """The person as the trail names them."""
        return staff(self.person)

    def holds(self, *roles: Role) -> bool:
        """Whether any of the roles is in force."""
        return bool(self.roles.intersection(roles))


Held = frozenset[tuple[Role, int | None]]
"""Roles in force, each with the key of the department it is limited to, or None."""

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
    body = next((b for b in bodies if b.slug == chosen), bodies[0])
    if body.slug != chosen and len(bodies) > 1:
        home = Placement.objects.filter(person=person, is_home=True).values_list("body_id", flat=True).first()
        body = next((b for b in bodies if b.pk == home), body)
    return Standing(person, body, memberships_of(person.pk, body, day), bodies, day)


def roles_of(person_id: int, body: Body, day: dt.date | None = None, *, department_id: int | None = None) -> frozenset[Role]:
    """The roles in force: one's own, and those one holds as a deputy. With a department, only those that reach it."""
    held = memberships_of(person_id, body, day)
    return frozenset(r for r, limit in held if department_id is None or limit is None or limit == department_id)


def memberships_of(person_id: int, body: Body, day: dt.date | None = None) -> Held:
    """The roles in force, one's own and those held as a deputy, each with the department it is limited to: one question."""
    day = day or clock.today()
    stood_in = deputies(day).filter(deputy_id=person_id, body=body).values("person_id")
    rows = _in_force(day).filter(Q(person_id=person_id) | Q(person_id__in=stood_in), body=body, person__is_active=True)
    held: dict[int, set[tuple[Role, int | None]]] = {person_id: set()}
    for holder, role, limit in rows.values_list("person_id", "role", "department_id"):
        held.setdefault(holder, set()).add((Role(role), limit))
    if body.tiny_reason:
        return frozenset().union(*held.values())
    own = _without_content(frozenset(held.pop(person_id)))
    return own | _lent(own, frozenset().union(*(_without_content(frozenset(h)) for h in held.values())))


def _without_content(held: Held) -> Held:
    """An administrator's roles without those that see content, however they came together."""
    return frozenset(h for h in held if h[0] not in CONTENT) if any(r in SEPARATE for r, _ in held) else held


def _lent(own: Held, lent: Held) -> Held:
    """What a deputy gets beside the own roles: never what may not meet them in one person, whenever either was given."""
    mine = {r for r, _ in own}
    administering = SEPARATE.intersection(r for r, _ in lent) | SEPARATE & mine
    if mine & CONTENT or len(administering) > 1:
        lent = frozenset(h for h in lent if h[0] not in SEPARATE)
    return frozenset(h for h in lent if h[0] not in CONTENT) if SEPARATE.intersection(mine | {r for r, _ in lent}) else lent


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
    own = _in_force(day).filter(person_id=person_id).values("body_id")
    stood_in = deputies(day).filter(deputy_id=person_id).values("body_id")
    placed = Placement.objects.filter(person_id=person_id).values("body_id")
    return tuple(Body.objects.filter(Q(pk__in=own) | Q(pk__in=stood_in) | Q(pk__in=placed)).order_by("name"))


def deputies(day: dt.date) -> QuerySet[Deputy]:
    """Who stands in for whom on a day."""
    return Deputy.objects.filter(Q(ended_on=None) | Q(ended_on__gt=day), from_day__lte=day, until_day__gte=day)


def _in_force(day: dt.date) -> QuerySet[Membership]:
    return Membership.objects.filter(Q(until_day=None) | Q(until_day__gte=day), from_day__lte=day)
