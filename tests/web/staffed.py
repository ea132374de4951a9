"""What does an office look like to a test: a body, its departments, one invented person per role, browsers that are signed in?"""

from __future__ import annotations

from dataclasses import dataclass

from django.test import Client

from gongkai_web.accounts import sessions
from gongkai_web.accounts.models import Person
from gongkai_web.agencies import actors
from gongkai_web.agencies.models import Body, Department, Membership, Placement
from gongkai_web.agencies.roles import Role
from gongkai_web.trail.actors import Actor
from gongkai_web.ui import clock

NAMES = {
    Role.CLERK: ("clerk", "沈砚秋"),
    Role.DEPARTMENT_REVIEWER: ("reviewer", "陆时雨"),
    Role.SECRECY_OFFICER: ("secrecy", "顾望舒"),
    Role.SIGNING_LEADER: ("leader", "祝青野"),
    Role.UNIT_HEAD: ("head", "温景行"),
    Role.SUPERIOR: ("superior", "杜若溪"),
    Role.SYSTEM_ADMINISTRATOR: ("system", "简知远"),
    Role.SECURITY_ADMINISTRATOR: ("security", "林照晚"),
    Role.AUDITOR: ("auditor", "宋怀瑾"),
}
PASSWORD = "山长水阔知何处-2026"
DEPARTMENTS = ("办公室", "法治科")


@dataclass(frozen=True, slots=True)
class Office:
    """A body with departments and one person per role; the clerk and the department reviewer belong to the first department."""

    body: Body
    departments: tuple[Department, ...]
    people: dict[Role, Person]

    def person(self, role: Role) -> Person:
        """The person who has the role."""
        return self.people[role]

    def actor(self, role: Role) -> Actor:
        """The same as an actor."""
        return actors.staff(self.people[role])

    def client(self, role: Role, *, checked: bool = False) -> Client:
        """A browser in which that person has signed in; ``checked`` asks forms for their tokens."""
        return signed_in(self.people[role], checked=checked)


def signed_in(person: Person, *, checked: bool = False) -> Client:
    """A browser in which a person has signed in."""
    client = Client(enforce_csrf_checks=checked)
    session = client.session
    sessions.begin(session, person)
    session.save()
    client.cookies["gongkai_session"] = session.session_key
    return client


def make_person(login: str, name: str) -> Person:
    """A person with the password ``PASSWORD``."""
    person = Person(login=login, name=name, created_at=clock.now())
    person.set_password(PASSWORD)
    person.save()
    return person


def make_office(slug: str = "xiuchuan", name: str = "岫川县司法局") -> Office:
    """A body of its own with its own people; the logins of a second one carry its slug."""
    body = Body.objects.create(slug=slug, name=name, created_at=clock.now())
    departments = tuple(Department.objects.create(body=body, name=d, position=i) for i, d in enumerate(DEPARTMENTS))
    people = {}
    for role, (login, shown) in NAMES.items():
        person = make_person(login if slug == "xiuchuan" else f"{login}-{slug}", shown)
        Placement.objects.create(person=person, body=body, department=departments[0])
        limited = role in {Role.CLERK, Role.DEPARTMENT_REVIEWER}
        Membership.objects.create(
            person=person, body=body, department=departments[0] if limited else None, role=role, from_day=clock.today()
        )
        people[role] = person
    return Office(body, departments, people)
