"""Does the database itself refuse a period on what is not public, a comment out of time, and any change of what was said?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from gongkai_web.agencies.roles import Role
from gongkai_web.comment_periods.actions import moderation, periods
from gongkai_web.comment_periods.models import Change, Comment, Moderation, Period, Verdict
from gongkai_web.publishing.actions import publication
from gongkai_web.ui import clock
from tests.web.acts_examples.comment_periods import FACTS, least_day, more, opened, planned
from tests.web.publishing.conftest import Bureau
from tests.web.staffed import signed_in

WORD = "鹭鸶不许提前飞"


def refused(do: Callable[[], Any]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        do()


def forced(period: Period, **values: Any) -> Callable[[], int]:
    return lambda: Period.objects.filter(pk=period.pk).update(**values)


def test_database__opens_no_period_on_what_is_not_public(bureau: Bureau) -> None:
    hidden = bureau.submitted(title=WORD).item
    there = bureau.published(title="已经公开的文稿")
    by = bureau.person(Role.DEPARTMENT_REVIEWER).pk
    for draft, explanation in ((hidden, there), (there, hidden)):
        ids = {"draft_id": draft.pk, "explanation_id": explanation.pk}
        period = periods.create(
            bureau.actor(Role.CLERK), bureau.body.pk, kind="document", closes_on=least_day(), facts=FACTS, **ids
        )
        refused(forced(period, opened_at=clock.now(), opened_by_id=by))
    refused(forced(planned(bureau), opened_at=clock.now() - dt.timedelta(days=2), opened_by_id=by))


def test_database__opens_no_period_by_who_prepared_it_nor_by_nobody(bureau: Bureau) -> None:
    period = planned(bureau)

    refused(forced(period, opened_at=clock.now(), opened_by_id=bureau.person(Role.CLERK).pk))
    refused(forced(period, opened_at=clock.now()))
    row = Period.objects.get(pk=period.pk)
    row.pk, row.opened_at, row.opened_by = None, clock.now(), bureau.person(Role.DEPARTMENT_REVIEWER)
    refused(lambda: row.save(force_insert=True))


def test_database__keeps_what_was_opened_and_its_last_day(bureau: Bureau) -> None:
    period = opened(bureau)

    for values in (
        {"draft_id": period.explanation_id},
        {"kind": "other"},
        {"opened_at": None},
        {"closes_on": period.closes_on + dt.timedelta(days=9)},
        {"created_at": clock.now()},
    ):
        refused(forced(period, **values))
    refused(lambda: Period.objects.filter(pk=period.pk).delete())


def test_database__keeps_every_comment_as_it_came(bureau: Bureau) -> None:
    row = more(opened(bureau), "原话", name="白望之")
    rows = Comment.objects.filter(pk=row.pk)

    for values in ({"text": "改过"}, {"receipt": "2000-00001"}, {"name": "别人"}, {"received_on": dt.date(2020, 1, 1)}):
        refused(lambda v=values: rows.update(**v))  # type: ignore[misc]  # bound at once
    refused(rows.delete)
    assert rows.update(name="") == 1


def test_database__takes_no_comment_out_of_time(bureau: Bureau) -> None:
    period, unopened = opened(bureau), planned(bureau)

    def comment(of: Period, day: dt.date) -> Callable[[], Comment]:
        now = clock.now()
        return lambda: Comment.objects.create(
            period=of, body=bureau.body, receipt="x", way="form", text="意见", received_on=day, received_at=now
        )

    refused(comment(unopened, clock.today()))
    refused(comment(period, period.closes_on + dt.timedelta(days=1)))
    periods.abandon(bureau.actor(Role.UNIT_HEAD), period.pk, reason="不再制定")
    refused(comment(period, clock.today()))
    refused(forced(period, abandoned_at=None))


def test_database__keeps_decisions_and_reasons(bureau: Bureau) -> None:
    row = more(opened(bureau))
    made = moderation.withhold(bureau.actor(Role.DEPARTMENT_REVIEWER), row.pk, reason="无关")
    rows = Moderation.objects.filter(pk=made.pk)

    refused(lambda: rows.update(verdict=Verdict.SHOWN))
    refused(lambda: rows.update(hidden=[[0, 1]]))
    refused(rows.delete)
    change = periods.extend(
        bureau.actor(Role.UNIT_HEAD), row.period_id, closes_on=row.period.closes_on + dt.timedelta(days=1), reason="应要求"
    )
    refused(lambda: Change.objects.filter(pk=change.pk).update(reason="别的"))


def test_database__lets_nobody_show_what_they_entered(bureau: Bureau) -> None:
    period, clerk = opened(bureau), bureau.person(Role.CLERK)
    row = Comment.objects.create(
        period=period, body=bureau.body, receipt="x", way="post", text="来信", received_on=clock.today(), received_at=clock.now(), entered_by=clerk
    )  # fmt: skip

    refused(lambda: Moderation.objects.create(comment=row, verdict=Verdict.SHOWN, decided_by=clerk, decided_at=clock.now()))


def test_no_public_address__tells_of_a_draft_that_is_not_public(bureau: Bureau) -> None:
    """A period on an item under review, one on an item that was withdrawn, comments and all."""
    hidden = bureau.submitted(title=WORD).item
    ids = {"draft_id": hidden.pk, "explanation_id": hidden.pk}
    periods.create(bureau.actor(Role.CLERK), bureau.body.pk, kind="document", closes_on=least_day(), facts=FACTS, **ids)
    gone = planned(bureau, draft=bureau.published(title=f"{WORD}也不许").pk)
    periods.open_period(bureau.actor(Role.DEPARTMENT_REVIEWER), gone.pk)
    row = more(gone, f"对{WORD}的意见", name=WORD)
    moderation.show(bureau.actor(Role.DEPARTMENT_REVIEWER), row.pk)
    publication.withdraw(bureau.actor(Role.DEPARTMENT_REVIEWER), gone.draft_id, reason="有误")

    numbers = Period.objects.values_list("pk", flat=True)
    addresses = ["/", "/comments/", "/sitemap/", *(f"/comments/{n}/{end}" for n in numbers for end in ("", "form/"))]
    for client in (Client(), signed_in(bureau.person(Role.AUDITOR)), signed_in(bureau.person(Role.SYSTEM_ADMINISTRATOR))):
        for address in addresses:
            assert WORD not in client.get(address).content.decode(), address
            assert WORD not in client.post(address, {"text": "x", "form": "y"}).content.decode(), address


def test_staff_screens__are_for_the_department_and_its_reviewers(bureau: Bureau, other: Bureau) -> None:
    period = opened(bureau, contact=WORD)
    more(period, WORD)
    base = f"/work/comments/{period.pk}/"
    pages = [
        base,
        f"{base}received/",
        f"{base}received/{Comment.objects.get().pk}/",
        f"{base}adoption/",
        f"{base}export.xlsx",
        f"{base}record/",
    ]

    for outsider in (bureau.person(Role.AUDITOR), bureau.person(Role.SYSTEM_ADMINISTRATOR), other.person(Role.UNIT_HEAD)):
        client = signed_in(outsider)
        for address in (*pages, "/work/comments/"):
            answer = client.get(address)
            assert WORD not in answer.content.decode("utf-8", "ignore"), (outsider, address)
            assert answer.status_code in {403, 404} or address == "/work/comments/"
