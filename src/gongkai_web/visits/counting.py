"""How is a page view counted without a write in the request, and how do the counts of all server processes come together?

A request adds one to a number in its process. A thread of each process puts the numbers into the table every so often, and once more
when the process ends. What the database does not take stays and is put in later; a page is answered in any case.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote

from django.db import DatabaseError, connection, transaction
from django.db.models import F

from gongkai_web.agencies.models import Body
from gongkai_web.publishing.models import Category, Item
from gongkai_web.ui import clock
from gongkai_web.visits.models import Page, Views
from gongkai_web.visits.robots import is_robot

HEADER = "X-Gongkai-Visit"
EVERY_SECONDS = 30.0
LOOK_SECONDS = 1.0
MOST = 20_000
"""So many different pages are told apart between two writings; what goes beyond counts as another page of its body."""

Read = tuple[str, str, str]
"""A body's slug, a page, and the index number or the category's key where there is one."""

log = logging.getLogger("gongkai.visits")


def stamp(slug: str, page: str, key: str = "") -> str:
    """What a view writes into the header to have its page counted."""
    return f"{slug} {page} {quote(key, safe='')}".rstrip()


def read_of(stamped: str) -> Read | None:
    """The page that a header names; None for an empty one."""
    slug, _, rest = stamped.partition(" ")
    page, _, key = rest.partition(" ")
    return (slug, page, unquote(key)) if page else None


class Counter:
    """The page views of this process that are not in the table yet."""

    def __init__(self, every: float = EVERY_SECONDS) -> None:
        self._views: dict[tuple[dt.date, Read], int] = {}
        self._lock = threading.Lock()
        self._every = every
        self._thread: threading.Thread | None = None

    def add(self, read: Read, environ: Mapping[str, Any]) -> None:
        """Count one view, unless a program asked for it."""
        if environ["REQUEST_METHOD"] != "GET" or is_robot(environ):
            return
        key = (clock.today(), read)
        with self._lock:
            if key not in self._views and len(self._views) >= MOST:
                key = (key[0], (read[0], Page.OTHER.value, ""))
            self._views[key] = self._views.get(key, 0) + 1
            if self._thread is None:
                # Not before the first view: the server forks its processes, and a thread would stay behind in the parent. Expressly no
                # daemon, as the server's own threads are: the end of the process waits for it to put away what it has.
                self._thread = threading.Thread(target=self._keep_writing, name="visits", daemon=False)
                self._thread.start()

    def write(self) -> int:
        """Put what was counted into the table: how many views. On a fault of the database all of it is kept for the next time."""
        with self._lock:
            taken, self._views = self._views, {}
        if not taken:
            return 0
        try:
            put_away(taken)
        except Exception:
            with self._lock:
                for key, views in taken.items():
                    self._views[key] = self._views.get(key, 0) + views
            raise
        return sum(taken.values())

    def _keep_writing(self) -> None:
        main = threading.main_thread()
        waited = 0.0
        while main.is_alive():
            main.join(LOOK_SECONDS)
            waited += LOOK_SECONDS
            if waited >= self._every:
                waited = 0.0
                self._try()
        self._try()

    def _try(self) -> None:
        try:
            self.write()
        except DatabaseError as error:
            log.warning("page views could not be written and are kept: %s", type(error).__name__)
        finally:
            connection.close()


def put_away(taken: Mapping[tuple[dt.date, Read], int]) -> None:
    """Add views to the table. What names no body, item or category (any more) counts for its body, or not at all."""
    bodies = dict(Body.objects.filter(slug__in={slug for _, (slug, _, _) in taken}).values_list("slug", "pk"))
    items = _subjects(Item, "index_number", bodies, taken, Page.ITEM)
    categories = _subjects(Category, "key", bodies, taken, Page.LIST)
    sums: dict[tuple[int, dt.date, str, int], int] = {}
    for (day, (slug, page, key)), views in taken.items():
        if slug not in bodies:
            continue
        body_id = bodies[slug]
        subject = {Page.ITEM: items, Page.LIST: categories}.get(Page(page), {}).get((body_id, key), 0)
        row = (body_id, day, page, subject)
        sums[row] = sums.get(row, 0) + views
    with transaction.atomic():
        # In one order, so that two processes never wait for each other.
        for (body_id, day, page, subject), views in sorted(sums.items()):
            kept, _ = Views.objects.get_or_create(body_id=body_id, day=day, page=page, subject=subject)
            Views.objects.filter(pk=kept.pk).update(views=F("views") + views)


def _subjects(
    model: type[Item | Category],
    column: str,
    bodies: Mapping[str, int],
    taken: Mapping[tuple[dt.date, Read], int],
    page: Page,
) -> dict[tuple[int, str], int]:
    """The rows that are named, by body and name."""
    names = {key for _, (_, kind, key) in taken if kind == page and key}
    found = model._default_manager.filter(**{"body_id__in": bodies.values(), f"{column}__in": names})
    return {(body_id, name): pk for body_id, name, pk in found.values_list("body_id", column, "pk")}
