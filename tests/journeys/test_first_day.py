"""Does a new office come to life: three slips, new passwords, a person, a role, a second factor, on the phone too?"""

from __future__ import annotations

import base64
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django_otp.oath import hotp
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import healthy

pytestmark = pytest.mark.browser
COMMAND = [sys.executable, "-c", "import sys; from gongkai.cli import main; sys.exit(main())"]
NEW = "竹外桃花三两枝，春江水暖"


@pytest.fixture
def first_day(tmp_path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """A program over an office just made: its address, and the one-time passwords by login."""
    surroundings = {k: v for k, v in os.environ.items() if not k.startswith(("GONGKAI_", "DJANGO_"))}
    founding = [
        *COMMAND,
        "init",
        "--data",
        str(tmp_path),
        "--body",
        "岫川县司法局",
        "--slug",
        "xiuchuan",
        "--department",
        "办公室",
    ]
    people = ["--system", "简知远:system", "--security", "林照晚:security", "--auditor", "宋怀瑾:auditor"]
    told = subprocess.run([*founding, *people], env=surroundings, capture_output=True, text=True, check=True).stdout
    slips = dict(re.findall(r"登录名 (\w+)　密码 ([a-z0-9-]+)", told))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (tmp_path / "log").open("wb") as log:
        serving = [*COMMAND, "serve", "--port", str(port), "--data", str(tmp_path), "--no-worker"]
        process = subprocess.Popen(serving, stdout=log, stderr=log, env=surroundings)
        try:
            for _ in range(600):
                if healthy(port) or process.poll() is not None:
                    break
                time.sleep(0.1)
            assert process.poll() is None, (tmp_path / "log").read_text(encoding="utf-8")
            yield f"http://127.0.0.1:{port}", slips
        finally:
            process.terminate()
            process.wait(timeout=20)


def opened(chrome: Browser, address: str, width: int = 1366) -> Page:
    context = chrome.new_context(base_url=address, viewport={"width": width, "height": 844}, locale="zh-CN")
    context.set_default_timeout(60_000)
    return context.new_page()


def sign_in(page: Page, login: str, password: str) -> None:
    page.goto("/work/")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def change_password(page: Page, old: str) -> None:
    page.get_by_label("密码条上的临时密码").fill(old)
    page.get_by_label("新密码", exact=True).fill(NEW)
    page.get_by_label("再输入一次新密码").fill(NEW)
    page.get_by_role("button", name="修改密码").click()


def test_first_day__from_the_slips_to_a_clerk_with_a_second_factor_on_the_phone(
    chrome: Browser, first_day: tuple[str, dict[str, str]], axe: Callable[[Page], list[str]]
) -> None:
    address, slips = first_day
    system, security, phone = (opened(chrome, address, width) for width in (1366, 1366, 390))

    sign_in(system, "system", slips["system"])
    change_password(system, slips["system"])
    expect(system.get_by_role("status")).to_contain_text("密码已经修改")
    system.get_by_role("link", name="人员", exact=True).click()
    system.get_by_role("link", name="登记人员").click()
    system.get_by_label("姓名").fill("柳拂衣")
    system.get_by_label("登录名").fill("liu")
    system.get_by_role("button", name="登记并开密码条").click()
    slip = system.locator(".slip .secret").inner_text()

    sign_in(security, "security", slips["security"])
    change_password(security, slips["security"])
    security.get_by_role("link", name="给柳拂衣授予职责").click()
    security.get_by_text("授予职责", exact=True).click()
    security.get_by_label("职责", exact=True).select_option("clerk")
    security.get_by_role("button", name="授予", exact=True).click()
    expect(security.get_by_role("status")).to_contain_text("职责已经授予")
    security.goto("/work/body/sign-in/")
    security.get_by_label("一律要求").check()
    security.get_by_role("button", name="保存").click()
    expect(security.get_by_role("status")).to_contain_text("已经保存")

    sign_in(phone, "liu", slip)
    change_password(phone, slip)
    secret = phone.locator(".steps .secret").inner_text().replace(" ", "")
    phone.get_by_label("6 位数字").fill(f"{hotp(base64.b32decode(secret), int(time.time()) // 30, 6):06d}")
    phone.get_by_role("button", name="绑定").click()
    expect(phone.locator(".codes li")).to_have_count(10)
    assert axe(phone) == []
    code = phone.locator(".codes li").first.inner_text()
    phone.get_by_role("link", name="已经收好").click()
    expect(phone.get_by_role("heading", name="今日")).to_be_visible()
    assert axe(phone) == []
    phone.locator(".who summary").click()
    phone.get_by_role("button", name="退出").click()

    sign_in(phone, "liu", NEW)
    phone.get_by_label("动态口令或者备用码").fill(code)
    phone.get_by_role("button", name="登录", exact=True).click()
    expect(phone.get_by_role("heading", name="今日")).to_be_visible()
    for page in (system, security, phone):
        page.context.close()
