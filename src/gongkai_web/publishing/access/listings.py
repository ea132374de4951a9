"""Which public items stand in a list, and which on the next page of it?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from django.db.models import BigIntegerField, DateField, DateTimeField, IntegerField, Q, QuerySet

from gongkai_web.agencies.models import Body
from gongkai_web.publishing import visible
from gongkai_web.publishing.access import keyset
from gongkai_web.publishing.access.counts import tally
from gongkai_web.publishing.access.shapes import CatalogueRow, ListRow, PublicListing, item_url
from gongkai_web.publishing.models import Attribute, Category, Publication, Validity
from gongkai_web.publishing.prepared import Prepared, gap
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotHere

CHUNK = 500
LARGEST = 100
_FIELDS = (
    "version__title", "version__document_number", "version__made_on", "version__summary", "version__issuer", "version__theme",
    "version__genre", "version__attribute", "item__index_number", "item__validity", "item__validity_next", "item__validity_next_on",
    "item__made_or_changed_on", "category__key", "category__name", "listed_at", "handed_address",
)  # fmt: skip
_TREE = Prepared(
    lambda: Category.objects.filter(body_id=gap("body", BigIntegerField())).order_by("id").values_list("id", "parent_id", "key")
)


def public_list(
    body: Body,
    category: str | None = None,
    year: int | None = None,
    validity: str | None = None,
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = 20,
) -> PublicListing:
    """A page of what is public now, the newest first. ``category`` is a key and means everything below it too; ``validity`` a value of
    Validity. NotHere for a category that is not there or a key of a page that was never given out.
    """
    now = clock.now()
    keys = None if category is None else below(body, category)
    size = max(1, min(size, LARGEST))
    place = {}
    if after is not None or before is not None:
        moment, key = keyset.opened(after if after is not None else before or "", keyset.instant)
        place = {"moment": moment, "key": key}
    side = "after" if after is not None else "before" if before is not None else ""
    found = _asked(_Page(keys is not None, year is not None, validity, side, size + 1), body, keys, year, now, place)
    rows, further, back = keyset.page(found, size, after, before, lambda row: keyset.closed(keyset.text(row.listed_at), row.pk))
    today = now.astimezone(clock.BEIJING).date()
    return PublicListing(
        items=tuple(row_of(r, today) for r in rows),
        next_key=further,
        previous_key=back,
        count=_count(body, keys, year, validity, now),
    )


def newest(
    body: Body, category: str | None = None, *, size: int = 20, only: Collection[int] | None = None
) -> tuple[ListRow, ...]:
    """The first lines of a list, without its count. ``only`` are keys of categories outside which nothing is looked at."""
    now = clock.now()
    keys = None if category is None else below(body, category)
    if only is not None:
        keys = tuple(only) if keys is None else tuple(key for key in keys if key in only)
    found = _asked(_Page(keys is not None, False, None, "", max(1, min(size, LARGEST))), body, keys, None, now, {})
    today = now.astimezone(clock.BEIJING).date()
    return tuple(row_of(r, today) for r in found)


def public_count(body: Body, only: Collection[int] | None = None) -> int:
    """How many items of the body are public now, in all categories or ``only`` in some."""
    return tally(body, clock.now()).count(only, None)


def public_years(body: Body) -> tuple[int, ...]:
    """The years in which something public first appeared, the latest first."""
    return tally(body, clock.now()).years


def catalogue_rows(body: Body, only: Collection[int] | None = None) -> Iterator[CatalogueRow]:
    """Every public item of a body, in all categories or ``only`` in some, the newest first, fetched piece by piece."""
    now = clock.now()
    today = now.astimezone(clock.BEIJING).date()
    for row in _every(body, only, now).order_by("-listed_at", "-id").iterator(chunk_size=CHUNK):
        yield CatalogueRow(
            index_number=row.item.index_number,
            title=row.version.title,
            summary=row.version.summary,
            made_on=row.version.made_on or row.item.made_or_changed_on,
            published_on=row.listed_at.astimezone(clock.BEIJING).date(),
            document_number=row.version.document_number,
            issuer=row.version.issuer,
            category=row.category.name,
            theme=row.version.theme,
            genre=row.version.genre,
            validity=_validity_word(row, today),
            attribute=Attribute(row.version.attribute).label,
            url=item_url(row.item.index_number),
        )


def listed_rows(body: Body, only: Collection[int] | None = None) -> Iterator[tuple[int, ListRow]]:
    """Every public item of a body, in all categories or ``only`` in some, as a line of a list, with its key, the newest first, fetched
    piece by piece.
    """
    now = clock.now()
    today = now.astimezone(clock.BEIJING).date()
    for row in _every(body, only, now).order_by("-listed_at", "-id").iterator(chunk_size=CHUNK):
        yield row.item_id, row_of(row, today)


def _every(body: Body, only: Collection[int] | None, now: dt.datetime) -> QuerySet[Publication]:
    rows = visible.public(now).filter(body=body).select_related("version", "item", "category").only(*_FIELDS)
    return rows if only is None else rows.filter(category_id__in=only)


@dataclass(frozen=True, slots=True)
class _Page:
    """Which question a page of a list asks: the values it leaves open are given when it is asked."""

    has_category: bool
    has_year: bool
    validity: str | None
    side: str
    rows: int


def _asked(
    page: _Page, body: Body, keys: tuple[int, ...] | None, year: int | None, now: dt.datetime, place: dict[str, Any]
) -> list[Publication]:
    """The rows of a page in its order.

    Of several categories each is asked for its own first rows, which its index hands over in order; a database that is asked for the first
    rows of all of them together sorts every row that they have.
    """
    given = {"now": now, "today": now.astimezone(clock.BEIJING).date(), "body": body.pk, "year": year, **place}
    if keys is None or len(keys) == 1:
        return _question(page)(category=keys[0] if keys else None, **given)
    each = (at for key in keys for at in _places(page)(category=key, **given))
    wanted = [key for _, key in sorted(each, reverse=page.side != "before")[: page.rows]]
    filled = wanted + [0] * (page.rows - len(wanted))
    found = {row.pk: row for row in _rows(page.rows)(now=now, **{f"row_{n}": key for n, key in enumerate(filled)})}
    return [found[key] for key in wanted if key in found]


@lru_cache(maxsize=256)
def _question(page: _Page) -> Prepared[Publication]:
    """A page's question, worded once."""
    return Prepared(lambda: _ordered(page).select_related("version", "item", "category").only(*_FIELDS))


@lru_cache(maxsize=256)
def _places(page: _Page) -> Prepared[tuple[dt.datetime, int]]:
    """Which rows stand on a page, worded once."""
    return Prepared(lambda: _ordered(page).values_list("listed_at", "id"))


@lru_cache(maxsize=LARGEST + 1)
def _rows(count: int) -> Prepared[Publication]:
    """Public rows by their keys, worded once."""
    keys = [_gap_key(f"row_{n}") for n in range(count)]
    return Prepared(
        lambda: (
            visible.public(gap("now", DateTimeField()))
            .filter(pk__in=keys)
            .select_related("version", "item", "category")
            .only(*_FIELDS)
        )
    )


def _ordered(page: _Page) -> QuerySet[Publication]:
    category = [_gap_key("category")] if page.has_category else None
    year = gap("year", IntegerField()) if page.has_year else None
    rows = _chosen(_gap_key("body"), category, year, page.validity, gap("now", DateTimeField()), gap("today", DateField()))
    moment, key = gap("moment", DateTimeField()), _gap_key("key")
    # Worded so that an index finds the place: of "earlier, or then and below" SQLite reads everything from the first row on.
    if page.side == "after":
        rows = rows.filter(Q(listed_at__lte=moment), Q(listed_at__lt=moment) | Q(id__lt=key))
    elif page.side == "before":
        rows = rows.filter(Q(listed_at__gte=moment), Q(listed_at__gt=moment) | Q(id__gt=key))
    order = ("listed_at", "id") if page.side == "before" else ("-listed_at", "-id")
    return rows.order_by(*order)[: page.rows]


def _gap_key(name: str) -> Any:
    return gap(name, BigIntegerField())


def _count(body: Body, keys: tuple[int, ...] | None, year: int | None, validity: str | None, now: dt.datetime) -> int:
    found = tally(body, now)
    if validity is None:
        return found.count(keys, year)
    today = now.astimezone(clock.BEIJING).date()
    return found.other((keys, year, validity), lambda: _chosen(body.pk, keys, year, validity, now, today).count())


def _chosen(
    body: Any, categories: Sequence[Any] | None, year: Any, validity: str | None, now: Any, today: Any
) -> QuerySet[Publication]:
    """What is public of a body, in categories, of a year and a validity; the values may be gaps."""
    rows = visible.public(now).filter(body_id=body)
    if categories is not None:
        rows = rows.filter(reduce(or_, (Q(category_id=key) for key in categories)))
    if year is not None:
        rows = rows.filter(year=year)
    if validity is not None:
        if validity not in Validity.values:
            raise NotHere("没有这种有效性。")
        arrived = Q(item__validity_next_on__lte=today)
        still = Q(item__validity_next_on=None) | Q(item__validity_next_on__gt=today)
        rows = rows.filter(arrived & Q(item__validity_next=validity) | still & Q(item__validity=validity))
    return rows


def below(body: Body, key: str) -> tuple[int, ...]:
    """The keys of a category and of all below it. NotHere when the body has none of that name."""
    rows = _TREE(body=body.pk)
    top = next((pk for pk, _, name in rows if name == key), None)
    if top is None:
        raise NotHere("没有这个栏目。")
    found = [top]
    for pk in found:
        found.extend(child for child, parent, _ in rows if parent == pk)
    return tuple(found)


def row_of(row: Publication, today: dt.date) -> ListRow:
    """A public version as a line of a list."""
    return ListRow(
        index_number=row.item.index_number,
        title=row.version.title,
        document_number=row.version.document_number,
        published_on=row.listed_at.astimezone(clock.BEIJING).date(),
        made_on=row.version.made_on,
        validity=_validity_word(row, today),
        category_key=row.category.key,
        category_name=row.category.name,
        summary=row.version.summary,
        issuer=row.version.issuer,
        url=item_url(row.item.index_number),
        elsewhere=row.handed_address,
    )


def _validity_word(row: Publication, today: dt.date) -> str:
    found = visible.validity(row.item, today)
    return found.label if found != Validity.NONE else ""
