"""Does an edition list what the public is asked, lead to the form at the portal, and stay true on days on which nobody bakes it?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gongkai_web.agencies.roles import Role
from gongkai_web.comment_periods.actions import moderation, periods
from gongkai_web.comment_periods.models import Comment, Period
from gongkai_web.flow import outbox, tasks
from gongkai_web.portal.background import look_after
from gongkai_web.portal.baking import baker
from gongkai_web.publishing.actions import publication
from gongkai_web.publishing.models import Item
from gongkai_web.ui import clock
from tests.web.acts_examples.comment_periods import DRAFT, EXPLANATION, days_to_the_end, later, more, opened
from tests.web.portal.editions import MADE_ANEW, PORTAL, addresses, dead_links, edition, put_out, telling
from tests.web.publishing.conftest import Bureau

SAID = "建议写明减免的条件和办法。"


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    return tmp_path / "public"


def page_of(folder: Path, path: str) -> str:
    return (folder / path / "index.html").read_text(encoding="utf-8")


def own_page(period: Period) -> str:
    return f"comments/{period.pk}"


def withdrawn(bureau: Bureau, item: Item, callbacks: Any) -> None:
    with callbacks(execute=True):
        publication.withdraw(bureau.actor(Role.UNIT_HEAD), item.pk, reason="内容有误")


def test_open_period__stands_in_the_edition_and_its_form_at_the_portal(bureau: Bureau, folder: Path) -> None:
    period = opened(bureau)
    baker.bake(edition(bureau, folder, portal_url=PORTAL))

    last = f"{period.closes_on.month}月{period.closes_on.day}日"
    for path in (".", "comments"):
        said = page_of(folder, path)
        assert DRAFT in said
        assert f"{last}截止" in said
        assert "还剩" not in said
    own = page_of(folder, own_page(period))
    assert f"{last} 24 时截止，过了这一天不再接收意见" in own
    assert f"{PORTAL}/comments/{period.pk}/form/" in addresses(own)
    assert f"../../info/{period.explanation.index_number}/index.html" in addresses(own)
    assert "本页是这次征求意见的起草说明" in page_of(folder, f"info/{period.explanation.index_number}")
    assert dead_links(folder) == []


def test_open_period__without_a_portal_address_names_the_other_ways(bureau: Bureau, folder: Path) -> None:
    period = opened(bureau)
    baker.bake(edition(bureau, folder))
    own = page_of(folder, own_page(period))
    assert "请用下面的方式提出" in own
    assert "在网上提出意见" not in own
    assert telling(folder, "/form/") == []
    assert dead_links(folder) == []


def test_edition__is_the_same_on_the_next_day(bureau: Bureau, folder: Path) -> None:
    opened(bureau)
    made = edition(bureau, folder, follow=True)
    baker.bake(made)
    with later(1):
        look_after(clock.now())
        assert not tasks.run_next()
        assert list(baker.differences(made)) == []


def test_period__that_is_over_is_told_by_the_worker(bureau: Bureau, folder: Path) -> None:
    period = opened(bureau)
    made = edition(bureau, folder, follow=True, portal_url=PORTAL)
    baker.bake(made)
    with later(days_to_the_end(period)):
        look_after(clock.now())
        assert tasks.run_next()
    assert "已截止，意见正在研究" in page_of(folder, "comments")
    own = page_of(folder, own_page(period))
    assert "共收到意见 0 条" in own
    assert f"{PORTAL}/comments/{period.pk}/form/" not in addresses(own)
    assert DRAFT not in page_of(folder, ".").partition("最新公开")[0]


def test_what_people_said__is_not_copied_into_the_folder(bureau: Bureau, folder: Path) -> None:
    period = opened(bureau)
    more(period, SAID)
    said = Comment.objects.get()
    moderation.show(bureau.actor(Role.DEPARTMENT_REVIEWER), said.pk)
    baker.bake(edition(bureau, folder, portal_url=PORTAL))
    assert telling(folder, SAID) == []
    assert f"{PORTAL}/comments/{period.pk}/" in addresses(page_of(folder, own_page(period)))


def test_period__ended_early_is_brought_up_by_the_worker(bureau: Bureau, folder: Path) -> None:
    period = opened(bureau)
    baker.bake(edition(bureau, folder, follow=True))
    periods.abandon(bureau.actor(Role.UNIT_HEAD), period.pk, reason="文件不再制定。")
    look_after(clock.now())
    assert tasks.run_next()
    assert "文件不再制定。" in page_of(folder, own_page(period))


@pytest.mark.parametrize("portal", ["", PORTAL])
def test_withdrawn_draft__leaves_no_word_of_it_anywhere(
    bureau: Bureau, folder: Path, portal: str, django_capture_on_commit_callbacks: Any
) -> None:
    period = opened(bureau)
    made = edition(bureau, folder, follow=True, portal_url=portal)
    baker.bake(made)
    assert len(telling(folder, DRAFT)) > 5
    withdrawn(bureau, period.draft, django_capture_on_commit_callbacks)
    assert telling(folder, DRAFT) == []
    assert "这一页正在更新" in page_of(folder, own_page(period))
    assert EXPLANATION in page_of(folder, f"info/{period.explanation.index_number}")
    outbox.deliver()
    assert telling(folder, DRAFT) == []
    assert "征求意见稿已经撤下" in page_of(folder, own_page(period))
    assert dead_links(folder) == []
    assert list(baker.differences(made)) == []


def test_withdrawn_explanation__leaves_the_period_without_it(
    bureau: Bureau, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    period = opened(bureau)
    baker.bake(edition(bureau, folder))
    withdrawn(bureau, period.explanation, django_capture_on_commit_callbacks)
    assert telling(folder, EXPLANATION) == []
    assert DRAFT in page_of(folder, own_page(period))
    assert dead_links(folder, but=MADE_ANEW) == []


def test_edition_of_some__holds_the_periods_whose_draft_it_holds(bureau: Bureau, folder: Path) -> None:
    put_out(bureau, "plans")
    period = opened(bureau)
    baker.bake(edition(bureau, folder, only_baked=True, portal_url=PORTAL))
    assert telling(folder, DRAFT) == []
    assert not (folder / own_page(period)).exists()
    assert "这里没有正在征求意见的文件。" in page_of(folder, "comments")
    put_out(bureau, "notices")
    baker.bake(edition(bureau, folder, only_baked=True, portal_url=PORTAL))
    assert DRAFT in page_of(folder, "comments")
    assert (folder / own_page(period) / "index.html").is_file()


def test_period__whose_draft_moves_out_of_the_edition_leaves_too(bureau: Bureau, folder: Path) -> None:
    put_out(bureau, "notices")
    period = opened(bureau)
    made = edition(bureau, folder, only_baked=True)
    baker.bake(made)
    assert (folder / own_page(period)).is_dir()
    put_out(bureau, "notices", channel="portal")
    put_out(bureau, "plans")
    baker.bake(made)
    assert telling(folder, DRAFT) == []
