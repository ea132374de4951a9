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
from gongkai_web.portal.sites import Site, stand_of
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


def public(view: View) -> Callable[..., HttpResponse]:
    """Answer with what ``view(request, site, …)`` makes; no cookie is read or set, nothing is asked of the database while rendering."""

    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, slug: str = "", **given: Any) -> HttpResponse:
        # How it stands is read before the page is made: an act that comes in between changes it, and the page is not kept for the new one.
        site, stand = stand_of(request, slug)
        try:
            made = view(request, site, **given)
        except NotHere:
            made = Made("portal/missing.html", {}, status=404, keep=False)
        content = made.content
        said = None
        if made.template:
            said = visits.footer(site.body, clock.now())
            content = rendered(site, made.template, {"visits": said, **(made.words or {})})
        response = HttpResponse(content, status=made.status, content_type=made.type)
        response.headers["Cache-Control"] = "public, no-cache"
        if made.download:
            response.headers["Content-Disposition"] = made.download
        if made.status == 200:
            response.headers["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
            if request.headers.get("If-None-Match") == response.headers["ETag"]:
                response = HttpResponse(status=304, headers={k: response.headers[k] for k in ("ETag", "Cache-Control")})
            elif made.keep and request.META.get(FLAG):
                ends = (stand.next_at, said.until if said else None, made.until)
                until = min((end.timestamp() for end in ends if end is not None), default=NEVER)
                response.headers[HEADER] = stamp(site.slug, stand.state, until)
            page = counted(request) if made.template and request.META.get(FLAG) else None
            if page is not None:
                response.headers[counting.HEADER] = counting.stamp(site.slug, *page)
        return response

    return answered


def rendered(site: Site, template: str, words: Mapping[str, Any]) -> bytes:
    """A template with its words; it asks the database nothing."""
    with connection.execute_wrapper(_refuse):
        return render_to_string(template, {"site": site, "here": "", **words}).encode()


def _refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    raise QueryInTemplate(sql)
