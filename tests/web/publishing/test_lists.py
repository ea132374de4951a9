"""Do lists and their counts follow every act, in the right order, without counting again what has not changed?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai_web.agencies.roles import Role
from gongkai_web.publishing import access
from gongkai_web.publishing.actions import arrangement, publication, standing_facts
from gongkai_web.ui import clock


def below(bureau: Any, *names: str) -> None:
    """Categories below the notices."""
    for name in names:
        row = arrangement.add_category(bureau.actor(Role.UNIT_HEAD), bureau.body.pk, key=name, name=name, bases=["SERVICE"])
        arrangement.change_category(bureau.actor(Role.UNIT_HEAD), row.pk, values={"parent_id": bureau.category("notices").pk})


def titles(listing: access.PublicListing) -> list[str]:
    return [row.title for row in listing.items]


def counted(asked: CaptureQueriesContext) -> int:
    return sum("COUNT(" in one["sql"] for one in asked.captured_queries)


def test_count__is_made_once_for_each_public_state(bureau: Any) -> None:
    first = bureau.published()
    with CaptureQueriesContext(connection) as asked:
        assert access.public_list(bureau.body).count == 1
        assert access.public_list(bureau.body, "notices").count == 1
        assert access.public_list(bureau.body, year=first.created_at.year - 1).count == 0
        assert access.public_years(bureau.body) == (clock.today().year,)
        assert {c.key: c.count for c in access.categories(bureau.body)}["notices"] == 1
    assert counted(asked) == 1
    second = bureau.published(key="news")
    assert (access.public_count(bureau.body), access.public_list(bureau.body, "notices").count) == (2, 1)
    publication.withdraw(bureau.actor(Role.UNIT_HEAD), first.pk, reason="内容有误")
    assert (access.public_count(bureau.body), access.public_list(bureau.body, "notices").count) == (1, 0)
    standing_facts.classify(bureau.actor(Role.CLERK), second.pk, facts={"category": bureau.category("notices").pk})
    assert access.public_list(bureau.body, "notices").count == 1


def test_count__follows_a_set_time_though_nothing_has_run(bureau: Any, at: Any) -> None:
    now = clock.now()
    bureau.passed(bureau.submitted(publish_at=now + dt.timedelta(hours=1)))
    assert access.public_count(bureau.body) == 0
    at(now + dt.timedelta(hours=1))
    assert access.public_count(bureau.body) == 1
    assert access.public_years(bureau.body) == (clock.today().year,)


def test_count__of_a_validity_is_made_once_too(bureau: Any) -> None:
    bureau.published()
    assert access.public_list(bureau.body, validity="in_force").count == 0
    with CaptureQueriesContext(connection) as asked:
        assert access.public_list(bureau.body, validity="in_force").count == 0
    assert counted(asked) == 0


def test_two_bodies__are_counted_apart(bureau: Any, other: Any) -> None:
    bureau.published()
    assert (access.public_count(bureau.body), access.public_count(other.body)) == (1, 0)


def test_category__shows_what_stands_in_those_below_in_one_order(bureau: Any) -> None:
    below(bureau, "east", "west")
    order = ["notices", "west", "east", "east", "notices", "west", "news"]
    for number, key in enumerate(order):
        bureau.published(title=f"第{number}号通知", key=key)
    wanted = [f"第{n}号通知" for n, key in reversed(list(enumerate(order))) if key != "news"]
    whole = access.public_list(bureau.body, "notices")
    assert (titles(whole), whole.count, whole.next_key) == (wanted, 6, whole.next_key)
    assert [row.title for row in access.newest(bureau.body, "notices", size=2)] == wanted[:2]
    first = access.public_list(bureau.body, "notices", size=4)
    second = access.public_list(bureau.body, "notices", size=4, after=first.next_key)
    back = access.public_list(bureau.body, "notices", size=4, before=second.previous_key)
    assert (titles(first), titles(second), titles(back)) == (wanted[:4], wanted[4:], wanted[:4])
    assert (first.previous_key, second.next_key, back.previous_key) == (None, None, None)
    assert titles(access.public_list(bureau.body, "notices", clock.today().year, size=100)) == wanted


@pytest.mark.parametrize("key", [None, "notices"])
def test_list__asks_as_many_questions_of_many_items_as_of_one(bureau: Any, key: str | None) -> None:
    bureau.published()
    access.public_list(bureau.body, key)
    with CaptureQueriesContext(connection) as of_one:
        access.public_list(bureau.body, key)
    for number in range(4):
        bureau.published(title=f"第{number}号通知")
    access.public_list(bureau.body, key)
    with CaptureQueriesContext(connection) as of_many:
        access.public_list(bureau.body, key)
    assert len(of_many) == len(of_one) <= 3
