"""How is an item's page made without Django's handler around it, the same to the byte as with it?

Of all that stands around a view, a public page needs little: nobody is signed in there, nothing is sent, no cookie is looked at. What the
middleware writes into the answer's head is the same for every public page; it is asked for once, of the middleware itself. Everything that is
not a plain request for a page of an item that is public goes the usual way, and so does whatever fails here.
"""

from __future__ import annotations

import inspect
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse

from gongkai_web.portal import views
from gongkai_web.portal.kept import state_of
from gongkai_web.portal.pages import NEVER, finished, head
from gongkai_web.portal.sites import Site, Stand, stand_of
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotHere
from gongkai_web.visits import access as visits
from gongkai_web.visits.models import Page

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Head = list[tuple[str, str]]

ITEM = re.compile(r"/(?:b/(?P<slug>[-a-zA-Z0-9_]+)/)?info/(?P<index_number>.+)/")
"""Addresses of items' pages, as ``portal.urls`` has them."""
MOST_FRAMES = 1000
_OWN = frozenset({"content-type", "content-length", "cache-control"})


class _Around(WSGIHandler):
    """The middleware with nothing inside."""

    def _get_response(self, _: HttpRequest) -> HttpResponse:
        return HttpResponse()

    def head(self, environ: dict[str, Any]) -> Head:
        """What the middleware adds to the answer's head."""
        response = self.get_response(WSGIRequest({**environ, "wsgi.input": BytesIO()}))
        if response.status_code != 200:
            raise NotHere
        return [(name, value) for name, value in response.items() if name.lower() not in _OWN]


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all pages of a portal have around them, as long as the state of its body is the same and ``until`` has not come."""

    site: Site
    stand: Stand
    said: visits.Said | None
    until: float


class Direct:
    """A WSGI application around Django's that makes items' pages itself."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self._item = inspect.unwrap(views.item)
        self._heads: dict[str, Head] = {}
        self._frames: dict[tuple[str, str, str], _Frame] = {}

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        asked = ITEM.fullmatch(environ.get("PATH_INFO", ""))
        if asked is None or not asked[0].isascii() or environ["REQUEST_METHOD"] != "GET" or environ.get("SCRIPT_NAME"):
            return self.application(environ, start_response)
        close_old_connections()  # as Django does before each request
        try:
            answer = self._answer(environ, asked["slug"] or "", asked["index_number"])
        except Exception:  # noqa: BLE001 - it happens again on the usual way, where it is told and answered as it should be
            answer = None
        if answer is None:
            return self.application(environ, start_response)
        start_response("200 OK", answer[0])
        return [answer[1]]

    def _answer(self, environ: dict[str, Any], slug: str, index_number: str) -> tuple[Head, bytes] | None:
        """Head and content; None for what goes the usual way."""
        request = WSGIRequest(environ)
        scheme = request.scheme or ""
        frame = self._frame(request, (scheme, request.get_host(), slug))
        made = self._item(request, frame.site, index_number=index_number)
        if made.status != 200:
            return None
        answer = finished(frame.site, frame.stand, made, frame.said)
        own = head(answer, request, (Page.ITEM.value, index_number))
        if environ.get("HTTP_IF_NONE_MATCH") == own["ETag"]:
            return None
        around = self._heads.get(scheme)
        if around is None:
            around = self._heads[scheme] = _Around().head(environ)
        length = str(len(answer.content))
        return [("Content-Type", made.type), *own.items(), ("Content-Length", length), *around], answer.content

    def _frame(self, request: HttpRequest, key: tuple[str, str, str]) -> _Frame:
        """The portal that is asked for. What was kept of it holds as a kept page does: the state is read anew for every request."""
        frame = self._frames.get(key)
        if frame is not None and time.time() < frame.until and state_of(frame.site.slug) == frame.stand.state:
            return frame
        site, stand = stand_of(request, key[2])
        said = visits.footer(site.body, clock.now())
        ends = (stand.next_at, said.until if said else None)
        frame = _Frame(site, stand, said, min((end.timestamp() for end in ends if end is not None), default=NEVER))
        if len(self._frames) >= MOST_FRAMES:
            self._frames.clear()
        self._frames[key] = frame
        return frame
