"""Which files does a static edition have, what is each made from, and of which items does it tell?

What a file is made from is written down as a digest of the read models it shows. A file is made only when that has changed.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.template.loader import render_to_string

from gongkai import __version__
from gongkai_web.comment_periods import access as comment_periods
from gongkai_web.portal import exports, feeds, views
from gongkai_web.portal.baking import words
from gongkai_web.portal.baking.links import relative
from gongkai_web.portal.baking.periods import lines_of, stilled
from gongkai_web.portal.pages import Made
from gongkai_web.portal.sites import Site
from gongkai_web.publishing import access
from gongkai_web.publishing.baked import digest_of
from gongkai_web.publishing.baked_pages import file_of, page_of, told_as

ROWS = 20
TABLE_ROWS = 50
STATIC = ("portal/portal.css", "portal/reading.js", "portal/search.js", "ui/mark.svg")
FIXED: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("", views.home),
    ("guide/", views.guide),
    ("rules/", views.rules),
    ("apply/", views.apply),
    ("sitemap/", views.sitemap),
    ("accessibility/", views.accessibility),
)
PORTAL = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Planned:
    """A file that the edition is to have. ``digest`` is known beforehand only of attachments; ``is_item`` marks an item's own page."""

    path: str
    source: str
    make: Callable[[], bytes]
    tells: tuple[str, ...] = ()
    digest: str = ""
    is_item: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The files to be looked at, and the fronts of the items that were left as they are."""

    files: dict[str, Planned]
    left: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Planner:
    site: Site
    numbers: frozenset[str] | None
    rows: list[tuple[int, access.ListRow]] = field(default_factory=list)
    categories: tuple[access.CategoryView, ...] = ()
    paths: set[str] = field(default_factory=set)
    fronts: frozenset[str] = frozenset()
    notes: dict[str, tuple[comment_periods.PeriodNote, ...]] = field(default_factory=dict)
    lines: tuple[comment_periods.PeriodLine, ...] = ()

    def known(self, path: str) -> bool:
        """Whether a file belongs to the edition."""
        return path in self.paths or (path.startswith("info/") and front_of(path) in self.fronts)

    def page(self, path: str, template: str, shown: dict[str, Any], tells: Iterable[str] = ()) -> Planned:
        """A page of a template and its words."""
        source = _source(self.site, template, shown)
        return Planned(path, source, lambda: self.rendered(path, template, shown), tuple(tells))

    def rendered(self, path: str, template: str, shown: dict[str, Any]) -> bytes:
        """The page's bytes."""
        made = render_to_string(template, {"site": self.site, "here": "", **shown})
        return relative(made, path, self.known, self.site.portal_url).encode()


def plan(site: Site, numbers: frozenset[str] | None = None) -> Plan:
    """Every file of a body's edition. With ``numbers``, only these items' own pages are looked at; lists always are."""
    planner = _Planner(site, numbers)
    planner.rows = list(access.listed_rows(site.body, site.only))
    planner.categories = tuple(replace(c, count=0) for c in access.categories(site.body, site.only))
    graves = access.tombstones(site.body, site.only)
    standing = [row.index_number for _, row in planner.rows]
    every = [*standing, *(g.index_number for g in graves)]
    planner.fronts = frozenset(front_of(page_of(index)) for index in every)
    wanted = [i for i in standing if numbers is None or i in numbers]
    files: dict[str, Planned] = {}
    planner.notes = comment_periods.notes(site.body)
    planner.lines = lines_of(site.body, frozenset(standing))
    asked = _comments(planner, frozenset(g.index_number for g in graves))
    lists = [*_fixed(planner), *_lists(planner), *asked, *_search(planner), *_exports(planner), *_static()]
    planner.paths.update(f.path for f in lists)
    gone = [_grave(planner, g) for g in graves if numbers is None or g.index_number in numbers]
    for each in chain(_items(planner, wanted), gone, lists):
        files[each.path] = each
    planner.paths.update(files)
    left = planner.fronts - {front_of(path) for path in files if path.startswith("info/")}
    return Plan(files, left)


def front_of(path: str) -> str:
    """The folder of an item, of any file in it."""
    return f"{path.partition('/files/')[0].removesuffix('/index.html')}/"


def _fixed(planner: _Planner) -> Iterator[Planned]:
    for path, view in FIXED:
        made = _called(view, planner.site)
        shown = dict(made.words or {})
        if not path:
            shown["home"] = {**shown["home"], "comments": [x for x in planner.lines if x.state == "open"]}
        yield planner.page(f"{path}index.html", made.template, shown, _told(shown))
    for rule in access.rules(planner.site.body):
        made = _called(views.rule, planner.site, key=rule.id)
        yield planner.page(f"rules/{rule.id}/index.html", made.template, dict(made.words or {}))


def _lists(planner: _Planner) -> Iterator[Planned]:
    rows = [row for _, row in reversed(planner.rows)]
    site, below = planner.site, _below(planner.categories)
    for category in (None, *planner.categories):
        chosen = rows if category is None else [r for r in rows if r.category_key in below[category.key]]
        heading = category.name if category else "法定主动公开内容"
        address = site.category(category.key) if category else site.address("open/")
        shown = {
            "here": "open/", "heading": heading, "category": category, "categories": planner.categories, "years": (), "year": None,
            "validities": (), "validity": "", "plain_url": address,
        }  # fmt: skip
        yield from _paged(planner, address.lstrip("/"), "portal/list.html", shown, chosen, ROWS)
    yield from _paged(planner, "catalogue/", "portal/catalogue.html", {"here": "open/"}, rows, TABLE_ROWS)
    if "reports/" in site.absent:
        return
    reports = [r for r in rows if r.category_key in below.get(views.REPORTS, ())]
    yield from _paged(planner, "reports/", "portal/reports.html", {"here": "reports/"}, reports, ROWS)


def _paged(
    planner: _Planner, folder: str, template: str, shown: dict[str, Any], rows: Sequence[access.ListRow], size: int
) -> Iterator[Planned]:
    """A list in pages counted from the oldest, so that a new item changes the first page and, now and then, makes one more."""
    older = max(len(rows) // size - 1, 0)
    for n in range(older + 1):
        part = rows[n * size : (n + 1) * size] if n < older else rows[n * size :]
        listing = access.PublicListing(tuple(reversed(part)), None, None, len(part))
        newer = "" if n == older else "index.html" if n + 1 == older else f"page-{n + 2}.html"
        words = {**shown, "listing": listing, "previous_url": newer, "next_url": f"page-{n}.html" if n else ""}
        name = "index.html" if n == older else f"page-{n + 1}.html"
        yield planner.page(f"{folder}{name}", template, words, (r.index_number for r in part))


def _comments(planner: _Planner, graves: frozenset[str]) -> Iterator[Planned]:
    """The comment periods whose draft the edition holds, and what is left of those whose draft was withdrawn."""
    body, lines = planner.site.body, planner.lines
    shown = {"open_periods": [x for x in lines if x.state == "open"], "past_periods": [x for x in lines if x.state != "open"]}
    yield planner.page("comments/index.html", "portal/comment_periods.html", shown, _told(shown))
    for line in lines:
        found = comment_periods.period(body, line.number)
        if found is not None:
            period = {"period": stilled(found)}
            yield planner.page(f"comments/{line.number}/index.html", "portal/comment_period.html", period, _told(period))
    for gone in comment_periods.gone_periods(body):
        if gone.draft_number in graves:
            yield planner.page(f"comments/{gone.number}/index.html", "portal/comment_period_gone.html", {}, (gone.draft_number,))


def _search(planner: _Planner) -> Iterator[Planned]:
    count = len(planner.rows)
    shown = {"shards": words.shards_for(count), "chunk": words.CHUNK}
    yield planner.page("search/index.html", "portal/baked_search.html", shown)
    for piece in words.pieces(planner.rows, count):
        yield Planned(piece.path, digest_of(piece.content), partial(bytes, piece.content), piece.tells)


def _exports(planner: _Planner) -> Iterator[Planned]:
    site, listed = planner.site, repr([row for _, row in planner.rows])
    told = tuple(row.index_number for _, row in planner.rows)
    newest = told[: exports.NEWS]

    def export(path: str, view: Callable[..., Any], tells: tuple[str, ...], **given: Any) -> Planned:
        return Planned(path, _source(site, path, {"rows": listed}), lambda: _called(view, site, **given).content, tells)

    for form in ("csv", "xlsx", "json"):
        yield export(f"catalogue.{form}", exports.catalogue, told, form=form)
    if not site.origin:
        return
    for form in ("rss", "atom"):
        yield export(f"feed.{form}", exports.feed, newest, form=form)
    yield export("sitemap.xml", exports.sitemap, told)
    if len(told) >= feeds.MOST_IN_SITEMAP:
        for part in range(1, len(told) // feeds.MOST_IN_SITEMAP + 2):
            yield export(f"sitemap-{part}.xml", exports.sitemap_part, told, part=part)


def _items(planner: _Planner, numbers: Iterable[str]) -> Iterator[Planned]:
    site = planner.site
    for index in numbers:
        item = access.public_item(site.body, index)
        if item is None:
            continue  # withdrawn in this moment; the next round sees it
        path = page_of(index)
        notes = planner.notes.get(index, ())
        source, told = _source(site, "portal/item.html", (item, notes)), _told((item, notes), index)
        yield Planned(path, source, partial(_item, planner, path, index), told, is_item=True)
        for each in item.attachments:
            found = access.public_file(site.body, index, each.position)
            if found is not None:
                at = file_of(index, each.position, each.name)
                yield Planned(at, found.digest, found.path.read_bytes, (index,), found.digest)


def _item(planner: _Planner, path: str, index: str) -> bytes:
    made = _called(views.item, planner.site, index_number=index)
    return planner.rendered(path, made.template, {**(made.words or {}), "comment_periods": planner.notes.get(index, ())})


def _grave(planner: _Planner, gone: access.Tombstone) -> Planned:
    return planner.page(page_of(gone.index_number), "portal/gone.html", {"tombstone": gone}, (gone.index_number,))


def _static() -> Iterator[Planned]:
    for name in STATIC:
        found = finders.find(name)
        if isinstance(found, str):
            data = Path(found).read_bytes()
            yield Planned(f"static/{name}", digest_of(data), partial(bytes, data))


def _called(view: Callable[..., Any], site: Site, **given: Any) -> Made:
    """What a view of the portal makes, without the request around it."""
    made: Made = inspect.unwrap(view)(HttpRequest(), site, **given)
    return made


def _told(shown: Any, own: str = "") -> tuple[str, ...]:
    """The items that a page's words name: rows of lists, links to other items."""
    found = {own} if own else set()
    waiting: list[Any] = [shown]
    while waiting:
        each = waiting.pop()
        if isinstance(each, access.ListRow):
            found.add(each.index_number)
        elif isinstance(each, access.Link):
            found.add(told_as(each.index_number, _slug_in(each.url)))
        elif isinstance(each, comment_periods.PeriodLine | comment_periods.PeriodNote):
            waiting.append(each.draft)
        elif isinstance(each, comment_periods.PeriodView):
            waiting += [each.line, each.explanation, each.feedback, each.result]
        elif isinstance(each, access.PublicItem):
            waiting += [each.interpretations, each.originals, each.related]
        elif isinstance(each, dict):
            waiting += each.values()
        elif isinstance(each, tuple | list):
            waiting += each
    return tuple(sorted(found))


def _slug_in(url: str) -> str:
    """Whose item an address is: another body's slug, empty for our own."""
    return url.split("/")[2] if url.startswith("/b/") else ""


def _below(categories: Sequence[access.CategoryView]) -> dict[str, frozenset[str]]:
    """Each category's key with the keys below it."""
    found: dict[str, set[str]] = {}
    up: dict[str, str | None] = {c.key: c.parent_key for c in categories}
    for key in up:
        at: str | None = key
        while at is not None:
            found.setdefault(at, set()).add(key)
            at = up.get(at)
    return {key: frozenset(keys) for key, keys in found.items()}


def _source(site: Site, template: str, shown: Any) -> str:
    return digest_of(f"{_program()}\x1f{site!r}\x1f{template}\x1f{shown!r}".encode())


@cache
def _program() -> str:
    """What names the program's own part in every page: its version and the portal's templates."""
    made = hashlib.sha256(__version__.encode())
    for path in sorted((PORTAL / "templates").rglob("*.html")):
        made.update(path.read_bytes())
    return made.hexdigest()
