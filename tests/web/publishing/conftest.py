"""Which office and which items does a test of publishing begin with?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from gongkai_web.agencies.roles import Role
from gongkai_web.flow import reviews
from gongkai_web.flow.actions import review as acts_of_review
from gongkai_web.publishing.actions import arrangement, items
from gongkai_web.publishing.models import Category, Item, Version
from gongkai_web.trail.actors import INSTALLATION
from gongkai_web.ui import clock
from tests.web.examined_once import examined_once
from tests.web.staffed import Office, make_office

__all__ = ["examined_once"]


class Bureau:
    """An office with categories, and short ways to take an item through its review."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.body = office.body
        self.actor = office.actor
        self.person = office.person
        self.body.organisation_code = "012345678"
        self.body.save()
        arrangement.begin(INSTALLATION, self.body.pk)

    def category(self, key: str) -> Category:
        return Category.objects.get(body=self.body, key=key)

    def draft(self, title: str = "关于开展公证服务便民活动的通知", key: str = "notices", **content: Any) -> Item:
        """A draft that can be sent to review as it is."""
        words = {
            "html": "<p>现将有关事项通知如下。</p>",
            "summary": "全县公证机构开展便民活动的时间、地点和内容。",
            "attribute": "proactive",
            **content,
        }
        facts = words.pop("facts", {})
        return items.create(
            self.actor(Role.CLERK),
            self.body.pk,
            self.category(key).pk,
            title=title,
            department_id=self.office.departments[0].pk,
            content=words,
            facts=facts,
        )

    def submitted(self, item: Item | None = None, publish_at: dt.datetime | None = None, **content: Any) -> Version:
        item = item or self.draft(**content)
        return items.submit(self.actor(Role.CLERK), item.pk, revision=fresh(item).draft.revision, publish_at=publish_at)

    def passed(self, version: Version, *, steps: int | None = None) -> Item:
        """Every step passed (or the first few), each by the person of its role."""
        for step in list(version.review.step_rows.order_by("position"))[:steps]:
            acts_of_review.pass_step(self.actor(Role(step.role)), version.review_id, step.pk, digest=version.digest)
        return fresh(version.item)

    def published(self, **content: Any) -> Item:
        return self.passed(self.submitted(**content))

    def turn(self, version: Version) -> Any:
        version.review.refresh_from_db()
        return reviews.turn(version.review)


def fresh(item: Item) -> Item:
    """The item as it stands now."""
    return Item.objects.select_related("draft", "body", "category").get(pk=item.pk)


@pytest.fixture
def bureau() -> Bureau:
    return Bureau(make_office())


@pytest.fixture
def other() -> Bureau:
    """Another body with people of its own."""
    return Bureau(make_office("linxi", "临汐县司法局"))


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set the clock of the program to an instant."""

    def set_to(moment: dt.datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    return set_to
