"""Does a sign-in end after a quarter of an hour without activity, without a write for every page?"""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai_web.accounts import sessions
from gongkai_web.agencies.roles import Role
from gongkai_web.ui import clock
from tests.web.staffed import Office


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A clock whose hands are moved by hand."""
    now = [clock.now()]
    monkeypatch.setattr(clock, "now", lambda: now[0])

    def on(minutes: float) -> None:
        now[0] += dt.timedelta(minutes=minutes)

    return on


def test_activity__keeps_the_sign_in_alive(office: Office, hands: Any) -> None:
    client = office.client(Role.CLERK)
    for _ in range(5):
        hands(14)
        assert client.get("/work/").status_code == 200


def test_idleness__ends_it_and_the_sign_in_page_says_why(office: Office, hands: Any) -> None:
    client = office.client(Role.CLERK)
    client.get("/work/")
    hands(15.1)
    response = client.get("/work/people/", follow=True)

    assert "15 分钟没有操作" in response.content.decode()
    assert response.redirect_chain[0][0] == "/work/sign-in/?next=%2Fwork%2Fpeople%2F&why=idle"


def test_activity_cookie__taken_away_or_forged_does_not_prolong(office: Office, hands: Any) -> None:
    client = office.client(Role.CLERK)
    hands(16)
    client.cookies["gongkai_active"] = "forged"

    assert client.get("/work/").status_code == 302


def test_activity_cookie__of_another_session_does_not_prolong(office: Office, hands: Any) -> None:
    old = office.client(Role.CLERK)
    hands(16)
    fresh = office.client(Role.UNIT_HEAD)
    fresh.get("/work/")
    old.cookies["gongkai_active"] = fresh.cookies["gongkai_active"].value

    assert old.get("/work/").status_code == 302


def test_sign_in__is_not_longer_than_the_limit_however_active(office: Office, hands: Any, settings: Any) -> None:
    settings.STAFF_SESSION_SECONDS = 3600
    client = office.client(Role.CLERK)
    statuses = []
    for _ in range(7):
        hands(10)
        statuses.append(client.get("/work/").status_code)

    assert statuses == [200] * 6 + [302]


def test_progress_of_a_check__asked_for_by_the_page_itself_is_no_activity(office: Office, hands: Any) -> None:
    client = office.client(Role.CLERK)
    for _ in range(4):
        hands(5)
        client.get("/check/AAAAAAAAAAAAAAAAAAAAAA/", headers={"HX-Request": "true"})

    assert client.get("/work/").status_code == 302


def test_looking_at_a_page__writes_nothing(office: Office, django_assert_max_num_queries: Any) -> None:
    client = office.client(Role.CLERK)
    client.get("/work/")
    with django_assert_max_num_queries(40) as seen:
        client.get("/work/people/")
        client.get("/work/body/")

    assert isinstance(seen, CaptureQueriesContext)
    assert [q["sql"] for q in seen.captured_queries if not q["sql"].lstrip().upper().startswith(("SELECT", "PRAGMA"))] == []


def test_public_page__sets_no_cookie_and_looks_at_none(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "person_of", lambda _: pytest.fail("a public page asked who signed in"))
    for address, key in itertools.product(("/", "/nothing/", "/health/", "/guide/", "/robots.txt"), ("bad", "0123456789abcdef")):
        client = Client()
        client.cookies["gongkai_session"] = key
        response = client.get(address)

        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")


def test_form_sent_after_the_sign_in_ended__is_told_that_nothing_was_saved_and_how_to_get_it_back(office: Office) -> None:
    response = Client().post("/work/items/new/", {"title": "没有保存的标题"}, follow=True)
    assert response.redirect_chain[0][0] == "/work/sign-in/?why=unsent"
    assert "刚才提交的内容没有保存" in response.content.decode()
    assert "没有保存的标题" not in response.content.decode()
