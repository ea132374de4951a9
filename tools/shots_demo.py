"""Which screens of the demo office are pictured, and how are they reached?

The public ones as somebody who comes by, those of the workbench signed in as whoever they are for.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

OFFICE = Path(__file__).resolve().parent.parent / "src/gongkai_web/office/demo/data/office.toml"

Reach = Callable[[Page], object]


def at(path: str) -> Reach:
    """The way to a page that has an address of its own."""
    return lambda page: page.goto(path)


def item(title: str) -> Reach:
    """A published item, found by its title in the catalogue."""

    def reach(page: Page) -> None:
        page.goto("/catalogue/")
        while not page.get_by_role("link", name=title).count():
            page.get_by_role("link", name=re.compile("下一页")).first.click()
        page.get_by_role("link", name=title).first.click()
        page.wait_for_url("**/info/**")

    return reach


def withdrawn(page: Page) -> None:
    """What stands at the address of an item that was taken down."""
    signed_in("wen", "/work/items/?stage=withdrawn")(page)
    number = re.search(r"MB0X00018/\d{4}-\d{5}", page.content())
    assert number is not None
    page.goto(f"/info/{number[0]}/")


def signed_in(login: str, path: str, *links: str) -> Reach:
    """A screen of the workbench as one of the demo's people sees it, and from there along links."""

    def reach(page: Page) -> None:
        page.goto("/work/sign-in/")
        page.get_by_label("登录名").fill(login)
        page.get_by_label("密码").fill(tomllib.loads(OFFICE.read_text(encoding="utf-8"))["password"])
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(lambda address: "sign-in" not in address)
        page.goto(path)
        for link in links:
            page.get_by_role("link", name=link).first.click()
            page.wait_for_load_state()

    return reach


SCREENS: tuple[tuple[str, Reach], ...] = (
    ("50-portal-home", at("/")),
    ("51-portal-guide", at("/guide/")),
    ("52-portal-rules", at("/rules/")),
    ("53-portal-open", at("/open/")),
    ("54-portal-category", at("/open/normative/")),
    ("55-portal-normative", item("法律援助经济困难状况核查办法")),
    ("56-portal-repealed", item("以奖代补")),
    ("57-portal-redacted", item("社区矫正信息化终端采购项目中标公告")),
    ("58-portal-budget", item("年部门预算")),
    ("59-portal-report", item("年政府信息公开工作年度报告")),
    ("60-portal-news", item("宪法宣传周启动仪式")),
    ("61-portal-corrected", item("优化法治化营商环境")),
    ("62-portal-withdrawn", withdrawn),
    ("63-portal-reports", at("/reports/")),
    ("64-portal-apply", at("/apply/")),
    ("65-portal-search", at("/search/?q=公证")),
    ("66-portal-search-nothing", at("/search/?q=海洋渔业")),
    ("67-portal-catalogue", at("/catalogue/")),
    ("68-portal-sitemap", at("/sitemap/")),
    ("69-portal-missing", at("/open/nothing-here/")),
    ("70-work-sign-in", at("/work/sign-in/")),
    ("71-work-home-clerk", signed_in("shen", "/work/")),
    ("72-work-home-secrecy", signed_in("he", "/work/")),
    ("73-work-items", signed_in("shen", "/work/items/")),
    ("74-work-item", signed_in("tao", "/work/items/?stage=returned", "基层法律服务所未公示收费标准案")),
    ("75-work-review-queue", signed_in("he", "/work/review/")),
    ("76-work-review", signed_in("he", "/work/review/", "岳某某")),
    ("77-work-people", signed_in("jian", "/work/people/")),
    ("78-work-deputies", signed_in("wen", "/work/deputies/")),
    ("79-work-trail", signed_in("song", "/work/trail/")),
)
