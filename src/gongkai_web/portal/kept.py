"""How is a public page answered again without being made again, and never a byte older than the last act?

A page is kept with the state of its body: the length of its trail and its public generation, which every publication, withdrawal and
correction raises in its own transaction. Each request reads that state; a page of another one, or past the moment at which something scheduled becomes public, is
made anew. So nothing withdrawn is ever answered from here, in any process.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from gongkai_web.portal.sites import state
from gongkai_web.publishing import driver
from gongkai_web.publishing.driver import Question
from gongkai_web.visits import counting

HEADER = "X-Gongkai-Kept"
FLAG = "gongkai.kept"
MOST_BYTES = 64 * 1024 * 1024
MOST_QUERY = 200

_STATE = Question(
    "SELECT (SELECT seq FROM trail_chain WHERE slug = %s), "
    "(SELECT g.number FROM publishing_generation g JOIN agencies_body b ON b.id = g.body_id WHERE b.slug = %s)",
    gaps=2,
)

StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Page:
    """A finished answer. ``until`` is a moment in seconds since 1970."""

    slug: str
    state: str
    until: float
    headers: tuple[tuple[str, str], ...]
    etag: str
    content: bytes
    read: counting.Read | None = None


class Shelf:
    """The pages kept in one server process, the longest unused going first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._pages: OrderedDict[tuple[str, str], Page] = OrderedDict()
        self._bytes = 0
        self._most = most_bytes
        self._lock = Lock()

    def get(self, key: tuple[str, str]) -> Page | None:
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: tuple[str, str], page: Page) -> None:
        if len(page.content) > self._most // 16:
            return
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self._bytes += len(page.content)
            while self._bytes > self._most:
                self._drop(next(iter(self._pages)))

    def drop(self, key: tuple[str, str]) -> None:
        with self._lock:
            self._drop(key)

    def _drop(self, key: tuple[str, str]) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self._bytes -= len(page.content)


def stamp(slug: str, state: str, until: float) -> str:
    """What a view writes into the header to have its page kept."""
    return f"{slug} {state} {until}"


def state_of(slug: str) -> str:
    """The state of a body's pages (``sites.state``), asked of the driver itself: this is all that a kept page costs."""
    database = connections[DEFAULT_DB_ALIAS]
    try:
        acts, bumps = driver.number_row(database, _STATE, (slug, slug))
    except database.Database.Error:  # type: ignore[attr-defined]  # every backend names its driver so
        # What was said is of no use to anybody here: the page is made anew, and Django's own question says what is wrong.
        database.close()
        return ""
    return state(acts, bumps)


class KeptPages:
    """A WSGI application around Django's that answers what it kept. Whoever counts page views is told of each, kept or made."""

    def __init__(self, application: Application, shelf: Shelf | None = None, counter: counting.Counter | None = None) -> None:
        self.application = application
        self.shelf = shelf or Shelf()
        self.counter = counter

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or len(environ.get("QUERY_STRING", "")) > MOST_QUERY:
            return self.application(environ, start_response)
        key = (environ.get("HTTP_HOST", ""), f"{environ.get('PATH_INFO', '')}?{environ.get('QUERY_STRING', '')}")
        page = self.shelf.get(key)
        if page is not None:
            if self._holds(page):
                self._count(page.read, environ)
                return self._answer(page, environ, start_response)
            self.shelf.drop(key)
        return self._made(key, environ, start_response)

    def _holds(self, page: Page) -> bool:
        return time.time() < page.until and state_of(page.slug) == page.state

    def _answer(self, page: Page, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("HTTP_IF_NONE_MATCH") == page.etag:
            start_response(
                "304 Not Modified", [h for h in page.headers if h[0].lower() not in {"content-length", "content-type"}]
            )
            return [b""]
        start_response("200 OK", list(page.headers))
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else page.content]

    def _made(self, key: tuple[str, str], environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        environ[FLAG] = True
        told: dict[str, Any] = {}

        def begin(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            told["stamp"] = next((v for n, v in headers if n == HEADER), "")
            told["read"] = counting.read_of(next((v for n, v in headers if n == counting.HEADER), ""))
            told["status"], told["headers"] = status, [h for h in headers if h[0] not in {HEADER, counting.HEADER}]
            return start_response(status, told["headers"], *rest)

        answer = self.application(environ, begin)
        self._count(told.get("read"), environ)
        if not told.get("stamp") or not told["status"].startswith("200") or environ["REQUEST_METHOD"] != "GET":
            return answer
        content = b"".join(answer)
        close = getattr(answer, "close", None)
        if close is not None:
            close()
        slug, state, until = told["stamp"].split()
        headers = tuple(told["headers"])
        etag = next((v for n, v in headers if n.lower() == "etag"), "")
        self.shelf.put(key, Page(slug, state, float(until), headers, etag, content, told["read"]))
        return [content]

    def _count(self, read: counting.Read | None, environ: dict[str, Any]) -> None:
        if read is not None and self.counter is not None:
            self.counter.add(read, environ)
