"""Where did the demo office hang what it published, what did its accounts do, and how often were its pages read?"""

from __future__ import annotations

import datetime as dt
import tomllib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gongkai.calendar.spans import add_days, add_months
from gongkai_web.office.demo.days import AFTERNOON, FORENOON, LATE, MORNING, Days, moment
from gongkai_web.office.demo.entries import DATA, Entry
from gongkai_web.office.demo.staffing import Office
from gongkai_web.outlets.actions import accounts, hangings, places
from gongkai_web.outlets.models import Account, Hanging
from gongkai_web.publishing import visible
from gongkai_web.publishing.actions import outings
from gongkai_web.publishing.models import Item
from gongkai_web.trail.actors import Actor
from gongkai_web.ui import clock
from gongkai_web.visits import counting
from gongkai_web.visits.actions import footer
from gongkai_web.visits.counting import Read

DAILY = 90
"""So many days are told apart; what lies before is given by month, as the program itself would have folded it."""


def gone_out(office: Office, days: Days, listed: Sequence[Entry], begins: dt.date) -> list[Iterator[dt.datetime]]:
    """Every place, hanging and account as a life of its own."""
    told = _told()
    known: dict[str, int] = {}
    lives = [_place(given, office, days, begins, known) for given in told["place"]]
    lives += [_hanging(given, office, days, _entry(given["title"], listed), known) for given in told["hanging"]]
    lives += [_account(given, office, days, begins) for given in told["account"]]
    return [*lives, _footer(office, begins)]


def read(office: Office, days: Days) -> None:
    """Page views of the last months, each day's between bounds; of items only once they are public."""
    told = _told()["visits"]
    rows = visible.public(clock.now()).filter(body=office.body).select_related("item", "category").order_by("item_id")
    public = [(r.listed_at.astimezone(clock.BEIJING).date(), r.item.index_number, r.category.key) for r in rows]
    begins = add_months(days.today, -int(told["months"]))
    taken: dict[tuple[dt.date, Read], int] = {}
    for number in range((days.today - begins).days):
        day = add_days(begins, number)
        kept = day if number >= (days.today - begins).days - DAILY else day.replace(day=1)
        there = [(index, key) for since, index, key in public if since <= day]
        for page, key, views in _views(office.body.slug, told, day, there):
            row = (kept, (office.body.slug, page, key))
            taken[row] = taken.get(row, 0) + views
    counting.put_away(taken)


def _told() -> dict[str, Any]:
    return tomllib.loads((DATA / "going_out.toml").read_text(encoding="utf-8"))


def _entry(words: str, listed: Sequence[Entry]) -> Entry:
    """The item that was published last with these words in its title."""
    found = [e for e in listed if words in e.title and e.until == "published"]
    if not found:
        raise ValueError(f"no item of the demo year is called {words}")
    return max(found, key=lambda e: e.last)


def _place(given: Mapping[str, Any], office: Office, days: Days, begins: dt.date, known: dict[str, int]) -> Iterator[dt.datetime]:
    yield moment(begins, FORENOON, given["name"])
    about = places.About(given["name"], given["location"], office.people[given["keeper"]].pk, given.get("seconds", 20))
    known[given["key"]] = places.open_place(office.actor(office.head), office.body.pk, kind=given["kind"], about=about).pk


def _hanging(
    given: Mapping[str, Any], office: Office, days: Days, entry: Entry, known: Mapping[str, int]
) -> Iterator[dt.datetime]:
    """Hung, and perhaps taken down; nothing of it when that day is still to come."""
    on = days.back(days.today, given["ago"]) if "ago" in given else days.forward(entry.last, given["after"])
    if on >= days.today or on < entry.last:
        return
    yield moment(on, LATE, given["title"] + given["place"])
    head = office.actor(office.head)
    item = Item.objects.get(body=office.body, draft__title=entry.title)
    if not visible.public(clock.now()).filter(item=item).exists():
        return
    until = add_days(on, given["days"]) if "days" in given else None
    row: Hanging = hangings.hang(head, item.pk, known[given["place"]], form=given["form"], on_day=on, until_day=until)
    if "taken" not in given:
        return
    down = days.forward(on, given["taken"])
    if down < days.today:
        yield moment(down, AFTERNOON, given["title"])
        hangings.take_down(head, row.pk, on_day=down)


def _account(given: Mapping[str, Any], office: Office, days: Days, begins: dt.date) -> Iterator[dt.datetime]:
    """The figures of each month, early in the next; the latest months of some are still missing."""
    first = days.today.replace(day=1)
    since = max(add_months(first, -int(given["months"])), add_months(begins.replace(day=1), 1))
    clerk = office.actor(given["by"])
    yield moment(days.forward(since, 1), MORNING, given["name"])
    account = accounts.open_account(clerk, office.body.pk, channel=given["channel"], name=given["name"], since=since)
    month, number = since, 0
    while add_months(month, 1 + int(given.get("missing", 0))) <= first:
        day = days.forward(add_months(month, 1), 2)
        if day >= days.today:
            return
        yield moment(day, MORNING, f"{given['name']}{month}")
        figures = _figures(given, month, number)
        _record(clerk, account, month, figures)
        number += 1
        if number == given.get("corrected"):
            yield moment(days.forward(day, 1), AFTERNOON, given["name"])
            _record(clerk, account, month, {**figures, "reads": figures["reads"] + 420}, "平台后台月末补计")
        month = add_months(month, 1)


def _record(clerk: Actor, account: Account, month: dt.date, figures: Mapping[str, int], reason: str = "") -> None:
    outings.record_month(
        clerk,
        account.body_id,
        channel=account.channel,
        account=account.name,
        month=month,
        posts=figures["posts"],
        reads=figures["reads"],
        followers=figures["followers"],
        replies=figures["replies"],
        reason=reason,
    )


def _figures(given: Mapping[str, Any], month: dt.date, number: int) -> dict[str, int]:
    posts = _between(given["posts"], f"{given['name']}{month}p")
    return {
        "posts": posts,
        "reads": posts * int(given["reads"]) + _between((0, 99), f"{month}r"),
        "followers": int(given["followers"]) + number * int(given["growth"]) + _between((0, 19), f"{month}f"),
        "replies": _between(given["replies"], f"{given['name']}{month}a"),
    }


def _footer(office: Office, begins: dt.date) -> Iterator[dt.datetime]:
    yield moment(begins, AFTERNOON, "footer")
    footer.show(office.actor(office.head), office.body.pk, shown=True)


def _views(slug: str, told: Mapping[str, Any], day: dt.date, there: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str, int]]:
    yield "home", "", _between(told["home"], f"{day}h")
    yield "search", "", _between(told["search"], f"{day}s")
    for number in range(int(told["items"]) if there else 0):
        index, key = there[_between((0, len(there) - 1), f"{day}i{number}")]
        yield "item", index, _between(told["item"], f"{day}{index}")
        if number < 2:
            yield "list", key, _between(told["list"], f"{day}{key}")


def _between(bounds: Sequence[int], seed: str) -> int:
    """A number within bounds, always the same for the same seed."""
    low, high = bounds
    return low + zlib.crc32(seed.encode()) % (high - low + 1)
