"""How many items are public, in all, in each category and from each year: counted once for each public state of a body?"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from django.db.models import BigIntegerField, Count

from gongkai_web.agencies.models import Body
from gongkai_web.publishing import visible
from gongkai_web.publishing.models import Generation
from gongkai_web.publishing.prepared import Prepared, gap

State = tuple[int, dt.datetime]
_GENERATION = Prepared(
    lambda: Generation.objects.filter(body_id=gap("body", BigIntegerField())).values_list("number", "changed_at", "next_at")
)


@dataclass(frozen=True, slots=True)
class Tally:
    """The public items of a body by category's key and year. ``others`` keeps counts of further kinds, made when they are first asked for."""

    by: Counter[tuple[int, int]]
    others: dict[object, int] = field(default_factory=dict)

    @property
    def years(self) -> tuple[int, ...]:
        """The years in which something public first appeared, the latest first."""
        return tuple(sorted({year for _, year in self.by}, reverse=True))

    def by_category(self) -> Counter[int]:
        """How many stand in each category itself."""
        found: Counter[int] = Counter()
        for (category, _), count in self.by.items():
            found[category] += count
        return found

    def count(self, categories: Collection[int] | None, year: int | None) -> int:
        """How many stand in one of the categories, or in any, and are of the year, or of any."""
        return sum(n for (c, y), n in self.by.items() if (categories is None or c in categories) and (year is None or y == year))

    def other(self, what: object, count: Callable[[], int]) -> int:
        """A count of another kind, made by ``count`` the first time."""
        if what not in self.others:
            self.others[what] = count()
        return self.others[what]


_known: dict[int, tuple[State, Tally]] = {}


def tally(body: Body, now: dt.datetime) -> Tally:
    """The counts of what is public at the instant.

    They are kept in this process for as long as the body's generation stands and nothing changes by itself. The generation is read first:
    an act that comes in between makes the counts newer than their name, never older.
    """
    number, changed_at, next_at = next(iter(_GENERATION(body=body.pk)), (0, None, None))
    state = (number, changed_at) if changed_at is not None and (next_at is None or now < next_at) else None
    known = _known.get(body.pk)
    if state is not None and known is not None and known[0] == state:
        return known[1]
    rows = visible.public(now).filter(body=body).order_by().values_list("category_id", "year").annotate(n=Count("id"))
    made = Tally(Counter({(category, year): n for category, year, n in rows}))
    if state is not None:
        _known[body.pk] = (state, made)
    return made


def forget() -> None:
    """Count anew: for tests, whose bodies are taken back and made again."""
    _known.clear()
