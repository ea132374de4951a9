"""Who sees what of people, roles and deputies: finished values for the screens, never rows?"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from gongkai_web.accounts import throttles
from gongkai_web.accounts.models import Person, SecondFactor
from gongkai_web.agencies.models import Body, Department, Deputy, DutyHolder, InternalRule, Membership, Placement
from gongkai_web.agencies.roles import ROLE_WORDS, SEPARATE, Role
from gongkai_web.ui.refusals import NotHere


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person of a body as the list shows them."""

    id: int
    login: str
    name: str
    department: str
    post: str
    roles: tuple[str, ...]
    active: bool
    locked_until: dt.datetime | None
    has_second_factor: bool
    waits_for_first_sign_in: bool
    at_home: bool


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """A role of a person with its days. ``state`` is past, current or coming."""

    id: int
    role: Role
    word: str
    department: str
    from_day: dt.date
    until_day: dt.date | None
    state: str


@dataclass(frozen=True, slots=True)
class DeputyRow:
    """Who stands in for whom, from when until when. ``running`` on the day asked."""

    id: int
    person_id: int
    person: str
    deputy_id: int
    deputy: str
    from_day: dt.date
    until_day: dt.date
    ended_on: dt.date | None
    note: str
    running: bool
    over: bool


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person's page."""

    row: PersonRow
    department_id: int | None
    memberships: tuple[MembershipRow, ...]
    deputies: tuple[DeputyRow, ...]
    home_body: str


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """A department with how many people work there."""

    id: int
    name: str
    people: int
    closed_on: dt.date | None


@dataclass(frozen=True, slots=True)
class DutyHolderRow:
    """A serving member of the leading group."""

    id: int
    name: str
    post: str
    duty: str


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule of the body; ``html`` is clean."""

    id: int
    title: str
    number: str
    html: str
    adopted_on: dt.date
    repealed_on: dt.date | None
    changed_at: dt.datetime


def people(body: Body, day: dt.date, *, query: str = "", role: str = "", state: str = "") -> tuple[PersonRow, ...]:
    """The people of a body by name. ``query`` looks into name, login, post; ``state`` is active, retired or locked."""
    placements = Placement.objects.filter(body=body).select_related("person", "department")
    rows = _rows(body, day, placements)
    query = query.strip().lower()
    return tuple(
        r
        for r in rows
        if (not query or query in r.name.lower() or query in r.login or query in r.post.lower())
        and (not role or _word(role) in r.roles)
        and (not state or state == _state(r))
    )


def person(body: Body, key: int, day: dt.date) -> PersonView:
    """One person of the body; NotHere for anybody else."""
    placement = Placement.objects.filter(body=body, person_id=key).select_related("person", "department").first()
    if placement is None:
        raise NotHere("本机关没有这个人员，可能已经换了机关。请从人员列表里选择。")
    memberships = Membership.objects.filter(body=body, person_id=key).select_related("department").order_by("-from_day", "-pk")
    home = Placement.objects.filter(person_id=key, is_home=True).select_related("body").first()
    return PersonView(
        row=_rows(body, day, (placement,))[0],
        department_id=placement.department_id,
        memberships=tuple(_membership(m, day) for m in memberships),
        deputies=tuple(d for d in deputies(body, day) if key in {d.person_id, d.deputy_id}),
        home_body=home.body.name if home else "",
    )


def deputies(body: Body, day: dt.date) -> tuple[DeputyRow, ...]:
    """All deputies of a body, the newest first."""
    found = Deputy.objects.filter(body=body).select_related("person", "deputy").order_by("-from_day", "-pk")
    return tuple(_deputy(d, day) for d in found)


def holders(body: Body, day: dt.date, roles: Iterable[Role], *, department_id: int) -> tuple[tuple[int, str], ...]:
    """Key and name of everybody with one of these roles that see content, on the day, by name. The roles reach the department (0: all)."""
    wanted, reached, current = set(roles), {None, department_id}, _current(body, day)
    administrators = set() if body.tiny_reason else {m.person_id for m in current if m.role in SEPARATE}
    held = {
        (m.person_id, m.person.name)
        for m in current
        if m.role in wanted and m.department_id in reached and m.person.is_active and m.person_id not in administrators
    }
    return tuple(sorted(held, key=lambda h: (h[1], h[0])))


def roles_nobody_has(body: Body, day: dt.date, among: Iterable[Role]) -> tuple[str, ...]:
    """The words of roles that nobody holds on the day."""
    held = {m.role for m in _current(body, day) if m.person.is_active}
    return tuple(ROLE_WORDS[r] for r in ROLE_WORDS if r in set(among) and r not in held)


def departments(body: Body, *, closed: bool = False) -> tuple[DepartmentRow, ...]:
    """The departments in order."""
    placed = Count("placements", filter=Q(placements__person__is_active=True))
    found = Department.objects.filter(body=body).annotate(people=placed).order_by("position", "pk")
    return tuple(DepartmentRow(d.pk, d.name, d.people, d.closed_on) for d in found if closed or d.closed_on is None)


def duty_holders(body: Body) -> tuple[DutyHolderRow, ...]:
    """The leading group in order."""
    found = DutyHolder.objects.filter(body=body, until_day=None).order_by("position", "pk")
    return tuple(DutyHolderRow(h.pk, h.name, h.post, h.duty) for h in found)


def rules(body: Body, *, repealed: bool = True) -> tuple[RuleView, ...]:
    """The rules of a body, the newest first."""
    found = InternalRule.objects.filter(body=body).order_by("-adopted_on", "-pk")
    return tuple(
        RuleView(r.pk, r.title, r.number, r.html, r.adopted_on, r.repealed_on, r.changed_at)
        for r in found
        if repealed or r.repealed_on is None
    )


def _rows(body: Body, day: dt.date, placements: Iterable[Placement]) -> list[PersonRow]:
    found = sorted(placements, key=lambda p: (not p.person.is_active, p.person.name, p.person_id))
    roles: dict[int, set[Role]] = defaultdict(set)
    for m in _current(body, day):
        roles[m.person_id].add(Role(m.role))
    with_factor = set(SecondFactor.objects.filter(person__in=[p.person_id for p in found]).values_list("pk", flat=True))
    locked = throttles.locked(p.person.login for p in found)
    return [
        PersonRow(
            id=p.person_id,
            login=p.person.login,
            name=p.person.name,
            department=p.department.name if p.department else "",
            post=p.post,
            roles=tuple(ROLE_WORDS[r] for r in ROLE_WORDS if r in roles[p.person_id]),
            active=p.person.is_active,
            locked_until=locked.get(p.person.login),
            has_second_factor=p.person_id in with_factor,
            waits_for_first_sign_in=p.person.must_change_password,
            at_home=p.is_home,
        )
        for p in found
    ]


def _current(body: Body, day: dt.date) -> list[Membership]:
    found = Membership.objects.filter(body=body, from_day__lte=day).exclude(until_day__lt=day).select_related("person")
    return list(found)


def _membership(m: Membership, day: dt.date) -> MembershipRow:
    state = "coming" if m.from_day > day else "past" if m.until_day is not None and m.until_day < day else "current"
    role = Role(m.role)
    return MembershipRow(m.pk, role, ROLE_WORDS[role], m.department.name if m.department else "", m.from_day, m.until_day, state)


def _deputy(d: Deputy, day: dt.date) -> DeputyRow:
    over = d.until_day < day or (d.ended_on is not None and d.ended_on <= day)
    return DeputyRow(
        id=d.pk,
        person_id=d.person_id,
        person=d.person.name,
        deputy_id=d.deputy_id,
        deputy=d.deputy.name,
        from_day=d.from_day,
        until_day=d.until_day,
        ended_on=d.ended_on,
        note=d.note,
        running=not over and d.from_day <= day,
        over=over,
    )


def _word(role: str) -> str:
    return ROLE_WORDS[Role(role)] if role in {r.value for r in Role} else ""


def _state(row: PersonRow) -> str:
    if not row.active:
        return "retired"
    return "locked" if row.locked_until else "active"


def named(body: Body, key: int) -> Person:
    """The person of a body for an act; NotHere for anybody else."""
    found = Placement.objects.filter(body=body, person_id=key).select_related("person").first()
    if found is None:
        raise NotHere("本机关没有这个人员，可能已经换了机关。请从人员列表里选择。")
    return found.person
