"""What was done at this body, by whom and when, and does the chain of records hold?

The auditor reads everything of the body. The other two administrators read what concerns people, the body and the server:
never what an item or a case is about.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from gongkai_web.agencies.doors import role, standing
from gongkai_web.agencies.roles import Role
from gongkai_web.agencies.standing import Standing
from gongkai_web.trail import listing, reading
from gongkai_web.trail.actors import ACTOR_WORDS, ActorKind
from gongkai_web.trail.done import INSTALLATION_CHAIN
from gongkai_web.trail.listing import Wanted
from gongkai_web.ui import clock
from gongkai_web.workbench.navigation import READS_TRAIL
from gongkai_web.workbench.tables import csv_of

WITHOUT_CONTENT = ("accounts", "agencies", "office")
"""Applications whose acts say nothing of items and cases."""

EXPORTED = 50_000
FILTERS = ("from_day", "until_day", "act", "person", "subject", "chain")


@require_safe
@role(*READS_TRAIL)
def trail(request: HttpRequest) -> HttpResponse:
    """The acts that match, newest first."""
    return render(request, "workbench/trail.html", _listed(request))


@require_safe
@role(*READS_TRAIL)
def export(request: HttpRequest) -> HttpResponseBase:
    """What the filters show, as a table."""
    chain, wanted, _ = _asked(request, standing(request))
    head = ("序号", "记录时间", "办理日期", "办理人", "身份", "内容", "动作", "对象")
    lines = (
        (
            e.seq,
            e.recorded_at.astimezone(clock.BEIJING).strftime("%Y-%m-%d %H:%M:%S"),
            e.happened_on.isoformat(),
            e.actor_name,
            ACTOR_WORDS[ActorKind(e.actor_kind)],
            e.words,
            e.act,
            f"{e.subject_kind} {e.subject_id}",
        )
        for e in listing.every(chain, wanted, EXPORTED)
    )
    return csv_of("操作记录", head, lines)


@require_POST
@role(*READS_TRAIL)
def verify(request: HttpRequest) -> HttpResponse:
    """Walk the whole chain now and say what was found."""
    words = _listed(request)
    return render(request, "workbench/trail.html", {**words, "verified": reading.verify(words["chain"])})


def _listed(request: HttpRequest) -> dict[str, Any]:
    found = standing(request)
    chain, wanted, problems = _asked(request, found)
    before = request.GET.get("before", "")
    page = listing.page(chain, wanted, before=int(before) if before.isdecimal() and len(before) < 16 else None)
    filters = {k: request.GET.get(k, "")[:80] for k in FILTERS if request.GET.get(k)}
    titles = {k: t for k, t in listing.titles().items() if not wanted.areas or k.partition(".")[0] in wanted.areas}
    return {
        "page": page,
        "chain": chain,
        "chains": _chains(found),
        "filters": filters,
        "titles": titles,
        "acts": sorted(titles.items(), key=lambda act: act[1]),
        "problems": problems,
        "limited": bool(wanted.areas),
        "older": urlencode({**filters, "before": page.older}) if page.older else "",
        "newest": urlencode(filters) if before else "",
        "query": urlencode(filters),
        "actor_words": {k.value: w for k, w in ACTOR_WORDS.items()},
        "verified": None,
    }


def _asked(request: HttpRequest, found: Standing) -> tuple[str, Wanted, dict[str, str]]:
    chain = request.GET.get("chain", "") or found.body.slug
    if chain not in dict(_chains(found)):
        chain = found.body.slug
    kind, _, key = request.GET.get("subject", "").partition(":")
    problems: dict[str, str] = {}
    days = {f: _day(request.GET.get(f, ""), f, problems) for f in ("from_day", "until_day")}
    wanted = Wanted(
        **days,
        act=request.GET.get("act", "")[:80],
        person=request.GET.get("person", "").strip()[:40],
        subject_kind=kind[:40] if key else "",
        subject_id=key[:64],
        areas=() if found.holds(Role.AUDITOR) else WITHOUT_CONTENT,
    )
    return chain, wanted, problems


def _chains(found: Standing) -> tuple[tuple[str, str], ...]:
    """The body's own chain; at a body with none above it, that of the server's own commands too."""
    own = ((found.body.slug, found.body.name),)
    return own if found.body.parent_id else (*own, (INSTALLATION_CHAIN, "服务器"))


def _day(text: str, field: str, problems: dict[str, str]) -> dt.date | None:
    if not text.strip():
        return None
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        problems[field] = "日期写成 2026-01-31 这样，没有按这个日期筛选。"
        return None
