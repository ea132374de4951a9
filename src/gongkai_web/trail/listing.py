"""Which acts of a chain match what somebody looks for, page by page from the newest?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from gongkai_web.trail.acts import registry
from gongkai_web.trail.models import Entry
from gongkai_web.trail.reading import EntryView, view
from gongkai_web.ui import clock


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. Days are those of recording, in Beijing; ``areas`` limits to acts of these applications (none: all)."""

    from_day: dt.date | None = None
    until_day: dt.date | None = None
    act: str = ""
    person: str = ""
    subject_kind: str = ""
    subject_id: str = ""
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries, the newest first; ``older`` is the number to ask on from, None at the end."""

    entries: tuple[EntryView, ...]
    older: int | None


def page(chain: str, wanted: Wanted, *, before: int | None = None, size: int = 50) -> Page:
    """The entries before the number ``before``: one read along the chain's own index, however far back."""
    found = _matching(chain, wanted)
    if before is not None:
        found = found.filter(seq__lt=before)
    rows = list(found.order_by("-seq")[: size + 1])
    return Page(tuple(view(e) for e in rows[:size]), rows[size - 1].seq if len(rows) > size else None)


def every(chain: str, wanted: Wanted, most: int) -> Iterator[EntryView]:
    """All matching entries, the newest first, at most so many."""
    for entry in _matching(chain, wanted).order_by("-seq")[:most].iterator(chunk_size=2000):
        yield view(entry)


def titles() -> dict[str, str]:
    """Every act with its word, those of the program as it stands."""
    return {a.key: a.title for a in registry()}


def _matching(chain: str, wanted: Wanted) -> QuerySet[Entry]:
    found = Entry.objects.filter(chain_id=chain)
    if wanted.from_day is not None:
        found = found.filter(recorded_at__gte=_midnight(wanted.from_day))
    if wanted.until_day is not None:
        found = found.filter(recorded_at__lt=_midnight(wanted.until_day + dt.timedelta(days=1)))
    if wanted.act:
        found = found.filter(act=wanted.act)
    if wanted.person:
        found = found.filter(actor_name__contains=wanted.person)
    if wanted.subject_kind:
        found = found.filter(subject_kind=wanted.subject_kind, subject_id=wanted.subject_id)
    if wanted.areas:
        limited = Q()
        for area in wanted.areas:
            limited |= Q(act__startswith=f"{area}.")
        found = found.filter(limited)
    return found


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), clock.BEIJING)
