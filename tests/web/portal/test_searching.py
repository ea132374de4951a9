"""Does search narrow by body and type, tell whose a hit is, and look into no body that is not below?"""

from __future__ import annotations

import re

import pytest
from django.test import Client

from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import Role
from gongkai_web.publishing import indexing
from gongkai_web.publishing.actions import publication
from gongkai_web.publishing.models import Item, Kind
from tests.web.publishing.conftest import Bureau

OWN, LOWER = "本级关于公证服务的通知", "下级公证机构名录公告"


@pytest.fixture
def family(bureau: Bureau, other: Bureau) -> Bureau:
    """临汐 stands below 岫川; each has made one item public."""
    Body.objects.filter(pk=other.body.pk).update(parent=bureau.body)
    bureau.published(title=OWN)
    other.published(title=LOWER)
    indexed()
    return other


def indexed() -> None:
    indexing.build(indexing.opened(indexing.folder()))


def found(client: Client, query: str, at: str = "/b/xiuchuan") -> tuple[set[str], str]:
    """The titles found, without their marks, and the page."""
    page = client.get(f"{at}/search/?{query}").content.decode()
    hits = re.findall(r'<section class="hit"><h2><a href="[^"]*">(.*?)</a>', page)
    return {re.sub(r"<[^>]*>", "", hit) for hit in hits}, page


@pytest.mark.parametrize(
    ("body", "titles"), [("", {OWN}), ("all", {OWN, LOWER}), ("linxi", {LOWER})], ids=["own", "own and below", "one below"]
)
def test_body__narrows_or_widens_what_is_looked_through(family: Bureau, client: Client, body: str, titles: set[str]) -> None:
    hits, page = found(client, f"q=公证&body={body}")
    assert hits == titles
    assert (f'<p class="quiet">{family.body.name}　' in page) is (LOWER in titles)
    for address in re.findall(r'<section class="hit"><h2><a href="([^"]*)"', page):
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


def test_bodies__that_are_not_below_are_neither_offered_nor_looked_through(
    bureau: Bureau, family: Bureau, client: Client
) -> None:
    hits, page = found(client, "q=公证", at="/b/linxi")
    assert hits == {LOWER}
    assert 'name="body"' not in page
    for slug in (bureau.body.slug, "all", "none"):
        assert client.get(f"/b/linxi/search/?q=公证&body={slug}").status_code == 404


def test_hit_of_a_body_below__is_gone_when_it_is_withdrawn(family: Bureau, client: Client) -> None:
    publication.withdraw(family.actor(Role.UNIT_HEAD), Item.objects.get(body=family.body).pk, reason="有误")
    assert found(client, "q=公证&body=all")[0] == {OWN}


def test_kind__narrows_to_one_type_without_words_as_well(bureau: Bureau, client: Client) -> None:
    bureau.published(title="公证便民通知")
    Item.objects.filter(pk=bureau.published(title="公证办法解读").pk).update(kind=Kind.INTERPRETATION)
    indexed()
    assert found(client, "kind=interpretation", at="")[0] == {"公证办法解读"}
    assert found(client, "q=公证&kind=general", at="")[0] == {"公证便民通知"}
    assert client.get("/search/?kind=novel").status_code == 404
