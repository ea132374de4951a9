"""Which passwords are taken, and what does a one-time password lead to?"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from gongkai_web.accounts import passwords
from gongkai_web.accounts.models import Person
from gongkai_web.agencies.roles import Role
from gongkai_web.ui import clock
from tests.web.staffed import PASSWORD, Office

GOOD = "竹外桃花三两枝，春江水暖"


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("短密码", "太短"),
        ("x" * 129, "太长"),
        ("my-clerk-password", "登录名"),
        ("沈砚秋的密码一二三四", "姓名"),
        ("aaaaaaaaaaaa", "不同的字符太少"),
        ("20261121330", "全是数字"),
        ("password1234", "很多人用"),
        ("qwertyuiop", "很多人用"),
        ("Qwertyuiop1!", "很多人用"),
    ],
)
def test_weak_password__is_refused_with_the_reason(password: str, words: str) -> None:
    assert words in passwords.complaint(password, "clerk", "沈砚秋")


@pytest.mark.parametrize("password", [GOOD, PASSWORD, "correct horse battery", "x7#kd92mQq1"])
def test_good_password__is_taken(password: str) -> None:
    assert passwords.complaint(password, "clerk", "沈砚秋") == ""


def test_change__ends_the_other_sessions_and_keeps_this_one(office: Office) -> None:
    here, elsewhere = office.client(Role.CLERK), office.client(Role.CLERK)
    response = here.post("/work/password/", {"old": PASSWORD, "new": GOOD, "again": GOOD})

    assert response.url == "/work/?done=password"
    assert here.get("/work/").status_code == 200
    assert elsewhere.get("/work/").status_code == 302


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"old": "wrong", "new": GOOD, "again": GOOD}, "原密码不对"),
        ({"old": PASSWORD, "new": GOOD, "again": "other"}, "不一样"),
        ({"old": PASSWORD, "new": PASSWORD, "again": PASSWORD}, "一样，请另想"),
        ({"old": PASSWORD, "new": "short", "again": "short"}, "太短"),
    ],
)
def test_change__that_is_wrong_says_what(office: Office, given: dict[str, str], words: str) -> None:
    response = office.client(Role.CLERK).post("/work/password/", given)

    assert response.status_code == 422
    assert words in response.content.decode()


def test_change__guessing_the_old_password_is_slowed_down(office: Office) -> None:
    client = office.client(Role.CLERK)
    statuses = [client.post("/work/password/", {"old": f"w{n}", "new": GOOD, "again": GOOD}).status_code for n in range(5)]

    assert statuses == [422, 422, 422, 429, 429]


def slip(office: Office) -> tuple[Person, str]:
    """A new person and the password on the slip."""
    client = office.client(Role.SYSTEM_ADMINISTRATOR)
    page = client.post(
        "/work/people/new/", {"name": "方既白", "login": "fang", "department": "", "post": "科员"}
    ).content.decode()
    return Person.objects.get(login="fang"), re.search(r'class="secret">([a-z0-9-]+)<', page)[1]  # type: ignore[index]  # as above


def test_slip__lets_in_once_to_change_the_password_and_nothing_else(office: Office) -> None:
    _, password = slip(office)
    client = Client()

    assert client.post("/work/sign-in/", {"login": "fang", "password": password}).url == "/work/password/"
    for address in ("/work/", "/work/people/", "/desk/", "/work/second-factor/"):
        assert client.get(address).url.startswith("/work/password/?next=")
    client.post("/work/password/", {"old": password, "new": GOOD, "again": GOOD})
    assert client.get("/work/").status_code == 200
    assert Client().post("/work/sign-in/", {"login": "fang", "password": password}).status_code == 422


def test_slip__leads_on_to_where_somebody_wanted_to_go(office: Office) -> None:
    _, password = slip(office)
    client = Client()
    wanted = "/work/people/?state=active"
    first = client.post("/work/sign-in/", {"login": "fang", "password": password, "next": wanted}).url
    page = client.get(first).content.decode()

    assert f'name="next" value="{wanted}"' in page
    wrong = client.post("/work/password/", {"old": password, "new": "x", "again": "x", "next": wanted})
    assert f'name="next" value="{wanted}"' in wrong.content.decode()
    sent = {"old": password, "new": GOOD, "again": GOOD, "next": wanted}
    assert client.post("/work/password/", sent).url == wanted


def test_slip__leads_to_no_other_site(office: Office) -> None:
    _, password = slip(office)
    client = Client()
    client.post("/work/sign-in/", {"login": "fang", "password": password})
    sent = {"old": password, "new": GOOD, "again": GOOD, "next": "https://evil.example/work/"}

    assert client.post("/work/password/", sent).url == "/work/?done=password"


def test_slip__is_over_after_a_week(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    _, password = slip(office)
    later = clock.now() + dt.timedelta(days=8)
    monkeypatch.setattr(clock, "now", lambda: later)
    response = Client().post("/work/sign-in/", {"login": "fang", "password": password})

    assert "已经过期" in response.content.decode()


def test_slip__of_the_security_administrator_ends_the_sessions(office: Office) -> None:
    clerk = office.client(Role.CLERK)
    address = f"/work/people/{office.person(Role.CLERK).pk}/password/"
    page = office.client(Role.SECURITY_ADMINISTRATOR).post(address, {"reason": "本人忘记"})

    assert "临时密码条" in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    assert clerk.get("/work/").status_code == 302
    assert Client().post("/work/sign-in/", {"login": "clerk", "password": PASSWORD}).status_code == 422


def test_password__stands_in_no_table_of_the_trail(office: Office) -> None:
    from gongkai_web.trail.models import Entry

    person, password = slip(office)
    kept: Any = [(e.fixed, e.personal) for e in Entry.objects.all()]

    assert password not in str(kept)
    assert person.password not in str(kept)


def test_old_password__has_to_be_changed_where_the_operator_says_so(office: Office, settings: Any) -> None:
    client = office.client(Role.CLERK)
    Person.objects.filter(login="clerk").update(password_changed_at=clock.now() - dt.timedelta(days=91))
    assert client.get("/work/").status_code == 200
    settings.PASSWORD_DAYS = 90

    assert client.get("/work/").url == "/work/password/?next=%2Fwork%2F"
    assert "用得太久" in client.get("/work/password/").content.decode()
    assert client.post("/work/password/", {"old": PASSWORD, "new": GOOD, "again": GOOD}).url == "/work/?done=password"
    assert client.get("/work/").status_code == 200
