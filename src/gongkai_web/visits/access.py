"""How often was what read?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import BigIntegerField, Min, Q, QuerySet, Sum

from gongkai_web.agencies.models import Body
from gongkai_web.publishing import visible
from gongkai_web.publishing.models import Category, Item, Publication
from gongkai_web.publishing.prepared import Prepared, gap
from gongkai_web.ui import clock
from gongkai_web.visits.models import Footer, Page, Views

MOST_READ = 20
LATELY = dt.timedelta(weeks=4)
COLUMNS = (
    ("信息正文", (Page.ITEM,)),
    ("栏目列表", (Page.LIST,)),
    ("首页", (Page.HOME,)),
    ("检索", (Page.SEARCH,)),
    ("指南、目录等", (Page.GUIDE, Page.RULES, Page.REPORTS, Page.APPLY, Page.CATALOGUE, Page.OTHER)),
)
"""The columns of a year's table, and which pages each adds up."""
SETTLED = dt.timedelta(minutes=5)
"""So long after midnight all processes have written what they counted the day before."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month's page views, in all and by column; ``counted`` is false for months before the first view and after today."""

    month: dt.date
    total: int
    by_column: tuple[int, ...]
    counted: bool


@dataclass(frozen=True, slots=True)
class MostRead:
    """An item that is public and how often it was read in the year."""

    item_id: int
    index_number: str
    title: str
    category: str
    views: int


@dataclass(frozen=True, slots=True)
class Year:
    """A year of page views by month and column; ``since`` is the first day that was counted at all."""

    year: int
    columns: tuple[str, ...]
    months: tuple[Month, ...]
    total: int
    by_column: tuple[int, ...]
    all_years: int
    since: dt.date | None
    most_read: tuple[MostRead, ...]
    categories: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class OfItem:
    """How often an item was read: in all, and in the last four weeks."""

    total: int
    lately: int


def years(body: Body, today: dt.date) -> tuple[int, ...]:
    """The years of which there are counts, the latest first; this one always."""
    first = Views.objects.filter(body=body).aggregate(first=Min("day"))["first"] or today
    return tuple(range(today.year, first.year - 1, -1))


def year(body: Body, year: int, today: dt.date) -> Year:
    """The page views of a year."""
    own = Views.objects.filter(body=body)
    since = own.aggregate(first=Min("day"))["first"]
    rows = own.filter(day__year=year).values_list("day__month", "page").annotate(Sum("views"))
    found = {(month, page): views for month, page, views in rows}
    months = []
    for number in range(1, 13):
        by_column = tuple(sum(found.get((number, page), 0) for page in pages) for _, pages in COLUMNS)
        first = dt.date(year, number, 1)
        counted = since is not None and first <= today and first >= since.replace(day=1)
        months.append(Month(first, sum(by_column), by_column, counted))
    of_items = _of_items(body, year)
    return Year(
        year=year,
        columns=tuple(name for name, _ in COLUMNS),
        months=tuple(months),
        total=sum(m.total for m in months),
        by_column=tuple(sum(m.by_column[n] for m in months) for n in range(len(COLUMNS))),
        all_years=own.aggregate(all=Sum("views"))["all"] or 0,
        since=since,
        most_read=_most_read(of_items),
        categories=_categories(body, year, of_items),
    )


def of_item(item_id: int, today: dt.date) -> OfItem:
    """How often one item was read."""
    rows = Views.objects.filter(page=Page.ITEM, subject=item_id)
    sums = rows.aggregate(all=Sum("views"), lately=Sum("views", filter=Q(day__gt=today - LATELY)))
    return OfItem(sums["all"] or 0, sums["lately"] or 0)


def days(body: Body, year: int) -> Iterator[tuple[dt.date, str, str, int]]:
    """Every row of a year for a table: day, page, what was read, views. An item that is not public now is named by its number alone."""
    rows = list(Views.objects.filter(body=body, day__year=year).order_by("day", "page", "subject"))
    read = Views.objects.filter(body=body, page=Page.ITEM, day__year=year).values("subject")
    titles = {p.item_id: p.version.title for p in _public().filter(item_id__in=read)}
    numbers = dict(Item.objects.filter(pk__in=read).values_list("pk", "index_number"))
    categories = dict(Category.objects.filter(body=body).values_list("pk", "name"))
    for row in rows:
        what = categories.get(row.subject, "") if row.page == Page.LIST else ""
        if row.page == Page.ITEM:
            what = f"{numbers.get(row.subject, '')} {titles.get(row.subject, '')}".strip()
        yield row.day, Page(row.page).label, what, row.views


def is_in_footer(body: Body) -> bool:
    """Whether the public pages say how often they were read."""
    return bool(_SHOWN(body=body.pk))


@dataclass(frozen=True, slots=True)
class Said:
    """What the footer says, and until when."""

    words: str
    until: dt.datetime


_SHOWN = Prepared(lambda: Footer.objects.filter(body_id=gap("body", BigIntegerField()), shown=True).values_list("pk")[:1])
_said: dict[int, tuple[dt.date, str]] = {}


def footer(body: Body, now: dt.datetime) -> Said | None:
    """The footer's sentence: all views up to the end of yesterday, the same on every page all day. None where a body does not want it.

    The sum is made once a day in each process.
    """
    if not is_in_footer(body):
        return None
    here = (now - SETTLED).astimezone(clock.BEIJING)
    yesterday = here.date() - dt.timedelta(days=1)
    known = _said.get(body.pk)
    if known is None or known[0] != yesterday:
        views = Views.objects.filter(body=body, day__lte=yesterday).aggregate(views=Sum("views"))["views"] or 0
        known = (yesterday, f"截至{yesterday.year}年{yesterday.month}月{yesterday.day}日，累计访问 {views:,} 次")
        _said[body.pk] = known
    tomorrow = dt.datetime.combine(here.date() + dt.timedelta(days=1), dt.time(), clock.BEIJING)
    return Said(known[1], tomorrow + SETTLED)


def _of_items(body: Body, year: int) -> dict[int, int]:
    rows = Views.objects.filter(body=body, page=Page.ITEM, day__year=year).exclude(subject=0)
    return dict(rows.values_list("subject").annotate(Sum("views")))


def _most_read(of_items: dict[int, int]) -> tuple[MostRead, ...]:
    """The most read of those that are public now."""
    likely = sorted(of_items, key=lambda pk: (-of_items[pk], pk))[: MOST_READ * 3]
    rows = {p.item_id: p for p in _public().filter(item_id__in=likely)}
    shown = [rows[pk] for pk in likely if pk in rows][:MOST_READ]
    return tuple(MostRead(p.item_id, p.item.index_number, p.version.title, p.category.name, of_items[p.item_id]) for p in shown)


def _categories(body: Body, year: int, of_items: dict[int, int]) -> tuple[tuple[str, int], ...]:
    """How often the items of each category were read, the most read first."""
    names = dict(Category.objects.filter(body=body).values_list("pk", "name"))
    sums: dict[int, int] = {}
    read = Views.objects.filter(body=body, page=Page.ITEM, day__year=year).values("subject")
    for pk, category_id in Item.objects.filter(pk__in=read).values_list("pk", "category_id"):
        sums[category_id] = sums.get(category_id, 0) + of_items[pk]
    return tuple((names[key], views) for key, views in sorted(sums.items(), key=lambda s: (-s[1], s[0])))


def _public() -> QuerySet[Publication]:
    return visible.public(clock.now()).select_related("version", "item", "category")
