"""Is what hangs what was public, does it count once, and is it told when it must come down?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import RequestFactory

from gongkai_web.agencies.roles import Role
from gongkai_web.agencies.standing import standing_of
from gongkai_web.outlets import access
from gongkai_web.outlets.actions import hangings, places
from gongkai_web.outlets.models import Hanging, Place
from gongkai_web.publishing import register
from gongkai_web.publishing.actions import publication
from gongkai_web.publishing.models import Item
from gongkai_web.trail import reading
from gongkai_web.trail.models import Entry
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotHere, NotPossible
from gongkai_web.workbench.places import matters
from gongkai_web.workbench.today import Group
from tests.web.acts_examples.outlets import corrected
from tests.web.acts_examples.standing import rule
from tests.web.outlets.conftest import hang, place

DAY = dt.timedelta(days=1)
CLERK, HEAD = Role.CLERK, Role.UNIT_HEAD


def withdraw(bureau: Any, item: Any) -> None:
    publication.withdraw(bureau.actor(HEAD), item.pk, reason="内容有变", tombstone="该信息已撤下。")


def whys(bureau: Any) -> list[str]:
    return [v.why or f"第{v.newer}版" for v in access.to_change(bureau.body)]


def test_hanging__counts_once_in_all_and_once_on_each_channel(bureau: Any, board: Place, screen: Place) -> None:
    item = bureau.published()
    hang(bureau, item, board)
    hang(bureau, item, place(bureau, name="二楼公告栏"), "title")
    hang(bureau, item, screen, "summary")

    year = clock.today().year
    counted = register.outing_counts(bureau.body, dt.date(year, 1, 1), dt.date(year, 12, 31))
    assert counted.total == 1
    assert {k: n for k, n in counted.by_channel if n} == {"notice_board": 1, "screen": 1}
    shown = access.place_page(bureau.body, board.pk).now[0]
    assert (shown.title, shown.version, shown.form_word, shown.must_change) == (
        "关于开展公证服务便民活动的通知",
        1,
        "全文",
        False,
    )
    first = Entry.objects.filter(act="outlets.hanging.hang").earliest("pk")
    assert reading.view(first).words == "沈砚秋把《关于开展公证服务便民活动的通知》张贴在公告栏“一楼公告栏”"


def test_hanging__must_come_down_when_withdrawn_expired_or_no_longer_in_force(bureau: Any, board: Place, at: Any) -> None:
    gone, expired, stays = (bureau.published(title=f"第{n}号通知") for n in range(3))
    for item in (gone, stays):
        hang(bureau, item, board)
    hang(bureau, expired, board, until_day=clock.today() + DAY)
    assert whys(bureau) == []
    withdraw(bureau, gone)
    on = clock.today()
    assert whys(bureau) == [f"信息已于{on.year}年{on.month}月{on.day}日撤回"]
    at(clock.now() + 2 * DAY)
    assert [w[:5] for w in whys(bureau)] == ["信息已于2", "张贴期到2"]
    now = access.place_page(bureau.body, board.pk).now
    assert [v.must_change for v in now] == [True, True, False]
    assert (access.places(bureau.body)[0].hanging, access.places(bureau.body)[0].to_come_down) == (3, 2)


def test_hanging__of_a_rule_that_lapsed_must_come_down(bureau: Any, board: Place) -> None:
    item_id = rule(bureau)
    item = Item.objects.get(pk=item_id)
    hang(bureau, item, board)
    item.validity = "repealed"
    item.save()
    assert whys(bureau) == ["文件已经废止"]


def test_hanging__of_an_older_version_is_replaced_by_the_one_that_is_public(bureau: Any, board: Place) -> None:
    item = bureau.published()
    first = hang(bureau, item, board, "summary", until_day=clock.today() + DAY)
    with pytest.raises(NotPossible, match="已经是现在公开的版本"):
        hangings.replace(bureau.actor(CLERK), first.pk)
    corrected(bureau, item.pk)
    assert whys(bureau) == ["第2版"]

    second = hangings.replace(bureau.actor(CLERK), first.pk)

    assert whys(bureau) == []
    assert (second.version.number, second.form, second.until_day) == (2, "summary", first.until_day)
    page = access.place_page(bureau.body, board.pk)
    assert [v.version for v in page.now] == [2]
    assert [v.version for v in page.earlier] == [1]
    assert access.of_item(item.pk)[0].place == "一楼公告栏"


def test_taking_down__ends_the_outing_and_is_final(bureau: Any, board: Place) -> None:
    item = bureau.published()
    row = hang(bureau, item, board)
    with pytest.raises(BadForm):
        hangings.take_down(bureau.actor(CLERK), row.pk, on_day=clock.today() + DAY)
    withdraw(bureau, item)
    with pytest.raises(NotPossible):
        hangings.extend(bureau.actor(CLERK), row.pk, until_day=None)
    hangings.take_down(bureau.actor(CLERK), row.pk, on_day=clock.today())

    row.refresh_from_db()
    assert row.outing.until_day == clock.today()
    assert whys(bureau) == []
    with pytest.raises(NotPossible, match="已经登记撤下"):
        hangings.take_down(bureau.actor(CLERK), row.pk, on_day=clock.today())
    for change in ({"taken_down_on": None, "taken_down_by": None}, {"form": "title"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Hanging.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Hanging.objects.filter(pk=row.pk).delete()


def test_extending__moves_the_day_for_board_and_outing(bureau: Any, board: Place, at: Any) -> None:
    row = hang(bureau, bureau.published(), board, until_day=clock.today())
    at(clock.now() + DAY)
    assert len(whys(bureau)) == 1
    with pytest.raises(BadForm):
        hangings.extend(bureau.actor(CLERK), row.pk, until_day=clock.today() - DAY)
    hangings.extend(bureau.actor(CLERK), row.pk, until_day=clock.today() + DAY)
    assert whys(bureau) == []
    row.refresh_from_db()
    assert row.until_day == row.outing.until_day == clock.today() + DAY
    hangings.extend(bureau.actor(CLERK), row.pk, until_day=None)
    row.refresh_from_db()
    assert row.until_day is None


def test_hanging__is_refused_for_what_is_not_public_twice_elsewhere_or_wrongly_filled_in(
    bureau: Any, other: Any, board: Place
) -> None:
    draft, item = bureau.draft(), bureau.published()
    with pytest.raises(NotPossible, match="没有公开"):
        hang(bureau, draft, board)
    with pytest.raises(NotHere):
        hang(bureau, item, place(other))
    with pytest.raises(NotAllowed):
        hangings.hang(bureau.actor(Role.SECRECY_OFFICER), item.pk, board.pk, form="text", on_day=clock.today())
    with pytest.raises(BadForm) as wrong:
        hang(bureau, item, board, "poster", on_day=clock.today() - DAY, until_day=clock.today() - DAY)
    assert set(wrong.value.errors) == {"extent", "on_day", "until_day"}
    hang(bureau, item, board)
    with pytest.raises(NotPossible, match="已经在一楼公告栏"):
        hang(bureau, item, board)
    for act in (hangings.extend, hangings.take_down):
        days: dict[str, Any] = {"until_day": None} if act is hangings.extend else {"on_day": clock.today()}
        with pytest.raises(NotHere):
            act(bureau.actor(CLERK), 0, **days)
        with pytest.raises(NotAllowed):
            act(other.actor(CLERK), Hanging.objects.get().pk, **days)


def test_place__needs_a_name_of_its_own_a_keeper_who_may_and_nothing_hanging_to_be_closed(bureau: Any, board: Place) -> None:
    actor = bureau.actor(CLERK)
    with pytest.raises(BadForm) as wrong:
        places.open_place(actor, bureau.body.pk, kind="board", about=places.About("", "", bureau.person(Role.AUDITOR).pk, 2))
    assert set(wrong.value.errors) == {"name", "location", "keeper", "seconds"}
    with pytest.raises(BadForm, match="换一个名称"):
        place(bureau)
    with pytest.raises(BadForm):
        place(bureau, "wall")
    with pytest.raises(NotHere):
        places.open_place(actor, 0, kind="board", about=places.About("甲", "乙", None))
    row = hang(bureau, bureau.published(), board)
    with pytest.raises(NotPossible, match="还有 1 条"):
        places.close_place(actor, board.pk)
    hangings.take_down(actor, row.pk, on_day=clock.today())
    about = places.About("一楼公告栏", "门厅左侧", bureau.person(HEAD).pk)
    changed = places.change_place(actor, board.pk, about=about, seen=board.mark)
    with pytest.raises(NotPossible, match="另外修改过"):
        places.change_place(actor, board.pk, about=about, seen=board.mark)
    assert (changed.location, changed.keeper_id) == ("门厅左侧", bureau.person(HEAD).pk)
    places.close_place(actor, board.pk)
    assert access.places(bureau.body) == ()
    for act in (lambda: places.close_place(actor, board.pk), lambda: hang(bureau, bureau.published(title="又一条"), board)):
        with pytest.raises(NotPossible, match="停用"):
            act()
    place(bureau)  # the name is free again
    with pytest.raises(NotHere):
        places.close_place(actor, 0)


def test_first_page__shows_what_must_come_down_first_to_whoever_looks_after_the_place(bureau: Any, board: Place) -> None:
    item = bureau.published(title="要撤下的通知")
    hang(bureau, item, board)
    newer = bureau.published(title="要更换的通知")
    hang(bureau, newer, board)
    withdraw(bureau, item)
    corrected(bureau, newer.pk)

    page = bureau.office.client(CLERK).get("/work/").content.decode()
    assert page.index("撤下公告栏“一楼公告栏”上的《要撤下的通知》") < page.index("更换公告栏“一楼公告栏”上的《要更换的通知》")
    assert "等我办理" in page[: page.index("撤下公告栏")]
    groups = {r: {m.group for m in matters(_standing(bureau, r))} for r in (CLERK, HEAD, Role.AUDITOR)}
    assert groups == {CLERK: {Group.MINE}, HEAD: {Group.DUE}, Role.AUDITOR: set()}


def _standing(bureau: Any, role: Role) -> Any:
    request = RequestFactory().get("/work/")
    request.person = bureau.person(role)  # type: ignore[attr-defined]  # as the middleware does
    request.session = {}  # type: ignore[assignment]  # nothing chosen
    return standing_of(request)
