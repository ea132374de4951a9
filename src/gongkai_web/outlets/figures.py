"""What did the accounts of a body do month by month, and which month is missing?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gongkai_web.agencies.models import Body
from gongkai_web.outlets.models import Account
from gongkai_web.publishing.models import NewMediaMonth, OutingChannel
from gongkai_web.ui.refusals import NotHere

FIGURES = (("posts", "发布条数"), ("reads", "阅读量"), ("followers", "关注人数"), ("replies", "回复留言条数"))


@dataclass(frozen=True, slots=True)
class MonthView:
    """An account's month. ``values`` are in the order of FIGURES, None where nothing was recorded; ``missing`` when it should have been."""

    month: dt.date
    values: tuple[int, ...] | None
    missing: bool
    recorded_by: str = ""

    @property
    def key(self) -> str:
        """How an address names it."""
        return f"{self.month:%Y-%m}"


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account with the months of a year; ``sums`` are the year's posts, reads and replies, and the followers of its last month."""

    id: int
    channel: str
    channel_word: str
    name: str
    since: dt.date
    last: dt.date | None
    months: tuple[MonthView, ...]
    sums: tuple[int, ...]

    @property
    def missing(self) -> tuple[MonthView, ...]:
        """The months that are to be made up for."""
        return tuple(m for m in self.months if m.missing)


def accounts(body: Body, year: int, today: dt.date) -> tuple[AccountView, ...]:
    """The accounts that had a month in the year, by platform. A month is missing once it is over."""
    rows = [
        a
        for a in Account.objects.filter(body=body, since__lte=dt.date(year, 12, 1)).order_by("channel", "name")
        if a.last is None or a.last >= dt.date(year, 1, 1)
    ]
    known = {
        (m.channel, m.account, m.month): m
        for m in NewMediaMonth.objects.filter(body=body, month__year=year).select_related("recorded_by")
    }
    return tuple(_view(a, year, today, known) for a in rows)


def account(body: Body, account_id: int) -> Account:
    """One account of the body. NotHere for another's."""
    found = Account.objects.filter(body=body, pk=account_id).first()
    if found is None:
        raise NotHere("没有这个新媒体账号。")
    return found


def month_of(account: Account, written: str, today: dt.date) -> dt.date:
    """The month that an address names as 2026-03. NotHere where the account has none."""
    try:
        month = dt.date.fromisoformat(f"{written}-01")
    except ValueError:
        raise NotHere("没有这个月份。请从列表里选择。") from None
    if not account.since <= month <= (account.last or today):
        raise NotHere("这个账号在这个月份没有数据要登记。请从列表里选择。")
    return month


def recorded(account: Account, month: dt.date) -> NewMediaMonth | None:
    """What was recorded of a month."""
    return NewMediaMonth.objects.filter(body=account.body_id, channel=account.channel, account=account.name, month=month).first()


def missing(body: Body, today: dt.date) -> tuple[tuple[str, dt.date], ...]:
    """The accounts and months of this year and the last that are to be made up for, the earliest first."""
    found = [(a.name, m.month) for year in (today.year - 1, today.year) for a in accounts(body, year, today) for m in a.missing]
    return tuple(sorted(found, key=lambda f: (f[1], f[0])))


def _view(account: Account, year: int, today: dt.date, known: dict[tuple[str, str, dt.date], NewMediaMonth]) -> AccountView:
    months = []
    for number in range(1, 13):
        month = dt.date(year, number, 1)
        if not account.since <= month <= (account.last or today):
            continue
        row = known.get((account.channel, account.name, month))
        values = tuple(getattr(row, key) for key, _ in FIGURES) if row else None
        is_over = (month.year, month.month) < (today.year, today.month)
        months.append(MonthView(month, values, row is None and is_over, row.recorded_by.name if row else ""))
    given = [m.values for m in months if m.values is not None]
    posts, reads, replies = (sum(v[n] for v in given) for n in (0, 1, 3))
    return AccountView(
        id=account.pk,
        channel=account.channel,
        channel_word=OutingChannel(account.channel).label,
        name=account.name,
        since=account.since,
        last=account.last,
        months=tuple(months),
        sums=(posts, reads, given[-1][2] if given else 0, replies),
    )
