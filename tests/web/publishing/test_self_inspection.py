"""Does a self-inspection name what is overdue, empty, dead or missing, and nothing that is in order?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from gongkai_web.agencies.roles import Role
from gongkai_web.publishing import access
from gongkai_web.publishing.access.inspection import self_inspection
from gongkai_web.publishing.actions import links, publication
from gongkai_web.publishing.models import Category
from gongkai_web.publishing.self_inspection import Point, Weight, points
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotAllowed
from tests.web.publishing.conftest import Bureau

DOCUMENT = {"document_number": "岫司〔2025〕3号", "theme": "公安、安全、司法\\司法", "facts": {"kind": "normative"}}


def named(bureau: Bureau, code: str) -> list[Point]:
    return [p for p in points(bureau.body) if p.code == code]


def test_columns__that_are_empty_are_told_and_fail_the_site_when_many(bureau: Bureau) -> None:
    bureau.published()
    told = {p.subject for p in named(bureau, "empty")}
    assert "工作动态" in told
    assert "通知公告" not in told
    assert [p.weight for p in named(bureau, "columns")] == [Weight.VETO]
    Category.objects.filter(body=bureau.body).exclude(key="notices").update(closed_on=clock.today())
    assert named(bureau, "empty") == []
    assert named(bureau, "columns") == []


def test_columns__grow_stale_after_two_weeks_or_six_months(bureau: Bureau, at: Any) -> None:
    bureau.published(key="news")
    bureau.published(key="notices")
    now = clock.now()
    assert named(bureau, "stale") == []
    at(now + dt.timedelta(weeks=2, hours=30))
    assert [p.subject for p in named(bureau, "stale")] == ["工作动态"]
    assert [p.words for p in named(bureau, "home")] == ["整个平台2周没有公开新的信息。"]
    at(now + dt.timedelta(weeks=27))
    assert {p.subject for p in named(bureau, "stale")} == {"工作动态", "通知公告"}


def test_item__that_is_overdue_is_told_with_its_rule_and_address(bureau: Bureau) -> None:
    made = clock.today() - dt.timedelta(weeks=8)
    item = bureau.draft(facts={"made_or_changed_on": made})
    (point,) = named(bureau, "overdue")
    assert point.address == f"/work/items/{item.pk}/"
    assert "第二十六条" in point.rule
    assert point.weight is Weight.DUTY


def test_guide__names_each_missing_part_of_article_12(bureau: Bureau) -> None:
    before = "".join(p.words for p in named(bureau, "guide"))
    assert "联系电话" in before
    assert "“邮寄”的办法" in before
    bureau.body.unit_phone = "0000-1234567"
    bureau.body.intake_channels = {"post": "寄到办公地址"}
    bureau.body.save()
    told = "".join(p.words for p in named(bureau, "guide"))
    assert "联系电话" not in told
    assert "“邮寄”的办法" not in told


def test_links__of_our_own_that_lead_nowhere_are_told_and_others_only_counted(bureau: Bureau) -> None:
    there = bureau.published(title="在的通知")
    gone = bureau.published(title="撤下的通知")
    html = "".join(
        f'<p><a href="{a}">x</a></p>'
        for a in (f"/info/{there.index_number}/", f"/info/{gone.index_number}/", "https://www.example.gov.cn/", "/guide/")
    )
    bureau.published(title="带链接的通知", html=html)
    assert named(bureau, "dead") == []
    publication.withdraw(bureau.actor(Role.UNIT_HEAD), gone.pk, reason="有误")
    (dead,) = named(bureau, "dead")
    assert gone.index_number in dead.words
    assert dead.mark == "未核实"
    assert "1 个链接" in named(bureau, "outside")[0].words


def test_document__that_was_obtained_is_interpreted_by_who_drafted_it(bureau: Bureau) -> None:
    facts = {"kind": "normative", "origin": "obtained", "obtained_from": "临江市人民政府"}
    content = {**DOCUMENT, "facts": facts}
    bureau.published(key="normative", made_on=clock.today(), effective_on=clock.today(), **content)
    assert named(bureau, "no_interpretation") == []


def test_normative_document__wants_its_day_and_a_public_interpretation(bureau: Bureau) -> None:
    today = clock.today()
    item = bureau.published(key="normative", made_on=today, effective_on=today, **DOCUMENT)
    assert len(named(bureau, "no_interpretation")) == 1
    assert named(bureau, "validity") == []
    told = bureau.draft("解读", key="interpretations", facts={"kind": "interpretation"})
    links.add(bureau.actor(Role.CLERK), told.pk, item.pk, kind="interprets")
    assert len(named(bureau, "no_interpretation")) == 1
    bureau.passed(bureau.submitted(told))
    assert named(bureau, "no_interpretation") == []


def test_document__without_a_day_is_told(bureau: Bureau) -> None:
    bureau.published(key="notices", facts={"kind": "policy"})
    assert len(named(bureau, "no_day")) == 1


def test_inspection__is_for_who_keeps_the_site(bureau: Bureau) -> None:
    assert self_inspection(bureau.person(Role.UNIT_HEAD).pk, bureau.body)
    assert access.self_inspection is self_inspection
    with pytest.raises(NotAllowed):
        self_inspection(bureau.person(Role.AUDITOR).pk, bureau.body)
