"""Which act makes an office where there was none?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from gongkai_web.accounts.models import Person
from gongkai_web.agencies.models import Body, Department, Membership, Placement
from gongkai_web.agencies.roles import ROLE_WORDS, SEPARATE, Role
from gongkai_web.flow import installation
from gongkai_web.office.plans import ADMINISTRATORS, Plan
from gongkai_web.trail.actors import Actor, Subject
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock


@act("office.found", "{actor}建立了{subject}，{administrators}", title="建立单位")
def found_office(actor: Actor, plan: Plan, passwords: Mapping[str, str], kind: str, day: dt.date) -> Done[Body]:
    """The body, its departments, the administrators with one-time ``passwords`` by sign-in name, and every application's defaults."""
    now = clock.now()
    installation.found(kind)
    body = Body.objects.create(
        slug=plan.slug,
        name=plan.name,
        short_name=plan.short_name,
        credit_code=plan.credit_code,
        organisation_code=plan.organisation_code,
        created_at=now,
        tiny_reason=plan.tiny_reason,
        **plan.unit,
    )
    for position, name in enumerate(plan.departments):
        Department.objects.create(body=body, name=name, position=position)
    people: dict[str, Person] = {}
    for role in ADMINISTRATORS:
        named = plan.administrators[role]
        if named.login not in people:
            people[named.login] = _person(named.login, named.name, passwords[named.login], now)
            Placement.objects.create(person=people[named.login], body=body, is_home=True)
        Membership.objects.create(person=people[named.login], body=body, role=role, from_day=day)
    _install_defaults(body)
    return Done(
        body,
        body.slug,
        Subject("body", str(body.pk), body.name),
        words={"administrators": "，".join(f"{ROLE_WORDS[r]}{plan.administrators[r].name}" for r in ADMINISTRATORS)},
        fixed={
            "kind": kind,
            "slug": body.slug,
            "departments": list(plan.departments),
            "administrators": {r.value: plan.administrators[r].login for r in ADMINISTRATORS},
            "tiny_reason": plan.tiny_reason,
        },
    )


def _person(login: str, name: str, password: str, now: dt.datetime) -> Person:
    person = Person(login=login, name=name, must_change_password=True, password_changed_at=now, created_at=now)
    person.set_password(password)
    person.save()
    return person


def _install_defaults(body: Body) -> None:
    """Whatever applications put in place for a new body: ``install(body)`` of their module ``defaults``."""
    for config in apps.get_app_configs():
        if config.name.startswith("gongkai_web.") and find_spec(f"{config.name}.defaults") is not None:
            import_module(f"{config.name}.defaults").install(body)


assert {Role(r) for r in ADMINISTRATORS} == SEPARATE
