"""Can a time be set at which an item would be public too late, and does whoever approves see it?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from gongkai_web.agencies.roles import Role
from gongkai_web.publishing import access
from gongkai_web.publishing.actions import rework, scheduling
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm
from tests.web.publishing.conftest import Bureau, fresh

DAY = dt.timedelta(days=1)


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), clock.BEIJING)


def test_time__after_the_statutory_day_is_refused_and_that_day_itself_taken(bureau: Bureau) -> None:
    item = fresh(bureau.draft())
    assert item.due_on is not None
    with pytest.raises(BadForm) as refusal:
        bureau.submitted(item, publish_at=noon(item.due_on + DAY))
    assert item.due_on.isoformat() in refusal.value.errors["publish_at"]
    version = bureau.submitted(item, publish_at=noon(item.due_on))
    bureau.passed(version)
    with pytest.raises(BadForm):
        scheduling.reschedule(bureau.actor(Role.CLERK), item.pk, at=noon(item.due_on + DAY))


def test_time__years_ahead_is_refused_for_a_correction_too(bureau: Bureau) -> None:
    item = bureau.published()
    from_now = clock.now() + 400 * DAY
    with pytest.raises(BadForm) as refusal:
        scheduled_correction(bureau, item, from_now)
    assert "请核对年份" in refusal.value.errors["publish_at"]
    assert scheduled_correction(bureau, fresh(item), clock.now() + 60 * DAY)


def scheduled_correction(bureau: Bureau, item: Any, at: dt.datetime) -> Any:
    if fresh(item).stage == "published":
        rework.correct(bureau.actor(Role.CLERK), item.pk, note="改正电话号码")
    return bureau.submitted(fresh(item), publish_at=at)


def test_item_that_is_overdue__can_still_be_set_for_tomorrow(bureau: Bureau, at: Any) -> None:
    item = fresh(bureau.draft())
    assert item.due_on is not None
    at(noon(item.due_on + 10 * DAY))
    assert bureau.submitted(item, publish_at=noon(item.due_on + 11 * DAY))


def test_set_time__is_shown_to_whoever_approves_and_stays_due_until_it_comes(bureau: Bureau, at: Any) -> None:
    item = fresh(bureau.draft())
    assert item.due_on is not None
    version = bureau.submitted(item, publish_at=noon(item.due_on))
    page = bureau.office.client(Role.DEPARTMENT_REVIEWER).get(f"/work/review/{version.review_id}/").content.decode()
    assert f"定于 {item.due_on.isoformat()} 12:00 公开" in page
    bureau.passed(version)

    shown = access.item_page(bureau.person(Role.CLERK).pk, bureau.body, item.pk)
    assert shown.deadline is not None
    assert shown.deadline.done is None
    assert shown.row.due_on == item.due_on
    at(noon(item.due_on) + dt.timedelta(minutes=1))
    shown = access.item_page(bureau.person(Role.CLERK).pk, bureau.body, item.pk)
    assert shown.deadline is not None
    assert shown.deadline.done == item.due_on
    assert shown.row.due_on is None
