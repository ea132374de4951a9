"""Does a decision that holds no longer stay before the eyes of whoever may take it down until it is down?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from gongkai_web.agencies.roles import Role
from gongkai_web.publishing import access, inspections, self_inspection
from gongkai_web.publishing.access.shapes import item_url
from gongkai_web.publishing.actions import publication, revocations, rework
from gongkai_web.publishing.models import Item
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotPossible
from tests.web.publishing.conftest import Bureau, fresh

DOCUMENT = "岫复决字〔2026〕1号行政复议决定书"


def decision(bureau: Bureau, **more: Any) -> Item:
    return bureau.published(title="行政处罚决定书（某律师事务所未按规定归档案）", facts={"kind": "penalty"}, **more)


def record(bureau: Bureau, item: Item, role: Role = Role.CLERK, **more: Any) -> object:
    return revocations.record(bureau.actor(role), item.pk, **{"revoked_on": clock.today(), "by_document": DOCUMENT, **more})


def waiting(bureau: Bureau, role: Role) -> list[int]:
    return [row.id for row, _ in access.home(bureau.person(role).pk, bureau.body).to_take_down]


def inspected(bureau: Bureau) -> list[str]:
    return [p.subject for p in self_inspection.points(bureau.body) if p.code == "revoked"]


def test_revoked_decision__waits_on_the_first_page_until_it_is_down(bureau: Bureau) -> None:
    item = decision(bureau)
    assert waiting(bureau, Role.UNIT_HEAD) == []
    record(bureau, item)

    assert waiting(bureau, Role.UNIT_HEAD) == waiting(bureau, Role.CLERK) == [item.pk]
    assert inspected(bureau) == [item.draft.title]
    inspections.look(bureau.body)
    page = bureau.office.client(Role.UNIT_HEAD).get("/work/inspection/?indicator=revoked").content.decode()
    assert item.draft.title in page
    home = bureau.office.client(Role.SECRECY_OFFICER).get("/work/").content.decode()
    assert f"这份决定已于{clock.today().isoformat()}被撤销，请及时撤下。" in home
    assert "等待有权撤下的人撤下" in bureau.office.client(Role.CLERK).get("/work/").content.decode()

    publication.withdraw(bureau.actor(Role.UNIT_HEAD), item.pk, reason="决定被撤销")
    assert waiting(bureau, Role.UNIT_HEAD) == []
    assert inspected(bureau) == []
    (kept,) = access.item_page(bureau.person(Role.CLERK).pk, bureau.body, item.pk).revocations
    assert (kept.on, kept.words) == (clock.today(), f"依据{DOCUMENT}")


def test_public_page__says_at_its_top_that_the_decision_was_revoked_and_since_when(bureau: Bureau) -> None:
    item, day = decision(bureau), clock.today().isoformat()
    address, today = item_url(item.index_number), clock.today()
    told = f"这份决定已于{today.year}年{today.month}月{today.day}日被撤销，不再有效。</div>"
    before = Client().get(address).content.decode()
    record(bureau, item)

    page = Client().get(address).content.decode()
    assert told not in before
    assert told in page
    assert page.index(told) < page.index('class="facts"')
    assert "岫复决字" not in page
    at_desk = f"这份决定已于 {day} 被撤销，但还没有撤下，公众仍能看到"
    assert at_desk in bureau.office.client(Role.CLERK).get(f"/work/items/{item.pk}/").content.decode()

    publication.withdraw(bureau.actor(Role.UNIT_HEAD), item.pk, reason="决定被撤销")
    assert at_desk not in bureau.office.client(Role.CLERK).get(f"/work/items/{item.pk}/").content.decode()
    rework.reopen(bureau.actor(Role.CLERK), item.pk, reason="按复议决定重新作出")
    bureau.passed(bureau.submitted(fresh(item)))
    assert "被撤销，不再有效" not in Client().get(address).content.decode()


def test_new_decision__published_after_a_revocation_is_no_longer_asked_for(bureau: Bureau) -> None:
    item = decision(bureau)
    record(bureau, item)
    publication.withdraw(bureau.actor(Role.UNIT_HEAD), item.pk, reason="决定被撤销")
    rework.reopen(bureau.actor(Role.CLERK), item.pk, reason="按复议决定重新作出")
    bureau.passed(bureau.submitted(fresh(item)))

    assert fresh(item).stage == "published"
    assert waiting(bureau, Role.UNIT_HEAD) == []


def test_what_is_no_decision_or_not_public__is_refused(bureau: Bureau) -> None:
    with pytest.raises(NotPossible, match="只有行政许可"):
        record(bureau, bureau.published())
    with pytest.raises(NotPossible, match="没有公开"):
        record(bureau, bureau.draft(facts={"kind": "licence"}))
    item = decision(bureau)
    with pytest.raises(NotAllowed):
        record(bureau, item, Role.SECRECY_OFFICER)
    for wrong in (
        {"revoked_on": clock.today() + dt.timedelta(days=1)},
        {"revoked_on": dt.date(2020, 1, 1)},
        {"by_document": " "},
    ):
        with pytest.raises(BadForm) as refusal:
            record(bureau, item, **wrong)
        assert set(refusal.value.errors) == set(wrong)


def test_page_of_a_decision__takes_the_revocation(bureau: Bureau) -> None:
    item = decision(bureau)
    clerk = bureau.office.client(Role.CLERK)
    address = f"/work/items/{item.pk}/"
    assert "决定被撤销" in clerk.get(address).content.decode()
    assert clerk.post(f"{address}revoked/", {"revoked_on": "", "by_document": DOCUMENT}).status_code == 422
    sent = {"revoked_on": clock.today().isoformat(), "by_document": DOCUMENT, "note": "事实不清"}
    assert clerk.post(f"{address}revoked/", sent).status_code == 302
    assert f"依据{DOCUMENT}，事实不清" in clerk.get(address).content.decode()
