"""Is what is public already offered while a question is typed: by keyboard, to a screen reader, and not missed without a script?"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.conftest import ROOT
from tests.journeys.conftest import healthy

pytestmark = pytest.mark.browser
COMMAND = (sys.executable, "-c", "from gongkai.cli import main; raise SystemExit(main())")
Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a portal with three items."""
    folder = tmp_path_factory.mktemp("portal")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GONGKAI_", "DJANGO_", "DATABASE_"))}
    surroundings = {**kept, "GONGKAI_DATA": str(folder)}
    subprocess.run([sys.executable, str(Path(__file__).parent / "publishing_office.py")], env=surroundings, check=True, cwd=ROOT)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (folder / "log").open("wb") as log:
        serving = [*COMMAND, "serve", "--port", str(port), "--data", str(folder), "--no-worker"]
        process = subprocess.Popen(serving, stdout=log, stderr=log, env=surroundings)
        try:
            for _ in range(600):
                if healthy(port) or process.poll() is not None:
                    break
                time.sleep(0.1)
            assert process.poll() is None, (folder / "log").read_text(encoding="utf-8")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture
def reader(chrome: Browser, portal: str) -> Iterator[Visit]:
    """A maker of pages of somebody from the public; what the console complains of fails the test."""
    contexts, complaints = [], []

    def made(width: int = 1366, *, javascript: bool = True) -> Page:
        context = chrome.new_context(
            base_url=portal, viewport={"width": width, "height": 900}, java_script_enabled=javascript, locale="zh-CN"
        )
        contexts.append(context)
        context.set_default_timeout(120_000)
        page = context.new_page()
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: complaints.append(str(e)))
        return page

    yield made
    for context in contexts:
        context.close()
    assert complaints == []


def offered(page: Page) -> Locator:
    """The items offered; other lists of the page have options of their own."""
    return page.get_by_role("listbox", name="相近的已公开信息").get_by_role("option")


@pytest.mark.parametrize("path", ["/", "/search/", "/guide/"])
def test_search_field__offers_items_that_the_arrow_keys_choose(reader: Visit, path: str) -> None:
    page = reader()
    page.goto(path)
    field = page.get_by_role("combobox", name="检索已公开的信息")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.fill("公")  # one character is no question
    field.press_sequentially("证")

    options = offered(page)
    expect(options).to_have_count(2)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").filter(has_text="条相近的信息")).to_have_text(
        "有 2 条相近的信息，用上下键选择，按回车打开。"
    )
    field.press("ArrowDown")
    field.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_have_count(1)
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    field.press("ArrowDown")  # back in the field
    expect(chosen).to_have_count(0)
    field.press("ArrowUp")
    title = chosen.locator("span").inner_text()
    field.press("Enter")
    page.wait_for_url("**/info/**")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_search_field__lets_go_on_escape_and_searches_as_ever(reader: Visit) -> None:
    page = reader(390)
    page.goto("/")
    field = page.get_by_role("combobox")
    field.press_sequentially("法律援助")
    expect(offered(page)).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    field.press("Enter")
    page.wait_for_url("**/search/**")
    expect(page.get_by_role("link", name="法律援助申请指南")).to_be_visible()


def test_option__opens_with_the_mouse_and_goes_when_nothing_is_close(reader: Visit) -> None:
    page = reader()
    page.goto("/")
    field = page.get_by_role("combobox")
    field.press_sequentially("收费标准")
    option = offered(page).first
    expect(option).to_be_visible()
    field.fill("量子")
    expect(page.get_by_role("listbox")).to_be_hidden()
    field.fill("收费标准")
    expect(option).to_be_visible()
    option.click()
    page.wait_for_url("**/info/**")


def test_application_page__names_what_is_public_before_anybody_asks_for_it(
    reader: Visit, axe: Callable[[Page], list[str]]
) -> None:
    page = reader()
    page.goto("/apply/")
    page.get_by_label("您想要什么信息").press_sequentially("公证收费")
    region = page.locator("#wanted-found")
    expect(region.get_by_role("link", name="公证收费标准")).to_be_visible()
    expect(region).to_have_attribute("aria-live", "polite")
    assert axe(page) == []
    page.get_by_label("您想要什么信息").fill("")
    expect(region).to_be_hidden()


def test_search_field__without_a_script_leads_to_the_search(reader: Visit) -> None:
    page = reader(javascript=False)
    page.goto("/apply/")
    page.get_by_label("您想要什么信息").fill("公证收费")
    page.get_by_role("button", name="查一查").click()
    page.wait_for_url("**/search/**")
    expect(page.get_by_role("link", name="公证收费标准")).to_be_visible()


def test_list__holds_to_what_axe_asks_while_it_is_open(reader: Visit, axe: Callable[[Page], list[str]]) -> None:
    page = reader()
    page.goto("/")
    page.get_by_role("combobox").press_sequentially("公证")
    expect(offered(page)).to_have_count(2)
    page.get_by_role("combobox").press("ArrowDown")
    assert axe(page) == []
