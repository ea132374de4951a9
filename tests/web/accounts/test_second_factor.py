"""Is the second factor asked for where the body says, is each code good once, and is the secret sealed?"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django_otp.oath import hotp

from gongkai_web.accounts import sealing, second_factor
from gongkai_web.accounts.models import Person, RecoveryCode, SecondFactor
from gongkai_web.agencies.actions import bodies
from gongkai_web.agencies.roles import Role
from gongkai_web.ui import clock
from tests.web.staffed import PASSWORD, Office

OUTSIDE = {"REMOTE_ADDR": "203.0.113.7"}


def code_of(person: Person, shift: int = 0) -> str:
    secret = sealing.unseal(SecondFactor.objects.get(person=person).sealed)
    return code_for(secret, shift)


def code_for(secret: str, shift: int = 0) -> str:
    import base64

    step = int(clock.now().timestamp()) // second_factor.STEP + shift
    return f"{hotp(base64.b32decode(secret), step, 6):06d}"


def enrol(client: Client) -> list[str]:
    """Set the second factor up on the screens; the recovery codes shown."""
    page = client.get("/work/second-factor/set-up/").content.decode()
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")  # type: ignore[index]  # it stands there
    shown = client.post("/work/second-factor/set-up/", {"code": code_for(secret)}).content.decode()
    return re.findall(r"<li><code>([a-z2-7-]+)</code>", shown)


def sign_in(**more: Any) -> tuple[Client, Any]:
    client = Client(**more)
    return client, client.post("/work/sign-in/", {"login": "clerk", "password": PASSWORD})


@pytest.fixture
def enrolled(office: Office) -> list[str]:
    """The clerk has a second factor; its recovery codes."""
    return enrol(office.client(Role.CLERK))


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A minute later, when the generator shows another code than at the setting up."""
    now = [clock.now()]
    monkeypatch.setattr(clock, "now", lambda: now[0])

    def on(seconds: float = 60) -> None:
        now[0] += dt.timedelta(seconds=seconds)

    on()
    return on


def test_inside__the_password_is_enough(enrolled: list[str]) -> None:
    assert sign_in(REMOTE_ADDR="192.168.3.4")[1].url == "/work/"


def test_outside__the_code_is_asked_for(office: Office, enrolled: list[str], later: Any) -> None:
    client, response = sign_in(**OUTSIDE)

    assert response.url == "/work/sign-in/code/"
    assert client.get("/work/").status_code == 302
    assert client.post("/work/sign-in/code/", {"code": "000000"}).status_code == 422
    assert client.post("/work/sign-in/code/", {"code": code_of(office.person(Role.CLERK))}).url == "/work/"
    assert client.get("/work/").status_code == 200


def test_outside__without_a_second_factor_the_way_is_told(office: Office) -> None:
    response = sign_in(**OUTSIDE)[1]

    assert response.status_code == 422
    assert "请先在单位的电脑上登录一次" in response.content.decode()


def test_code__is_good_once(office: Office, enrolled: list[str], later: Any) -> None:
    code = code_of(office.person(Role.CLERK))
    statuses = [sign_in(**OUTSIDE)[0].post("/work/sign-in/code/", {"code": code}).status_code for _ in range(2)]

    assert statuses == [302, 422]


def test_code__used_for_setting_up_is_not_good_for_signing_in(office: Office, enrolled: list[str]) -> None:
    client = sign_in(**OUTSIDE)[0]

    assert client.post("/work/sign-in/code/", {"code": code_of(office.person(Role.CLERK))}).status_code == 422


@pytest.mark.parametrize(("shift", "status"), [(-2, 422), (-1, 302), (0, 302), (1, 302), (2, 422)])
def test_code__of_the_neighbouring_half_minutes_is_taken(
    office: Office, enrolled: list[str], later: Any, shift: int, status: int
) -> None:
    later(300)
    client = sign_in(**OUTSIDE)[0]

    assert client.post("/work/sign-in/code/", {"code": code_of(office.person(Role.CLERK), shift)}).status_code == status


def test_recovery_code__stands_for_the_code_once(enrolled: list[str]) -> None:
    assert len(set(enrolled)) == 10
    first = sign_in(**OUTSIDE)[0].post("/work/sign-in/code/", {"code": f" {enrolled[3].upper()} "})
    again = sign_in(**OUTSIDE)[0].post("/work/sign-in/code/", {"code": enrolled[3]})

    assert (first.status_code, again.status_code) == (302, 422)
    assert RecoveryCode.objects.filter(used_at=None).count() == 9


def test_recovery_codes__renewed_make_the_old_ones_void(office: Office, enrolled: list[str]) -> None:
    office.client(Role.CLERK).post("/work/second-factor/codes/")

    assert sign_in(**OUTSIDE)[0].post("/work/sign-in/code/", {"code": enrolled[0]}).status_code == 422


def test_codes_guessed__lock_the_login_even_with_the_right_password_between(
    office: Office, enrolled: list[str], later: Any
) -> None:
    statuses = []
    for _ in range(6):
        later(60)
        client, first = sign_in(**OUTSIDE)
        later(15)
        statuses.append(client.post("/work/sign-in/code/", {"code": "000000"}).status_code if first.status_code == 302 else 429)

    assert statuses == [422] * 5 + [429]


def test_pending_sign_in__is_forgotten_after_ten_minutes(office: Office, enrolled: list[str], later: Any) -> None:
    client = sign_in(**OUTSIDE)[0]
    later(601)

    assert client.post("/work/sign-in/code/", {"code": code_of(office.person(Role.CLERK))}).url == "/work/sign-in/"
    assert client.get("/work/").status_code == 302


def test_always__makes_everybody_set_it_up_before_anything_else(office: Office) -> None:
    bodies.change_sign_in_rule(office.actor(Role.SECURITY_ADMINISTRATOR), office.body, rule="always", networks="")
    client, response = sign_in(REMOTE_ADDR="192.168.3.4")

    assert response.url == "/work/"
    for address in ("/work/", "/desk/", "/work/people/"):
        assert client.get(address).url.startswith("/work/second-factor/set-up/?next=")
    assert client.post("/work/body/departments/", {"name": "新科"}).status_code == 302
    assert len(enrol(client)) == 10
    assert client.get("/work/").status_code == 200


@pytest.mark.parametrize(
    ("proxies", "remote", "header", "inside"),
    [
        ([], "192.168.1.9", "", True),
        ([], "203.0.113.7", "192.168.1.9", False),
        ([], "127.0.0.1", "192.168.1.9", False),
        (["127.0.0.1"], "127.0.0.1", "203.0.113.7", False),
        (["127.0.0.1"], "127.0.0.1", "192.168.1.9", True),
        (["127.0.0.1"], "127.0.0.1", "192.168.1.9, 203.0.113.7", False),
        (["127.0.0.1"], "127.0.0.1", "203.0.113.7, 192.168.1.9, 127.0.0.1", True),
        (["127.0.0.1"], "127.0.0.1", "rubbish", True),
    ],
)
def test_network__believes_the_proxies_named_and_nobody_else(
    enrolled: list[str], settings: Any, proxies: list[str], remote: str, header: str, inside: bool
) -> None:
    settings.PROXIES = proxies
    more = {"REMOTE_ADDR": remote, **({"HTTP_X_FORWARDED_FOR": header} if header else {})}

    assert sign_in(**more)[1].url == ("/work/" if inside else "/work/sign-in/code/")


def test_secret__is_sealed_with_a_key_beside_the_database(office: Office, enrolled: list[str], settings: Any) -> None:
    kept = SecondFactor.objects.get(person=office.person(Role.CLERK)).sealed
    key = Path(settings.DATA) / "sealing.key"

    assert not re.fullmatch(r"[A-Z2-7]{32}", kept)
    assert key.stat().st_mode & 0o077 == 0
    key.write_bytes(sealing.Fernet.generate_key())
    assert "sealing.key" in sign_in(**OUTSIDE)[0].post("/work/sign-in/code/", {"code": "123456"}).content.decode()


def test_reset__takes_it_away_ends_the_sessions_and_is_for_the_security_administrator(
    office: Office, enrolled: list[str]
) -> None:
    clerk = office.client(Role.CLERK)
    address = f"/work/people/{office.person(Role.CLERK).pk}/second-factor/"

    assert office.client(Role.SYSTEM_ADMINISTRATOR).post(address, {"reason": "手机丢失"}).status_code == 403
    assert office.client(Role.SECURITY_ADMINISTRATOR).post(address, {"reason": ""}).status_code == 422
    assert office.client(Role.SECURITY_ADMINISTRATOR).post(address, {"reason": "手机丢失"}).status_code == 302
    assert clerk.get("/work/").status_code == 302
    assert not RecoveryCode.objects.exists()
    assert office.client(Role.SECURITY_ADMINISTRATOR).post(address, {"reason": "手机丢失"}).status_code == 409


def test_reset__is_not_for_oneself(office: Office) -> None:
    client = office.client(Role.SECURITY_ADMINISTRATOR)
    enrol(client)
    own = f"/work/people/{office.person(Role.SECURITY_ADMINISTRATOR).pk}"

    assert client.post(f"{own}/second-factor/", {"reason": "换手机"}).status_code == 403
    assert client.post(f"{own}/password/", {"reason": "忘了"}).status_code == 403


def test_codes__are_never_kept_as_they_are(enrolled: list[str]) -> None:
    kept = " ".join(RecoveryCode.objects.values_list("digest", flat=True))

    assert not any(code.replace("-", "") in kept or code in kept for code in enrolled)
