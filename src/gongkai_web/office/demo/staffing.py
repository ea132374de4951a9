"""How does the demo office come by its people, roles, facts and rules?"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gongkai_web.accounts.models import Person
from gongkai_web.agencies import actors
from gongkai_web.agencies.actions import bodies, duty_holders, internal_rules, people, roles
from gongkai_web.agencies.models import Body, Department
from gongkai_web.agencies.roles import ROLE_WORDS, Role
from gongkai_web.flow import installation
from gongkai_web.office.actions import demonstration
from gongkai_web.office.actions.founding import found_office
from gongkai_web.office.demo.days import FORENOON, LATE, Days, moment
from gongkai_web.office.demo.entries import DATA, html
from gongkai_web.office.plans import ADMINISTRATORS, Named, Plan
from gongkai_web.trail.actors import INSTALLATION, Actor
from gongkai_web.ui import clock


@dataclass(frozen=True, slots=True)
class Account:
    """An account as it is printed: sign-in name, password, name and what the person does."""

    login: str
    password: str
    name: str
    duties: str


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule of the body's own, and the day on which it was made."""

    title: str
    number: str
    html: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class Office:
    """The demo body with its departments and people by name of department and sign-in name."""

    body: Body
    departments: dict[str, Department]
    people: dict[str, Person]
    clerks: dict[str, str]
    reviewers: dict[str, str]
    secrecy: str
    deputy: str
    leader: str
    head: str

    def actor(self, login: str) -> Actor:
        """Somebody as an actor."""
        return actors.staff(self.people[login])


def told() -> dict[str, Any]:
    """What ``office.toml`` says."""
    return tomllib.loads((DATA / "office.toml").read_text(encoding="utf-8"))


def accounts() -> tuple[Account, ...]:
    """The accounts in the order of the data."""
    raw = told()
    return tuple(
        Account(p["login"], raw["password"], p["name"], "、".join(ROLE_WORDS[Role(r)] for r in p["roles"]) + f"（{p['post']}）")
        for p in raw["person"]
    )


def staffed(founded: dt.date, set_to: Callable[[dt.datetime], None]) -> Office:
    """The office on the day it begins: body, people, roles, facts."""
    raw = told()
    set_to(dt.datetime.combine(founded, dt.time(9), clock.BEIJING))
    named = {Role(r): p for p in raw["person"] for r in p["roles"]}
    plan = Plan(
        name=raw["name"],
        slug=raw["slug"],
        short_name=raw["short_name"],
        credit_code=raw["site"]["credit_code"],
        organisation_code=raw["site"]["organisation_code"],
        departments=tuple(raw["departments"]),
        administrators={r: Named(named[r]["name"], named[r]["login"]) for r in ADMINISTRATORS},
    )
    once = {named[r]["login"]: raw["password"] for r in ADMINISTRATORS}
    body = found_office(INSTALLATION, plan, once, installation.DEMO, founded)
    by_name = {d.name: d for d in Department.objects.filter(body=body)}
    office = _peopled(raw, body, by_name)
    demonstration.open_accounts(INSTALLATION, body.pk, raw["password"])
    demonstration.send_elsewhere(INSTALLATION, body.pk, raw["elsewhere"])
    system = office.actor(named[Role.SYSTEM_ADMINISTRATOR]["login"])
    bodies.change_site_facts(system, body, {**raw["site"], "short_name": raw["short_name"]})
    bodies.change_unit_facts(office.actor(office.head), body, raw["unit"], raw["channels"])
    for holder in raw["leader"]:
        duty_holders.add(office.actor(office.head), body, **holder)
    return office


def rules(days: Days) -> tuple[RuleText, ...]:
    """The body's own rules, each with the day on which it was made."""
    found = []
    for path in sorted((DATA / "rules").glob("*.md")):
        _, head, text = path.read_text(encoding="utf-8").split("+++\n")
        given = tomllib.loads(head)
        day = days.on(given["on"], given["years_back"])
        found.append(RuleText(given["title"], given["number"].replace("{年}", str(day.year)), html(text), day))
    return tuple(found)


def adopt_rules(office: Office, texts: tuple[RuleText, ...]) -> list[tuple[dt.datetime, Callable[[], None]]]:
    """Each rule with the instant at which it is registered."""

    def adopting(rule: RuleText) -> Callable[[], None]:
        head, body = office.actor(office.head), office.body
        return lambda: _ignored(
            internal_rules.adopt(head, body, title=rule.title, number=rule.number, html=rule.html, adopted_on=rule.day)
        )

    return [(moment(rule.day, FORENOON, rule.title), adopting(rule)) for rule in texts]


def deputise(office: Office, days: Days) -> list[tuple[dt.datetime, Callable[[], None]]]:
    """The deputies, each with the instant at which it is arranged: one time that is over, one that runs now."""

    def appointing(given: dict[str, Any], begins: dt.date) -> Callable[[], None]:
        absent, deputy = office.people[given["person"]], office.people[given["deputy"]]
        ends = days.forward(begins, given["lasts"])
        note = given["note"]
        return lambda: _ignored(
            roles.appoint(actors.staff(absent), office.body, absent, deputy, from_day=begins, until_day=ends, note=note)
        )

    found = []
    for given in told()["deputy"]:
        begins = days.back(days.today, given["begins"])
        found.append((moment(days.back(begins, 1), LATE, given["person"]), appointing(given, begins)))
    return found


def _ignored(value: object) -> None:
    """What an act gives back, where nobody wants it."""


def _peopled(raw: dict[str, Any], body: Body, by_name: dict[str, Department]) -> Office:
    named = {Role(r): p["login"] for p in raw["person"] for r in p["roles"]}
    found = {p.login: p for p in Person.objects.all()}
    system = actors.staff(found[named[Role.SYSTEM_ADMINISTRATOR]])
    security = actors.staff(found[named[Role.SECURITY_ADMINISTRATOR]])
    for each in raw["person"]:
        if each["login"] in found:
            continue
        department = by_name.get(each.get("department", ""))
        made = people.register(system, body, login=each["login"], name=each["name"], department=department, post=each["post"])
        found[each["login"]] = made.person
        limited = by_name.get(each.get("limited", ""))
        for role in each["roles"]:
            roles.grant(security, body, made.person, Role(role), department=limited)
    return Office(
        body=body,
        departments=by_name,
        people=found,
        clerks=raw["clerks"],
        reviewers=raw["reviewers"],
        secrecy=named[Role.SECRECY_OFFICER],
        deputy=raw["deputy"][-1]["deputy"],
        leader=named[Role.SIGNING_LEADER],
        head=named[Role.UNIT_HEAD],
    )
