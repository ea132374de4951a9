"""Does an item go its whole way in a real browser: written, returned, put right, approved on paper and on the screen, public, withdrawn?"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ROOT
from tests.journeys.conftest import healthy

pytestmark = pytest.mark.browser
COMMAND = (sys.executable, "-c", "from gongkai.cli import main; raise SystemExit(main())")
TITLE = "关于开展公证服务便民活动的通知"
Staff = Callable[..., Page]
Axe = Callable[[Page], list[str]]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """A running program over an office with one person per role: its address and the session of each."""
    folder = tmp_path_factory.mktemp("office")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GONGKAI_", "DJANGO_", "DATABASE_"))}
    surroundings = {**kept, "GONGKAI_DATA": str(folder)}
    made = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "journeys" / "staff.py")],
        env=surroundings,
        capture_output=True,
        text=True,
        check=True,
    )
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
            yield f"http://127.0.0.1:{port}", json.loads(made.stdout)
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture
def staff(chrome: Browser, office: tuple[str, dict[str, str]]) -> Iterator[Staff]:
    """A maker of pages: of somebody with a role who signed in, or of the public; what the console complains of fails the test."""
    address, signed_in = office
    contexts, complaints = [], []

    def made(role: str = "", width: int = 1366) -> Page:
        context = chrome.new_context(base_url=address, viewport={"width": width, "height": 900}, locale="zh-CN")
        contexts.append(context)
        context.set_default_timeout(120_000)
        if role:
            context.add_cookies([{"name": "gongkai_session", "value": signed_in[role], "url": address}])
        page = context.new_page()
        # Chromium also says there what status a page has; a refused form and a tombstone are meant.
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" and "status of 4" not in m.text else None)
        page.on("pageerror", lambda e: complaints.append(str(e)))
        return page

    yield made
    for context in contexts:
        context.close()
    assert complaints == []


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def begin(page: Page, title: str) -> None:
    """From the first page to an empty draft."""
    page.goto("/work/")
    page.get_by_role("link", name="信息", exact=True).click()
    page.get_by_role("link", name="新建信息").click()
    page.get_by_role("link", name="通知公告").click()
    page.locator("#title").fill(title)
    page.get_by_label("科室").select_option(label="办公室")
    page.get_by_role("button", name="新建，去写正文").click()
    page.get_by_role("heading", name=f"修改《{title}》").wait_for()


def decide(page: Page, title: str, verdict: str, opinion: str = "") -> None:
    """As a reviewer: from the first page to the decision."""
    page.goto("/work/")
    page.get_by_role("link", name=title).first.click()
    page.locator("#opinion").fill(opinion)
    page.get_by_role("button", name=verdict, exact=True).click()
    page.get_by_role("status").wait_for()


def test_item__goes_its_whole_way(staff: Staff, axe: Axe, tmp_path: Path) -> None:
    clerk = staff("clerk")
    begin(clerk, "关于便民活动")
    text = clerk.get_by_role("textbox", name="正文")
    text.click()
    clerk.keyboard.type("现将有关事项通知如下。值班手机13912345678。")
    expect(clerk.locator("#saved")).to_contain_text("自动保存")
    clerk.locator("#attribute-proactive").check()
    clerk.get_by_label("内容概述").fill("便民活动的时间和地点。")
    clerk.get_by_role("button", name="保存并返回").click()

    # What the scan found stands in the text; looked at, it may stand.
    expect(clerk.locator("mark.hit-mark")).to_have_text("139123456781")
    assert axe(clerk) == []
    clerk.get_by_text("核对这一处").click()
    clerk.get_by_label("确是这类内容，依法可以公开").check()
    clerk.locator("#r-1").fill("公证处公开的值班电话")
    clerk.get_by_role("button", name="认定", exact=True).click()
    clerk.get_by_role("button", name="送审").click()
    expect(clerk.get_by_role("status")).to_contain_text("已经送审")

    # Returned on the phone, put right, sent again.
    decide(staff("department_reviewer", 390), "关于便民活动", "退回", "标题要写全称")
    clerk.goto("/work/")
    expect(clerk.get_by_role("region", name="退回给我的")).to_contain_text("标题要写全称")
    clerk.get_by_role("link", name="关于便民活动").click()
    clerk.get_by_role("link", name="修改", exact=True).first.click()
    clerk.locator("#title").fill(TITLE)
    clerk.get_by_role("button", name="保存并返回").click()
    clerk.get_by_role("button", name="送审").click()

    # The first step is taken on paper: the sheet, its code, who signed; another code is refused.
    clerk.get_by_role("link", name="打开审核页面").click()
    expect(clerk.locator("ins").first).to_have_text(TITLE)
    clerk.get_by_text("登记纸质签批").click()
    with clerk.expect_download() as sheet:
        clerk.get_by_role("link", name="PDF", exact=True).click()
    signed = tmp_path / "签批.png"
    picture_of(sheet.value.path(), signed)
    record(clerk, "0000-0000", signed)
    expect(clerk.locator("main")).to_contain_text("重新打印、重新签批")
    clerk.go_back()
    code = clerk.locator(".facts code").inner_text()
    clerk.get_by_text("登记纸质签批").click()
    record(clerk, code.replace("-", "").lower(), signed)
    expect(clerk.locator("main")).to_contain_text("凭纸质签批")

    decide(staff("secrecy_officer"), TITLE, "通过", "不涉密")
    leader = staff("signing_leader", 390)
    decide(leader, TITLE, "通过")
    assert not scrolls_sideways(leader)

    # Public on the phone, until it is withdrawn.
    index = clerk.locator(".crumb a").last.inner_text()
    public = staff(width=390)
    shown = public.goto(f"/info/{index}/")
    assert shown is not None
    assert shown.status == 200
    expect(public.locator("h1")).to_contain_text(TITLE)
    assert not scrolls_sideways(public)

    head = staff("unit_head")
    head.goto("/work/items/?public=public")
    head.get_by_role("link", name=TITLE).click()
    head.locator("summary", has_text="撤下").click()
    head.get_by_role("button", name="撤下").click()
    expect(head.locator("#withdraw-reason:invalid")).to_have_count(1)
    head.locator("#withdraw-reason").fill("内容有误")
    head.get_by_role("button", name="撤下").click()
    expect(head.get_by_role("status")).to_contain_text("已经撤下")
    gone = public.goto(f"/info/{index}/")
    assert gone is not None
    assert gone.status == 410
    assert TITLE not in public.content()


def picture_of(sheet: Path, target: Path) -> None:
    """The first page of a sheet as somebody's scan of it."""
    import pypdfium2

    pypdfium2.PdfDocument(sheet)[0].render(scale=1).to_pil().save(target)


def record(page: Page, code: str, scan: Path) -> None:
    page.get_by_label("审批单上的编号").fill(code)
    page.get_by_label("签批结果").select_option(label="通过")
    page.get_by_label("谁签的").select_option(label="陆时雨")
    page.get_by_label("签批日期").fill(page.evaluate("new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10)"))
    page.get_by_label("签批后的审批单").set_input_files(str(scan))
    page.get_by_role("button", name="登记", exact=True).click()


def test_draft__of_two_people_loses_nothing(staff: Staff) -> None:
    clerk = staff("clerk")
    begin(clerk, "两个人同时改的通知")
    head = staff("unit_head")
    head.goto(clerk.url)
    head.locator("#title").fill("负责人改过的通知")
    head.get_by_role("button", name="保存", exact=True).first.click()
    head.get_by_role("status").first.wait_for()

    clerk.get_by_label("内容概述").fill("经办人写了很久的概述")
    expect(clerk.locator("#saved")).to_contain_text("在别处另外保存过")
    clerk.get_by_role("button", name="保存", exact=True).first.click()
    expect(clerk.get_by_role("alert")).to_contain_text("您填写的内容都还在下面")
    expect(clerk.get_by_label("内容概述")).to_have_value("经办人写了很久的概述")
    clerk.get_by_label("看过最新内容，用我填写的保存").check()
    clerk.get_by_role("button", name="保存", exact=True).first.click()
    expect(clerk.get_by_role("status").first).to_contain_text("已经保存")


def test_draft__saved_after_the_sign_in_ended_stays_on_the_page(staff: Staff) -> None:
    clerk = staff("clerk")
    begin(clerk, "退出登录以后还在改的通知")
    clerk.context.clear_cookies()
    clerk.get_by_label("内容概述").fill("写了很久还没有保存的概述")
    clerk.get_by_role("button", name="保存", exact=True).first.click()
    expect(clerk.locator("#saved")).to_contain_text("登录已经结束")
    expect(clerk.get_by_label("内容概述")).to_have_value("写了很久还没有保存的概述")


def test_screens__fit_the_phone_and_pass_axe(staff: Staff, axe: Axe) -> None:
    clerk = staff("clerk", 390)
    begin(clerk, "在手机上看的通知")
    address = re.sub(r"edit/.*", "", clerk.url)
    for page in (
        "/work/items/",
        "/work/items/new/",
        "/work/items/new/?category=licences",
        address,
        f"{address}files/",
        "/work/review/",
    ):
        clerk.goto(page)
        assert not scrolls_sideways(clerk), page
        assert axe(clerk) == [], page
