"""Do administrators get no content, whether by a role, as a deputy, or by rows that came together later?"""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai_web.agencies import standing
from gongkai_web.agencies.actions import roles
from gongkai_web.agencies.models import Body, Deputy, Membership
from gongkai_web.agencies.roles import CONTENT, Role
from gongkai_web.trail.actors import INSTALLATION
from gongkai_web.trail.models import Entry
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotPossible
from tests.web.staffed import Office

DAY = dt.timedelta(days=1)
ADMINISTRATORS = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR)


def deputise(office: Office, actor: Role, person: Role, deputy: Role, first: int = 0, last: int = 3) -> Deputy:
    today = clock.today()
    absent, stand_in = office.person(person), office.person(deputy)
    days = {"from_day": today + first * DAY, "until_day": today + last * DAY}
    return roles.appoint(office.actor(actor), office.body, absent, stand_in, **days)


@pytest.mark.parametrize("role", sorted(CONTENT))
def test_administrators__are_given_no_role_that_sees_content(office: Office, role: Role) -> None:
    with pytest.raises(NotPossible, match="宋怀瑾不能同时是"):
        roles.grant(office.actor(Role.SECURITY_ADMINISTRATOR), office.body, office.person(Role.AUDITOR), role)
    with pytest.raises(NotPossible, match="不接触办件内容"):
        roles.grant(
            office.actor(Role.SECURITY_ADMINISTRATOR),
            office.body,
            office.person(role),
            Role.AUDITOR,
            from_day=clock.today() + DAY,
        )


@pytest.mark.parametrize("administrator", ADMINISTRATORS)
def test_administrators__are_no_deputies_in_content_and_the_other_way_round(office: Office, administrator: Role) -> None:
    with pytest.raises(NotPossible, match="兼任或者代理"):
        deputise(office, Role.SIGNING_LEADER, Role.SIGNING_LEADER, administrator)
    with pytest.raises(NotPossible, match="兼任或者代理"):
        deputise(office, administrator, administrator, Role.SIGNING_LEADER)


def test_deputy__may_not_stand_in_for_an_administrator_and_for_content_in_the_same_days(office: Office) -> None:
    deputise(office, Role.SIGNING_LEADER, Role.SIGNING_LEADER, Role.SUPERIOR, 0, 3)
    with pytest.raises(NotPossible, match="兼任或者代理"):
        deputise(office, Role.AUDITOR, Role.AUDITOR, Role.SUPERIOR, 3, 5)
    deputise(office, Role.AUDITOR, Role.AUDITOR, Role.SUPERIOR, 4, 5)

    superior, today = office.person(Role.SUPERIOR).pk, clock.today()
    gained = [standing.roles_of(superior, office.body, today + n * DAY) - {Role.SUPERIOR} for n in (0, 4)]
    assert gained == [{Role.SIGNING_LEADER}, {Role.AUDITOR}]


def test_role__that_ended_before_is_no_hindrance(office: Office) -> None:
    roles.end(INSTALLATION, Membership.objects.select_related("body", "person").get(person=office.person(Role.CLERK)))
    roles.grant(office.actor(Role.SECURITY_ADMINISTRATOR), office.body, office.person(Role.CLERK), Role.AUDITOR)

    assert standing.roles_of(office.person(Role.CLERK).pk, office.body) == {Role.AUDITOR}


def test_tiny_body__lets_an_administrator_work_on_content_and_the_trail_says_why(office: Office) -> None:
    security = office.actor(Role.SECURITY_ADMINISTRATOR)
    roles.declare_tiny(security, office.body, reason="全局只有四个人")
    roles.grant(security, office.body, office.person(Role.SYSTEM_ADMINISTRATOR), Role.CLERK)
    deputise(office, Role.SIGNING_LEADER, Role.SIGNING_LEADER, Role.SYSTEM_ADMINISTRATOR)

    spans = [
        Entry.objects.filter(act=a).latest("id").personal["span"] for a in ("agencies.grant_role", "agencies.appoint_deputy")
    ]
    assert all("因人员不足兼任：全局只有四个人" in s for s in spans)
    everything = standing.roles_of(office.person(Role.SYSTEM_ADMINISTRATOR).pk, office.body)
    assert everything == {Role.SYSTEM_ADMINISTRATOR, Role.CLERK, Role.SIGNING_LEADER}


def test_tiny_body__says_nothing_of_it_where_nothing_meets(office: Office) -> None:
    security = office.actor(Role.SECURITY_ADMINISTRATOR)
    roles.declare_tiny(security, office.body, reason="全局只有四个人")
    roles.grant(security, office.body, office.person(Role.CLERK), Role.SECRECY_OFFICER)

    assert "人员不足" not in Entry.objects.filter(act="agencies.grant_role").latest("id").personal["span"]


def test_tiny_body__stays_declared_while_an_administrator_is_a_deputy_in_content(office: Office) -> None:
    security = office.actor(Role.SECURITY_ADMINISTRATOR)
    roles.declare_tiny(security, office.body, reason="全局只有四个人")
    made = deputise(office, Role.SIGNING_LEADER, Role.SIGNING_LEADER, Role.AUDITOR, 1, 2)
    with pytest.raises(NotPossible, match="兼任或者代理"):
        roles.revoke_tiny(security, office.body)
    roles.end_deputy(office.actor(Role.SIGNING_LEADER), made)
    roles.revoke_tiny(security, office.body)

    assert not Body.objects.get(pk=office.body.pk).tiny_reason


# ---- what clashes all the same: rows that came together later, or in an older release ------------------------------------------


def lent(office: Office, person: Role, deputy: Role) -> None:
    """A deputyship as the table has it, whatever the act says to it today."""
    today = clock.today()
    Deputy.objects.create(
        person=office.person(person), deputy=office.person(deputy), body=office.body, from_day=today, until_day=today + DAY
    )


@pytest.mark.parametrize(
    ("own", "of", "left"),
    [
        (Role.AUDITOR, (Role.SIGNING_LEADER,), {Role.AUDITOR}),
        (Role.CLERK, (Role.AUDITOR,), {Role.CLERK}),
        (Role.CLERK, (Role.AUDITOR, Role.SIGNING_LEADER), {Role.CLERK, Role.SIGNING_LEADER}),
        (Role.AUDITOR, (Role.SYSTEM_ADMINISTRATOR,), {Role.AUDITOR}),
        (Role.SUPERIOR, (Role.AUDITOR, Role.CLERK), {Role.SUPERIOR, Role.AUDITOR}),
        (Role.SUPERIOR, (Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR, Role.CLERK), {Role.SUPERIOR, Role.CLERK}),
    ],
)
def test_standing__lends_no_deputy_what_may_not_meet_the_own_roles(
    office: Office, own: Role, of: tuple[Role, ...], left: set[Role]
) -> None:
    for person in of:
        lent(office, person, own)

    assert standing.roles_of(office.person(own).pk, office.body) == left


def test_standing__leaves_an_administrator_without_content_whichever_row_came_first(office: Office) -> None:
    auditor, day = office.person(Role.AUDITOR), clock.today() + DAY
    Membership.objects.create(person=auditor, body=office.body, role=Role.SECRECY_OFFICER, from_day=day)
    lent(office, Role.AUDITOR, Role.SUPERIOR)

    assert standing.roles_of(auditor.pk, office.body, day) == {Role.AUDITOR}
    assert standing.roles_of(office.person(Role.SUPERIOR).pk, office.body, day) == {Role.SUPERIOR, Role.AUDITOR}


def test_first_page__names_to_the_security_administrator_whose_roles_have_to_be_parted(office: Office) -> None:
    Membership.objects.create(person=office.person(Role.AUDITOR), body=office.body, role=Role.CLERK, from_day=clock.today())
    page = office.client(Role.SECURITY_ADMINISTRATOR).get("/work/").content.decode()
    assert "分开宋怀瑾的职责" in page
    assert "现在同时是经办人、审计员" in page
    Body.objects.filter(pk=office.body.pk).update(tiny_reason="只有四个人")
    assert "分开宋怀瑾的职责" not in office.client(Role.SECURITY_ADMINISTRATOR).get("/work/").content.decode()


def test_form__of_a_deputy_who_may_not_be_one_says_so_beside_the_field_and_keeps_what_was_written(office: Office) -> None:
    today = clock.today().isoformat()
    given = {"person": office.person(Role.SIGNING_LEADER).pk, "deputy": office.person(Role.AUDITOR).pk, "note": "周三有一份要批"}
    answer = office.client(Role.UNIT_HEAD).post("/work/deputies/", {**given, "from_day": today, "until_day": today})

    assert answer.status_code == 422
    assert all(words in answer.content.decode() for words in ("不接触办件内容", "周三有一份要批"))
    assert not Deputy.objects.exists()
