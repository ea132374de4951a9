"""Do the staff see how often what was read, and does the public page say it only where the body wants it?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from gongkai_web.agencies.roles import Role
from gongkai_web.publishing.actions import publication
from gongkai_web.trail.models import Entry
from gongkai_web.ui import clock
from gongkai_web.visits import access, background
from gongkai_web.visits.actions import footer
from gongkai_web.visits.models import Views


def count(bureau: Any, day: dt.date, page: str, views: int, subject: int = 0) -> None:
    Views.objects.create(body=bureau.body, day=day, page=page, subject=subject, views=views)


@pytest.fixture
def read(bureau: Any) -> Any:
    """An office whose pages were read."""
    day = clock.today()
    one, two = bureau.published(title="公证便民通知"), bureau.published(title="公证收费标准")
    count(bureau, day, "item", 1200, one.pk)
    count(bureau, day, "item", 30, two.pk)
    count(bureau, day, "home", 500)
    count(bureau, day, "list", 7, bureau.category("notices").pk)
    count(bureau, day.replace(year=day.year - 1, day=1), "home", 11)
    return bureau, one, two


def test_year__adds_up_by_month_column_item_and_category(read: Any) -> None:
    bureau, one, two = read
    day = clock.today()
    shown = access.year(bureau.body, day.year, day)

    assert (shown.total, shown.all_years, sum(shown.by_column)) == (1737, 1748, 1737)
    this = shown.months[day.month - 1]
    assert (this.total, this.by_column) == (1737, (1230, 7, 500, 0, 0))
    assert [m.counted for m in shown.months] == [m <= day.month for m in range(1, 13)]
    assert [(r.item_id, r.views) for r in shown.most_read] == [(one.pk, 1200), (two.pk, 30)]
    assert shown.categories == ((bureau.category("notices").name, 1230),)
    assert access.years(bureau.body, day) == (day.year, day.year - 1)
    assert access.of_item(one.pk, day) == access.OfItem(1200, 1200)
    assert access.of_item(one.pk, day + dt.timedelta(weeks=4)) == access.OfItem(1200, 0)


def test_screen__shows_the_year_and_the_item_its_own_count(read: Any) -> None:
    bureau, one, _ = read
    client = bureau.office.client(Role.CLERK)
    page = client.get("/work/visits/").content.decode()

    assert "1,737" in page
    assert "公证便民通知" in page
    assert "在页脚显示" not in page  # not the clerk's to decide
    assert "1,200 次，最近四周 1,200 次" in client.get(f"/work/items/{one.pk}/").content.decode()
    assert client.get(f"/work/visits/?year={clock.today().year + 1}").status_code == 404
    assert client.get("/work/visits/?year=x").status_code == 404
    assert client.get(f"/work/visits/?year={'9' * 4400}").status_code == 404


def test_screen__of_an_office_nobody_read_says_so(bureau: Any) -> None:
    assert "还没有访问记录" in bureau.office.client(Role.CLERK).get("/work/visits/").content.decode()


def test_table__names_pages_and_items_but_no_title_that_is_not_public(read: Any) -> None:
    bureau, one, two = read
    publication.withdraw(bureau.actor(Role.UNIT_HEAD), two.pk, reason="内容有变")
    answer = bureau.office.client(Role.CLERK).get("/work/visits/export.csv")
    table = b"".join(answer.streaming_content).decode("utf-8-sig")
    lines = table.splitlines()

    assert lines[0] == "日期,页面,索引号、标题或者栏目,访问次数"
    assert f"{clock.today()},信息,{one.index_number} 公证便民通知,1200" in lines
    assert f"{clock.today()},信息,{two.index_number},30" in lines
    assert "公证收费标准" not in table
    assert [r.item_id for r in access.year(bureau.body, clock.today().year, clock.today()).most_read] == [one.pk]


def test_footer__says_the_sum_up_to_yesterday_only_where_the_body_wants_it(read: Any, at: Any) -> None:
    bureau, _, _ = read
    assert "累计访问" not in Client().get("/").content.decode()
    head = bureau.office.client(Role.UNIT_HEAD)
    assert head.post("/work/visits/footer/", {"shown": "yes"}).url == "/work/visits/?done=saved"
    assert Entry.objects.latest("pk").act == "visits.footer.show"
    yesterday = clock.today() - dt.timedelta(days=1)
    words = f"截至{yesterday.year}年{yesterday.month}月{yesterday.day}日，累计访问 11 次"
    assert words in Client().get("/").content.decode()
    assert "现在显示" in head.get("/work/visits/").content.decode()

    midnight = dt.datetime.combine(clock.today() + dt.timedelta(days=1), dt.time(0, 4), clock.BEIJING)
    at(midnight)
    assert words in Client().get("/").content.decode()  # not everything of the day is written yet
    at(midnight + dt.timedelta(minutes=2))
    assert "累计访问 1,748 次" in Client().get("/").content.decode()

    footer.show(bureau.actor(Role.UNIT_HEAD), bureau.body.pk, shown=False)
    assert "累计访问" not in Client().get("/").content.decode()


def test_footer__is_not_for_clerks_and_lasts_until_the_next_day(read: Any) -> None:
    bureau, _, _ = read
    assert bureau.office.client(Role.CLERK).post("/work/visits/footer/", {"shown": "yes"}).status_code == 403
    footer.show(bureau.actor(Role.UNIT_HEAD), bureau.body.pk, shown=True)
    said = access.footer(bureau.body, clock.now())
    assert said is not None
    assert said.until > clock.now()
    assert said.until.astimezone(clock.BEIJING).time() == dt.time(0, 5)


def test_tick__folds_what_is_long_past(read: Any) -> None:
    bureau, _, _ = read
    count(bureau, dt.date(2020, 5, 9), "home", 3)
    background.TICKS[0].function(clock.now())
    assert Views.objects.filter(day=dt.date(2020, 5, 1)).get().views == 3
