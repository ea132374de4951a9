"""What does a reader find among what is public, here and at the bodies below?"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest

from gongkai_web.agencies import fronts
from gongkai_web.agencies.models import Body
from gongkai_web.portal.pages import Made, public
from gongkai_web.portal.sites import Site
from gongkai_web.publishing import access, finding
from gongkai_web.publishing.access import below
from gongkai_web.publishing.finding import Found
from gongkai_web.publishing.models import Kind, Validity
from gongkai_web.search.engine import DEEPEST, Question, Sort
from gongkai_web.ui.refusals import NotHere

ROWS = 20
MOST_WORDS = 100
VALIDITIES = tuple((v.value, v.label) for v in Validity if v is not Validity.NONE)
KINDS = tuple((k.value, k.label) for k in Kind)
EVERY_BODY = "all"
"""The body and all below it."""
_FILTERS = ("body", "category", "kind", "year", "validity")


@public
def search(request: HttpRequest, site: Site) -> Made:
    """What is found; never kept, because the index follows a moment behind the acts."""
    given = request.GET
    words = " ".join(given.get("q", "").split())[:MOST_WORDS]
    categories, years, lower = access.categories(site.body), access.public_years(site.body), below.bodies(site.body)
    body = one_of(request, "body", [EVERY_BODY, *(b.slug for b in lower)] if lower else [])
    year, offset = one_of(request, "year", [str(y) for y in years]), given.get("from", "")
    question = Question(
        words=words,
        bodies=(site.slug, *(b.slug for b in lower)) if body == EVERY_BODY else (body or site.slug,),
        category=one_of(request, "category", [c.key for c in categories]),
        year=int(year) if year else 0,
        validity=one_of(request, "validity", [v for v, _ in VALIDITIES]),
        kind=one_of(request, "kind", [k for k, _ in KINDS]),
        sort=Sort(one_of(request, "sort", list(Sort)) or Sort.BEST),
        offset=min(int(offset), DEEPEST) if offset.isascii() and offset.isdigit() and len(offset) < 7 else 0,
        size=ROWS,
    )
    asked = bool(words) or any(given.get(name) for name in _FILTERS)
    found = finding.find(question) if asked else None
    kept = {k: v for k, v in given.items() if k in {"q", "sort", *_FILTERS} and v}
    at = question.offset
    shown = {
        "words": words,
        "question": question,
        "body": body,
        "lower": lower,
        "categories": categories,
        "years": years,
        "validities": VALIDITIES,
        "kinds": KINDS,
        "behind": finding.behind(),
        "asked": asked,
        "found": found,
        "addresses": _addresses(request, site, lower, found) if found else {},
        "previous_url": f"?{urlencode({**kept, 'from': max(0, at - ROWS)})}" if at else "",
        "next_url": f"?{urlencode({**kept, 'from': at + ROWS})}" if found and at + ROWS < min(found.total, DEEPEST) else "",
    }
    return Made("portal/search.html", shown, keep=False)


def one_of(request: HttpRequest, name: str, allowed: Sequence[str]) -> str:
    """A filter's value, empty for none. NotHere for one that is not offered: to leave it out would show what was not asked for."""
    value = request.GET.get(name, "")
    if value and value not in allowed:
        raise NotHere("没有这个筛选条件。")
    return value


def _addresses(request: HttpRequest, site: Site, lower: Sequence[Body], found: Found) -> dict[tuple[str, str], str]:
    """Where each hit lies, by its body and path: this body's pages on this portal, another's under its own address."""
    named = {b.slug: b for b in lower}
    server = fronts.server(request.scheme or "http", request.get_host()) if named else None
    return {
        (h.body_slug, h.url): f"{server.front(named[h.body_slug])}{h.url}" if server and h.body_slug in named else site.at(h.url)
        for h in found.hits
    }
