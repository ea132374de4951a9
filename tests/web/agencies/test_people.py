"""Are people registered, changed and let go by the right administrator, with names that cannot deceive?"""

from __future__ import annotations

import pytest

from gongkai_web.accounts.models import Person
from gongkai_web.agencies import access
from gongkai_web.agencies.actions import people
from gongkai_web.agencies.roles import Role
from gongkai_web.trail.actors import INSTALLATION
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotHere, NotPossible
from tests.web.staffed import Office, make_office


def test_registered_person__has_no_role_and_a_password_to_change(office: Office) -> None:
    made = people.register(
        office.actor(Role.SYSTEM_ADMINISTRATOR), office.body, login=" Fang ", name="方既白", department=office.departments[1]
    )
    row = access.person(office.body, made.person.pk, clock.today()).row

    assert (row.login, row.name, row.department, row.roles, row.waits_for_first_sign_in) == ("fang", "方既白", "法治科", (), True)
    assert made.person.check_password(made.password)


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.SYSTEM_ADMINISTRATOR])
def test_registering__is_for_the_system_administrator(office: Office, role: Role) -> None:
    with pytest.raises(NotAllowed):
        people.register(office.actor(role), office.body, login="fang", name="方既白")


@pytest.mark.parametrize(
    "login", ["", "a", "clerk", "CLERK", "有汉字", "a b", "a/b", "<script>", "x" * 41, "-a", "a\u202eb", "a\n"]
)
def test_login__that_cannot_be_is_refused(office: Office, login: str) -> None:
    with pytest.raises(BadForm) as refused:
        people.register(office.actor(Role.SYSTEM_ADMINISTRATOR), office.body, login=login, name="方既白")

    assert set(refused.value.errors) == {"login"}


@pytest.mark.parametrize("name", ["", "   ", "\u200f\u202e", "长" * 41])
def test_name__that_cannot_be_is_refused(office: Office, name: str) -> None:
    with pytest.raises(BadForm) as refused:
        people.register(office.actor(Role.SYSTEM_ADMINISTRATOR), office.body, login="fang", name=name)

    assert set(refused.value.errors) == {"name"}


def test_name__loses_marks_that_turn_the_writing(office: Office) -> None:
    made = people.register(office.actor(Role.SYSTEM_ADMINISTRATOR), office.body, login="fang", name="方\u202e白既\x07 \n 生")

    assert made.person.name == "方白既 生"


def test_change__leaves_the_name_before_in_the_trail(office: Office) -> None:
    from gongkai_web.trail import reading

    clerk = office.person(Role.CLERK)
    people.change(office.actor(Role.SYSTEM_ADMINISTRATOR), office.body, clerk, name="沈砚春")

    assert Person.objects.get(pk=clerk.pk).name == "沈砚春"
    assert reading.history("person", str(clerk.pk))[0].facts == {"before": "沈砚秋"}


def test_retiring__oneself_and_twice_is_refused(office: Office) -> None:
    actor = office.actor(Role.SYSTEM_ADMINISTRATOR)
    with pytest.raises(NotAllowed, match="给自己"):
        people.retire(actor, office.body, office.person(Role.SYSTEM_ADMINISTRATOR), reason="调离")
    people.retire(actor, office.body, office.person(Role.CLERK), reason="调离")
    with pytest.raises(NotPossible):
        people.retire(actor, office.body, Person.objects.get(login="clerk"), reason="调离")
    people.restore(actor, office.body, Person.objects.get(login="clerk"), reason="调回")

    assert Person.objects.get(login="clerk").is_active


def test_person_of_another_body__is_out_of_reach(office: Office) -> None:
    other = make_office("lingnan", "岭楠县档案馆")
    stranger = other.person(Role.CLERK)
    with pytest.raises(NotHere):
        access.person(office.body, stranger.pk, clock.today())
    with pytest.raises(NotAllowed, match="由所在的机关管理"):
        people.retire(office.actor(Role.SYSTEM_ADMINISTRATOR), office.body, stranger, reason="调离")
    people.place(INSTALLATION, office.body, stranger)
    with pytest.raises(NotAllowed, match="由所在的机关管理"):
        people.reset_password(office.actor(Role.SECURITY_ADMINISTRATOR), office.body, stranger, reason="忘记")


def test_list__is_filtered_by_words_role_and_state(office: Office) -> None:
    people.retire(office.actor(Role.SYSTEM_ADMINISTRATOR), office.body, office.person(Role.CLERK), reason="调离")
    today = clock.today()

    assert len(access.people(office.body, today)) == len(Role)
    assert [r.name for r in access.people(office.body, today, query="望舒")] == ["顾望舒"]
    assert [r.name for r in access.people(office.body, today, role="auditor")] == ["宋怀瑾"]
    assert [r.name for r in access.people(office.body, today, state="retired")] == ["沈砚秋"]
    assert access.people(office.body, today, role="no-such-role") == ()


def test_list__asks_the_database_a_fixed_number_of_times(office: Office) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as few:
        access.people(office.body, clock.today())
    for number in range(12):
        people.register(office.actor(Role.SYSTEM_ADMINISTRATOR), office.body, login=f"more{number}", name="方既白")
    with CaptureQueriesContext(connection) as many:
        access.people(office.body, clock.today())

    assert len(few) == len(many)
