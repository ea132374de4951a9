"""By what can the list of items be put in order, and how does a place in that order go into an address and back?"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, DateField, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from gongkai_web.publishing.access.keyset import LOST
from gongkai_web.publishing.access.rows import NOT_WAITED_FOR
from gongkai_web.publishing.models import Item
from gongkai_web.ui.refusals import NotHere

NEVER = dt.date.max
"""Stands for no deadline: after every other day."""


def _instant(written: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(written)
    if moment.tzinfo is None:
        raise ValueError(written)
    return moment


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
        Sort("changed", F("changed_at"), _instant, largest_first=True),
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
        backwards = before is not None and after is None
        place = after if after is not None else before
        down = self.largest_first != backwards
        if place is not None:
            value, key = self._opened(place)
            sign = "lt" if down else "gt"
            rows = rows.filter(Q(**{f"place__{sign}": value}) | Q(place=value, **{f"id__{sign}": key}))
        found: list[Any] = list(rows.order_by(*(("-place", "-id") if down else ("place", "id")))[: size + 1])
        more = len(found) > size
        found = found[:size]
        if backwards:
            found.reverse()
        has_next = bool(found) and (backwards or more)
        has_previous = bool(found) and (more if backwards else after is not None)
        return found, self._closed(found[-1]) if has_next else None, self._closed(found[0]) if has_previous else None

    def _closed(self, item: Any) -> str:
        value = item.place
        if isinstance(value, dt.datetime):
            value = value.astimezone(dt.UTC)
        written = value if isinstance(value, str) else value.isoformat()
        return base64.urlsafe_b64encode(f"{self.sort.key}|{item.pk}|{written}".encode()).decode().rstrip("=")

    def _opened(self, written: str) -> tuple[Any, int]:
        try:
            name, number, value = base64.urlsafe_b64decode(written + "=" * (-len(written) % 4)).decode().split("|", 2)
            place, key = self.sort.read(value), int(number)
        except (ValueError, binascii.Error, OverflowError):
            raise NotHere(LOST) from None
        if name != self.sort.key or not 0 <= key < 1 << 63 or "\x00" in value:
            raise NotHere(LOST)
        return place, key


def ordered(name: str | None) -> Order:
    """The order an address names; those changed last first without a name. NotHere for another name."""
    key = (name or "changed").removeprefix("-")
    if key not in SORTS:
        raise NotHere("没有这种排序。请从列表的第一页重新选择。")
    return Order(SORTS[key], (name or "").startswith("-"))
