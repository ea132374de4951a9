"""Are roles given by the right people, for the right days, and never by somebody to themselves?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from gongkai_web.agencies import standing
from gongkai_web.agencies.actions import people, roles
from gongkai_web.agencies.models import Body, Membership
from gongkai_web.agencies.roles import Role
from gongkai_web.trail import reading
from gongkai_web.trail.actors import INSTALLATION
from gongkai_web.trail.models import Entry
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotPossible
from tests.web.staffed import Office, make_office

DAY = dt.timedelta(days=1)


def held(office: Office, role: Role) -> Membership:
    return Membership.objects.select_related("body", "person").get(person=office.person(role), role=role)


def test_role__holds_from_its_first_day_to_its_last(office: Office) -> None:
    today = clock.today()
    clerk = office.person(Role.CLERK)
    roles.grant(
        office.actor(Role.SECURITY_ADMINISTRATOR),
        office.body,
        clerk,
        Role.SECRECY_OFFICER,
        from_day=today + DAY,
        until_day=today + 3 * DAY,
    )
    days = [today + n * DAY for n in range(5)]

    assert [Role.SECRECY_OFFICER in standing.roles_of(clerk.pk, office.body, d) for d in days] == [False, True, True, True, False]


def test_role__ended_today_was_held_yesterday(office: Office) -> None:
    person = office.person(Role.CLERK)
    roles.grant(INSTALLATION, office.body, person, Role.UNIT_HEAD, from_day=clock.today() - 10 * DAY)
    roles.end(office.actor(Role.SECURITY_ADMINISTRATOR), Membership.objects.get(person=person, role=Role.UNIT_HEAD))

    assert Role.UNIT_HEAD not in standing.roles_of(person.pk, office.body)
    assert Role.UNIT_HEAD in standing.roles_of(person.pk, office.body, clock.today() - DAY)


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.SECURITY_ADMINISTRATOR])
def test_granting__is_for_the_security_administrator_alone(office: Office, role: Role) -> None:
    with pytest.raises(NotAllowed):
        roles.grant(office.actor(role), office.body, office.person(Role.CLERK), Role.UNIT_HEAD)


def test_granting__oneself_is_refused(office: Office) -> None:
    with pytest.raises(NotAllowed, match="不能给自己"):
        roles.grant(
            office.actor(Role.SECURITY_ADMINISTRATOR), office.body, office.person(Role.SECURITY_ADMINISTRATOR), Role.UNIT_HEAD
        )


def test_granting__at_another_body_is_refused(office: Office) -> None:
    other = make_office("lingnan", "岭楠县档案馆")
    with pytest.raises(NotAllowed):
        roles.grant(office.actor(Role.SECURITY_ADMINISTRATOR), other.body, other.person(Role.CLERK), Role.UNIT_HEAD)
    with pytest.raises(BadForm, match="还不是"):
        roles.grant(office.actor(Role.SECURITY_ADMINISTRATOR), office.body, other.person(Role.CLERK), Role.UNIT_HEAD)


def test_granting__for_days_gone_is_refused(office: Office) -> None:
    with pytest.raises(BadForm, match="事后补授"):
        roles.grant(
            office.actor(Role.SECURITY_ADMINISTRATOR),
            office.body,
            office.person(Role.CLERK),
            Role.UNIT_HEAD,
            from_day=clock.today() - DAY,
        )


def test_granting__the_same_twice_is_refused(office: Office) -> None:
    with pytest.raises(NotPossible, match="已经是公开工作机构负责人"):
        roles.grant(office.actor(Role.SECURITY_ADMINISTRATOR), office.body, office.person(Role.UNIT_HEAD), Role.UNIT_HEAD)


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR])
def test_administrators__are_three_people(office: Office, role: Role) -> None:
    with pytest.raises(NotPossible, match="不同的人担任"):
        roles.grant(office.actor(Role.SECURITY_ADMINISTRATOR), office.body, office.person(Role.AUDITOR), role)


def test_administrators__of_a_tiny_body_may_be_one_and_the_trail_says_why(office: Office) -> None:
    actor = office.actor(Role.SECURITY_ADMINISTRATOR)
    with pytest.raises(BadForm):
        roles.declare_tiny(actor, office.body, reason=" ")
    roles.declare_tiny(actor, office.body, reason="全局只有四个人")
    roles.grant(actor, office.body, office.person(Role.AUDITOR), Role.SYSTEM_ADMINISTRATOR)

    assert "因人员不足兼任：全局只有四个人" in Entry.objects.filter(act="agencies.grant_role").latest("id").personal["span"]
    with pytest.raises(NotPossible, match="不同的人担任"):
        roles.revoke_tiny(actor, office.body)
    assert Body.objects.get(pk=office.body.pk).tiny_reason


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.AUDITOR])
def test_last_administrator__stays(office: Office, role: Role) -> None:
    with pytest.raises(NotPossible, match="最后一名"):
        roles.end(office.actor(Role.SECURITY_ADMINISTRATOR), held(office, role))
    if role is Role.AUDITOR:
        with pytest.raises(NotPossible, match="最后一名"):
            people.retire(office.actor(Role.SYSTEM_ADMINISTRATOR), office.body, office.person(role), reason="调离")


def test_role_with_a_department__reaches_that_department_only(office: Office) -> None:
    first, second = office.departments
    clerk = office.person(Role.CLERK).pk

    assert standing.roles_of(clerk, office.body, department_id=first.pk) == {Role.CLERK}
    assert standing.roles_of(clerk, office.body, department_id=second.pk) == frozenset()


def test_department__of_another_body_is_refused(office: Office) -> None:
    other = make_office("lingnan", "岭楠县档案馆")
    with pytest.raises(BadForm):
        roles.grant(
            office.actor(Role.SECURITY_ADMINISTRATOR),
            office.body,
            office.person(Role.UNIT_HEAD),
            Role.CLERK,
            department=other.departments[0],
        )


# ---- deputies ------------------------------------------------------------------------------------------------------------


def deputise(office: Office, actor: Role, person: Role, deputy: Role, first: int = 0, last: int = 3, **more: Any) -> Any:
    today = clock.today()
    return roles.appoint(
        office.actor(actor),
        office.body,
        office.person(person),
        office.person(deputy),
        from_day=today + first * DAY,
        until_day=today + last * DAY,
        **more,
    )


def test_deputy__may_what_the_person_may_on_those_days(office: Office) -> None:
    deputise(office, Role.SECRECY_OFFICER, Role.SECRECY_OFFICER, Role.CLERK, 1, 2, note="周三有一份要批\n其他照常")
    clerk, today = office.person(Role.CLERK).pk, clock.today()

    assert [Role.SECRECY_OFFICER in standing.roles_of(clerk, office.body, today + n * DAY) for n in range(4)] == [
        False,
        True,
        True,
        False,
    ]


def test_deputy__ended_early_stands_in_no_more_from_that_day_but_did_before(office: Office) -> None:
    made = deputise(office, Role.UNIT_HEAD, Role.SECRECY_OFFICER, Role.CLERK)
    roles.end_deputy(office.actor(Role.CLERK), made)

    assert Role.SECRECY_OFFICER not in standing.roles_of(office.person(Role.CLERK).pk, office.body)
    with pytest.raises(NotPossible):
        roles.end_deputy(office.actor(Role.CLERK), made)


def test_deputy__of_a_deputy_gets_nothing_from_further_away(office: Office) -> None:
    deputise(office, Role.UNIT_HEAD, Role.SECRECY_OFFICER, Role.CLERK)
    deputise(office, Role.UNIT_HEAD, Role.CLERK, Role.SIGNING_LEADER)

    assert standing.roles_of(office.person(Role.SIGNING_LEADER).pk, office.body) == {Role.SIGNING_LEADER, Role.CLERK}


def test_deputy__of_somebody_who_left_has_nothing(office: Office) -> None:
    deputise(office, Role.UNIT_HEAD, Role.SECRECY_OFFICER, Role.CLERK)
    people.retire(office.actor(Role.SYSTEM_ADMINISTRATOR), office.body, office.person(Role.SECRECY_OFFICER), reason="退休")

    assert standing.roles_of(office.person(Role.CLERK).pk, office.body) == {Role.CLERK}


@pytest.mark.parametrize(
    ("actor", "person", "deputy"),
    [
        (Role.CLERK, Role.SECRECY_OFFICER, Role.CLERK),  # oneself for another
        (Role.CLERK, Role.SECRECY_OFFICER, Role.UNIT_HEAD),  # not one's affair
        (Role.SYSTEM_ADMINISTRATOR, Role.CLERK, Role.UNIT_HEAD),  # would be giving roles
        (Role.UNIT_HEAD, Role.AUDITOR, Role.CLERK),  # administrators: by the security administrator only
        (Role.SECURITY_ADMINISTRATOR, Role.UNIT_HEAD, Role.SECURITY_ADMINISTRATOR),  # oneself for another
    ],
)
def test_deputy__arranged_by_the_wrong_person_is_refused(office: Office, actor: Role, person: Role, deputy: Role) -> None:
    with pytest.raises(NotAllowed):
        deputise(office, actor, person, deputy)


def test_deputy__may_not_unite_two_administrators(office: Office) -> None:
    with pytest.raises(NotPossible, match="不同的人担任"):
        deputise(office, Role.AUDITOR, Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR)


def test_role__given_to_a_deputy_may_not_unite_two_administrators_either(office: Office) -> None:
    deputise(office, Role.AUDITOR, Role.AUDITOR, Role.SUPERIOR)
    with pytest.raises(NotPossible, match="不同的人担任"):
        roles.grant(
            office.actor(Role.SECURITY_ADMINISTRATOR), office.body, office.person(Role.SUPERIOR), Role.SYSTEM_ADMINISTRATOR
        )


@pytest.mark.parametrize(("first", "last"), [(0, -1), (-2, 3), (3, 1)])
def test_deputy__for_impossible_days_is_refused(office: Office, first: int, last: int) -> None:
    with pytest.raises(BadForm):
        deputise(office, Role.UNIT_HEAD, Role.SECRECY_OFFICER, Role.CLERK, first, last)


# ---- bodies below others -------------------------------------------------------------------------------------------------


def test_body_below__is_kept_by_the_administrators_above_until_it_has_its_own(office: Office) -> None:
    from gongkai_web.agencies.actions import bodies

    system, security = office.actor(Role.SYSTEM_ADMINISTRATOR), office.actor(Role.SECURITY_ADMINISTRATOR)
    below = bodies.found(system, slug="below", name="岫川县公证处", parent=office.body)
    made = people.register(system, below, login="first", name="柳拂衣")
    roles.grant(security, below, made.person, Role.SYSTEM_ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        people.register(system, below, login="second", name="柳拂衣二")
    with pytest.raises(NotAllowed):
        bodies.found(office.actor(Role.CLERK), slug="other", name="岫川县律师管理处", parent=office.body)

    assert [e.words for e in reading.history("body", "below")] == ["简知远登记了机关岫川县公证处"]
    assert set(standing.bodies_of(office.person(Role.SYSTEM_ADMINISTRATOR).pk)) == {office.body, below}


# ---- the database holds it -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("agencies_membership", "role = 'auditor'"),
        ("agencies_membership", "person_id = 1"),
        ("agencies_body", "slug = 'other'"),
        ("accounts_person", "login = 'other'"),
    ],
)
def test_database__refuses_to_rewrite_who_was_who(office: Office, table: str, change: str) -> None:
    from django.db import connection

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {change} WHERE id = (SELECT max(id) FROM {table} WHERE NOT {change})")


@pytest.mark.parametrize("model", [Membership, Body])
def test_database__refuses_to_delete_them(office: Office, model: Any) -> None:
    from django.db import connection

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table}")
