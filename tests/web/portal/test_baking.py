"""Is a static edition whole, free of dead links, readable anywhere, and rid of what was withdrawn at once?"""

from __future__ import annotations

import errno
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from gongkai.errors import BadInput
from gongkai_web.agencies.roles import Role
from gongkai_web.files import receiving
from gongkai_web.flow import outbox, tasks
from gongkai_web.portal import background
from gongkai_web.portal.background import follow, look_after
from gongkai_web.portal.baking import baker, plan, words
from gongkai_web.portal.baking.links import relative
from gongkai_web.publishing import baked
from gongkai_web.publishing.actions import attachments, links, publication
from gongkai_web.publishing.baked import MARKER, Wanted
from gongkai_web.publishing.models import Item
from gongkai_web.search.grams import runs
from gongkai_web.ui import clock
from tests.web.portal.editions import BASE, addresses, dead_links, edition, everything
from tests.web.publishing.conftest import Bureau, fresh

CANARY = "翡翠色的风筝"


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    return tmp_path / "public"


def with_attachment(bureau: Bureau, title: str, name: str = "安排 表#1.txt") -> Item:
    item = bureau.draft(title, summary=f"{title}的概述")
    clerk = bureau.actor(Role.CLERK)
    file = receiving.receive(clerk, bureau.body, f"{title}：周六上午。".encode(), name)
    attachments.add(clerk, item.pk, digest=file.digest)
    return bureau.passed(bureau.submitted(fresh(item)))


def test_edition__has_every_page_and_no_dead_link(bureau: Bureau, folder: Path) -> None:
    first, second = with_attachment(bureau, "便民活动通知"), bureau.published(title="关于便民活动通知的说明")
    links.add(bureau.actor(Role.CLERK), second.pk, first.pk, kind="related")
    made = edition(bureau, folder)
    baker.bake(made)
    found = everything(folder)

    for path in (
        "index.html", "guide/index.html", "rules/index.html", "open/index.html", "open/notices/index.html", "reports/index.html",
        "apply/index.html", "catalogue/index.html", "catalogue.csv", "catalogue.xlsx", "catalogue.json", "feed.rss", "feed.atom",
        "sitemap.xml", "sitemap/index.html", "accessibility/index.html", "search/index.html", "static/portal/search.js",
        f"info/{first.index_number}/index.html", f"info/{first.index_number}/files/1/安排 表_1.txt",
    ):  # fmt: skip
        assert path in found, path
    assert dead_links(folder) == []
    assert [a for data in found.values() for a in addresses(data.decode(errors="ignore")) if a.startswith("/")] == []
    page = found[f"info/{first.index_number}/index.html"].decode()
    assert "关于便民活动通知的说明" in page
    assert f'href="{BASE}info/{first.index_number}/"' in page
    assert "<svg" in page


def test_edition__without_an_address_has_no_feed_and_no_qr(bureau: Bureau, folder: Path) -> None:
    item = bureau.published()
    baker.bake(baker.begun(Wanted(bureau.body.slug, folder, apply_url="https://www.example.gov.cn/apply")))
    assert not (folder / "feed.rss").exists()
    assert not (folder / "sitemap.xml").exists()
    assert "<svg" not in (folder / f"info/{item.index_number}/index.html").read_text(encoding="utf-8")
    assert 'href="https://www.example.gov.cn/apply"' in (folder / "apply/index.html").read_text(encoding="utf-8")


def test_edition__writes_only_what_changed(bureau: Bureau, folder: Path) -> None:
    old = bureau.published(title="旧的通知")
    made = edition(bureau, folder)
    first = baker.bake(made)
    again = baker.bake(made)
    assert (again.written, again.removed, again.unchanged) == (0, 0, first.written)
    page = folder / f"info/{old.index_number}/index.html"
    stamp = page.stat().st_mtime_ns
    bureau.published(title="新的通知")
    assert 0 < baker.bake(made).written < first.written
    assert page.stat().st_mtime_ns == stamp
    assert list(baker.differences(made)) == []


def test_edition__older_pages_of_a_list_stay_as_they_are(bureau: Bureau, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(1, 4):
        bureau.published(title=f"第{n}号通知")
    monkeypatch.setattr(plan, "ROWS", 1)
    made = edition(bureau, folder)
    baker.bake(made)
    oldest = (folder / "open/page-1.html").read_text(encoding="utf-8")
    newest = (folder / "open/index.html").read_text(encoding="utf-8")
    assert "第1号通知" in oldest
    assert "第3号通知" in newest
    assert 'href="page-2.html"' in newest
    bureau.published(title="第4号通知")
    baker.bake(made)
    assert (folder / "open/page-1.html").read_text(encoding="utf-8") == oldest


def test_withdrawal__leaves_not_one_old_byte_when_the_act_returns(
    bureau: Bureau, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    kept = bureau.published(title="留下的通知")
    gone = with_attachment(bureau, CANARY)
    links.add(bureau.actor(Role.CLERK), kept.pk, gone.pk, kind="related")
    made = edition(bureau, folder, follow=True)
    baker.bake(made)
    assert any(CANARY.encode() in data for data in everything(folder).values())

    with django_capture_on_commit_callbacks(execute=True):
        publication.withdraw(bureau.actor(Role.UNIT_HEAD), gone.pk, reason="内容有误", tombstone="因内容有误撤回。")

    left = everything(folder)
    assert [path for path, data in left.items() if CANARY.encode() in data] == []
    assert not [path for path in left if path.startswith(f"info/{gone.index_number}/files/")]
    assert "因内容有误撤回。" in left[f"info/{gone.index_number}/index.html"].decode()
    assert "留下的通知" in left["open/index.html"].decode()
    # No pair of its characters names it any more either.
    for n in range(words.shards_for(2)):
        for line in left[f"search/grams/{n}.js"].decode().splitlines():
            assert gone.pk not in json.loads(line.rstrip(",").partition(":")[2]) if line.startswith('"') and "[" in line else True

    baker.bake(made)
    left = everything(folder)
    assert [path for path, data in left.items() if CANARY.encode() in data] == []
    assert "因内容有误撤回。" in left[f"info/{gone.index_number}/index.html"].decode()
    assert {"catalogue.csv", "feed.rss", "sitemap.xml"} <= set(left)
    assert list(baker.differences(made)) == []


def test_withdrawal__with_broken_lines_leaves_nothing_either(
    bureau: Bureau, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    gone = bureau.published(title="通知", summary=f"第一行\n{CANARY}")
    made = edition(bureau, folder)
    baker.bake(made)
    with django_capture_on_commit_callbacks(execute=True):
        publication.withdraw(bureau.actor(Role.UNIT_HEAD), gone.pk, reason="内容有误")
    assert [path for path, data in everything(folder).items() if CANARY.encode() in data] == []


def test_bake__that_began_before_a_withdrawal_does_not_write_it_back(
    bureau: Bureau, folder: Path, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    gone = bureau.published(title=CANARY)
    made = edition(bureau, folder)
    real, done = baker.plan, []

    def late(*args: Any) -> Any:
        planned = real(*args)
        for each in planned.files.values():
            each.make()  # whatever was read before the withdrawal is in hand
        if not done:
            done.append(True)
            with django_capture_on_commit_callbacks(execute=True):
                publication.withdraw(bureau.actor(Role.UNIT_HEAD), gone.pk, reason="内容有误")
        return planned

    monkeypatch.setattr(baker, "plan", late)
    baker.bake(made)
    assert [path for path, data in everything(folder).items() if CANARY.encode() in data] == []
    assert "撤回" in (folder / f"info/{gone.index_number}/index.html").read_text(encoding="utf-8")


def test_worker__follows_acts_into_the_folder(bureau: Bureau, folder: Path) -> None:
    made = edition(bureau, folder, follow=True)
    baker.bake(made)
    item = bureau.published(title="新发布的通知")
    outbox.deliver()
    assert "新发布的通知" in (folder / f"info/{item.index_number}/index.html").read_text(encoding="utf-8")
    assert "新发布的通知" in (folder / "index.html").read_text(encoding="utf-8")


def test_worker__that_cannot_write_says_so_and_bakes_again(bureau: Bureau, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = edition(bureau, folder, follow=True)
    baker.bake(made)
    item = bureau.published(title="新发布的通知")

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(baked, "_write", full)
    outbox.deliver(handlers=background.OUTBOX)
    (failure,) = baked.failures(bureau.body.slug)
    assert "磁盘已满" in failure.words
    monkeypatch.undo()
    look_after(clock.now())
    while tasks.run_next():
        pass
    assert baked.failures(bureau.body.slug) == ()
    assert (folder / f"info/{item.index_number}/index.html").is_file()


def test_worker__bakes_whole_again_when_the_body_changes(bureau: Bureau, folder: Path) -> None:
    made = edition(bureau, folder, follow=True)
    baker.bake(made)
    look_after(clock.now())
    assert not tasks.run_next()
    bureau.body.unit_phone = "0000-1234567"
    bureau.body.save()
    look_after(clock.now())
    assert tasks.run_next()
    assert "0000-1234567" in (folder / "open/index.html").read_text(encoding="utf-8")


def test_follow__leaves_editions_alone_that_are_not_followed(bureau: Bureau, folder: Path) -> None:
    made = edition(bureau, folder)
    baker.bake(made)
    bureau.published(title="新发布的通知")
    outbox.deliver()
    assert "新发布的通知" not in (folder / "index.html").read_text(encoding="utf-8")
    assert any(line.startswith("缺少：info/") for line in baker.differences(made))
    follow(())


@pytest.mark.parametrize("what", ["something", "other body", "data", "file"])
def test_folder__that_is_not_ours_is_refused(bureau: Bureau, other: Bureau, folder: Path, what: str, settings: Any) -> None:
    place = folder
    if what == "something":
        folder.mkdir()
        (folder / "index.html").write_text("别人的首页", encoding="utf-8")
    elif what == "other body":
        baker.bake(edition(other, folder))
    elif what == "file":
        folder.write_text("文件", encoding="utf-8")
    else:
        place = settings.DATA / "public"
    before = everything(folder) if folder.is_dir() else {}
    with pytest.raises(BadInput):
        edition(bureau, place)
    assert (everything(folder) if folder.is_dir() else {}) == before


def test_check__names_what_was_changed_lost_and_added(bureau: Bureau, folder: Path) -> None:
    made = edition(bureau, folder)
    baker.bake(made)
    (folder / "index.html").write_text("改过", encoding="utf-8")
    (folder / "guide/index.html").unlink()
    (folder / "extra.html").write_text("多出", encoding="utf-8")
    assert set(baker.differences(made)) == {"被改动过：index.html", "文件不见了：guide/index.html", "多出来的文件：extra.html"}


def test_folder__whose_manifest_was_lost_is_taken_up_again(bureau: Bureau, folder: Path, settings: Any) -> None:
    gone = bureau.published(title=CANARY)
    baker.bake(edition(bureau, folder))
    shutil.rmtree(settings.DATA / baked.FOLDER)
    publication.withdraw(bureau.actor(Role.UNIT_HEAD), gone.pk, reason="内容有误")
    made = edition(bureau, folder)
    baker.bake(made)
    assert [path for path, data in everything(folder).items() if CANARY.encode() in data] == []
    assert (folder / MARKER).is_file()
    assert list(baker.differences(made)) == []


def test_search_index__names_exactly_the_items_in_which_a_word_stands(bureau: Bureau, folder: Path) -> None:
    made = [bureau.published(title=title) for title in ("法律援助经费管理办法", "公证服务收费标准", "法律服务所名录")]
    baker.bake(edition(bureau, folder))

    def keys(word: str) -> set[int]:
        found: list[set[int]] = []
        for run in runs(word):
            for pair in words._pairs(run):
                text = (folder / f"search/grams/{words.shard_of(pair, words.shards_for(3))}.js").read_text(encoding="utf-8")
                table = json.loads(text[text.index("{") : text.rindex("}") + 1])
                found.append(set(table.get(pair, [])))
        return set.intersection(*found)

    assert keys("法律") == {made[0].pk, made[2].pk}
    assert keys("法律援助经费") == {made[0].pk}
    assert keys("没有的词") == set()


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('<a href="/open/notices/">x</a>', '<a href="../../open/notices/index.html">x</a>'),
        ('<a href="/">x</a>', '<a href="../../index.html">x</a>'),
        ('<form action="/search/">', '<form action="../../search/index.html">'),
        ('<a href="/search/?q=a&amp;b=1#c">x</a>', '<a href="../../search/index.html?q=a&amp;b=1#c">x</a>'),
        ('<a href="/nowhere/">x</a>', "<a>x</a>"),
        ('<a href="https://www.example.gov.cn/">x</a>', '<a href="https://www.example.gov.cn/">x</a>'),
        ('<p>写作 href="/open/" 的地方</p>', '<p>写作 href="/open/" 的地方</p>'),
        ('<a href="page-2.html">x</a>', '<a href="page-2.html">x</a>'),
        ('<a title="a>b" href="/open/">x</a>', '<a title="a>b" href="../../open/index.html">x</a>'),
        ('<a href="/info/修〔1〕/">x</a>', '<a data-of="info/__1_-273ba963/">x</a>'),
        ('<li data-of="/info/2026-1/">x</li>', '<li data-of="info/2026-1/">x</li>'),
        ('<li data-of="/nothing/">x</li>', "<li>x</li>"),
    ],
)
def test_link__becomes_a_path_from_the_page(page: str, expected: str) -> None:
    known = {"index.html", "open/index.html", "open/notices/index.html", "search/index.html"}
    assert relative(page, "info/x/index.html", known.__contains__) == expected


@pytest.mark.parametrize(
    ("portal", "address", "expected"),
    [
        ("https://a.cn", "/nowhere/?q=1", "https://a.cn/nowhere/?q=1"),
        ("https://a.cn/b/here", "/nowhere/", "https://a.cn/b/here/nowhere/"),
        ("https://a.cn/b/here", "/b/there/info/1/", "https://a.cn/b/there/info/1/"),
        ("https://a.cn", "/b/there/info/1/", "https://a.cn/b/there/info/1/"),
    ],
)
def test_link__to_what_the_edition_lacks_leads_to_the_portal(portal: str, address: str, expected: str) -> None:
    made = relative(f'<a href="{address}">x</a>', "index.html", set().__contains__, portal)
    assert f'<a href="{expected}"' in made
    # Nothing is loaded from elsewhere.
    assert relative('<img src="/nowhere.png">', "index.html", set().__contains__, portal) == "<img>"
