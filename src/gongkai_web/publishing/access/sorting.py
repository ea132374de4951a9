"""By what can the list of items be put in order?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, DateField, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from gongkai_web.publishing.access import keyset
from gongkai_web.publishing.access.rows import NOT_WAITED_FOR
from gongkai_web.publishing.models import Item
from gongkai_web.ui.refusals import NotHere

NEVER = dt.date.max
"""Stands for no deadline: after every other day."""


@dataclass(frozen=True, slots=True)
class Sort:
    """One order: what is compared, how a value is read back from an address, and whether the largest stands first by itself."""

    key: str
    value: Combinable
    read: Callable[[str], Any]
    largest_first: bool


_DUE = Case(
    When(Q(first_published_at=None) & ~Q(stage__in=NOT_WAITED_FOR), then=Coalesce("due_on", Value(NEVER))),
    default=Value(NEVER),
    output_field=DateField(),
)
SORTS = {
    sort.key: sort
    for sort in (
        Sort("changed", F("changed_at"), keyset.instant, largest_first=True),
        Sort("due", _DUE, dt.date.fromisoformat, largest_first=False),
        Sort("made", F("made_or_changed_on"), dt.date.fromisoformat, largest_first=True),
        Sort("number", F("index_number"), str, largest_first=True),
    )
}


@dataclass(frozen=True, slots=True)
class Order:
    """A sort and its direction, as an address names it: ``due``, or ``-due`` for the other way round."""

    sort: Sort
    turned: bool

    @property
    def largest_first(self) -> bool:
        """Whether the largest value stands first."""
        return self.sort.largest_first != self.turned

    def page(
        self, rows: QuerySet[Item], after: str | None, before: str | None, size: int
    ) -> tuple[list[Item], str | None, str | None]:
        """The rows after one place or before another, and the places to go on from (None where there is nothing further)."""
        rows = rows.annotate(place=self.sort.value)
        down = self.largest_first != keyset.is_backwards(after, before)
        place = after if after is not None else before
        if place is not None:
            value, key = keyset.opened(place, self._read)
            sign = "lt" if down else "gt"
            rows = rows.filter(Q(**{f"place__{sign}": value}) | Q(place=value, **{f"id__{sign}": key}))
        found: list[Any] = list(rows.order_by(*(("-place", "-id") if down else ("place", "id")))[: size + 1])
        return keyset.page(found, size, after, before, self._closed)

    def _closed(self, item: Any) -> str:
        return keyset.closed(f"{self.sort.key}|{keyset.text(item.place)}", item.pk)

    def _read(self, written: str) -> Any:
        name, _, value = written.partition("|")
        if name != self.sort.key:
            raise ValueError(written)
        return self.sort.read(value)


def ordered(name: str | None) -> Order:
    """The order an address names; those changed last first without a name. NotHere for another name."""
    key = (name or "changed").removeprefix("-")
    if key not in SORTS:
        raise NotHere("没有这种排序。请从列表的第一页重新选择。")
    return Order(SORTS[key], (name or "").startswith("-"))
