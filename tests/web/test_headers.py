"""Does every address answer with the headers that protect who asks, whoever asks, and can nobody write one of them from outside?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.test import Client
from django.urls import resolve

from gongkai_web.agencies.roles import Role
from gongkai_web.files import examination
from gongkai_web.files.actions import uploads
from gongkai_web.publishing.actions import attachments
from tests.journeys.screens import SCREENS, kind
from tests.web.doors import openings
from tests.web.doors.house import house, world
from tests.web.doors.world import Visitor, World
from tests.web.taken_back import shut, taken_back

__all__ = ["house", "world"]
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SHOWN = (
    "text/html",
    "application/json",
    "application/xml",
    "application/rss+xml",
    "application/atom+xml",
    "image/svg+xml",
    "image/png",
)
"""Kinds of answers that a browser shows or a program reads, made by the program itself; everything else is a file to be saved."""
SHOWN_FILES = {
    "robots.txt": "read by search engines",
    "health/": "one word for whoever watches the server",
    "items/<int:item_id>/sheet/": "a sheet to be printed, made by the program",
    "sheets/list.pdf": "as above",
    "review/<int:key>/sheet/": "as above",
}
"""Routes whose files are shown in the browser, with the reason: what was uploaded is never among them."""
EVIL = ("//evil.example/", "https://evil.example/", "/\\evil.example/", "\t//evil.example/", "https:evil.example")


def visitors(world: World) -> tuple[Visitor, ...]:
    wanted = {Role.UNIT_HEAD, Role.SYSTEM_ADMINISTRATOR}
    return (world.visitors[0], *(v for v in world.visitors if v.bureau is world.here and v.role in wanted))


def doors(world: World, *, of_items: int = 2) -> Iterator[tuple[str, str]]:
    """Every route with a few of its addresses: those of items with items in several states."""
    for route in openings.routes():
        if not route.startswith("b/"):
            found = list(openings.addresses(route, world))
            step = max(1, len(found) // of_items)
            yield from ((route, address) for address in found[::step][:of_items])


def wrong(route: str, response: Any) -> Iterator[str]:
    """What is not as it must be with the headers of an answer."""
    for name, value in ALWAYS.items():
        if response.headers.get(name) != value:
            yield f"{name}: {response.headers.get(name)}"
    policy = dict(each.strip().partition(" ")[::2] for each in response.headers.get("Content-Security-Policy", "").split(";"))
    if (
        policy.get("default-src") != "'none'"
        or policy.get("frame-ancestors") != "'none'"
        or policy.get("script-src", "'none'") not in {"'self'", "'none'"}
    ):
        yield f"Content-Security-Policy: {policy}"
    if "unsafe" in str(policy) or "*" in str(policy):
        yield f"Content-Security-Policy: {policy}"
    private = route.startswith(("work/", "desk/", "check/", "write/", "compare/", "clear/"))
    if private and response.headers.get("Cache-Control", "").replace("max-age=0, ", "") not in {
        "no-store",
        "no-cache, no-store, must-revalidate, private",
    }:
        yield f"Cache-Control: {response.headers.get('Cache-Control')}"
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    disposition = response.headers.get("Content-Disposition", "")
    is_file = response.status_code == 200 and kind not in SHOWN and not any(part in route for part in SHOWN_FILES)
    if is_file and not disposition.startswith("attachment"):
        yield f"{kind} without being saved: {disposition}"
    if kind.startswith("text/") and "charset=utf-8" not in response.headers["Content-Type"].lower():
        yield f"Content-Type: {response.headers['Content-Type']}"
    for cookie in filter(lambda each: each.value, response.cookies.values()):
        if not (cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/" and not cookie["domain"]):
            yield f"cookie {cookie.key} with {dict(cookie)}"
        if not private and not route.startswith(("help/", "about/")):
            yield f"cookie {cookie.key} on a public page"


def test_every_answer__carries_the_headers_that_protect(world: World) -> None:
    found: dict[str, str] = {}
    statuses: set[int] = set()
    shown: set[str] = set()
    for number, (route, address) in enumerate(doors(world)):
        for visitor in visitors(world):
            for method in ("get", "post")[: 1 + number % 2]:
                with taken_back():
                    cookies = visitor.client.cookies.copy()
                    response = getattr(visitor.client, method)(address)
                    shut(response)
                    statuses.add(response.status_code)
                    if (
                        method == "get"
                        and response.status_code == 200
                        and response.headers["Content-Type"].startswith("text/html")
                    ):
                        shown.add(kind(address))
                    for words in wrong(route, response):
                        found.setdefault(f"{method} {route}: {words}", visitor.name)
                    visitor.client.cookies = cookies

    assert not found, "\n".join(found)
    assert {200, 302, 403, 404, 405} <= statuses
    unseen = sorted(shown - SCREENS)
    assert not unseen, "pages that nobody looks at; name them in tests/journeys/screens.py:\n" + "\n".join(unseen)


def test_cookies__are_sent_over_https_alone_where_the_server_has_it(world: World, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client = Client()
    response = client.get("/work/sign-in/")
    assert response.cookies
    assert all(cookie["secure"] for cookie in response.cookies.values())


def test_no_address__answers_to_another_host(world: World) -> None:
    found = []
    for route, address in doors(world, of_items=1):
        for host in ("evil.example", "testserver.evil.example", "testserver:80@evil.example", ""):
            response = world.visitors[0].client.get(address, headers={"host": host, "x-forwarded-host": host})
            shut(response)
            if response.status_code != 400 or "evil" in str(response.headers):
                found.append(f"{route} at {host!r}: {response.status_code}")
    assert not found, "\n".join(found)


def test_no_address__believes_a_host_that_somebody_else_names(world: World) -> None:
    for route, address in doors(world, of_items=1):
        response = world.visitors[0].client.get(
            address, headers={"x-forwarded-host": "evil.example", "forwarded": "host=evil.example"}
        )
        said = b"".join(response.streaming_content) if response.streaming else response.content
        assert b"evil.example" not in said, route
        assert "evil.example" not in str(response.headers), route


def test_no_address__leads_to_another_place(world: World) -> None:
    """By what a link to it or a form on another page could say."""
    found = []
    names = ("next", "back", "url", "to", "return", "address", "redirect", "from")
    for route, address in doors(world, of_items=1):
        for visitor in visitors(world)[:2]:
            for turn in range(2):
                asked = {name: EVIL[(place + turn) % len(EVIL)] for place, name in enumerate(names)}
                for method, where in (("get", f"{address}?{urlencode(asked)}"), ("post", address)):
                    with taken_back():
                        cookies = visitor.client.cookies.copy()
                        headers = {"referer": "https://evil.example/", "hx-current-url": "https://evil.example/"}
                        response = getattr(visitor.client, method)(where, asked if method == "post" else None, headers=headers)
                        shut(response)
                        visitor.client.cookies = cookies
                    for header in ("Location", "HX-Redirect", "HX-Location", "Refresh"):
                        target = response.headers.get(header, "/")
                        if urlsplit(target).netloc or urlsplit(target).scheme or re.match(r"[/\\]{2}|[\s\\]", target):
                            found.append(f"{method} {route}: {header}: {target}")
    assert not found, "\n".join(found)


PUBLIC_FORMS = {"portal_comment_form": "no cookie is behind it, so nobody else's browser lends it anything"}


def test_no_form__is_taken_from_another_site(world: World) -> None:
    """Without the token that only our pages carry."""
    found = []
    people = [v for v in visitors(world) if v.role is not None]
    for route, address in doors(world, of_items=1):
        for visitor in people:
            client = Client(enforce_csrf_checks=True)
            client.cookies = visitor.client.cookies.copy()
            with taken_back():
                response = client.post(address, {"name": "x"}, headers={"origin": "https://evil.example"})
                shut(response)
            if response.status_code not in {403, 404, 405} and resolve(address).url_name not in PUBLIC_FORMS:
                found.append(f"{route}: {response.status_code} for {visitor.name}")
    assert not found, "\n".join(found)


NAMES = (
    'a"; filename="evil.exe',
    "a\r\nSet-Cookie: evil=1\r\n\r\n<script>",
    "a%0d%0aSet-Cookie: evil=1",
    "鹭鸶\u2028题\u202egpj.exe",
    "=?utf-8?q?evil?=",
    "../../etc/passwd",
)


def parsed(disposition: str) -> Message:
    message = Message()
    message["Content-Disposition"] = disposition
    return message


@pytest.mark.parametrize("name", NAMES)
def test_no_name__writes_a_header(name: str, world: World) -> None:
    """Neither an item's title nor a file's name, by no address that names either."""
    with taken_back():
        item = world.here.draft(f"{name}公开", summary=name)
        clerk = world.here.actor(Role.CLERK)
        examined = examination.examine("正文。".encode(), f"{name}.txt")
        if examined.data is not None:
            kept = uploads.keep(clerk, world.here.body.pk, examined, received=f"sha256:{7:064}")
            attachments.add(clerk, item.pk, digest=kept.digest)
        item.refresh_from_db()
        world.here.passed(world.here.submitted(item))
        hidden = world.hidden[0].__class__(
            item, "named", world.here, 0, "", "", "", kept.digest if examined.data is not None else ""
        )
        item.refresh_from_db()
        found, said = [], 0
        head = next(v for v in visitors(world) if v.role is Role.UNIT_HEAD)
        for route in openings.routes():
            if not any(
                part in route for part in ("item_id", "index_number", "export", "catalogue", "feed", "similar")
            ) or route.startswith("b/"):
                continue
            own = World(world.here, world.there, [hidden], world.data)
            for address in openings.addresses(route, own):
                response = head.client.get(address)
                shut(response)
                said += response.status_code == 200
                headers = {k.lower() for k in response.headers}
                if (
                    any("\r" in v or "\n" in v for v in response.headers.values())
                    or "evil" in str(response.cookies)
                    or response.status_code >= 500
                ):
                    found.append(f"{route}: {response.status_code} {response.headers}")
                if "content-disposition" in headers:
                    given = parsed(response.headers["Content-Disposition"])
                    if (
                        not given.get_filename()
                        or (given.get_filename() or "").endswith(".exe")
                        or "/" in (given.get_filename() or "")
                    ):
                        found.append(f"{route}: {response.headers['Content-Disposition']}")
        assert not found, "\n".join(found)
        assert said > 5
