"""How are the acts of a clean-up of documents called?"""

from __future__ import annotations

import datetime as dt
from typing import Any

from gongkai_web.agencies.roles import Role
from gongkai_web.publishing.actions import campaigns, items
from gongkai_web.publishing.models import Campaign, CampaignEntry
from gongkai_web.ui import clock
from tests.web.acts_examples.call import Call, Example, call
from tests.web.acts_examples.standing import rule
from tests.web.publishing.conftest import Bureau, fresh

CLERK, HEAD, LEADER = Role.CLERK, Role.UNIT_HEAD, Role.SIGNING_LEADER


def bounds(**other: Any) -> dict[str, Any]:
    today = clock.today()
    given = {
        "year": today.year, "title": "规范性文件清理", "kinds": ["normative"], "categories": [], "made_until": None,
        "until_day": today + dt.timedelta(days=30),
    }  # fmt: skip
    return {**given, **other}


def begun(b: Bureau) -> Campaign:
    rule(b)
    return campaigns.begin(b.actor(HEAD), b.body.pk, **bounds())


def listed(b: Bureau) -> CampaignEntry:
    return begun(b).entries.get()


def proposed(b: Bureau, validity: str = "repealed") -> CampaignEntry:
    return campaigns.propose(b.actor(CLERK), listed(b).pk, validity=validity, reason="已被新文件代替")


def decided(b: Bureau, validity: str = "repealed") -> CampaignEntry:
    return campaigns.decide(b.actor(LEADER), proposed(b, validity).pk, agree=True)


def announced(b: Bureau) -> CampaignEntry:
    """A clean-up whose result is public."""
    entry = decided(b)
    item = campaigns.conclude(b.actor(HEAD), entry.campaign_id, category_id=b.category("notices").pk)
    b.passed(items.submit(b.actor(HEAD), item.pk, revision=fresh(item).draft.revision))
    return entry


def moved(b: Bureau) -> Call:
    row = begun(b)
    later = row.until_day + dt.timedelta(days=14)
    return call(b.actor(HEAD), row.pk, until_day=later, seen=row.until_day, reason="两个科室正在征求意见")


EXAMPLES: dict[str, Example] = {
    "publishing.campaign.begin": lambda b: call(b.actor(HEAD), (rule(b), b.body.pk)[1], **bounds()),
    "publishing.campaign.propose": lambda b: call(b.actor(CLERK), listed(b).pk, validity="in_force", reason="仍适应工作需要"),
    "publishing.campaign.decide": lambda b: call(b.actor(LEADER), proposed(b).pk, agree=True),
    "publishing.campaign.move": moved,
    "publishing.campaign.give_up": lambda b: call(b.actor(HEAD), begun(b).pk, reason="范围选错，另行开始"),
    "publishing.campaign.conclude": lambda b: call(b.actor(HEAD), decided(b).campaign_id, category_id=b.category("notices").pk),
    "publishing.campaign.apply": lambda b: call(b.actor(HEAD), announced(b).pk),
}
