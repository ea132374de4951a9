"""What became of an item of the demo year after its review?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from gongkai.calendar.spans import add_days, add_months
from gongkai_web.flow import reviews
from gongkai_web.flow.actions import review as review_acts
from gongkai_web.office.demo.days import AFTERNOON, FORENOON, LATE, MORNING, moment
from gongkai_web.office.demo.lives import Life
from gongkai_web.publishing.actions import items, links, outings, publication, rework, standing_facts, validity
from gongkai_web.publishing.models import Channel, Publication
from gongkai_web.ui import clock

NEWS_SITE = "棠川县人民政府门户网站"
NEWS_ADDRESS = "https://www.tangchuan.example/zwdt/{index}.html"


def whole(life: Life) -> Iterator[dt.datetime]:
    """A whole life: drafted and reviewed, published, and what came after."""
    yield from life.drafted()
    entry = life.entry
    if entry.discarded:
        yield moment(entry.last, AFTERNOON, entry.title)
        rework.discard(life.clerk, life.item_id, reason=entry.discarded)
    if entry.until not in {"published", "withheld"} or entry.discarded:
        return
    yield from _released(life)
    for after in (_legality, _linked, _out, _corrected, _withdrawn, _changed, _reassessed):
        yield from after(life)


def _released(life: Life) -> Iterator[dt.datetime]:
    """Handed over and confirmed, or carried out at its set time."""
    item = life.item
    if item.category.channel == Channel.ELSEWHERE and item.stage == "approved":
        yield moment(life.days.forward(life.entry.last, 1), MORNING, life.entry.title)
        address = NEWS_ADDRESS.format(index=item.index_number.rpartition("/")[2])
        publication.confirm_hand_over(life.clerk, item.pk, to=NEWS_SITE, address=address, on=clock.today())
    waiting = Publication.objects.filter(item_id=life.item_id, appeared=False).first()
    if waiting is not None:
        yield waiting.published_at + dt.timedelta(seconds=1)
        publication.appear(life.clerk.as_timer(), waiting.pk)


def _legality(life: Life) -> Iterator[dt.datetime]:
    given = life.entry.legality
    if given:
        yield clock.now() + dt.timedelta(minutes=20)
        received = life.days.back(life.entry.made, int(given["took"]))
        validity.record_legality(
            life.clerk,
            life.item_id,
            received_on=received,
            reviewed_on=life.days.back(life.entry.made, 1),
            reviewed_by=given["by"],
            lawful=True,
            opinion=given["opinion"],
        )


def _linked(life: Life) -> Iterator[dt.datetime]:
    for kind, key in life.entry.links:
        yield clock.now() + dt.timedelta(minutes=10)
        links.add(life.clerk, life.item_id, life.known[key], kind=kind)


def _out(life: Life) -> Iterator[dt.datetime]:
    """On other channels, each a number of working days after publication; what is still to come is not yet there."""
    for channel, after, *where in life.entry.outings:
        day = life.days.forward(life.entry.last, int(after))
        at = max(moment(day, LATE, f"{life.entry.title}{channel}"), clock.now() + dt.timedelta(minutes=2))
        if at.date() >= life.days.today:
            return
        yield at
        words: dict[str, Any] = {"address": where[0]} if where and where[0].startswith("http") else {"place": "".join(where)}
        if channel in {"notice_board", "screen"} and "until" not in words:
            words["until_day"] = add_days(clock.today(), 30 if channel == "notice_board" else 7)
        outings.record(life.clerk, life.item_id, channel=channel, on_day=clock.today(), **words)


def _corrected(life: Life) -> Iterator[dt.datetime]:
    given = life.entry.corrected
    if not given:
        return
    day = life.days.forward(life.entry.last, int(given["after"]))
    yield moment(day, MORNING, life.entry.title)
    rework.correct(life.clerk, life.item_id, note=given["note"])
    draft = life.item.draft
    if given["was"] not in draft.html:
        raise ValueError(f"{life.entry.title}: nothing to correct")
    items.edit(
        life.clerk, life.item_id, revision=draft.revision, content={"html": draft.html.replace(given["was"], given["now"])}
    )
    yield moment(day, FORENOON, life.entry.title)
    version = life.submitted()
    yield from life.decided(version, day, version.review.steps, at_once=True)


def _withdrawn(life: Life) -> Iterator[dt.datetime]:
    given = life.entry.withdrawn
    if given:
        yield moment(life.days.forward(life.entry.last, int(given["after"])), AFTERNOON, life.entry.title)
        head = life.office.actor(life.office.head)
        publication.withdraw(head, life.item_id, reason=given["reason"], tombstone=given["tombstone"])


def _changed(life: Life) -> Iterator[dt.datetime]:
    """Its validity changed: proposed, and signed by the leader."""
    given = life.entry.validity
    if not given:
        return
    day = life.days.on(given["on"]) if "on" in given else life.days.back(life.days.today, int(given["ago"]))
    yield max(moment(day, FORENOON, life.entry.title), clock.now() + dt.timedelta(minutes=5))
    change = validity.propose(
        life.clerk,
        life.item_id,
        validity=given["value"],
        on_day=add_days(clock.today(), int(given.get("notice", 1))),
        by_document=given.get("by", ""),
        note=given.get("note", ""),
    )
    if given.get("pending"):
        return
    yield moment(day, AFTERNOON, life.entry.title)
    step = reviews.turn(change.review)
    assert step is not None
    review_acts.pass_step(life.office.actor(life.office.leader), change.review_id, step.pk, digest=change.digest)
    if not change.__class__.objects.get(pk=change.pk).arrived and change.on_day < life.days.today:
        yield dt.datetime.combine(change.on_day, dt.time(0, 1), clock.BEIJING)
        validity.arrive(life.clerk.as_timer(), change.pk)


def _reassessed(life: Life) -> Iterator[dt.datetime]:
    given = life.entry.reassessed
    if given:
        yield moment(life.days.back(life.days.today, int(given["ago"])), FORENOON, life.entry.title)
        next_on = add_months(clock.today(), int(given["months"]))
        standing_facts.reassess(life.clerk, life.item_id, to_publish=False, reason=given["reason"], next_on=next_on)
