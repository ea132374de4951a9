"""How is an office with very many public items made for a bench?

By rows, not by acts, but in the order of the acts and with every guard of the database in place: an item is drafted, its review passes every
step, the approval is made, and only then is there a publication. What is left out is the trail. The words are drawn from a fixed list with a
natural distribution, so that a search has something to find; nothing is anybody's.
"""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
import os
import random
import sys
import time
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CHUNK = 5000
START = dt.datetime(2021, 1, 1, 1, tzinfo=dt.UTC)
SPAN = dt.timedelta(days=5 * 365)
KEPT_TEXTS = 500
DRAWS = 1 << 20
TOLD = 100_000


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
        words = ["".join(self._chance.choices(letters, k=self._chance.choice(lengths))) for _ in range(20_000)]
        weights = [1 / (n + 1) for n in range(len(words))]
        # Every seventh word ends a phrase.
        drawn = [w for word in words for w in (word, f"{word}，")]
        sums = list(itertools.accumulate(w for weight in weights for w in (weight * 6 / 7, weight / 7)))
        # Each word stands here as often as its weight asks for, so that drawing one is to look at a place.
        self._drawn = [drawn[bisect.bisect_right(sums, sums[-1] * n / DRAWS)] for n in range(DRAWS)]

    def text(self, count: int) -> str:
        """So many words, with commas here and there."""
        places = array("I", self._chance.randbytes(4 * count))
        return "".join([self._drawn[place % DRAWS] for place in places])


class Rows:
    """Rows of one table, with the model's own defaults where nothing is said."""

    def __init__(self, model: Any, connection: Any) -> None:
        self._connection = connection
        fields = model._meta.concrete_fields
        self.names = [f.attname for f in fields]
        self._defaults = {
            f.attname: f.get_db_prep_save(f.get_default(), connection)
            for f in fields
            if f.has_default() or f.empty_strings_allowed
        }
        self._table, self._columns = model._meta.db_table, [f.column for f in fields]
        self._rows: list[list[Any]] = []

    def add(self, **values: Any) -> None:
        """One row, in values as the driver takes them."""
        said = {**self._defaults, **values}
        self._rows.append([said.get(name) for name in self.names])

    def write(self) -> None:
        """Put the rows into the table, through its guards."""
        quote = self._connection.ops.quote_name
        columns = ", ".join(quote(c) for c in self._columns)
        with self._connection.cursor() as cursor:
            if self._connection.vendor == "postgresql":
                with cursor.copy(f"COPY {quote(self._table)} ({columns}) FROM STDIN") as copy:
                    for row in self._rows:
                        copy.write_row(row)
            else:
                places = ", ".join(["%s"] * len(self._columns))
                cursor.executemany(f"INSERT INTO {quote(self._table)} ({columns}) VALUES ({places})", self._rows)
        self._rows = []


def fill(count: int) -> tuple[Any, tuple[str, ...]]:
    """A body with ``count`` public items, and some of their texts to look for. A folder that was filled before is taken as it is."""
    from gongkai_web.agencies.models import Body
    from gongkai_web.publishing.models import Version

    body = Body.objects.order_by("pk").first() or _filled(count)
    some = range(1, count + 1, max(1, count // KEPT_TEXTS))
    return body, tuple(Version.objects.filter(pk__in=some).order_by("pk").values_list("html", flat=True))


def _filled(count: int) -> Any:
    from django.db import connection, transaction

    from gongkai_web.agencies.roles import Role
    from gongkai_web.flow import installation
    from gongkai_web.flow.models import Review
    from gongkai_web.publishing.models import Category, Generation
    from tests.web.publishing.conftest import Bureau
    from tests.web.staffed import make_office

    bureau = Bureau(make_office())
    if not installation.exists():
        installation.found(installation.REAL)
    body, words = bureau.body, Words()
    office = {
        "body": body,
        "clerk": bureau.person(Role.CLERK).pk,
        "leader": bureau.person(Role.SIGNING_LEADER).pk,
        "department": bureau.office.departments[0].pk,
        "categories": list(Category.objects.filter(body=body).order_by("id").values_list("id", flat=True)),
        "step": SPAN / count,
    }
    _hurry(connection)
    for chunk in _chunks(count):
        with transaction.atomic():
            made = _made(chunk, office, words, connection)
            for rows in made[:4]:
                rows.write()
            Review.objects.filter(pk__gte=chunk[0], pk__lte=chunk[-1]).update(state="approved")
            for rows in made[4:]:
                rows.write()
        if chunk[-1] % TOLD == 0:
            print(f"  {chunk[-1]} items: {time.process_time():.0f} s of a processor", file=sys.stderr, flush=True)
    Generation.objects.filter(body=body).update(number=count + 1)
    _finish(connection)
    connection.close()  # whatever is measured runs with the settings that the program has
    return body


def _made(chunk: range, office: dict[str, Any], words: Words, connection: Any) -> list[Rows]:
    """The rows of some items: what comes before the review is closed (items, reviews, steps, decisions), and what comes after."""
    from gongkai_web.flow.models import Approval, Decision, Review, Step
    from gongkai_web.publishing.models import Draft, Item, Publication, Version

    items, reviews, steps, decisions = (Rows(m, connection) for m in (Item, Review, Step, Decision))
    approvals, drafts, versions, publications = (Rows(m, connection) for m in (Approval, Draft, Version, Publication))
    body, clerk, leader, categories = office["body"], office["clerk"], office["leader"], office["categories"]
    adapted = connection.ops.adapt_datetimefield_value
    for n in chunk:
        instant = START + office["step"] * n
        at, day, digest, category = (
            adapted(instant),
            instant.date().isoformat(),
            f"sha256:{n:064x}",
            categories[n % len(categories)],
        )
        content = {
            "title": words.text(8)[:60],
            "html": f"<p>{words.text(75)}</p><p>{words.text(75)}</p>",
            "summary": words.text(12)[:100],
            "issuer": body.name,
            "attribute": "proactive",
        }
        items.add(
            id=n, body_id=body.pk, index_number=f"012345678/{instant.year}-{n:07}", category_id=category, department_id=office["department"],
            made_or_changed_on=day, stage="published", drafter_id=clerk, keeper_id=clerk, created_at=at, changed_at=at,
            first_published_at=at, responsible_body=body.name,
        )  # fmt: skip
        reviews.add(
            id=n, body_id=body.pk, department_id=office["department"], subject_kind="item", subject_id=str(n), subject_name=content["title"],
            digest=digest, steps=1, state="open", drafter_id=clerk, opened_at=at, closed_at=at,
        )  # fmt: skip
        steps.add(id=n, review_id=n, position=1, title="分管领导签发", role="signing_leader")
        decisions.add(
            id=n, step_id=n, verdict="passed", decided_by_id=leader, decided_on=day, recorded_by_id=leader, recorded_at=at, digest=digest,
        )  # fmt: skip
        approvals.add(id=n, review_id=n, digest=digest, approved_at=at)
        drafts.add(item_id=n, changed_at=at, changed_by_id=clerk, **content)
        versions.add(
            id=n, item_id=n, number=1, review_id=n, digest=digest, short_code=digest[-8:], draft_revision=1, cut_at=at, cut_by_id=clerk,
            **content,
        )  # fmt: skip
        publications.add(
            id=n, approval_id=n, version_id=n, item_id=n, body_id=body.pk, category_id=category, channel="portal", year=instant.year,
            listed_at=at, published_at=at, published_by_id=leader, appeared=True,
        )  # fmt: skip
    return [items, reviews, steps, decisions, approvals, drafts, versions, publications]


def _hurry(connection: Any) -> None:
    """Wait for no disk while the office is filled: should the power fail, it is filled again."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET synchronous_commit = off")
        else:
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.execute("PRAGMA cache_size = -262144")


def _finish(connection: Any) -> None:
    """The keys that come next, and what the database should know of its tables."""
    from django.core.management.color import no_style

    from gongkai_web.flow.models import Approval, Decision, Review, Step
    from gongkai_web.publishing.models import Item, Publication, Version

    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [Item, Review, Step, Decision, Approval, Version, Publication]):
            cursor.execute(sql)
        cursor.execute("ANALYZE")


def _chunks(count: int) -> Iterator[range]:
    """The items' keys, from 1 on."""
    for start in range(1, count + 1, CHUNK):
        yield range(start, min(start + CHUNK, count + 1))
