"""How is an office with very many public items made for a bench?

By rows, not by acts: the tables are filled as the acts would have left them, with the guards lifted for the moment and set again after.
The words are drawn from a fixed list with a natural distribution, so that a search has something to find; nothing is anybody's.
"""

from __future__ import annotations

import datetime as dt
import itertools
import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHUNK = 2000
START = dt.datetime(2021, 1, 1, 1, tzinfo=dt.UTC)
STEP = dt.timedelta(minutes=20)


def begin(folder: Path, database: str = "") -> None:
    """Set Django up over an empty data folder, or a database of one's own. Once per process."""
    os.environ["GONGKAI_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai_web.config.settings"
    os.environ["GONGKAI_HOSTS"] = "127.0.0.1,localhost,testserver"
    if database:
        os.environ["DATABASE_URL"] = database
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


class Words:
    """Invented Chinese text: words of two to four characters, the frequent ones frequent."""

    def __init__(self, seed: int = 1) -> None:
        self._chance = random.Random(seed)
        letters = [chr(0x4E00 + n) for n in range(2500)]
        lengths = (2, 2, 2, 3, 4)
        self._words = ["".join(self._chance.choices(letters, k=self._chance.choice(lengths))) for _ in range(20_000)]
        self._weights = list(itertools.accumulate(1 / (n + 1) for n in range(len(self._words))))

    def text(self, count: int) -> str:
        """So many words, with commas here and there."""
        drawn = self._chance.choices(self._words, cum_weights=self._weights, k=count)
        return "".join(word + ("，" if self._chance.random() < 0.15 else "") for word in drawn)


def fill(count: int) -> tuple[object, tuple[str, ...]]:
    """Make a body with ``count`` public items; the body, and pieces of their texts to look for."""
    from django.db import connection

    from gongkai_web.agencies.roles import Role
    from gongkai_web.flow.models import Approval, Decision, Review, ReviewState, Step, Verdict
    from gongkai_web.publishing.models import Category, Draft, Item, Publication, Stage, Version
    from gongkai_web.trail import guards
    from tests.web.publishing.conftest import Bureau
    from tests.web.staffed import make_office

    bureau = Bureau(make_office())
    body, words = bureau.body, Words()
    clerk, leader = bureau.person(Role.CLERK), bureau.person(Role.SIGNING_LEADER)
    categories = list(Category.objects.filter(body=body))
    department = bureau.office.departments[0]
    seen: list[str] = []
    guards.lift(connection)
    for chunk in _chunks(count):
        numbers = list(chunk)
        times = [START + STEP * n for n in numbers]
        items = Item.objects.bulk_create(
            Item(
                body=body, index_number=f"012345678/{t.year}-{n:07}", category=categories[n % len(categories)], department=department,
                made_or_changed_on=t.date(), stage=Stage.PUBLISHED, drafter=clerk, keeper=clerk, created_at=t, changed_at=t,
                first_published_at=t, responsible_body=body.name,
            )
            for n, t in zip(numbers, times, strict=True)
        )  # fmt: skip
        contents = [
            {
                "title": words.text(8),
                "html": f"<p>{words.text(75)}</p><p>{words.text(75)}</p>",
                "summary": words.text(12),
                "issuer": body.name,
                "attribute": "proactive",
            }
            for _ in numbers
        ]
        if numbers[0] % (CHUNK * 5) == 0:
            seen.append(contents[0]["html"])
        Draft.objects.bulk_create(
            Draft(item=i, changed_at=t, changed_by=clerk, **c) for i, t, c in zip(items, times, contents, strict=True)
        )
        digests = [f"sha256:{n:064x}" for n in numbers]
        reviews = Review.objects.bulk_create(
            Review(
                body=body, department=department, subject_kind="item", subject_id=str(i.pk), subject_name=c["title"][:200], digest=d, steps=1,
                state=ReviewState.APPROVED, drafter=clerk, opened_at=t, closed_at=t,
            )
            for i, c, d, t in zip(items, contents, digests, times, strict=True)
        )  # fmt: skip
        steps = Step.objects.bulk_create(
            Step(review=r, position=1, title="分管领导签发", role=Role.SIGNING_LEADER.value) for r in reviews
        )
        Decision.objects.bulk_create(
            Decision(
                step=s,
                verdict=Verdict.PASSED,
                decided_by=leader,
                decided_on=t.date(),
                recorded_by=leader,
                recorded_at=t,
                digest=d,
            )
            for s, d, t in zip(steps, digests, times, strict=True)
        )
        approvals = Approval.objects.bulk_create(
            Approval(review=r, digest=d, approved_at=t) for r, d, t in zip(reviews, digests, times, strict=True)
        )
        versions = Version.objects.bulk_create(
            Version(item=i, number=1, review=r, digest=d, short_code=d[-8:], draft_revision=1, cut_at=t, cut_by=clerk, **c)
            for i, r, d, t, c in zip(items, reviews, digests, times, contents, strict=True)
        )
        Publication.objects.bulk_create(
            Publication(
                approval=a, version=v, item=i, body=body, category_id=i.category_id, channel="portal", year=t.year, listed_at=t,
                published_at=t, published_by=leader, appeared=True,
            )
            for a, v, i, t in zip(approvals, versions, items, times, strict=True)
        )  # fmt: skip
    guards.install(connection)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return body, tuple(seen)


def _chunks(count: int) -> Iterator[range]:
    for start in range(0, count, CHUNK):
        yield range(start, min(start + CHUNK, count))
