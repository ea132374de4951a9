"""What stands beside an item: links, outings, validity, legality, revocations, re-assessments?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, Model, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from gongkai_web.flow.models import ReviewState
from gongkai_web.publishing.access.staff_shapes import Entry
from gongkai_web.publishing.models import (
    Item,
    Legality,
    Link,
    LinkKind,
    Outing,
    OutingChannel,
    Reassessment,
    Revocation,
    Validity,
    ValidityChange,
)
from gongkai_web.publishing.revoked import in_sight
from gongkai_web.ui import clock

NOTHING = Value("", output_field=TextField())


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded beside an item, each kind with the latest day first, changes of validity the last proposed first.

    ``address`` is an outing's address, the key of a validity change's review, the digest of a legality review's file; the ``state`` of a
    validity change is "approved", "open" or "closed", that of a re-assessment the day of the next one, that of
    a revocation "public" while what it revoked can still be read.
    """

    outings: tuple[Entry, ...]
    validity_changes: tuple[Entry, ...]
    legality: tuple[Entry, ...]
    revocations: tuple[Entry, ...]
    reassessments: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of any of the tables; ``said`` and ``more`` are the words that somebody wrote."""

    table: str
    id: int
    what: str
    said: str
    more: str
    on: Any
    address: str
    by: str
    state: str | None

    def entry(self, words: str) -> Entry:
        return Entry(self.id, self.what, words, self.on, self.address, self.by, self.state or "")


def recorded(item: Item) -> Recorded:
    """Everything recorded beside an item but its links: one question to the database. Struck outings are left out."""
    outings = _lines(
        Outing.objects.filter(item=item, struck_at=None), "recorded_by", "channel", "place", "on_day", address="address"
    )
    changes = _lines(
        ValidityChange.objects.filter(item=item), "proposed_by", "validity", "by_document", "on_day",
        more="note", address="review_id", state=_state_of_change(),
    )  # fmt: skip
    legality = _lines(Legality.objects.filter(item=item), "recorded_by", _either("lawful", "lawful", "unlawful"), "opinion",
        "reviewed_on", more="reviewed_by", address="file",
    )  # fmt: skip
    revoked = _lines(
        Revocation.objects.filter(item=item), "recorded_by", Value("revoked"), "by_document", "revoked_on",
        more="note", state=Case(When(in_sight(), then=Value("public")), default=Value("")),
    )  # fmt: skip
    assessed = _lines(
        Reassessment.objects.filter(item=item), "done_by", _either("to_publish", "publish", "keep"), "reason", "done_on",
        state="next_on",
    )  # fmt: skip
    found = [_Line(*row) for row in outings.union(changes, legality, revoked, assessed, all=True)]
    found.sort(key=lambda line: (line.on, line.id), reverse=True)
    return Recorded(
        tuple(e.entry(f"{OutingChannel(e.what).label}{_with('：', e.said)}") for e in _of(Outing, found)),
        tuple(
            e.entry(f"{Validity(e.what).label}{_with('，依据', e.said)}{_with('，', e.more)}")
            for e in sorted(_of(ValidityChange, found), key=lambda line: line.id, reverse=True)
        ),
        tuple(e.entry(f"{e.more}：{e.said}") for e in _of(Legality, found)),
        tuple(e.entry(f"依据{e.said}{_with('，', e.more)}") for e in _of(Revocation, found)),
        tuple(e.entry(e.said) for e in _of(Reassessment, found)),
    )


def links(item: Item) -> tuple[Entry, ...]:
    """Every link, from this side; ``state`` is "out" or "in", ``address`` the other item's key."""
    rows = Link.objects.filter(Q(source=item) | Q(target=item)).select_related("source__draft", "target__draft")
    found = []
    for row in rows.order_by("id"):
        out = row.source_id == item.pk
        there = row.target if out else row.source
        word = LinkKind(row.kind).label
        words = f"{word}《{there.draft.title}》" if out else f"被《{there.draft.title}》{word}"
        day = row.made_at.astimezone(clock.BEIJING).date()
        found.append(Entry(row.pk, row.kind, words, day, address=str(there.pk), state="out" if out else "in"))
    return tuple(found)


def _lines(
    rows: QuerySet[Any],
    by: str,
    what: str | Combinable,
    said: str,
    on: str,
    *,
    more: str | Combinable = NOTHING,
    address: str | Combinable = NOTHING,
    state: str | Combinable = NOTHING,
) -> QuerySet[Any]:
    """Rows of one table in the columns of _Line, named by table: columns of a union have the same types, so all but two are text."""
    written = {"what": what, "said": said, "more": more, "address": address, "by_name": f"{by}__name", "state_word": state}
    table = Value(rows.model.__name__, output_field=TextField())
    columns = {f"line_{name}": _text(value) for name, value in written.items()}
    order = ("line_what", "line_said", "line_more", "line_on", "line_address", "line_by_name", "line_state_word")
    return rows.order_by().annotate(line_table=table, line_on=F(on), **columns).values_list("line_table", "pk", *order)


def _text(value: str | Combinable) -> Cast:
    return Cast(F(value) if isinstance(value, str) else value, TextField())


def _either(flag: str, yes: str, no: str) -> Case:
    return Case(When(**{flag: True}, then=Value(yes)), default=Value(no))


def _state_of_change() -> Case:
    return Case(
        When(approval__isnull=False, then=Value("approved")),
        When(review__state=ReviewState.OPEN, then=Value("open")),
        default=Value("closed"),
    )


def _of(table: type[Model], lines: Iterable[_Line]) -> Iterable[_Line]:
    return (line for line in lines if line.table == table.__name__)


def _with(sign: str, words: str | None) -> str:
    return f"{sign}{words}" if words else ""
