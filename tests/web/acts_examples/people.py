"""How are the acts of signing in, of people and of their roles called?"""

from __future__ import annotations

import datetime as dt

from gongkai_web.accounts import throttles
from gongkai_web.accounts.actions import own
from gongkai_web.accounts.models import Throttle, ThrottleKind
from gongkai_web.agencies.actions import people, roles
from gongkai_web.agencies.models import Body, Membership
from gongkai_web.agencies.roles import Role
from gongkai_web.ui import clock
from tests.web.acts_examples.call import Call, Example, call
from tests.web.publishing.conftest import Bureau
from tests.web.staffed import PASSWORD, make_person

SYSTEM, SECURITY, CLERK = Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.CLERK
NEW_PASSWORD = "海上生明月之时-2027"


def own_call(b: Bureau, **more: object) -> Call:
    return call(b.actor(CLERK), b.person(CLERK), chain=b.body.slug, **more)


def change_password(b: Bureau) -> Call:
    return own_call(b, old=PASSWORD, new=NEW_PASSWORD, again=NEW_PASSWORD)


def enrolled(b: Bureau) -> Call:
    own.enrol(b.actor(CLERK), b.person(CLERK), sealed="sealed", step=1, chain=b.body.slug)
    return own_call(b)


def of_clerk(b: Bureau, role: Role, **more: object) -> Call:
    return call(b.actor(role), b.body, b.person(CLERK), **more)


def retired(b: Bureau) -> Call:
    people.retire(b.actor(SYSTEM), b.body, b.person(CLERK), reason="调离")
    b.person(CLERK).refresh_from_db()
    return of_clerk(b, SYSTEM, reason="调回")


def enrolled_clerk(b: Bureau) -> Call:
    enrolled(b)
    return of_clerk(b, SECURITY, reason="手机丢失")


def locked_out(b: Bureau) -> Call:
    login = b.person(CLERK).login
    Throttle.objects.create(
        kind=ThrottleKind.LOGIN,
        key=throttles._keys(login, "")[0][1],
        failures=9,
        last_at=clock.now(),
        locked_until=clock.now() + dt.timedelta(minutes=10),
    )
    return of_clerk(b, SECURITY)


def place(b: Bureau) -> Call:
    from_elsewhere = make_person("visitor", "白望之")
    home = Body.objects.create(slug="linxi", name="临汐县司法局", created_at=clock.now())
    people.Placement.objects.create(person=from_elsewhere, body=home)
    return call(b.actor(SYSTEM), b.body, from_elsewhere)


def a_week(b: Bureau) -> dict[str, dt.date]:
    return {"from_day": clock.today(), "until_day": clock.today() + dt.timedelta(days=7)}


def deputy(b: Bureau) -> Call:
    made = roles.appoint(
        b.actor(Role.UNIT_HEAD), b.body, b.person(Role.UNIT_HEAD), b.person(Role.SIGNING_LEADER), **a_week(b), note=""
    )
    return call(b.actor(Role.UNIT_HEAD), made)


def revoke_tiny(b: Bureau) -> Call:
    roles.declare_tiny(b.actor(SECURITY), b.body, reason="只有两人")
    b.body.refresh_from_db()
    return call(b.actor(SECURITY), b.body)


def end_role(b: Bureau) -> Call:
    return call(b.actor(SECURITY), Membership.objects.get(person=b.person(CLERK), role=CLERK))


EXAMPLES: dict[str, Example] = {
    "accounts.sign_in": lambda b: own_call(b, address="10.0.0.7"),
    "accounts.sign_out": own_call,
    "accounts.lock": lambda b: call(own.PROGRAM, b.person(CLERK), chain=b.body.slug, address="10.0.0.7"),
    "accounts.change_password": change_password,
    "accounts.enrol_second_factor": lambda b: own_call(b, sealed="sealed", step=1),
    "accounts.renew_recovery_codes": enrolled,
    "agencies.register_person": lambda b: call(b.actor(SYSTEM), b.body, login="newcomer", name="白望之"),
    "agencies.place_person": place,
    "agencies.change_person": lambda b: of_clerk(b, SYSTEM, name="沈砚冬", department=b.office.departments[1]),
    "agencies.retire_person": lambda b: of_clerk(b, SYSTEM, reason="调离"),
    "agencies.restore_person": retired,
    "agencies.reset_password": lambda b: of_clerk(b, SECURITY, reason="忘记口令"),
    "agencies.reset_second_factor": enrolled_clerk,
    "agencies.unlock_person": locked_out,
    "agencies.grant_role": lambda b: call(b.actor(SECURITY), b.body, b.person(CLERK), Role.SECRECY_OFFICER),
    "agencies.end_role": end_role,
    "agencies.appoint_deputy": lambda b: call(
        b.actor(Role.UNIT_HEAD), b.body, b.person(Role.UNIT_HEAD), b.person(Role.SIGNING_LEADER), **a_week(b)
    ),
    "agencies.end_deputy": deputy,
    "agencies.declare_tiny": lambda b: call(b.actor(SECURITY), b.body, reason="只有两人"),
    "agencies.revoke_tiny": revoke_tiny,
}
