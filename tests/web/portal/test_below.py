"""Does a superior find the bodies below, what they made public, and which of them changed?"""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import Role
from gongkai_web.publishing.actions import publication
from gongkai_web.ui import clock
from tests.web.publishing.conftest import Bureau

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def below(bureau: Bureau, other: Bureau) -> Bureau:
    """临汐 stands below 岫川."""
    Body.objects.filter(pk=other.body.pk).update(parent=bureau.body)
    other.body.refresh_from_db()
    return other


def bodies(client: Client, address: str = "/b/xiuchuan/below.json") -> dict[str, dict[str, Any]]:
    return {b["slug"]: b for b in json.loads(client.get(address).content)["bodies"]}


def test_list__shows_bodies_below_with_their_counts_and_newest(bureau: Bureau, below: Bureau, client: Client) -> None:
    bureau.published(title="上级自己的通知")
    below.published(title="下级机关的公告")
    below.draft("下级没有审定的草稿")

    page = client.get("/b/xiuchuan/below/").content.decode()

    assert "下级机关的公告" in page
    assert "/b/linxi/info/" in page
    assert "1 条" in page
    assert "上级自己的通知" not in page
    assert "下级没有审定的草稿" not in page


def test_home__leads_to_the_bodies_below_where_there_are_any(bureau: Bureau, below: Bureau, client: Client) -> None:
    assert 'href="/b/xiuchuan/below/"' in client.get("/b/xiuchuan/").content.decode()
    assert "下级机关" not in client.get("/b/linxi/").content.decode()


def test_feeds__tell_whose_each_entry_is_and_forget_what_was_withdrawn(bureau: Bureau, below: Bureau, client: Client) -> None:
    bureau.published(title="上级自己的通知")
    item = below.published(title="下级机关的公告")
    entries = ET.fromstring(client.get("/b/xiuchuan/below.atom").content).findall(f"{ATOM}entry")
    told = {e.findtext(f"{ATOM}title"): e.findtext(f"{ATOM}author/{ATOM}name") for e in entries}
    assert told == {"上级自己的通知": bureau.body.name, "下级机关的公告": below.body.name}
    links = [link.attrib["href"] for e in entries for link in e.findall(f"{ATOM}link")]
    assert all(client.get(link.removeprefix("http://testserver")).status_code == 200 for link in links)

    publication.withdraw(below.actor(Role.UNIT_HEAD), item.pk, reason="写错了")
    for form in ("rss", "atom", "json"):
        assert "下级机关的公告" not in client.get(f"/b/xiuchuan/below.{form}").content.decode()


def test_table__names_the_state_of_each_body_so_that_only_the_changed_are_fetched_again(
    bureau: Bureau, below: Bureau, client: Client
) -> None:
    bureau.published()
    before = bodies(client)
    assert [(b["depth"], b["count"], b["latest_on"] is None) for b in before.values()] == [(0, 1, False), (1, 0, True)]
    item = below.published()
    after = bodies(client)
    assert after["xiuchuan"]["state"] == before["xiuchuan"]["state"]
    assert after["linxi"]["state"] != before["linxi"]["state"]
    catalogue = client.get(after["linxi"]["catalogue"].removeprefix("http://testserver")).content.decode()
    assert item.index_number in catalogue

    publication.withdraw(below.actor(Role.UNIT_HEAD), item.pk, reason="写错了")
    assert bodies(client)["linxi"]["state"] != after["linxi"]["state"]


def test_body_with_a_host_of_its_own__is_named_by_it(bureau: Bureau, below: Bureau, client: Client) -> None:
    Body.objects.filter(pk=below.body.pk).update(host="linxi.example")
    assert bodies(client)["linxi"]["home"] == "http://linxi.example/"


def test_body_without_bodies_below__says_so(bureau: Bureau, client: Client) -> None:
    assert "没有下级机关" in client.get("/below/").content.decode()
    assert list(bodies(client, "/below.json")) == ["xiuchuan"]
    assert client.get("/below.csv").status_code == 404


def test_tree_that_bites_its_tail__is_told_once(bureau: Bureau, below: Bureau, client: Client) -> None:
    Body.objects.filter(pk=bureau.body.pk).update(parent=below.body)
    assert set(bodies(client)) == {"xiuchuan", "linxi"}


def test_pages_of_thirty_bodies__ask_as_many_questions_as_those_of_three(bureau: Bureau, below: Bureau, client: Client) -> None:
    below.published(title="下级机关的公告")

    def hang(until: int) -> None:
        there = Body.objects.filter(parent=bureau.body).count()
        numbers = range(there + 1, until + 1)
        Body.objects.bulk_create(
            Body(slug=f"lower-{n}", name=f"第{n}局", parent=bureau.body, created_at=clock.now()) for n in numbers
        )

    def asked(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as questions:
            assert client.get(address).status_code == 200
        return len(questions)

    addresses = [f"/b/xiuchuan/below{form}" for form in ("/", ".json", ".atom", ".rss")]
    hang(3)
    few = [asked(address) for address in addresses]
    hang(30)
    assert len(bodies(client)) == 31
    assert [asked(address) for address in addresses] == few


def test_body_that_a_server_shows_first__stands_there_without_its_name(
    bureau: Bureau, below: Bureau, client: Client, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    assert bodies(client)["xiuchuan"]["home"] == "http://testserver/"
    Body.objects.filter(pk=below.body.pk).update(host="linxi.example")
    found = json.loads(client.get("/b/xiuchuan/below.json", HTTP_HOST="linxi.example:81").content)["bodies"]
    assert [b["home"] for b in found] == ["http://linxi.example:81/b/xiuchuan/", "http://linxi.example:81/"]
