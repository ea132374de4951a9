"""Can the staff work with boards, screens and printed sheets on their pages?"""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from gongkai_web.agencies.roles import Role
from gongkai_web.outlets.models import Hanging, Place
from gongkai_web.publishing.actions import publication
from gongkai_web.ui import clock
from tests.web.acts_examples.outlets import corrected
from tests.web.outlets.conftest import hang, place
from tests.web.workbench.conftest import hidden, words


@pytest.fixture
def clerk(bureau: Any) -> Any:
    return bureau.office.client(Role.CLERK)


def test_place__is_registered_changed_and_closed_on_the_screen(bureau: Any, clerk: Any) -> None:
    assert "还没有登记公告栏" in words(clerk.get("/work/places/"))
    form = clerk.get("/work/places/new/")
    sent = {"kind": "screen", "name": "大厅屏", "location": "一楼", "keeper": bureau.person(Role.CLERK).pk, "seconds": "15"}
    wrong = clerk.post("/work/places/new/", {**sent, "form": hidden(form, "form"), "seconds": "x"})
    assert wrong.status_code == 422
    assert "5 到 120 秒" in words(wrong)
    sent["form"] = hidden(form, "form")
    answer = clerk.post("/work/places/new/", sent)
    made = Place.objects.get()
    assert answer.url == f"/work/places/{made.pk}/?done=registered"
    assert clerk.post("/work/places/new/", sent).url == answer.url  # pressed twice
    assert Place.objects.count() == 1
    page = words(clerk.get(f"/work/places/{made.pk}/"))
    assert f"http://testserver/screens/{made.pk}/" in page
    seen = hidden(clerk.get(f"/work/places/{made.pk}/edit/"), "seen")
    changed = clerk.post(f"/work/places/{made.pk}/edit/", {**sent, "seen": seen, "name": "大厅电子屏"})
    assert changed.url == f"/work/places/{made.pk}/?done=saved"
    assert "大厅电子屏" in words(clerk.get("/work/places/"))
    assert "大厅电子屏" in words(clerk.get(f"/work/places/{made.pk}/edit/"))
    assert clerk.post(f"/work/places/{made.pk}/close/").url == "/work/places/?done=ended"
    assert "已经停用" in words(clerk.get(f"/work/places/{made.pk}/"))


def test_place__changed_in_two_windows_keeps_both(bureau: Any, clerk: Any, board: Place) -> None:
    address = f"/work/places/{board.pk}/edit/"
    sent = {"name": board.name, "location": "门厅左侧", "keeper": board.keeper_id, "seconds": "20"}
    sent["seen"] = hidden(clerk.get(address), "seen")
    assert clerk.post(address, sent).status_code == 302

    late = clerk.post(address, {**sent, "location": "门厅右侧"})

    assert late.status_code == 409
    assert "另外修改过" in words(late)
    assert "门厅右侧" in words(late)
    assert hidden(late, "seen") == sent["seen"]
    assert clerk.post(address, {**sent, "location": "门厅右侧"}).status_code == 409  # pressing again saves nothing either
    assert Place.objects.get(pk=board.pk).location == "门厅左侧"
    over = {**sent, "location": "门厅右侧", "over": hidden(late, "over")}
    assert clerk.post(address, over).status_code == 302
    assert Place.objects.get(pk=board.pk).location == "门厅右侧"


def test_item__is_printed_and_hung_from_its_page(bureau: Any, clerk: Any, board: Place) -> None:
    item = bureau.published()
    address = reverse("work_item_hang", args=[item.pk])
    assert address in words(clerk.get(f"/work/items/{item.pk}/"))
    form = clerk.get(f"{address}?place={board.pk}")
    assert f'value="{board.pk}" selected' in words(form)
    for extent in ("title", "summary", "text"):
        printed = clerk.get(f"/work/items/{item.pk}/sheet/{extent}/")
        assert printed.content.startswith(b"%PDF")
        assert printed["Content-Type"] == "application/pdf"
    sent = {
        "place": board.pk,
        "extent": "text",
        "on_day": clock.today().isoformat(),
        "until_day": "",
        "form": hidden(form, "form"),
    }
    assert clerk.post(address, {**sent, "place": ""}).status_code == 422
    assert clerk.post(address, {**sent, "extent": "x"}).status_code == 422
    assert clerk.post(address, sent).url == f"/work/places/{board.pk}/?done=recorded"
    assert clerk.post(address, sent).status_code == 302
    assert Hanging.objects.count() == 1
    assert "一楼公告栏" in words(clerk.get(address))
    assert "关于开展公证服务便民活动的通知" in words(clerk.get(f"/work/places/{board.pk}/"))


def test_hanging__is_extended_replaced_and_taken_down_on_the_screen(bureau: Any, clerk: Any, board: Place) -> None:
    item = bureau.published()
    row = hang(bureau, item, board)
    page = f"/work/places/{board.pk}/"
    today = clock.today().isoformat()
    assert clerk.post(f"/work/places/hangings/{row.pk}/extend/", {"until_day": today}).url == f"{page}?done=recorded"
    wrong = clerk.post(f"/work/places/hangings/{row.pk}/extend/", {"until_day": "2020-01-01"})
    assert wrong.status_code == 422
    assert "不能早于今天" in words(wrong)
    corrected(bureau, item.pk)
    assert "已有第 2 版，请更换" in words(clerk.get(page))
    assert "有了新版，请更换" in words(clerk.get("/work/places/"))
    assert clerk.post(f"/work/places/hangings/{row.pk}/replace/").status_code == 302
    new = Hanging.objects.get(taken_down_on=None)
    publication.withdraw(bureau.actor(Role.UNIT_HEAD), item.pk, reason="内容有变")
    assert "请撤下" in words(clerk.get(page))
    odd = clerk.post(f"/work/places/hangings/{new.pk}/down/", {"on_day": "1999-02-03"})
    assert odd.status_code == 422
    assert 'name="on_day" value="1999-02-03"' in words(odd)
    assert clerk.post(f"/work/places/hangings/{new.pk}/down/", {"on_day": today}).status_code == 302
    shown = words(clerk.get(page))
    assert "现在没有张贴信息" in shown
    assert "以前张贴的" in shown


def test_offer__finds_what_is_public_by_its_words(bureau: Any, clerk: Any, board: Place) -> None:
    bureau.published(title="公证便民通知")
    bureau.draft(title="没有公开的通知")
    assert "公证便民通知" in words(clerk.get(f"/work/places/{board.pk}/?text=便民"))
    assert "没有找到" in words(clerk.get(f"/work/places/{board.pk}/?text=没有公开"))


def test_list__with_nothing_ticked_says_so_and_keeps_title_and_filter(bureau: Any, clerk: Any) -> None:
    bureau.published()
    answer = clerk.get("/work/sheets/list.pdf", {"title": "便民目录", "category": "notices"})
    assert answer.status_code == 422
    assert "请先勾选要印的信息" in words(answer)
    assert 'value="便民目录"' in words(answer)
    assert '<input type="hidden" name="category" value="notices">' in words(answer)
    assert words(answer).count(" checked>") == 0
    assert f'href="{reverse("work_sheets")}?category=notices"' in words(answer)


def test_list__is_chosen_and_printed(bureau: Any, clerk: Any) -> None:
    assert "没有符合条件" in words(clerk.get("/work/sheets/"))
    item = bureau.published()
    year = clock.today().year
    assert item.index_number in words(clerk.get(f"/work/sheets/?category=notices&year={year}"))
    assert words(clerk.get("/work/sheets/")).count(" checked>") == 1
    assert words(clerk.get("/work/sheets/?category=notices&none=1")).count(" checked>") == 0
    assert clerk.get("/work/sheets/?category=none").status_code == 404
    assert clerk.get("/work/sheets/?year=x").status_code == 404
    printed = clerk.get("/work/sheets/list.pdf", {"item": item.index_number, "title": "便民目录"})
    assert printed.content.startswith(b"%PDF")
    assert "inline" in printed["Content-Disposition"]
    assert clerk.get("/work/sheets/list.pdf").status_code == 422


def test_others__read_but_do_not_work_and_see_nothing_of_another_body(bureau: Any, other: Any, board: Place) -> None:
    item = bureau.published()
    row = hang(bureau, item, board)
    officer = bureau.office.client(Role.SECRECY_OFFICER)
    assert officer.get(f"/work/places/{board.pk}/").status_code == 200
    assert "登记撤下" not in words(officer.get(f"/work/places/{board.pk}/"))
    assert officer.post(f"/work/places/hangings/{row.pk}/down/", {"on_day": clock.today()}).status_code == 403
    assert officer.get("/work/places/new/").status_code == 403
    assert "登记张贴" not in words(officer.get(f"/work/items/{item.pk}/hang/"))
    stranger = other.office.client(Role.UNIT_HEAD)
    for address in (f"/work/places/{board.pk}/", f"/work/places/{board.pk}/edit/", f"/work/items/{item.pk}/sheet/text/"):
        assert stranger.get(address).status_code == 404
    for address in ("down", "extend", "replace"):
        assert stranger.post(f"/work/places/hangings/{row.pk}/{address}/").status_code == 404
    assert stranger.post(f"/work/places/{board.pk}/close/").status_code == 404
    assert place(other).pk != board.pk
