"""Is every public document without an interpretation found, and one begun for it in two clicks?"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from openpyxl import load_workbook

from gongkai_web.agencies.roles import Role
from gongkai_web.publishing import access, register
from gongkai_web.publishing.models import Item, Link, LinkKind
from gongkai_web.ui import clock
from tests.web.publishing.conftest import Bureau, fresh
from tests.web.workbench.conftest import hidden, words

LIST = "/work/interpretations/"


def policy(bureau: Bureau, title: str = "关于〈公证〉便民的意见", **more: Any) -> Item:
    return bureau.published(title=title, document_number="岫司〔2026〕7号", facts={"kind": "policy"}, **more)


def test_list__names_what_is_public_without_interpretation_and_since_when_it_is_late(bureau: Bureau, monkeypatch: Any) -> None:
    item = policy(bureau)
    bureau.published(title="一条动态", key="news")
    clerk = bureau.office.client(Role.CLERK)
    page = words(clerk.get(LIST))
    assert item.draft.title in page
    assert "一条动态" not in page
    assert "国办发" in page or "解读" in page
    assert words(clerk.get(f"{LIST}?state=late")).count("没有符合条件") == 1

    later = clock.now() + dt.timedelta(days=20)
    monkeypatch.setattr(clock, "now", lambda: later)
    late = words(bureau.office.client(Role.CLERK).get(f"{LIST}?state=late"))
    assert "已超过" in late
    assert f"写解读：{item.draft.title}" in words(bureau.office.client(Role.CLERK).get("/work/"))
    assert bureau.office.client(Role.CLERK).get(f"{LIST}?state=x").status_code == 404
    assert bureau.office.client(Role.CLERK).get(f"{LIST}?department=x").status_code == 404


def test_interpretation__is_begun_with_what_is_known_and_linked_both_ways(bureau: Bureau) -> None:
    item = policy(bureau)
    clerk = bureau.office.client(Role.CLERK)
    address = f"{LIST}{item.pk}/write/"
    form = clerk.get(address)
    assert 'value="《关于〈公证〉便民的意见》政策解读"' in words(form)

    assert clerk.post(address, {"title": "", "category": "", "form": hidden(form, "form")}).status_code == 422
    sent = {"title": "《意见》解读", "category": bureau.category("interpretations").pk, "form": hidden(form, "form")}
    answer = clerk.post(address, sent)
    link = Link.objects.get(target=item)
    made = fresh(link.source)
    assert answer.url == f"/work/items/{made.pk}/edit/"
    assert (link.kind, made.kind, made.department_id) == (LinkKind.INTERPRETS, "interpretation", item.department_id)
    assert "主要内容" in made.draft.html
    assert clerk.post(address, sent).url in {answer.url, f"/work/items/{made.pk}/"}
    assert Link.objects.filter(target=item).count() == 1

    page = words(clerk.get(LIST))
    assert "解读起草" in page
    assert f"/work/items/{made.pk}/" in page
    assert clerk.get(address).url == f"/work/items/{made.pk}/"
    assert [r.item_id for r in access.wanting(bureau.person(Role.CLERK).pk, bureau.body, state="begun")] == [item.pk]
    assert access.wanting(bureau.person(Role.CLERK).pk, bureau.body, state="missing") == ()


def test_document__needs_none_when_the_head_says_why(bureau: Bureau) -> None:
    item = policy(bureau)
    address = f"{LIST}{item.pk}/excuse/"
    assert bureau.office.client(Role.CLERK).post(address, {"reason": "x"}).status_code == 403
    head = bureau.office.client(Role.UNIT_HEAD)
    assert head.post(address, {"reason": ""}).status_code == 422
    assert head.post(address, {"reason": "只调整工作机构人员"}).status_code == 302
    assert register.uninterpreted(bureau.body) == ()
    assert "只调整工作机构人员" in words(head.get(f"{LIST}?state=excused"))
    assert bureau.office.client(Role.CLERK).get(f"{LIST}{item.pk}/write/").status_code == 409
    assert head.post(address, {"reason": "再说一次"}).status_code == 409
    assert head.post(address, {"want": "1"}).status_code == 302
    assert head.post(address, {"want": "1"}).status_code == 409
    assert [u.item_id for u in register.uninterpreted(bureau.body)] == [item.pk]


def test_item__that_is_no_policy_document_needs_no_excuse(bureau: Bureau) -> None:
    item = bureau.published(key="news")
    head = bureau.office.client(Role.UNIT_HEAD)
    assert head.post(f"{LIST}{item.pk}/excuse/", {"reason": "动态"}).status_code == 409


def test_export__is_a_workbook_of_what_is_seen(bureau: Bureau) -> None:
    policy(bureau, title="=1+1 的意见")
    answer = bureau.office.client(Role.CLERK).get(f"{LIST}export.xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    rows = list(sheet.values)
    assert rows[0][0] == "文件"
    assert rows[1][0] == "=1+1 的意见"
    assert sheet["A2"].data_type == "s"
    assert rows[1][6] == "还没有起草"


def test_documents__of_other_departments_are_not_a_limited_clerks(bureau: Bureau) -> None:
    item = policy(bureau)
    Item.objects.filter(pk=item.pk).update(department=bureau.office.departments[1])
    clerk = bureau.office.client(Role.CLERK)
    assert item.draft.title not in words(clerk.get(LIST))
    assert clerk.get(f"{LIST}{item.pk}/write/").status_code == 404
    assert item.draft.title in words(bureau.office.client(Role.UNIT_HEAD).get(LIST))
