"""How far is the clean-up of documents that runs in the demo office?"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from gongkai_web.office.demo.days import AFTERNOON, FORENOON, MORNING, Days, moment
from gongkai_web.office.demo.staffing import Office
from gongkai_web.publishing.actions import campaigns
from gongkai_web.publishing.models import CampaignEntry
from gongkai_web.ui import clock

FILE = Path(__file__).parent / "data" / "cleanup.toml"


def cleaned_up(office: Office, days: Days, known: Mapping[str, int]) -> Iterator[dt.datetime]:
    """Begun by the head; some documents have a proposal, one was sent back, one is decided, the rest wait."""
    given = tomllib.loads(FILE.read_text(encoding="utf-8"))
    title = given["title"].replace("{年}", str(days.today.year))
    yield moment(days.back(days.today, given["begun"]), AFTERNOON, title)
    until = days.forward(days.today, given["left"])
    campaign = campaigns.begin(
        office.actor(office.head),
        office.body.pk,
        year=clock.today().year,
        title=title,
        kinds=["normative"],
        categories=[],
        made_until=None,
        until_day=until,
    )
    steps = [
        (moment(days.back(days.today, each[when]), time, each["key"]), each, does)
        for each in given["document"]
        for when, time, does in (("proposed", MORNING, _proposed), ("decided", FORENOON, _decided))
        if when in each
    ]
    for at, each, does in sorted(steps, key=lambda step: step[0]):
        yield at
        entry = CampaignEntry.objects.filter(campaign=campaign, item_id=known[each["key"]]).first()
        if entry is not None:  # what does not hold at this time of the year was not taken up
            does(office, entry.pk, each)


def _proposed(office: Office, entry_id: int, each: Mapping[str, Any]) -> None:
    clerk = office.actor(office.clerks[each["department"]])
    campaigns.propose(clerk, entry_id, validity=each["proposal"], reason=each["reason"])


def _decided(office: Office, entry_id: int, each: Mapping[str, Any]) -> None:
    why = each.get("returned", "")
    campaigns.decide(office.actor(office.leader), entry_id, agree=not why, reason=why)
