"""Does an item's page tell in which folders of static pages it lies, since when, what waits or failed, and what to do?"""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from gongkai_web.agencies.roles import Role
from gongkai_web.portal.baking.baker import bake, begun
from gongkai_web.publishing import baked
from gongkai_web.publishing.actions import publication, rework
from gongkai_web.publishing.models import Item
from gongkai_web.ui import clock
from tests.web.acts_examples.comment_periods import later
from tests.web.portal.editions import put_out
from tests.web.publishing.conftest import Bureau, fresh
from tests.web.workbench.conftest import words

BASE = "https://www.example.gov.cn/sfj"


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    return tmp_path / "county"


def page(bureau: Bureau, item: Item, role: Role = Role.CLERK) -> str:
    """What the item's page says of static pages; empty when it says nothing of them."""
    said = words(bureau.office.client(role).get(f"/work/items/{item.pk}/"))
    return said.partition('id="static-head"')[2].partition("</section>")[0]


def test_item__without_any_folder_says_nothing_of_static_pages(bureau: Bureau, folder: Path) -> None:
    assert page(bureau, bureau.published()) == ""


def test_item__of_a_category_for_static_pages_says_that_there_is_no_folder(bureau: Bureau, folder: Path) -> None:
    put_out(bureau, "notices")
    said = page(bureau, bureau.published())
    assert "还没有生成过静态页面" in said
    assert "gongkai site bake" in said


def test_item__that_lies_there_says_since_when_and_where(bureau: Bureau, folder: Path) -> None:
    item = bureau.published()
    edition = begun(baked.Wanted(bureau.body.slug, folder, base_url=BASE))
    assert "还没有放进去" in page(bureau, item)
    bake(edition)
    first = clock.now().astimezone(clock.BEIJING)
    said = page(bureau, item)
    assert "已经放进去" in said
    assert f"{first:%Y-%m-%d}" in said
    assert f"{BASE}/info/{item.index_number}/" in said
    assert "status-PASS" in said
    assert "全部文件夹" in said
    assert "全部文件夹" not in page(bureau, item, Role.SECRECY_OFFICER)
    # Baked again on another day it still lies there since the first.
    with later(1):
        bureau.published(title="另一条通知")
        assert "文件夹里还有别的内容等待更新。" in page(bureau, item)
        assert "这个文件夹不随时更新" in page(bureau, item)
        bake(edition)
        assert "文件夹里还有别的内容" not in page(bureau, item)
        assert f"{first:%Y-%m-%d}" in page(bureau, item)


def test_item__corrected_since_says_that_the_folder_holds_the_old_words(bureau: Bureau, folder: Path) -> None:
    item = bureau.published()
    edition = begun(baked.Wanted(bureau.body.slug, folder, follow=True))
    bake(edition)
    rework.correct(bureau.actor(Role.CLERK), item.pk, note="改正日期")
    bureau.passed(bureau.submitted(fresh(item)))
    said = page(bureau, item)
    assert "还是更正以前的内容" in said
    assert "后台程序会接着更新" in said
    bake(edition)
    assert "已经放进去" in page(bureau, item)


def test_item__withdrawn_is_told_as_a_tombstone_and_as_stuck_where_it_is_not(
    bureau: Bureau, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    first, second = bureau.published(title="第一条通知"), bureau.published(title="第二条通知")
    edition = begun(baked.Wanted(bureau.body.slug, folder))
    bake(edition)
    with django_capture_on_commit_callbacks(execute=True):
        publication.withdraw(bureau.actor(Role.UNIT_HEAD), first.pk, reason="有误")
    assert "已换成撤回说明" in page(bureau, first)
    # What is done after the act has not come about.
    publication.withdraw(bureau.actor(Role.UNIT_HEAD), second.pk, reason="有误")
    said = page(bureau, second)
    assert "已经撤下，但还没有删去" in said
    assert "请马上告诉系统管理员" in said
    assert "status-FAIL" in said
    bake(edition)
    assert "已换成撤回说明" in page(bureau, second)


def test_item__in_a_folder_that_failed_says_why_and_what_then(bureau: Bureau, folder: Path) -> None:
    item = bureau.published()
    edition = begun(baked.Wanted(bureau.body.slug, folder))
    bake(edition)
    baked.failed(edition, "静态页面没有更新成功：磁盘已满。")
    said = page(bureau, item)
    assert "上次更新没有成功：静态页面没有更新成功：磁盘已满。" in said
    assert "请系统管理员检查磁盘空间和文件夹权限" in said


def test_item__of_another_category_is_not_told_of_the_folder_until_it_lies_there(bureau: Bureau, folder: Path) -> None:
    put_out(bureau, "plans")
    item = bureau.published()
    edition = begun(baked.Wanted(bureau.body.slug, folder, only_baked=True))
    bake(edition)
    assert page(bureau, item) == ""
    put_out(bureau, "notices")
    assert "还没有放进去" in page(bureau, item)
    bake(edition)
    assert "已经放进去" in page(bureau, item)
    put_out(bureau, "notices", channel="portal")
    assert "已不该放在这里，等待删去" in page(bureau, item)
    bake(edition)
    assert page(bureau, item) == ""


def test_item__with_a_set_time_says_that_it_comes_with_it(bureau: Bureau, folder: Path) -> None:
    edition = begun(baked.Wanted(bureau.body.slug, folder))
    bake(edition)
    item = bureau.passed(bureau.submitted(publish_at=clock.now() + dt.timedelta(days=1)))
    assert "到了公开时间再放进去" in page(bureau, item)


def test_item__whose_folders_record_cannot_be_read_says_so(bureau: Bureau, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    item = bureau.published()
    bake(begun(baked.Wanted(bureau.body.slug, folder)))

    def broken(*_: Any) -> Any:
        raise sqlite3.DatabaseError("not a database")

    monkeypatch.setattr(baked.Edition, "own_page", broken)
    assert "读不出这个文件夹的记录" in page(bureau, item)
