"""Are the months of the new-media accounts given, put right with a trail, marked when missing, summed for the year and exported?"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from openpyxl import load_workbook

from gongkai_web.agencies.roles import Role
from gongkai_web.outlets import figures
from gongkai_web.outlets.actions import accounts
from gongkai_web.outlets.models import Account
from gongkai_web.publishing import register
from gongkai_web.publishing.actions import outings
from gongkai_web.trail import reading
from gongkai_web.trail.models import Entry
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotHere, NotPossible
from tests.web.publishing.conftest import Bureau
from tests.web.staffed import make_office
from tests.web.workbench.conftest import words

CLERK = Role.CLERK
NOW = dt.datetime(2026, 4, 10, 3, tzinfo=dt.UTC)


def opened(bureau: Any, since: dt.date = dt.date(2025, 12, 1), name: str = "岫川司法", channel: str = "wechat") -> Account:
    return accounts.open_account(bureau.actor(CLERK), bureau.body.pk, channel=channel, name=name, since=since)


def give(bureau: Any, month: dt.date, posts: int = 10, name: str = "岫川司法", **more: Any) -> Any:
    given = {"channel": "wechat", "reads": posts * 100, "followers": 500 + posts, "replies": 1, **more}
    return outings.record_month(bureau.actor(CLERK), bureau.body.pk, account=name, month=month, posts=posts, **given)


@pytest.fixture
def april(at: Any) -> Bureau:
    """An office on 10 April 2026."""
    at(NOW)
    return Bureau(make_office())


def test_months__are_missing_once_they_are_over_and_summed_as_the_return_asks(april: Any) -> None:
    opened(april)
    give(april, dt.date(2026, 1, 1), 10)
    give(april, dt.date(2026, 3, 1), 4)
    (shown,) = figures.accounts(april.body, 2026, clock.today())

    assert [(m.key, m.missing) for m in shown.months] == [
        ("2026-01", False), ("2026-02", True), ("2026-03", False), ("2026-04", False),
    ]  # fmt: skip
    assert shown.sums == (14, 1400, 504, 2)
    assert [m.key for m in figures.accounts(april.body, 2025, clock.today())[0].months] == ["2025-12"]
    assert figures.accounts(april.body, 2024, clock.today()) == ()
    assert figures.missing(april.body, clock.today()) == (("岫川司法", dt.date(2025, 12, 1)), ("岫川司法", dt.date(2026, 2, 1)))


def test_year__counts_followers_once_an_account_and_the_rest_in_sum(april: Any) -> None:
    give(april, dt.date(2026, 1, 1), 10)
    give(april, dt.date(2026, 2, 1), 20)
    give(april, dt.date(2026, 2, 1), 5, name="岫川普法")
    give(april, dt.date(2026, 2, 1), 7, channel="weibo")
    give(april, dt.date(2025, 2, 1), 70)

    found = register.new_media_of_year(april.body, 2026)

    assert [(y.channel, y.accounts, y.posts, y.reads, y.followers, y.replies) for y in found] == [
        ("政务微博", 1, 7, 700, 507, 1), ("政务微信", 2, 35, 3500, 520 + 505, 3),
    ]  # fmt: skip


def test_correction__needs_a_reason_and_keeps_what_stood_before_in_the_trail(april: Any) -> None:
    month = dt.date(2026, 3, 1)
    give(april, month, 10)
    with pytest.raises(BadForm, match="原因"):
        give(april, month, 11)
    with pytest.raises(BadForm, match="同样的数字"):
        give(april, month, 10, reason="再登记一次")
    row = give(april, month, 11, reason="平台后台补计")

    entries = Entry.objects.filter(act="publishing.new_media.record").order_by("pk")
    assert [reading.view(e).words for e in entries] == [
        "沈砚秋登记了“岫川司法”2026年3月的发布、阅读和关注数据",
        "沈砚秋改正了“岫川司法”2026年3月的发布、阅读和关注数据，原因：平台后台补计",
    ]
    assert entries[1].fixed["facts"]["before"] == {"posts": 10, "reads": 1000, "followers": 510, "replies": 1}
    assert (row.posts, entries[1].fixed["facts"]["posts"]) == (11, 11)


def test_account__is_opened_once_and_closed_after_its_last_figures(april: Any) -> None:
    account = opened(april)
    with pytest.raises(BadForm) as wrong:
        opened(april, dt.date(2026, 5, 1), "", "press")
    assert set(wrong.value.errors) == {"name", "channel", "since"}
    with pytest.raises(BadForm, match="同名"):
        opened(april)
    give(april, dt.date(2026, 2, 1))
    actor = april.actor(CLERK)
    for last in (dt.date(2026, 1, 1), dt.date(2026, 6, 1), dt.date(2026, 3, 2)):
        with pytest.raises(BadForm):
            accounts.close_account(actor, account.pk, last=last)
    accounts.close_account(actor, account.pk, last=dt.date(2026, 2, 1))
    (shown,) = figures.accounts(april.body, 2026, clock.today())
    assert [m.key for m in shown.months] == ["2026-01", "2026-02"]
    assert figures.accounts(april.body, 2027, dt.date(2027, 3, 1)) == ()
    with pytest.raises(NotPossible):
        accounts.close_account(actor, account.pk, last=dt.date(2026, 2, 1))
    with pytest.raises(NotHere):
        accounts.close_account(actor, 0, last=dt.date(2026, 2, 1))
    with pytest.raises(NotHere):
        accounts.open_account(actor, 0, channel="weibo", name="甲", since=dt.date(2026, 2, 1))


def test_account__is_not_older_than_the_platforms(april: Any) -> None:
    with pytest.raises(BadForm, match=r"2009年1月或者以后") as wrong:
        opened(april, dt.date(1, 1, 1))
    assert set(wrong.value.errors) == {"since"}
    assert opened(april, dt.date(2009, 1, 1)).since.year == 2009


def test_figure__that_no_account_reaches_is_refused(april: Any) -> None:
    with pytest.raises(BadForm, match="最大 100 亿") as wrong:
        give(april, dt.date(2026, 3, 1), 10, reads=999_999_999_999_999)
    assert set(wrong.value.errors) == {"reads"}
    assert give(april, dt.date(2026, 3, 1), 10, reads=10_000_000_000).reads == 10_000_000_000


def test_screen__takes_accounts_months_and_corrections(bureau: Any, other: Any) -> None:
    clerk = bureau.office.client(CLERK)
    this = f"{clock.today():%Y-%m}"
    assert "没有登记过的新媒体账号" in words(clerk.get("/work/new-media/"))
    wrong = clerk.post("/work/new-media/accounts/", {"channel": "wechat", "name": "岫川司法", "since": "x"})
    assert (wrong.status_code, "写成 2026-03 这样" in words(wrong)) == (422, True)
    since = f"{clock.today().year - 1}-12"
    assert clerk.post("/work/new-media/accounts/", {"channel": "wechat", "name": "岫川司法", "since": since}).status_code == 302
    account = Account.objects.get()
    address = f"/work/new-media/accounts/{account.pk}/{this}/"
    assert "本月还没有登记" in words(clerk.get("/work/new-media/"))
    assert "缺，请补登" in words(clerk.get(f"/work/new-media/?year={clock.today().year - 1}"))
    assert "补登新媒体数据" in words(clerk.get("/work/"))
    sent = {"posts": "1,200", "reads": "34000", "followers": "560", "replies": "0"}
    assert clerk.post(address, {**sent, "reads": "很多"}).status_code == 422
    assert clerk.post(address, sent).status_code == 302
    assert "1,200" in words(clerk.get("/work/new-media/"))
    assert 'value="1200"' in words(clerk.get(address))
    assert "改正的原因" in words(clerk.post(address, {**sent, "posts": "1300"}))
    assert clerk.post(address, {**sent, "posts": "1300", "reason": "补计"}).status_code == 302
    for odd in ("2020-01", "x", "2026-13"):
        assert clerk.get(f"/work/new-media/accounts/{account.pk}/{odd}/").status_code == 404
    assert clerk.post(f"/work/new-media/accounts/{account.pk}/close/", {"last": "x"}).status_code == 422
    assert clerk.post(f"/work/new-media/accounts/{account.pk}/close/", {"last": this}).status_code == 302
    assert "月停用" in words(clerk.get("/work/new-media/"))
    assert clerk.get("/work/new-media/?year=1999").status_code == 404
    assert clerk.get(f"/work/new-media/?year={'9' * 4400}").status_code == 404
    assert other.office.client(CLERK).get(address).status_code == 404
    assert bureau.office.client(Role.SECRECY_OFFICER).get("/work/new-media/").status_code == 200
    assert bureau.office.client(Role.SECRECY_OFFICER).post(address, sent).status_code == 403


def test_export__holds_every_month_in_both_forms(april: Any) -> None:
    opened(april)
    give(april, dt.date(2026, 1, 1), 10)
    clerk = april.office.client(CLERK)
    book = load_workbook(io.BytesIO(clerk.get("/work/new-media/export.xlsx?year=2026").content))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0] == ("平台", "账号", "月份", "发布条数", "阅读量", "关注人数", "回复留言条数", "登记人")
    assert rows[1] == ("政务微信", "岫川司法", "2026-01", 10, 1000, 510, 1, "沈砚秋")
    assert rows[2][2:4] == ("2026-02", "缺")
    answer = clerk.get("/work/new-media/export.csv?year=2026")
    table = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert table[1] == "政务微信,岫川司法,2026-01,10,1000,510,1,沈砚秋"
    assert clerk.get("/work/new-media/export.pdf").status_code == 404
