"""How is a public page made: whose it is, from finished models only, with a tag by which browsers and we ourselves keep it?"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from gongkai_web.portal.counted import counted
from gongkai_web.portal.kept import FLAG, HEADER, stamp
from gongkai_web.portal.sites import Site, Stand, stand_of
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotHere
from gongkai_web.visits import access as visits
from gongkai_web.visits import counting

NEVER = 4_102_444_800.0  # 2100-01-01, for pages that nothing scheduled will change


class QueryInTemplate(RuntimeError):
    """A template asked the database: what it shows was not fetched and judged by access."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a view of the portal gives back: a template with its words, or finished bytes of another type.

    ``keep`` is False for what depends on more than the body's generation (the index, the clock). ``until`` is the instant at which
    the page says something else without an act.
    """

    template: str = ""
    words: Mapping[str, Any] | None = None
    content: bytes = b""
    type: str = "text/html; charset=utf-8"
    status: int = 200
    keep: bool = True
    download: str = ""
    until: dt.datetime | None = None


View = Callable[..., Made]


@dataclass(frozen=True, slots=True)
class Answer:
    """A page as it was made, and how its body's pages stood before. ``said`` is what the footer says."""

    site: Site
    stand: Stand
    made: Made
    content: bytes
    said: visits.Said | None


def public(view: View) -> Callable[..., HttpResponse]:
    """Answer with what ``view(request, site, …)`` makes; no cookie is read or set, nothing is asked of the database while rendering."""

    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, slug: str = "", **given: Any) -> HttpResponse:
        answer = answer_of(request, slug, view, given)
        made = answer.made
        headers = head(answer, request, counted(request) if made.template else None)
        if made.status == 200 and request.META.get("HTTP_IF_NONE_MATCH") == headers["ETag"]:
            kept = {name: headers[name] for name in ("ETag", "Cache-Control", counting.HEADER) if name in headers}
            return HttpResponse(status=304, headers=kept)
        return HttpResponse(answer.content, status=made.status, content_type=made.type, headers=headers)

    return answered


def answer_of(request: HttpRequest, slug: str, view: View, given: Mapping[str, Any]) -> Answer:
    """The page that a view makes for a request. NotHere where there is no portal at all."""
    # How it stands is read before the page is made: an act that comes in between changes it, and the page is not kept for the new one.
    site, stand = stand_of(request, slug)
    try:
        made = view(request, site, **given)
    except NotHere:
        made = Made("portal/missing.html", {}, status=404, keep=False)
    return finished(site, stand, made, visits.footer(site.body, clock.now()) if made.template else None)


def finished(site: Site, stand: Stand, made: Made, said: visits.Said | None) -> Answer:
    """The page that a view made, with its bytes."""
    if not made.template:
        return Answer(site, stand, made, made.content, None)
    return Answer(site, stand, made, rendered(site, made.template, {"visits": said, **(made.words or {})}), said)


def head(answer: Answer, request: HttpRequest, page: tuple[str, str] | None) -> dict[str, str]:
    """What a view says in the head of its answer; ``page`` is as what it is counted."""
    made, is_kept = answer.made, bool(request.META.get(FLAG))
    headers = {"Cache-Control": "public, no-cache"}
    if made.download:
        headers["Content-Disposition"] = made.download
    if made.status != 200:
        return headers
    headers["ETag"] = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    if made.keep and is_kept:
        ends = (answer.stand.next_at, answer.said.until if answer.said else None, made.until)
        until = min((end.timestamp() for end in ends if end is not None), default=NEVER)
        headers[HEADER] = stamp(answer.site.slug, answer.stand.state, until)
    if page is not None and is_kept:
        headers[counting.HEADER] = counting.stamp(answer.site.slug, *page)
    return headers


def rendered(site: Site, template: str, words: Mapping[str, Any]) -> bytes:
    """A template with its words; it asks the database nothing."""
    with connection.execute_wrapper(_refuse):
        return render_to_string(template, {"site": site, "here": "", **words}).encode()


def _refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    raise QueryInTemplate(sql)
