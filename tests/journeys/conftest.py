"""Which surroundings does a journey get: the program as a user starts it, and a real Chromium?"""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.conftest import ROOT, absent

AXE = ROOT / "frontend" / "node_modules" / "axe-core"
# A page has as long as a busy machine needs; no test measures speed by it.
expect.set_options(timeout=60_000)
REFUSED = "status of 422"  # what Chromium says of a form that was rightly refused
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage"]


def healthy(port: int) -> bool:
    """Whether the server on this port answers."""
    with suppress(OSError, http.client.HTTPException):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/health/")
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status == 200
    return False


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a program started as ``gongkai serve`` over an empty data folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("data")
    surroundings = {k: v for k, v in os.environ.items() if not k.startswith(("GONGKAI_", "DJANGO_"))}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "import sys; from gongkai.cli import main; sys.exit(main())",
                "serve",
                "--port",
                str(port),
                "--data",
                str(folder),
            ],
            stdout=log,
            stderr=log,
            env=surroundings,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            if healthy(port):
                break
            if process.poll() is not None:
                break
            time.sleep(0.1)
        else:
            raise AssertionError("the server did not answer in a minute")
        assert process.poll() is None, (folder / "log").read_text(encoding="utf-8")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def chrome(chromium: str) -> Iterator[Browser]:
    """A running Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chrome: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """A maker of pages, each in a session of its own; what the console complains of fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def made(width: int = 1366, *, javascript: bool = True) -> Page:
        context = chrome.new_context(
            base_url=server, viewport={"width": width, "height": 900}, java_script_enabled=javascript, locale="zh-CN"
        )
        contexts.append(context)
        context.set_default_timeout(120_000)
        page = context.new_page()
        page.on(
            "console", lambda m: complaints.append(m.text) if m.type in {"error", "warning"} and REFUSED not in m.text else None
        )
        page.on("pageerror", lambda e: complaints.append(str(e)))
        return page

    yield made
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """What axe finds on a page, one line each."""
    if not (AXE / "axe.min.js").is_file():
        absent("axe-core (make static builds it)")
    script = (AXE / "axe.min.js").read_text(encoding="utf-8")
    locale = json.loads((AXE / "locales" / "zh_CN.json").read_text(encoding="utf-8"))

    def run(page: Page) -> list[str]:
        page.evaluate(script)
        page.evaluate("locale => axe.configure({locale})", locale)
        found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
        return [f"{v['id']}: {v['help']} {[n['target'] for n in v['nodes']][:4]}" for v in found]

    return run


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to keep what a journey downloads."""
    return tmp_path_factory.mktemp("papers")
