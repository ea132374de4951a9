"""How often does the page of one item ask the database, and is its text scanned again for every view?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai_web.agencies.roles import CONTENT, Role
from gongkai_web.files import receiving
from gongkai_web.flow import installation
from gongkai_web.publishing import access, scans
from gongkai_web.publishing.actions import attachments, hits, links, outings, revocations, rework, validity
from gongkai_web.publishing.models import Item, Practice, Reassessment
from gongkai_web.ui import clock
from tests.web.acts_examples.standing import withheld
from tests.web.publishing.conftest import Bureau, fresh
from tests.web.workbench.conftest import words

MOST = 19


def asked(bureau: Bureau, item: Item, role: Role) -> list[str]:
    installation.forget()
    client = bureau.office.client(role)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/work/items/{item.pk}/").status_code == 200
    return [q["sql"] for q in queries.captured_queries]


def normative(bureau: Bureau) -> Item:
    return bureau.published(
        key="normative", made_on=clock.today(), effective_on=clock.today(), document_number="岫司规〔2026〕1号",
        theme="公安、安全、司法\\司法", facts={"kind": "normative"},
    )  # fmt: skip


def corrected(bureau: Bureau) -> Item:
    """A normative document, once withheld, with outings, a change of validity, a link and a legality review, whose correction is a draft.

    The correction has a file and a spot to look at.
    """
    day, clerk = clock.today(), bureau.actor(Role.CLERK)
    item = normative(bureau)
    links.add(
        clerk,
        bureau.published(title="《办法》解读", key="interpretations", facts={"kind": "interpretation"}).pk,
        item.pk,
        kind="interprets",
    )
    outings.record(clerk, item.pk, channel="gazette", on_day=day, place="第3期")
    validity.record_legality(clerk, item.pk, received_on=day, reviewed_on=day, reviewed_by="法治科", lawful=True, opinion="合法")
    validity.propose(clerk, item.pk, validity="lapsed", on_day=day + dt.timedelta(days=3), note="有效期届满")
    Reassessment.objects.create(
        item=item, due_on=day, done_on=day, to_publish=True, reason="已经定稿", done_by=bureau.person(Role.CLERK)
    )
    rework.correct(clerk, item.pk, note="更正电话")
    file = receiving.receive(clerk, bureau.body, "联系人手机：13912345678".encode(), "名单.txt")
    attachments.add(clerk, item.pk, digest=file.digest)
    return fresh(item)


def corrected_in_review(bureau: Bureau) -> Item:
    item = corrected(bureau)
    for hit in access.item_page(bureau.person(Role.CLERK).pk, bureau.body, item.pk).hits:
        hits.resolve(bureau.actor(Role.CLERK), item.pk, fingerprint=hit.fingerprint, kind="lawful", reason="公布的服务电话")
    return bureau.submitted(item).item


def revoked(bureau: Bureau) -> Item:
    item = bureau.published(facts={"kind": "penalty"})
    revocations.record(
        bureau.actor(Role.CLERK), item.pk, revoked_on=clock.today(), by_document="岫复决字〔2026〕1号行政复议决定书"
    )
    return item


MADE: dict[str, Callable[[Bureau], Item]] = {
    "draft": lambda bureau: bureau.draft(html="<p>联系人电话13912345678。</p>"),
    "in review": lambda bureau: bureau.submitted().item,
    "public": lambda bureau: bureau.published(),
    "normative document, its correction a draft": corrected,
    "normative document, its correction in review": corrected_in_review,
    "revoked decision": revoked,
    "withheld": lambda bureau: Item.objects.get(pk=withheld(bureau)),
}


@pytest.mark.parametrize("made", MADE)
def test_page__asks_the_database_fewer_than_twenty_times(bureau: Bureau, made: str) -> None:
    item = MADE[made](bureau)
    for role in CONTENT:
        told = asked(bureau, item, role)
        assert len(told) <= MOST, "\n".join((role, *told))


def test_page__tells_everything_that_was_recorded_beside_an_item(bureau: Bureau) -> None:
    page = words(bureau.office.client(Role.CLERK).get(f"/work/items/{corrected(bureau).pk}/"))
    for told in ("政府公报：第3期", "失效，有效期届满", "法治科：合法", "已经定稿", "被《《办法》解读》"):
        assert told in page


def test_page__asks_no_more_often_for_more_versions(bureau: Bureau) -> None:
    item = bureau.published()
    before = len(asked(bureau, item, Role.CLERK))
    for n in range(3):
        rework.correct(bureau.actor(Role.CLERK), item.pk, note=f"第{n}次更正")
        bureau.passed(bureau.submitted(item))
    assert len(asked(bureau, item, Role.CLERK)) == before


def test_page_of_a_document__asks_no_more_often_for_what_documents_alone_have(bureau: Bureau) -> None:
    general, document = bureau.published(), normative(bureau)
    assert len(asked(bureau, document, Role.CLERK)) == len(asked(bureau, general, Role.CLERK))


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
