"""Does an edition of some categories hold these and nothing of the others, with no dead link and with exact withdrawals?"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from gongkai.errors import BadInput
from gongkai_web.agencies.roles import Role
from gongkai_web.flow import outbox, tasks
from gongkai_web.portal.background import look_after
from gongkai_web.portal.baking import baker
from gongkai_web.publishing import baked
from gongkai_web.publishing.actions import links, publication, standing_facts
from gongkai_web.publishing.actions.static_editions import arrange
from gongkai_web.publishing.models import Category, LinkKind
from gongkai_web.trail.models import Entry
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotHere, NotPossible
from tests.web.portal.editions import BASE, MADE_ANEW, PORTAL, addresses, dead_links, edition, everything, put_out, telling
from tests.web.publishing.conftest import Bureau, fresh

INSIDE, OUTSIDE = "公证办证须知", "翡翠色的风筝"


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    return tmp_path / "public"


def page_of(folder: Path, path: str) -> str:
    return (folder / path / "index.html").read_text(encoding="utf-8")


def test_edition_of_some__holds_nothing_of_the_others(bureau: Bureau, folder: Path) -> None:
    put_out(bureau, "notices")
    inside, outside = bureau.published(title=INSIDE), bureau.published(title=OUTSIDE, key="plans")
    made = edition(bureau, folder, only_baked=True)
    baker.bake(made)

    assert telling(folder, OUTSIDE) == []
    assert telling(folder, outside.index_number) == []
    assert dead_links(folder) == []
    for path in (
        "index.html",
        "open/index.html",
        "open/notices/index.html",
        "catalogue/index.html",
        f"info/{inside.index_number}/index.html",
    ):
        assert INSIDE in (folder / path).read_text(encoding="utf-8"), path
    assert "现有 1 条" in page_of(folder, ".")
    assert len(list(csv.reader(io.StringIO((folder / "catalogue.csv").read_text(encoding="utf-8-sig"))))) == 2
    assert [row["title"] for row in json.loads((folder / "catalogue.json").read_text(encoding="utf-8"))["items"]] == [INSIDE]
    for path in ("feed.rss", "feed.atom", "sitemap.xml"):
        assert f"{BASE}info/{inside.index_number}/" in (folder / path).read_text(encoding="utf-8")
    assert not (folder / "open/plans").exists()
    assert not (folder / "reports").exists()
    assert "reports/" not in (folder / "sitemap.xml").read_text(encoding="utf-8")
    assert "政府信息公开年报" not in page_of(folder, "apply")
    assert "这里只有在本网站公开的栏目。" in page_of(folder, "open")
    assert list(baker.differences(made)) == []


def test_edition_of_some__leads_to_the_portal_for_the_rest(bureau: Bureau, folder: Path) -> None:
    put_out(bureau, "notices")
    inside, outside = bureau.published(title=INSIDE), bureau.published(title=OUTSIDE, key="plans")
    links.add(bureau.actor(Role.CLERK), inside.pk, outside.pk, kind="related")
    baker.bake(edition(bureau, folder, only_baked=True, portal_url=f"{PORTAL}/"))

    assert f"{PORTAL}/info/{outside.index_number}/" in addresses(page_of(folder, f"info/{inside.index_number}"))
    assert f"{PORTAL}/reports/" in addresses(page_of(folder, "."))
    assert f"{PORTAL}/open/plans/" in addresses(page_of(folder, "guide"))
    assert f"{PORTAL}/" in addresses(page_of(folder, "catalogue"))
    assert f"{PORTAL}/below/" in addresses(page_of(folder, "sitemap"))
    assert dead_links(folder) == []
    # Nothing is loaded from there.
    assert [p for p in everything(folder) if f'src="{PORTAL}'.encode() in everything(folder)[p]] == []


def test_edition_of_some__shows_a_category_above_a_chosen_one_with_the_chosen_only(bureau: Bureau, folder: Path) -> None:
    put_out(bureau, "interpretations")
    bureau.published(title=INSIDE, key="interpretations")
    bureau.published(title=OUTSIDE, key="documents")
    baker.bake(edition(bureau, folder, only_baked=True))
    assert INSIDE in page_of(folder, "open/documents")
    assert telling(folder, OUTSIDE) == []
    assert INSIDE in page_of(folder, ".")


def test_edition_of_some__holds_the_annual_reports_where_they_were_chosen(bureau: Bureau, folder: Path) -> None:
    put_out(bureau, "annual-reports")
    baker.bake(edition(bureau, folder, only_baked=True))
    assert (folder / "reports/index.html").is_file()
    assert dead_links(folder) == []


@pytest.mark.parametrize("portal", ["", PORTAL])
def test_withdrawal__of_what_is_only_linked_takes_out_its_title_and_leaves_the_page(
    bureau: Bureau, folder: Path, portal: str, django_capture_on_commit_callbacks: Any
) -> None:
    put_out(bureau, "notices")
    inside, outside = bureau.published(title=INSIDE), bureau.published(title=OUTSIDE, key="plans")
    links.add(bureau.actor(Role.CLERK), inside.pk, outside.pk, kind="related")
    made = edition(bureau, folder, only_baked=True, portal_url=portal)
    baker.bake(made)
    assert telling(folder, OUTSIDE) == [f"info/{inside.index_number}/index.html"]

    with django_capture_on_commit_callbacks(execute=True):
        publication.withdraw(bureau.actor(Role.UNIT_HEAD), outside.pk, reason="内容有误")

    assert telling(folder, OUTSIDE) == []
    assert INSIDE in page_of(folder, f"info/{inside.index_number}")
    assert not (folder / f"info/{outside.index_number}").exists()
    baker.bake(made)
    assert list(baker.differences(made)) == []
    assert not (folder / f"info/{outside.index_number}").exists()


def test_withdrawal__of_a_chosen_item_leaves_its_tombstone(
    bureau: Bureau, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    put_out(bureau, "notices")
    gone = bureau.published(title=OUTSIDE)
    made = edition(bureau, folder, only_baked=True)
    baker.bake(made)
    with django_capture_on_commit_callbacks(execute=True):
        publication.withdraw(bureau.actor(Role.UNIT_HEAD), gone.pk, reason="有误", tombstone="因内容有误撤回。")
    assert telling(folder, OUTSIDE) == []
    for _ in range(2):
        assert "因内容有误撤回。" in page_of(folder, f"info/{gone.index_number}")
        baker.bake(made)
    assert dead_links(folder) == []
    assert list(baker.differences(made)) == []


def test_withdrawal__of_what_cannot_be_cut_leaves_a_page_and_no_dead_link(
    bureau: Bureau, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    gone = bureau.published(title="通知", summary=f"第一行\n{OUTSIDE}")
    made = edition(bureau, folder)
    baker.bake(made)
    with django_capture_on_commit_callbacks(execute=True):
        publication.withdraw(bureau.actor(Role.UNIT_HEAD), gone.pk, reason="内容有误")
    assert telling(folder, OUTSIDE) == []
    assert "这一页正在更新" in page_of(folder, ".")
    assert dead_links(folder, but=MADE_ANEW) == []
    baker.bake(made)
    assert "这一页正在更新" not in page_of(folder, ".")
    assert made.waiting() == 0


def test_withdrawal__by_another_body_takes_its_title_out_of_a_page_that_links_it(
    bureau: Bureau, other: Bureau, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    theirs, ours = other.published(title=OUTSIDE), bureau.published(title=INSIDE)
    assert theirs.index_number == ours.index_number, "the same number of two bodies names two items"
    links.add(bureau.actor(Role.CLERK), ours.pk, theirs.pk, kind=LinkKind.RELATED)
    made = edition(bureau, folder, follow=True)
    baker.bake(made)
    assert telling(folder, OUTSIDE) == [f"info/{ours.index_number}/index.html"]

    with django_capture_on_commit_callbacks(execute=True):
        publication.withdraw(other.actor(Role.UNIT_HEAD), theirs.pk, reason="内容有误")

    assert telling(folder, OUTSIDE) == []
    assert INSIDE in page_of(folder, f"info/{ours.index_number}")
    assert made.waiting() == 1
    outbox.deliver()
    assert made.waiting() == 0
    assert list(baker.differences(made)) == []


def test_item__moved_to_another_category_leaves_and_comes_with_the_worker(bureau: Bureau, folder: Path) -> None:
    put_out(bureau, "notices")
    item = bureau.published(title=OUTSIDE)
    made = edition(bureau, folder, only_baked=True, follow=True)
    baker.bake(made)
    plans = Category.objects.get(body=bureau.body, key="plans")
    standing_facts.classify(bureau.actor(Role.CLERK), item.pk, facts={"category": plans.pk})
    outbox.deliver()
    assert telling(folder, OUTSIDE) == []
    assert not (folder / f"info/{item.index_number}").exists()
    notices = Category.objects.get(body=bureau.body, key="notices")
    standing_facts.classify(bureau.actor(Role.CLERK), fresh(item).pk, facts={"category": notices.pk})
    outbox.deliver()
    assert OUTSIDE in page_of(folder, f"info/{item.index_number}")


def test_category__that_is_given_another_channel_leaves_with_the_worker(bureau: Bureau, folder: Path) -> None:
    put_out(bureau, "notices", "plans")
    bureau.published(title=INSIDE)
    bureau.published(title=OUTSIDE, key="plans")
    made = edition(bureau, folder, only_baked=True, follow=True)
    baker.bake(made)
    look_after(clock.now())
    assert not tasks.run_next()
    put_out(bureau, "plans", channel="portal")
    look_after(clock.now())
    assert tasks.run_next()
    assert telling(folder, OUTSIDE) == []
    assert telling(folder, INSIDE)


def test_edition_of_some__is_refused_where_no_category_was_chosen(bureau: Bureau, folder: Path) -> None:
    with pytest.raises(BadInput, match="没有一个栏目选择"):
        edition(bureau, folder, only_baked=True)
    assert not folder.exists()


def test_live_portal__shows_an_item_whatever_its_channel(bureau: Bureau) -> None:
    put_out(bureau, "notices")
    item = bureau.published(title=INSIDE)
    client = bureau.office.client(Role.CLERK)
    for address in ("/", "/open/notices/", "/catalogue/", f"/info/{item.index_number}/"):
        assert INSIDE in client.get(address).content.decode()


# ---- what an edition is to hold, said in the workbench -----------------------------------------------------------------------


def test_arranging__bakes_the_folder_anew_and_stands_in_the_trail(bureau: Bureau, folder: Path) -> None:
    put_out(bureau, "notices")
    bureau.published(title=INSIDE)
    bureau.published(title=OUTSIDE, key="plans")
    made = edition(bureau, folder)
    baker.bake(made)
    head, body = bureau.actor(Role.UNIT_HEAD), bureau.body.pk
    arrange(head, body, mark=made.mark, only_baked=True, portal_url=PORTAL)
    assert telling(folder, OUTSIDE)
    while tasks.run_next():
        pass
    assert telling(folder, OUTSIDE) == []
    assert f"{PORTAL}/reports/" in addresses(page_of(folder, "."))
    assert "只放以静态页面公开的栏目" in str(Entry.objects.filter(act="publishing.edition.arrange").values().get())
    with pytest.raises(NotPossible):
        arrange(head, body, mark=made.mark, only_baked=True, portal_url=PORTAL)
    arrange(head, body, mark=made.mark, only_baked=False, portal_url="")
    while tasks.run_next():
        pass
    assert telling(folder, OUTSIDE)


def test_arranging__is_refused_in_words(bureau: Bureau, other: Bureau, folder: Path) -> None:
    made = edition(bureau, folder)
    head, body = bureau.actor(Role.UNIT_HEAD), bureau.body.pk
    with pytest.raises(BadForm) as wrong:
        arrange(head, body, mark=made.mark, only_baked=True, portal_url="example")
    assert set(wrong.value.errors) == {"only_baked", "portal_url"}
    with pytest.raises(NotAllowed):
        arrange(bureau.actor(Role.CLERK), body, mark=made.mark, only_baked=False, portal_url=PORTAL)
    with pytest.raises(NotHere):
        arrange(other.actor(Role.UNIT_HEAD), other.body.pk, mark=made.mark, only_baked=False, portal_url=PORTAL)
    with pytest.raises(NotHere):
        arrange(head, 0, mark=made.mark, only_baked=False, portal_url=PORTAL)
    assert made.wanted == baked.editions()[0].wanted


def test_arranged_task__for_an_edition_that_is_no_more_does_nothing(bureau: Bureau, folder: Path) -> None:
    made = edition(bureau, folder)
    arrange(bureau.actor(Role.UNIT_HEAD), bureau.body.pk, mark=made.mark, only_baked=False, portal_url=PORTAL)
    made.place.unlink()
    assert tasks.run_next()
    assert not (folder / "index.html").exists()
