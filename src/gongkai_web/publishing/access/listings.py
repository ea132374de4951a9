"""Which public items stand in a list, and which on the next page of it?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q, QuerySet

from gongkai_web.agencies.models import Body
from gongkai_web.publishing import visible
from gongkai_web.publishing.access.keyset import closed, opened
from gongkai_web.publishing.access.shapes import CatalogueRow, ListRow, PublicListing, item_url
from gongkai_web.publishing.models import Attribute, Category, Publication, Validity
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotHere

CHUNK = 500
LARGEST = 100
_FIELDS = (
    "version__title", "version__document_number", "version__made_on", "version__summary", "version__issuer", "version__theme",
    "version__genre", "version__attribute", "item__index_number", "item__validity", "item__validity_next", "item__validity_next_on",
    "item__made_or_changed_on", "category__key", "category__name", "listed_at", "handed_address",
)  # fmt: skip


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
    rows = _chosen(body, category, year, validity, now)
    size = max(1, min(size, LARGEST))
    backwards = before is not None and after is None
    page = rows
    if after is not None:
        moment, key = opened(after)
        page = rows.filter(Q(listed_at__lt=moment) | Q(listed_at=moment, id__lt=key))
    elif before is not None:
        moment, key = opened(before)
        page = rows.filter(Q(listed_at__gt=moment) | Q(listed_at=moment, id__gt=key))
    order = ("listed_at", "id") if backwards else ("-listed_at", "-id")
    found = list(page.select_related("version", "item", "category").only(*_FIELDS).order_by(*order)[: size + 1])
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    has_next = bool(found) and (more if not backwards else True)
    has_previous = bool(found) and (more if backwards else after is not None)
    today = now.astimezone(clock.BEIJING).date()
    return PublicListing(
        items=tuple(row_of(r, today) for r in found),
        next_key=closed(found[-1].listed_at, found[-1].pk) if has_next else None,
        previous_key=closed(found[0].listed_at, found[0].pk) if has_previous else None,
        count=rows.count(),
    )


def public_years(body: Body) -> tuple[int, ...]:
    """The years in which something public first appeared, the latest first."""
    rows = visible.public(clock.now()).filter(body=body).order_by("-year").values_list("year", flat=True).distinct()
    return tuple(rows)


def catalogue_rows(body: Body) -> Iterator[CatalogueRow]:
    """Every public item of a body, the newest first, fetched piece by piece."""
    now = clock.now()
    today = now.astimezone(clock.BEIJING).date()
    rows = visible.public(now).filter(body=body).select_related("version", "item", "category").only(*_FIELDS)
    for row in rows.order_by("-listed_at", "-id").iterator(chunk_size=CHUNK):
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


def listed_rows(body: Body) -> Iterator[tuple[int, ListRow]]:
    """Every public item of a body as a line of a list, with its key, the newest first, fetched piece by piece."""
    now = clock.now()
    today = now.astimezone(clock.BEIJING).date()
    rows = visible.public(now).filter(body=body).select_related("version", "item", "category").only(*_FIELDS)
    for row in rows.order_by("-listed_at", "-id").iterator(chunk_size=CHUNK):
        yield row.item_id, row_of(row, today)


def _chosen(body: Body, category: str | None, year: int | None, validity: str | None, now: dt.datetime) -> QuerySet[Publication]:
    rows = visible.public(now).filter(body=body)
    if category is not None:
        keys = below(body, category)
        rows = rows.filter(category_id=keys[0]) if len(keys) == 1 else rows.filter(category_id__in=keys)
    if year is not None:
        rows = rows.filter(year=year)
    if validity is not None:
        if validity not in Validity.values:
            raise NotHere("没有这种有效性。")
        today = now.astimezone(clock.BEIJING).date()
        arrived = Q(item__validity_next_on__lte=today)
        still = Q(item__validity_next_on=None) | Q(item__validity_next_on__gt=today)
        rows = rows.filter(arrived & Q(item__validity_next=validity) | still & Q(item__validity=validity))
    return rows


def below(body: Body, key: str) -> tuple[int, ...]:
    """The keys of a category and of all below it. NotHere when the body has none of that name."""
    rows = list(Category.objects.filter(body=body).values_list("id", "parent_id", "key"))
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
