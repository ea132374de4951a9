"""Do the screens open for those whose affair it is, refuse the others in words, and show hostile names as they are?"""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from gongkai.manual import topics
from gongkai_web.agencies.actions import bodies, duty_holders, internal_rules, people, roles
from gongkai_web.agencies.roles import Role
from gongkai_web.trail.actors import INSTALLATION
from gongkai_web.ui import clock
from gongkai_web.workbench import navigation, urls
from tests.web.staffed import PASSWORD, Office, make_office

EVERYBODY = (
    "/work/", "/work/people/", "/work/deputies/", "/work/body/", "/work/password/", "/work/second-factor/",
    "/work/second-factor/set-up/", "/work/body/departments/", "/work/body/leaders/", "/desk/",
)  # fmt: skip
SYSTEM, SECURITY = {Role.SYSTEM_ADMINISTRATOR}, {Role.SECURITY_ADMINISTRATOR}
SOME = {
    "/work/people/new/": SYSTEM,
    "/work/body/site/": SYSTEM,
    "/work/body/below/": SYSTEM,
    "/work/body/sign-in/": SECURITY,
    "/work/body/unit/": {Role.CLERK, Role.UNIT_HEAD, Role.SYSTEM_ADMINISTRATOR},
    "/work/body/rules/new/": {Role.UNIT_HEAD},
    "/work/trail/": {*SYSTEM, *SECURITY, Role.AUDITOR},
    "/work/trail/export.csv": {*SYSTEM, *SECURITY, Role.AUDITOR},
}
HOSTILE = ("<script>alert(1)</script>", "\u202eمحمد\u202c", "长" * 40, "{{ 7*7 }}", "=1+1", "a'\"><img src=x>")


@pytest.mark.parametrize("address", EVERYBODY)
def test_screen__opens_for_everybody_of_the_body_and_for_nobody_else(office: Office, address: str) -> None:
    assert {office.client(r).get(address).status_code for r in Role} == {200}
    assert Client().get(address).url.startswith("/work/sign-in/")


@pytest.mark.parametrize(("address", "holders"), SOME.items())
def test_screen__of_some_refuses_the_others_in_words(office: Office, address: str, holders: set[Role]) -> None:
    answers = {r: office.client(r).get(address) for r in Role}

    assert {r for r, answer in answers.items() if answer.status_code == 200} == holders
    assert {a.status_code for a in answers.values()} == {200, 403}
    assert all("您不能这样做" in a.content.decode() for a in answers.values() if a.status_code == 403)


def work_patterns() -> list[URLPattern]:
    return [p for p in urls.urlpatterns if isinstance(p, URLPattern)]


def address_of(pattern: URLPattern) -> str:
    needed = pattern.pattern.converters
    return reverse(str(pattern.name), kwargs={name: 1 if "Int" in type(c).__name__ else "x" for name, c in needed.items()})


@pytest.mark.parametrize("pattern", work_patterns(), ids=lambda p: str(p.name))
def test_door__of_the_workbench_is_shut_to_strangers_and_has_a_page_of_the_manual(db: None, pattern: URLPattern) -> None:
    assert pattern.name is not None
    topic = navigation.topic_of(pattern.name)
    assert topic in {t.name for t in topics()}, f"{pattern.name} has no page of the manual"
    if pattern.name in {"work_sign_in", "work_sign_out"}:
        return
    for answer in (Client().get(address_of(pattern)), Client().post(address_of(pattern))):
        assert answer.status_code in {302, 405}, pattern.name
        if answer.status_code == 302:
            assert answer.url.startswith("/work/sign-in/")


@pytest.mark.parametrize("pattern", work_patterns(), ids=lambda p: str(p.name))
def test_form__without_its_token_is_refused(office: Office, pattern: URLPattern) -> None:
    answer = office.client(Role.UNIT_HEAD, checked=True).post(address_of(pattern))

    assert answer.status_code == 403
    assert "校验码" in answer.content.decode() or answer.status_code == 405


def test_every_address__of_the_workbench_has_a_name() -> None:
    assert [p for p in get_resolver("gongkai_web.workbench.urls").url_patterns if not getattr(p, "name", "")] == []


@pytest.mark.parametrize("address", EVERYBODY + tuple(SOME))
def test_page__carries_the_policies_and_nothing_inline(office: Office, address: str) -> None:
    holder = next(iter(SOME.get(address, {Role.CLERK})))
    response = office.client(holder).get(address)
    if address.endswith(".csv"):
        return
    words = response.content.decode()

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", words)
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "本系统严禁存储、处理涉密信息" in words


def test_sign_in_page__says_what_must_never_be_kept_here(db: None) -> None:
    assert Client().get("/work/sign-in/").content.decode().count("本系统严禁存储、处理涉密信息") >= 2


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_name__is_shown_as_it_is_on_every_screen(office: Office, name: str) -> None:
    made = people.register(office.actor(Role.SYSTEM_ADMINISTRATOR), office.body, login="hostile", name=name, post=name[:60])
    roles.grant(office.actor(Role.SECURITY_ADMINISTRATOR), office.body, made.person, Role.CLERK)
    duty_holders.add(office.actor(Role.UNIT_HEAD), office.body, name=name, post=name[:60], duty=name)
    rule = internal_rules.adopt(
        office.actor(Role.UNIT_HEAD), office.body, title=name, number="", html="<p>第一条</p>", adopted_on=clock.today()
    )
    security = office.client(Role.SECURITY_ADMINISTRATOR)
    auditor = office.client(Role.AUDITOR)
    for client, address in (
        (security, "/work/people/"),
        (security, f"/work/people/{made.person.pk}/"),
        (security, "/work/"),
        (security, "/work/body/"),
        (security, f"/work/body/rules/{rule.pk}/"),
        (security, "/work/body/leaders/"),
        (auditor, "/work/trail/"),
    ):
        words = client.get(address).content.decode()
        assert "<script>alert" not in words
        assert "<img src=x>" not in words
        assert not re.search(r">49<", words)
        assert "\u202e" not in words
    exported = b"".join(security.get("/work/people/?as=csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # a stream
    assert "\n=1+1" not in exported


def test_refusals__not_you_and_not_now_are_told_apart(office: Office) -> None:
    clerk = office.person(Role.CLERK).pk

    assert office.client(Role.CLERK).post(f"/work/people/{clerk}/unlock/").status_code == 403
    assert office.client(Role.SECURITY_ADMINISTRATOR).post(f"/work/people/{clerk}/unlock/").status_code == 409
    assert office.client(Role.SECURITY_ADMINISTRATOR).post("/work/people/999999/unlock/").status_code == 404


def test_person__of_another_body_is_not_there(office: Office) -> None:
    other = make_office("lingnan", "岭楠县档案馆")
    stranger = other.person(Role.CLERK).pk
    client = office.client(Role.SECURITY_ADMINISTRATOR)

    assert client.get(f"/work/people/{stranger}/").status_code == 404
    for deed in ("unlock", "retire", "password", "second-factor", "roles", "change"):
        assert client.post(f"/work/people/{stranger}/{deed}/", {"reason": "x", "role": "clerk"}).status_code == 404


def test_body__is_chosen_by_somebody_who_works_at_two(office: Office) -> None:
    other = make_office("lingnan", "岭楠县档案馆")
    people.place(INSTALLATION, other.body, office.person(Role.CLERK))
    client = office.client(Role.CLERK)

    assert "岫川县司法局" in client.get("/work/body/").content.decode().split("<h1>")[1].split("</h1>")[0]
    client.post("/work/body/choose/", {"body": "lingnan"})
    assert "岭楠县档案馆" in client.get("/work/body/").content.decode().split("<h1>")[1].split("</h1>")[0]
    assert office.client(Role.UNIT_HEAD).post("/work/body/choose/", {"body": "lingnan"}).status_code == 404


def test_person_of_another_body__is_taken_up_on_a_screen(office: Office) -> None:
    other = make_office("lingnan", "岭楠县档案馆")
    client = office.client(Role.SYSTEM_ADMINISTRATOR)
    assert "您只在本机关登记" in client.get("/work/people/place/").content.decode()
    assert office.client(Role.CLERK).get("/work/people/place/").status_code == 403

    people.place(INSTALLATION, other.body, office.person(Role.SYSTEM_ADMINISTRATOR))
    page = client.get("/work/people/place/").content.decode()
    assert "沈砚秋（clerk-lingnan，岭楠县档案馆）" in page
    assert "/work/people/place/" in client.get("/work/people/").content.decode()

    wrong = client.post("/work/people/place/", {"login": "nobody", "department": "", "post": "联络员"})
    assert wrong.status_code == 422
    assert 'value="联络员"' in wrong.content.decode()
    sent = {"login": "clerk-lingnan", "department": str(office.departments[1].pk), "post": "联络员"}
    answer = client.post("/work/people/place/", sent)
    assert answer.url == f"/work/people/{other.person(Role.CLERK).pk}/?done=registered"
    placed = other.person(Role.CLERK).placements.get(body=office.body)
    assert (placed.department, placed.post, placed.is_home) == (office.departments[1], "联络员", False)
    assert "clerk-lingnan" not in client.get("/work/people/place/").content.decode()


def test_signed_out_page__is_nobodys(office: Office) -> None:
    page = office.client(Role.CLERK).post("/work/sign-out/").content.decode()

    assert "已经退出" in page
    assert "沈砚秋" not in page


def test_desk__asks_for_the_sign_in_where_there_is_an_office(office: Office) -> None:
    for address in ("/desk/", "/write/", "/check/", "/compare/", "/clear/"):
        assert Client().get(address).url.startswith("/work/sign-in/?next=")
    assert Client().post("/write/", {"year": "2025"}).status_code == 302
    assert Client().get("/help/").status_code == 200


def test_desk__is_open_without_an_office(db: None) -> None:
    assert Client().get("/").url == "/desk/"
    assert Client().get("/desk/").status_code == 200


def test_home__says_why_each_line_is_there_and_what_to_do_when_none_is(office: Office) -> None:
    clerk = office.client(Role.CLERK).get("/work/").content.decode()
    leader = office.client(Role.SIGNING_LEADER).get("/work/").content.decode()

    assert "补全公开工作机构信息" in clerk
    assert "现在还缺 9 项" in clerk
    assert "现在没有等您办理的事" in leader


def test_home__of_somebody_without_a_role_says_whom_to_ask(office: Office) -> None:
    people.register(office.actor(Role.SYSTEM_ADMINISTRATOR), office.body, login="fang", name="方既白")
    from gongkai_web.accounts import passwords as written
    from gongkai_web.accounts.models import Person
    from tests.web.staffed import signed_in

    person = Person.objects.get(login="fang")
    written.write(person, PASSWORD, must_change=False)

    assert "还没有职责" in signed_in(person).get("/work/").content.decode()


def test_wrong_form__is_shown_again_with_what_was_typed(office: Office) -> None:
    client = office.client(Role.SYSTEM_ADMINISTRATOR)
    response = client.post("/work/people/new/", {"name": "方既白", "login": "有汉字", "department": "", "post": "科员"})
    words = response.content.decode()

    assert response.status_code == 422
    assert 'value="方既白"' in words
    assert 'aria-invalid="true"' in words
    assert "登录名只能用字母" in words


def test_person_page__does_what_its_forms_say(office: Office) -> None:
    clerk = office.person(Role.CLERK).pk
    security, system = office.client(Role.SECURITY_ADMINISTRATOR), office.client(Role.SYSTEM_ADMINISTRATOR)
    done = [
        system.post(f"/work/people/{clerk}/change/", {"name": "沈砚春", "department": "", "post": "科长"}),
        security.post(f"/work/people/{clerk}/roles/", {"role": "unit_head", "department": "", "from_day": "", "until_day": ""}),
    ]
    membership = re.search(rf"/work/people/{clerk}/roles/(\d+)/end/", security.get(f"/work/people/{clerk}/").content.decode())
    done.append(security.post(membership[0]))  # type: ignore[index]  # the page shows it
    done.append(system.post(f"/work/people/{clerk}/retire/", {"reason": "调离"}))
    done.append(system.post(f"/work/people/{clerk}/restore/", {"reason": "调回"}))
    shown = security.get(f"/work/people/{clerk}/").content.decode()

    assert [d.status_code for d in done] == [302] * 5
    assert "沈砚春" in shown
    assert "已终止" in shown
    assert security.post(f"/work/people/{clerk}/roles/", {"role": "king"}).status_code == 422


def test_body_pages__do_what_their_forms_say(office: Office) -> None:
    head, system = office.client(Role.UNIT_HEAD), office.client(Role.SYSTEM_ADMINISTRATOR)
    rule = {
        "title": "保密审查制度",
        "number": "",
        "adopted_on": "2026-01-05",
        "html": "第一条 先审查后公开。\n第二条 谁公开谁审查。",
    }
    done = [
        head.post("/work/body/leaders/", {"name": "温景行", "post": "局长", "duty": ""}),
        head.post("/work/body/rules/new/", rule),
        system.post("/work/body/departments/", {"name": "宣传科"}),
        system.post("/work/body/site/", {"site_name": "岫川司法网", "site_code": "3700000001"}),
        system.post("/work/body/below/", {"name": "岫川县公证处", "short_name": "", "slug": "notary"}),
        office.client(Role.SECURITY_ADMINISTRATOR).post("/work/body/sign-in/", {"rule": "outside", "networks": "10.0.0.0/8"}),
    ]
    shown = head.get("/work/body/").content.decode()

    assert [d.status_code for d in done] == [302] * 6
    for words in ("温景行", "保密审查制度", "宣传科", "3700000001", "岫川县公证处", "10.0.0.0/8"):
        assert words in shown
    assert head.post("/work/body/rules/new/", rule | {"adopted_on": "昨天"}).status_code == 422
    bodies.change_unit_facts(office.actor(Role.CLERK), office.body, {"unit_name": "办公室"}, {})


def test_home__tells_the_system_administrator_what_the_server_does_not_do(office: Office) -> None:
    from gongkai_web.flow import installation

    installation.forget()
    installation.found(installation.REAL)
    try:
        assert "后台程序有异常" in office.client(Role.SYSTEM_ADMINISTRATOR).get("/work/").content.decode()
        assert "后台程序有异常" not in office.client(Role.CLERK).get("/work/").content.decode()
    finally:
        installation.forget()


def test_error_page__of_the_public_offers_nothing_of_the_staff(office: Office) -> None:
    words = Client().get("/nothing-here/").content.decode()

    assert "编制年报" not in words
    assert "没有这个页面" in words
