"""What is a person at a body on a day?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from gongkai_web.accounts.models import Person
from gongkai_web.agencies.actors import staff
from gongkai_web.agencies.models import Body, Deputy, Membership, Placement
from gongkai_web.agencies.roles import CONTENT, ROLE_WORDS, SEPARATE, Role
from gongkai_web.trail.actors import Actor, ActorKind
from gongkai_web.trail.acts import in_place_of
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

NAMES = 50
"""So many characters of the names of those one stands in for are told."""

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
    return _reaching(memberships_of(person_id, body, day), department_id)


def memberships_of(person_id: int, body: Body, day: dt.date | None = None) -> Held:
    """The roles in force, one's own and those held as a deputy, each with the department it is limited to: one question."""
    return frozenset().union(*_by_holder(person_id, body, day or clock.today()).values())


def stands_in_for(person_id: int, body: Body, roles: Collection[Role], day: dt.date, department_id: int | None = None) -> str:
    """The names of those by whose absence alone a person holds one of the roles; empty where it is the person's own, or nobody's."""
    return _absent(_by_holder(person_id, body, day), person_id, roles, department_id)


def _absent(by_holder: dict[int, Held], person_id: int, roles: Collection[Role], department_id: int | None) -> str:
    having = {holder for holder, held in by_holder.items() if _reaching(held, department_id).intersection(roles)}
    if not having or person_id in having:
        return ""
    return "、".join(Person.objects.filter(pk__in=having).order_by("name").values_list("name", flat=True))[:NAMES]


def _reaching(held: Held, department_id: int | None) -> frozenset[Role]:
    return frozenset(r for r, limit in held if department_id is None or limit is None or limit == department_id)


def _by_holder(person_id: int, body: Body, day: dt.date) -> dict[int, Held]:
    """What a person may do on a day, by whose role it is: one question."""
    stood_in = deputies(day).filter(deputy_id=person_id, body=body).values("person_id")
    rows = _in_force(day).filter(Q(person_id=person_id) | Q(person_id__in=stood_in), body=body, person__is_active=True)
    found: dict[int, set[tuple[Role, int | None]]] = {person_id: set()}
    for holder, role, limit in rows.values_list("person_id", "role", "department_id"):
        found.setdefault(holder, set()).add((Role(role), limit))
    held = {holder: frozenset(roles) for holder, roles in found.items()}
    if body.tiny_reason:
        return held
    held = {holder: _without_content(roles) for holder, roles in held.items()}
    refused = _not_lent(held[person_id], frozenset().union(*(roles for holder, roles in held.items() if holder != person_id)))
    return {
        holder: roles if holder == person_id else frozenset(h for h in roles if h[0] not in refused)
        for holder, roles in held.items()
    }


def _without_content(held: Held) -> Held:
    """An administrator's roles without those that see content, however they came together."""
    return frozenset(h for h in held if h[0] not in CONTENT) if any(r in SEPARATE for r, _ in held) else held


def _not_lent(own: Held, lent: Held) -> frozenset[Role]:
    """What a deputy does not get: what may not meet the own roles, or the rest of what is lent, whenever either was given."""
    mine, theirs = {r for r, _ in own}, {r for r, _ in lent}
    apart = mine & CONTENT or len(SEPARATE & (mine | theirs)) > 1
    refused = SEPARATE if apart else frozenset()
    return refused | CONTENT if SEPARATE & (mine | (theirs - refused)) else refused


def require(
    actor: Actor, body: Body, *roles: Role, day: dt.date | None = None, department_id: int | None = None
) -> frozenset[Role]:
    """The actor's roles. NotAllowed unless the actor is staff (or their timer or import) and holds one of ``roles`` at the body."""
    if actor.kind not in {ActorKind.STAFF, ActorKind.TIMER, ActorKind.IMPORT}:
        raise NotAllowed("这件事只能由本机关的工作人员办理。")
    person_id = int(actor.id)
    by_holder = _by_holder(person_id, body, day or clock.today())
    held = _reaching(frozenset().union(*by_holder.values()), department_id)
    if not held.intersection(roles):
        raise NotAllowed(f"这件事由{'、'.join(ROLE_WORDS[r] for r in roles)}办理，您在{body.name}没有这项职责。")
    in_place_of(_absent(by_holder, person_id, roles, department_id))
    return held


def require_administrator(actor: Actor, body: Body, role: Role) -> None:
    """The role at the body, or at the one above while nobody has it here; whoever works on the server itself may too."""
    if actor.kind is ActorKind.INSTALLATION:
        return
    at = _administered_from(int(actor.id), body, role) if actor.kind is ActorKind.STAFF else None
    require(actor, at or body, role)


def administers(standing: Standing, role: Role) -> bool:
    """Whether somebody may do what this administrator of the body does."""
    return _administered_from(standing.person.pk, standing.body, role) is not None


def _administered_from(person_id: int, body: Body, role: Role) -> Body | None:
    """The body by whose role the person administers this one: itself, or the next above while nobody has the role here."""
    day = clock.today()
    if role in roles_of(person_id, body, day):
        return body
    if body.parent is None or _in_force(day).filter(body=body, role=role, person__is_active=True).exists():
        return None
    return _administered_from(person_id, body.parent, role)


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
