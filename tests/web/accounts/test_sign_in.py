"""Does the sign-in let in whom it should, tell nothing to others, and slow down who guesses?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from gongkai_web.accounts import passwords, throttles
from gongkai_web.accounts.models import Person, Throttle
from gongkai_web.agencies.roles import Role
from gongkai_web.trail import reading
from gongkai_web.trail.models import Entry
from gongkai_web.ui import clock
from tests.web.staffed import PASSWORD, Office


def try_in(client: Client, login: str, password: str, **more: Any) -> Any:
    return client.post("/work/sign-in/", {"login": login, "password": password, **more})


def test_sign_in__opens_the_workbench_and_stands_in_the_trail(office: Office, client: Client) -> None:
    response = try_in(client, " Clerk ", PASSWORD)

    assert (response.status_code, response.url) == (302, "/work/")
    assert "沈砚秋" in client.get("/work/").content.decode()
    assert reading.history("person", str(office.person(Role.CLERK).pk))[0].words == "沈砚秋登录（密码）"


@pytest.mark.parametrize(("login", "password"), [("clerk", "wrong-password-1"), ("nobody", PASSWORD), ("", ""), ("clerk", "")])
def test_sign_in__that_is_wrong_opens_nothing(office: Office, client: Client, login: str, password: str) -> None:
    assert try_in(client, login, password).status_code == 422
    assert client.get("/work/").status_code == 302


def test_unknown_login__gets_the_same_words_and_the_same_work_as_a_wrong_password(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    real = passwords.make_password

    def counted(password: str, *rest: Any, **more: Any) -> str:
        hashed.append(password)
        return real(password, *rest, **more)

    monkeypatch.setattr(passwords, "make_password", counted)
    checked: list[str] = []
    monkeypatch.setattr(Person, "check_password", lambda _, raw: checked.append(raw) or False)

    known = try_in(Client(), "clerk", "wrong-password-1").content.decode()
    unknown = try_in(Client(), "nobody", "wrong-password-1").content.decode()

    assert (hashed, checked) == (["wrong-password-1"], ["wrong-password-1"])
    assert (
        known.replace("clerk", "X").split("<h1>")[1].split("csrf")[0]
        == unknown.replace("nobody", "X").split("<h1>")[1].split("csrf")[0]
    )


@pytest.mark.parametrize("login", ["clerk", "nobody"])
def test_failures__first_cost_a_wait_then_a_lock(
    office: Office, client: Client, login: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = clock.now()
    now = [start]
    monkeypatch.setattr(clock, "now", lambda: now[0])

    def after(seconds: float) -> Any:
        now[0] += dt.timedelta(seconds=seconds)
        return try_in(client, login, "wrong-password-1")

    assert [after(1).status_code for _ in range(3)] == [422, 422, 422]
    waiting = after(1)
    assert waiting.status_code == 429
    assert "秒后再试" in waiting.content.decode()
    assert [after(6).status_code, after(11).status_code] == [422, 422]
    locked = after(60)
    assert locked.status_code == 429
    assert "安全管理员解除" in locked.content.decode()
    assert try_in(client, login, PASSWORD).status_code == 429
    assert after(15 * 60).status_code == 422
    assert Entry.objects.filter(act="accounts.lock").count() == 1


def test_lock__can_be_taken_away_by_the_security_administrator_alone(office: Office, client: Client) -> None:
    for _ in range(5):
        Throttle.objects.update(last_at=clock.now() - dt.timedelta(minutes=1))
        try_in(client, "clerk", "wrong-password-1")
    address = f"/work/people/{office.person(Role.CLERK).pk}/unlock/"

    assert throttles.locked_until("clerk") is not None
    assert "登录暂停" in office.client(Role.SECURITY_ADMINISTRATOR).get("/work/").content.decode()
    assert office.client(Role.SYSTEM_ADMINISTRATOR).post(address).status_code == 403
    assert office.client(Role.SECURITY_ADMINISTRATOR).post(address).status_code == 302
    assert try_in(client, "clerk", PASSWORD).status_code == 302
    assert office.client(Role.SECURITY_ADMINISTRATOR).post(address).status_code == 409


def test_address__that_tries_many_names_is_locked(office: Office, client: Client) -> None:
    statuses = []
    for number in range(31):
        Throttle.objects.update(last_at=clock.now() - dt.timedelta(minutes=5))
        statuses.append(try_in(client, f"name{number}", "wrong-password-1").status_code)

    assert statuses == [422] * 30 + [429]
    assert try_in(client, "clerk", PASSWORD).status_code == 429
    assert Client(REMOTE_ADDR="10.9.9.9").post("/work/sign-in/", {"login": "clerk", "password": PASSWORD}).status_code == 302


def test_success__of_one_name_does_not_clear_the_failures_of_others_from_the_address(office: Office, client: Client) -> None:
    for number in range(3):
        try_in(client, f"name{number}", "wrong-password-1")
    try_in(client, "clerk", PASSWORD)

    assert Throttle.objects.get(kind="address").failures == 3


def test_login_typed__is_kept_as_a_digest_only(office: Office, client: Client) -> None:
    try_in(client, "my-secret-typed-here", "wrong-password-1")

    assert "secret" not in "".join(Throttle.objects.values_list("key", flat=True))


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/work/", "//evil.example/work/", "/\\evil.example", "/work/../../x", "javascript:alert(1)",
        "/work/\r\nSet-Cookie: a=b", "http:///work/", "/elsewhere/", "/work/sign-in/", "/work/sign-in/?next=/work/sign-in/",
        "%2F%2Fevil.example", "\t//evil.example", "/work/\u200b//evil",
    ],
)  # fmt: skip
def test_return_address__that_is_not_ours_is_ignored(office: Office, client: Client, target: str) -> None:
    response = try_in(client, "clerk", PASSWORD, next=target)

    assert response.status_code == 302
    assert response.url == "/work/" or response.url.startswith("/work/%E2%80%8B")


def test_return_address__of_ours_is_followed(office: Office, client: Client) -> None:
    asked = client.get("/work/people/?role=clerk")

    assert asked.url == "/work/sign-in/?next=%2Fwork%2Fpeople%2F%3Frole%3Dclerk"
    assert try_in(client, "clerk", PASSWORD, next="/work/people/?role=clerk").url == "/work/people/?role=clerk"


def test_session__has_another_key_after_the_sign_in(office: Office, client: Client) -> None:
    client.get("/desk/")
    before = client.session
    before["room"] = "planted-room-planted-room"
    before.save()
    client.cookies["gongkai_session"] = before.session_key or ""
    try_in(client, "clerk", PASSWORD)

    assert client.cookies["gongkai_session"].value != before.session_key
    assert not before.exists(before.session_key or "")


def test_sign_out__ends_the_session_on_the_server(office: Office, client: Client) -> None:
    try_in(client, "clerk", PASSWORD)
    kept = client.cookies["gongkai_session"].value
    client.post("/work/sign-out/")
    client.cookies["gongkai_session"] = kept

    assert client.get("/work/").status_code == 302
    assert "退出" in reading.history("person", str(office.person(Role.CLERK).pk))[0].words


def test_sign_out__by_a_link_of_another_site_does_nothing(office: Office) -> None:
    client = office.client(Role.CLERK, checked=True)

    assert client.get("/work/sign-out/").status_code == 405
    assert client.post("/work/sign-out/").status_code == 403
    assert client.get("/work/").status_code == 200


def test_next_person__at_the_same_browser_does_not_get_the_files_of_the_one_before(office: Office, client: Client) -> None:
    try_in(client, "clerk", PASSWORD)
    client.post("/write/", {"year": "2025", "edition": "", "agency": "岫川县司法局"})
    room = client.session["room"]
    try_in(client, "reviewer", PASSWORD)

    assert room
    assert "room" not in client.session


def test_cookies__are_closed_to_scripts_and_other_sites(office: Office, client: Client) -> None:
    try_in(client, "clerk", PASSWORD)
    client.get("/work/")

    for name in ("gongkai_session", "gongkai_active"):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"


def test_retired_person__is_out_at_once_and_stays_out(office: Office, client: Client) -> None:
    try_in(client, "clerk", PASSWORD)
    address = f"/work/people/{office.person(Role.CLERK).pk}/retire/"
    assert office.client(Role.SYSTEM_ADMINISTRATOR).post(address, {"reason": "调离"}).status_code == 302

    assert client.get("/work/").status_code == 302
    assert try_in(client, "clerk", PASSWORD).status_code == 422


def test_attempt__is_counted_before_it_is_judged(office: Office, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(login: str, password: str) -> Person:
        raise ZeroDivisionError

    monkeypatch.setattr(passwords, "person_by", broken)
    client.raise_request_exception = False
    try_in(client, "clerk", PASSWORD)

    assert Throttle.objects.get(kind="login").failures == 1
