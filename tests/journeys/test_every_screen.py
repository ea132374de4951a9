"""Is every screen of the program, public and of the staff, one that people who see, hear or move differently can use?

The screens are found by going along the links of the demonstration office as each kind of person who works there, one screen for every
address that shows a page; axe then looks at each in a real browser.
"""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import quote, urljoin, urlsplit

import lxml.html
import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import ROOT
from tests.journeys.conftest import healthy
from tests.journeys.screens import SCREENS, kind

pytestmark = pytest.mark.browser
PEOPLE = ("", "shen", "wen", "he", "jian", "lu", "song")
"""The public, a clerk, the unit's head, the secrecy officer, the three administrators."""
OFFICE = ROOT / "src/gongkai_web/office/demo/data/office.toml"
COMMAND = (sys.executable, "-c", "from gongkai.cli import main; raise SystemExit(main())")
NO_PAGE = re.compile(
    r"/(sign-out|clear)/|\.(csv|xlsx|json|xml|rss|atom|pdf|docx|zip|png|svg|txt|toml|html)$|/files/[^/]+$|/download/|/sheet/|^/screens/|[?&](export|page|before|from|older)="
)
"""Links that lead to no page, do something, or go on in a list."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demonstration office, running."""
    folder = tmp_path_factory.mktemp("demo")
    surroundings = {k: v for k, v in os.environ.items() if not k.startswith(("GONGKAI_", "DJANGO_", "DATABASE_"))}
    subprocess.run([*COMMAND, "demo", "--data", str(folder)], env=surroundings, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (folder / "log").open("wb") as log:
        serving = [*COMMAND, "serve", "--port", str(port), "--data", str(folder)]
        process = subprocess.Popen(serving, stdout=log, stderr=log, env=surroundings)
        try:
            for _ in range(1200):
                if healthy(port) or process.poll() is not None:
                    break
                time.sleep(0.1)
            assert process.poll() is None, (folder / "log").read_text(encoding="utf-8")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=40)


def signed_in(chrome: Browser, demo: str, login: str) -> Page:
    """A browser in which one of the demonstration's people has signed in."""
    page = chrome.new_context(base_url=demo, viewport={"width": 1366, "height": 900}, locale="zh-CN").new_page()
    page.context.set_default_timeout(120_000)
    if login:
        page.goto("/work/sign-in/")
        page.get_by_label("登录名").fill(login)
        page.get_by_label("密码").fill(tomllib.loads(OFFICE.read_text(encoding="utf-8"))["password"])
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(lambda address: "sign-in" not in address)
    return page


def read(demo: str, path: str, cookies: str) -> str:
    """The HTML at an address, empty where there is no page."""
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(demo).port or 80, timeout=120)
    try:
        connection.request("GET", path, headers={"Cookie": cookies})
        answer = connection.getresponse()
        data = answer.read()
        is_page = answer.status == 200 and (answer.headers.get_content_type() == "text/html")
        return data.decode() if is_page else ""
    finally:
        connection.close()


WITH_FILES = f"/work/items/?text={quote('行政执法统计')}"
"""Leads to an item with attachments, which not every item has."""
SEVERAL = {"/work/items/0/": 12, "/info/": 6, "/work/review/0/": 3}
"""Of these more than one is looked at by each person: they show different things in different states."""


def screens(demo: str, start: str, cookies: str, known: set[str]) -> Iterator[str]:
    """One address of every kind of page that links lead to, and several of some; those of earlier people left out."""
    waiting = [start, WITH_FILES] if start != "/" else [start]
    seen = Counter([kind(start)])
    while waiting:
        path = waiting.pop(0)
        html = read(demo, path, cookies)
        if not html:
            continue
        own = kind(urlsplit(path).path)
        if own not in known or own in SEVERAL or path == start:
            known.add(own)
            yield path
        for link in lxml.html.document_fromstring(html).iter("a"):
            there = urlsplit(urljoin(f"{demo}{path}", link.get("href") or ""))
            found = f"{there.path}?{there.query}" if there.query else there.path
            new = kind(there.path) + ("?" if there.query else "")
            is_new = seen[new] < SEVERAL.get(new, 1) and found not in waiting
            if there.netloc == urlsplit(demo).netloc and not NO_PAGE.search(found) and is_new:
                seen[new] += 1
                waiting.append(found)


@pytest.fixture(scope="module")
def faults(chrome: Browser, demo: str, axe: Callable[[Page], list[str]]) -> dict[str, list[str]]:
    """What axe finds, by the address it finds it at."""
    known: set[str] = set()
    found: dict[str, list[str]] = {}
    for login in PEOPLE:
        page = signed_in(chrome, demo, login)
        cookies = "; ".join(f"{c.get('name')}={c.get('value')}" for c in page.context.cookies())
        linked = list(screens(demo, "/work/" if login else "/", cookies, known))
        unlinked = [path for path in sorted(SCREENS - known) if not re.search(r"/[0*]/", path) and read(demo, path, cookies)]
        known |= set(unlinked)
        for path in (*linked, *unlinked):
            page.goto(path)
            found[f"{path} {login}".strip()] = axe(page)
        page.context.close()
    return found


NOT_HERE = {
    "/screens/0/": "turns by itself in a hall where nobody works it, which axe rightly forbids of a page that somebody does",
}
"""Screens that are not looked at, with the reason."""


def test_every_page__is_looked_at(faults: dict[str, list[str]]) -> None:
    kinds = {kind(urlsplit(where.split()[0]).path) for where in faults}
    unseen = sorted(SCREENS - kinds - set(NOT_HERE))
    assert not unseen, "\n".join(unseen)


def test_every_screen__has_nothing_that_axe_finds(faults: dict[str, list[str]]) -> None:
    wrong = [f"{where}: {each}" for where, found in faults.items() for each in found]
    assert not wrong, "\n".join(wrong)
