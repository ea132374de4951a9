"""Through which acts, by whom and when, is the public asked in the demo year?"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from gongkai_web.comment_periods import adoption, kinds, showing
from gongkai_web.comment_periods.actions import comments, moderation, opinions, periods
from gongkai_web.comment_periods.models import Comment, Period
from gongkai_web.flow.actions import review as review_acts
from gongkai_web.office.demo.days import AFTERNOON, FORENOON, LATE, MORNING, Days, moment
from gongkai_web.office.demo.entries import DATA
from gongkai_web.office.demo.lives import decider
from gongkai_web.office.demo.staffing import Office
from gongkai_web.publishing.actions import items
from gongkai_web.publishing.models import Item
from gongkai_web.ui import clock

PREPARED, WRITTEN = (8, 20), (11, 30)


def asked(office: Office, days: Days, known: Mapping[str, int]) -> list[Iterator[dt.datetime]]:
    """Each time the public is asked, as a life of its own; ``known`` are the items by their keys, filled as they come to be."""
    told = tomllib.loads((DATA / "comment_periods.toml").read_text(encoding="utf-8"))
    return [_whole(given, office, days, known) for given in told["period"]]


def _whole(given: Mapping[str, Any], office: Office, days: Days, known: Mapping[str, int]) -> Iterator[dt.datetime]:
    clerk = office.actor(office.clerks[given["department"]])
    reviewer = office.actor(office.reviewers[given["department"]])
    opens = days.back(days.today, given["opens"])
    yield moment(opens, PREPARED, given["draft"])
    least = kinds.least(given["kind"], opens)
    assert least is not None
    assert least.due is not None
    closes = days.back(days.today, given["closes"]) if "closes" in given else least.due
    period = periods.create(
        clerk,
        office.body.pk,
        kind=given["kind"],
        draft_id=known[given["draft"]],
        explanation_id=known[given["explanation"]],
        closes_on=closes,
        facts={name: given[name] for name in ("contact", "phone", "address", "mail")},
    )
    yield moment(opens, FORENOON, given["draft"])
    periods.open_period(reviewer, period.pk)
    made: list[Comment] = []
    for n, each in enumerate(given["comment"]):
        yield from _said(
            each, period, made, office, given["department"], days.back(days.today, each["ago"]), f"{given['draft']}{n}"
        )
    if "accounted" not in given:
        return
    yield dt.datetime.combine(closes, dt.time(0, 1), clock.BEIJING) + dt.timedelta(days=1)
    periods.ended(reviewer.as_timer(), period.pk)
    yield from _accounted(given, period, made, office, days)
    if "result" in given:
        yield moment(days.back(days.today, given["issued"]), LATE, given["draft"])
        periods.tie(clerk, period.pk, part="result", item_id=known[given["result"]])


def _said(
    each: Mapping[str, Any], period: Period, made: list[Comment], office: Office, department: str, day: dt.date, seed: str
) -> Iterator[dt.datetime]:
    """A comment, and on the same day what the reviewer decides about showing it."""
    yield moment(day, WRITTEN, seed)
    sender = {"text": each["text"], "name": each.get("name", "")}
    if "way" in each:
        clerk = office.actor(office.clerks[department])
        row = comments.record(clerk, period.pk, way=each["way"], received_on=day, **sender)
    else:
        row = comments.receive(comments.PUBLIC, period.pk, nonce=f"demo-{seed}", **sender)
    made.append(row)
    if each.get("waits"):
        return
    yield moment(day, AFTERNOON, seed)
    reviewer = office.actor(office.reviewers[department])
    if "withheld" in each:
        moderation.withhold(reviewer, row.pk, reason=each["withheld"])
        return
    hidden = [(s.start, s.end) for s in showing.spots(office.body, row.text) if s.personal]
    moderation.show(reviewer, row.pk, hidden=hidden)


def _accounted(
    given: Mapping[str, Any], period: Period, made: list[Comment], office: Office, days: Days
) -> Iterator[dt.datetime]:
    """The adoption table, and its way to the public as an item."""
    clerk = office.actor(office.clerks[given["department"]])
    day = days.back(days.today, given["accounted"])
    yield moment(days.back(day, 4), MORNING, given["draft"])
    for each in given["opinion"]:
        answered = [made[n].pk for n in each["comments"]]
        opinions.add(
            clerk, period.pk, summary=each["summary"], adoption=each["adoption"], reason=each["reason"], comment_ids=answered
        )
        yield clock.now() + dt.timedelta(minutes=6)
    account = adoption.account_of(period.pk)
    item = items.create(
        clerk,
        office.body.pk,
        account.category_id,
        title=account.title,
        department_id=account.department_id,
        content=account.content,
        facts=account.facts,
    )
    periods.tie(clerk, period.pk, part="feedback", item_id=item.pk)
    yield moment(days.back(day, 3), FORENOON, given["draft"])
    version = items.submit(clerk, item.pk, revision=Item.objects.get(pk=item.pk).draft.revision)
    for step in version.review.step_rows.order_by("position"):
        yield moment(days.back(day, 3 - step.position), AFTERNOON, f"{given['draft']}{step.position}")
        review_acts.pass_step(decider(office, given["department"], step), version.review_id, step.pk, digest=version.digest)
