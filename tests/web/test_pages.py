"""Does every page open, carry the headers, speak Chinese and say where help is?"""

from __future__ import annotations

import re

import pytest
from django.test import Client

from gongkai.checking import cards
from gongkai.manual import topics
from gongkai.returns import editions
from gongkai.writing import write
from tests.web.conftest import checked
from tests.web.reports import report_of

PAGES = (
    "/desk/", "/write/", "/check/", "/compare/", "/help/", "/help/rules/", "/help/editions/", "/about/",
    *(f"/help/{t.name}/" for t in topics()),
    *(f"/help/rules/{c.code}/" for c in cards()),
    *(f"/help/editions/{e.key}/" for e in editions()),
)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_page__opens_with_the_content_policy_and_nothing_inline(client: Client, address: str) -> None:
    response = client.get(address)
    words = response.content.decode()

    assert response.status_code == 200
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", words)
    assert 'lang="zh-CN"' in words
    assert '<meta name="renderer" content="webkit">' in words
    assert "本系统严禁存储、处理涉密信息。" in words


def test_headers__hold_on_every_answer(client: Client) -> None:
    for address in ("/", "/desk/", "/nothing/", "/health/", "/write/form/cn2021/"):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]

        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"


def test_session_cookie__is_closed_to_scripts_and_other_sites(client: Client) -> None:
    client.post("/write/", {"year": "2025", "edition": "", "agency": ""})
    cookie = client.cookies["gongkai_session"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_reading_pages__leave_no_cookie(client: Client) -> None:
    client.get("/")
    client.get("/desk/")
    client.get("/help/")

    assert "gongkai_session" not in client.cookies


def test_form_without_token__is_refused_in_chinese() -> None:
    response = Client(enforce_csrf_checks=True).post("/write/", {"year": "2025"})

    assert response.status_code == 403
    assert "没有带上本页面的校验码" in response.content.decode()


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nothing/", 404, "没有这个页面"),
        ("/check/AAAAAAAAAAAAAAAAAAAAAA/", 404, "另一个浏览器"),
        ("/write/..%2F..%2Fsecret/", 404, "没有这个页面"),
        ("/help/没有的主题/", 404, "没有主题"),
        ("/help/rules/R999/", 404, "没有编号"),
        ("/help/editions/1999/", 404, "没有名为"),
        ("/write/open/", 405, "不能这样打开"),
    ],
)
def test_wrong_address__says_what_is_wrong(client: Client, address: str, status: int, words: str) -> None:
    response = client.get(address)

    assert response.status_code == status
    assert words in response.content.decode()


def test_wrong_host__is_refused(client: Client) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_fault_of_ours__is_a_chinese_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> tuple[()]:
        raise ZeroDivisionError

    monkeypatch.setattr("gongkai_web.oversight.views.guide.all_editions", broken)
    client.raise_request_exception = False

    response = client.get("/help/editions/")

    assert response.status_code == 500
    assert "程序出错了" in response.content.decode()


def test_health__answers(client: Client) -> None:
    assert client.get("/health/").json() == {"status": "ok"}


def test_migrations__are_complete(settings: object) -> None:
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_every_screen__links_its_page_of_the_manual(client: Client) -> None:
    draft = client.post("/write/", {"year": "2025", "agency": "", "edition": ""}).url
    batch = f"/check/{checked(client, (write(report_of(), 'docx'), '年报.docx')).key}/"

    for address in ("/desk/", "/write/", draft, "/check/", batch, f"{batch}1-1/", "/compare/"):
        assert re.search(r'class="help-link" href="/help/[^"]+/"', client.get(address).content.decode()), address
