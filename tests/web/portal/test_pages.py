"""Does the public read what is public, all of it, nothing else, and without being followed?"""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from gongkai_web.agencies.roles import Role
from gongkai_web.portal import pages
from gongkai_web.publishing import indexing
from gongkai_web.publishing.actions import publication
from gongkai_web.publishing.models import Item
from gongkai_web.ui.qr import qr_svg

FIXED = (
    "/",
    "/guide/",
    "/rules/",
    "/open/",
    "/open/notices/",
    "/reports/",
    "/apply/",
    "/catalogue/",
    "/sitemap/",
    "/accessibility/",
    "/search/",
)
FILES = ("/catalogue.csv", "/catalogue.xlsx", "/catalogue.json", "/feed.rss", "/feed.atom", "/sitemap.xml", "/robots.txt")
CANARY = "翡翠色的风筝"


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


@pytest.fixture
def item(bureau: Any) -> Item:
    return bureau.published(
        title="关于法律援助经费管理的通知", document_number="岫司〔2025〕3号", html="<p>法律援助经费专款专用。</p>"
    )


@pytest.mark.parametrize("address", [*FIXED, *FILES])
def test_page__is_there_before_anything_is_public(bureau: Any, client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", [*FIXED, *FILES])
def test_page__sets_no_cookie_and_carries_a_tag(item: Item, client: Client, address: str) -> None:
    response = client.get(address)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    if address != "/robots.txt":
        assert client.get(address, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("address", ["/", "/open/", "/open/notices/", "/catalogue/", "/catalogue.csv", "/feed.rss", "/feed.atom"])
def test_page__shows_what_is_public(item: Item, client: Client, address: str) -> None:
    assert "关于法律援助经费管理的通知" in text(client, address)


def test_item__shows_its_metadata_text_and_tags(item: Item, client: Client) -> None:
    page = text(client, f"/info/{item.index_number}/")
    for words in (
        "012345678/2", "岫司〔2025〕3号", "法律援助经费专款专用。", "（此件公开发布）", 'name="ArticleTitle"', 'name="PubDate"',
        'name="ContentSource"', 'name="SiteName"', f'src="/info/{item.index_number}/qr.svg"',
    ):  # fmt: skip
        assert words in page


def test_qr_code__is_a_picture_of_the_items_address_while_it_is_public(bureau: Any, item: Item, client: Client) -> None:
    found = client.get(f"/info/{item.index_number}/qr.svg")
    assert found["Content-Type"] == "image/svg+xml"
    assert found.content.decode() == qr_svg(f"http://testserver/info/{item.index_number}/")
    assert client.get(f"/info/{bureau.draft().index_number}/qr.svg").status_code == 404
    publication.withdraw(bureau.actor(Role.UNIT_HEAD), item.pk, reason="内容有误")
    assert client.get(f"/info/{item.index_number}/qr.svg").status_code == 404


def test_item__and_what_is_shown_of_it_come_from_one_question(item: Item, client: Client) -> None:
    text(client, f"/info/{item.index_number}/")
    with CaptureQueriesContext(connection) as asked:
        text(client, f"/info/{item.index_number}/")
    tables = ("publishing_publication", "publishing_version", "publishing_category")
    assert [sum(f'"{table}"' in one["sql"] for one in asked.captured_queries) for table in tables] == [1, 1, 1]
    assert len(asked) < 8


def test_home__asks_no_more_for_many_items_than_for_few(bureau: Any, item: Item, client: Client) -> None:
    text(client, "/")
    with CaptureQueriesContext(connection) as few:
        text(client, "/")
    for number in range(6):
        bureau.published(title=f"第{number}号通知")
    text(client, "/")
    with CaptureQueriesContext(connection) as many:
        text(client, "/")
    assert len(many) == len(few)


def test_item__drafted_reviewed_scheduled_or_withdrawn_is_nowhere(bureau: Any, client: Client) -> None:
    bureau.draft(title=CANARY)
    bureau.submitted(title=f"{CANARY}二")
    gone = bureau.published(title=f"{CANARY}三")
    publication.withdraw(bureau.actor(Role.UNIT_HEAD), gone.pk, reason="内容有误", tombstone="本条信息因内容有误撤回。")
    for address in (*FIXED, *(f for f in FILES if not f.endswith("xlsx")), "/search/?q=翡翠色"):
        assert CANARY not in text(client, address)
    sheet = load_workbook(io.BytesIO(client.get("/catalogue.xlsx").content)).active
    assert sheet.max_row == 1
    page = text(client, f"/info/{gone.index_number}/", 410)
    assert "本条信息因内容有误撤回。" in page
    assert CANARY not in page


def test_item__of_another_body_is_at_its_own_address_only(bureau: Any, other: Any, client: Client) -> None:
    theirs = other.published(title="临汐县的通知")
    assert "临汐县的通知" in text(client, f"/b/linxi/info/{theirs.index_number}/")
    assert "临汐县的通知" not in text(client, "/open/")
    assert "/b/linxi/open/notices/" in text(client, f"/b/linxi/info/{theirs.index_number}/")


@pytest.mark.parametrize(
    "address",
    [
        "/info/none/",
        "/open/none/",
        "/rules/9/",
        "/catalogue.exe",
        "/feed.x",
        "/b/nobody/",
        "/open/?after=%00",
        "/open/?after=abc",
    ],
)
def test_page__that_is_not_there_says_so_in_words(bureau: Any, client: Client, address: str) -> None:
    assert "没有这个页面" in text(client, address, 404)


@pytest.mark.parametrize("query", ["year=abc", "year=1949", "validity=x", "validity=<script>", "year=²"])
def test_filters__that_are_not_offered_are_refused_rather_than_left_out(item: Item, client: Client, query: str) -> None:
    for address in ("/open/", "/search/"):
        assert "<script>" not in text(client, f"{address}?{query}", 404).replace("<script src=", "")
        text(client, f"{address}?year=&validity=&q=法律援助")


def test_search__takes_what_is_far_too_long_or_too_deep(item: Item, client: Client) -> None:
    for query in ("q=" + "长" * 3000, "q=法律援助&from=999999999"):
        text(client, f"/search/?{query}")


def test_lists__page_by_keys_both_ways(bureau: Any, client: Client) -> None:
    for n in range(23):
        bureau.published(title=f"第{n + 1:02}号通知")
    first = text(client, "/open/")
    assert "第23号通知" in first
    assert "第03号通知" not in first
    onward = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = text(client, f"/open/{onward}")
    assert "第03号通知" in second
    back = second.split('rel="prev"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert "第23号通知" in text(client, f"/open/{back}")


def test_search__finds_inside_sentences_and_marks_the_words(item: Item, client: Client) -> None:
    indexing.build(indexing.opened(indexing.folder()))
    page = text(client, "/search/?q=经费专款")
    assert "<mark>经费专款</mark>" in page
    assert "找到" in page
    assert "没有找到" in text(client, "/search/?q=没有这个词")


def test_search__shows_nothing_that_was_taken_down_since_the_index_was_written(bureau: Any, item: Item, client: Client) -> None:
    indexing.build(indexing.opened(indexing.folder()))
    publication.withdraw(bureau.actor(Role.UNIT_HEAD), item.pk, reason="内容有误", tombstone="已撤回。")
    assert "法律援助经费" not in text(client, "/search/?q=专款专用")
    assert json.loads(text(client, "/similar.json?q=法律援助经费"))["items"] == []


def test_similar__offers_public_items(item: Item, client: Client) -> None:
    indexing.build(indexing.opened(indexing.folder()))
    offered = json.loads(text(client, "/similar.json?q=我想知道法律援助经费怎么管"))["items"]
    assert offered[0]["url"] == f"/info/{item.index_number}/"


def test_catalogue__leaves_as_csv_xlsx_and_json(bureau: Any, client: Client) -> None:
    bureau.published(title="=SUM(A1)等于什么的通知", summary="+1")
    rows = list(csv.reader(io.StringIO(client.get("/catalogue.csv").content.decode("utf-8-sig"))))
    assert rows[1][1:3] == ["'=SUM(A1)等于什么的通知", "'+1"]
    sheet = load_workbook(io.BytesIO(client.get("/catalogue.xlsx").content)).active
    assert sheet["B2"].value == "=SUM(A1)等于什么的通知"
    assert sheet["B2"].data_type == "s"
    listed = json.loads(client.get("/catalogue.json").content)["items"]
    assert listed[0]["title"] == "=SUM(A1)等于什么的通知"


def test_feeds__and_site_map_are_well_formed(bureau: Any, client: Client) -> None:
    made = bureau.published(title="<标题> & “引号” \x0b]]>")
    for address in ("/feed.rss", "/feed.atom", "/sitemap.xml"):
        assert made.index_number in ET.tostring(ET.fromstring(client.get(address).content), encoding="unicode")


def test_script__in_any_field_is_shown_as_words(bureau: Any, client: Client) -> None:
    hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    made = bureau.published(
        title=f"通知{hostile}"[:190], summary=hostile, document_number=hostile[:50], source=hostile, html=f"<p>正文</p>{hostile}"
    )
    for address in (f"/info/{made.index_number}/", "/", "/open/", "/catalogue/", "/feed.rss"):
        page = text(client, address)
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_template__asks_the_database_nothing(item: Item, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = pages.render_to_string

    def watching(*args: Any, **kwargs: Any) -> str:
        def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            asked.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            return str(real(*args, **kwargs))

    monkeypatch.setattr(pages, "render_to_string", watching)
    for address in (*FIXED, f"/info/{item.index_number}/"):
        text(client, address)
    assert asked == []
