"""How often does the page of one item ask the database, and is its text scanned again for every view?"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai_web.agencies.roles import Role
from gongkai_web.publishing import scans
from gongkai_web.publishing.actions import rework
from gongkai_web.publishing.models import Item, Practice
from gongkai_web.ui import clock
from tests.web.publishing.conftest import Bureau
from tests.web.workbench.conftest import words

MOST = 20


def asked(bureau: Bureau, item: Item, role: Role) -> list[str]:
    client = bureau.office.client(role)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/work/items/{item.pk}/").status_code == 200
    return [q["sql"] for q in queries.captured_queries]


def normative(bureau: Bureau) -> Item:
    return bureau.published(
        key="normative", made_on=clock.today(), effective_on=clock.today(), document_number="岫司规〔2026〕1号",
        theme="公安、安全、司法\\司法", facts={"kind": "normative"},
    )  # fmt: skip


@pytest.mark.parametrize("role", [Role.CLERK, Role.SECRECY_OFFICER, Role.SIGNING_LEADER])
def test_page__asks_the_database_at_most_twenty_times(bureau: Bureau, role: Role) -> None:
    item = bureau.published()
    told = asked(bureau, item, role)
    assert len(told) <= MOST, "\n".join(told)


def test_page__asks_no_more_often_for_more_versions(bureau: Bureau) -> None:
    item = bureau.published()
    before = len(asked(bureau, item, Role.CLERK))
    for n in range(3):
        rework.correct(bureau.actor(Role.CLERK), item.pk, note=f"第{n}次更正")
        bureau.passed(bureau.submitted(item))
    assert len(asked(bureau, item, Role.CLERK)) == before


def test_page_of_a_document__asks_for_what_documents_alone_have(bureau: Bureau) -> None:
    general, document = bureau.published(), normative(bureau)
    more = len(asked(bureau, document, Role.CLERK)) - len(asked(bureau, general, Role.CLERK))
    assert more == 2


def test_scan__is_not_made_again_for_the_same_words(bureau: Bureau, monkeypatch: Any) -> None:
    item = bureau.draft(html="<p>联系人电话13912345678。</p>")
    client = bureau.office.client(Role.CLERK)
    assert "13912345678" in words(client.get(f"/work/items/{item.pk}/"))
    made: list[object] = []
    real = scans.screen
    monkeypatch.setattr(scans, "screen", lambda *given: made.append(given) or real(*given))
    assert "13912345678" in words(client.get(f"/work/items/{item.pk}/"))
    assert made == []

    Practice.objects.filter(body=bureau.body).update(words=["联系人"])
    assert "联系人" in "".join(h.text for h in scans.scan(item, item.draft, []).hits)
    assert made


def test_scan__remembers_no_more_than_it_may(bureau: Bureau, monkeypatch: Any) -> None:
    monkeypatch.setattr(scans, "REMEMBERED", 2)
    item = bureau.draft()
    for n in range(4):
        item.draft.title = f"标题{n}"
        scans.scan(item, item.draft, [])
    assert len(scans._kept) == 2
