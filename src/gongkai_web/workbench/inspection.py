"""What would an inspection of the website find, by indicator, and where is each thing mended?"""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.views.decorators.http import require_POST, require_safe

from gongkai_web.agencies.doors import role, standing
from gongkai_web.agencies.roles import CONTENT
from gongkai_web.agencies.standing import Standing
from gongkai_web.publishing import access, inspections
from gongkai_web.publishing.access.inspection import SEEN_BY
from gongkai_web.publishing.self_inspection import INDICATORS, Weight
from gongkai_web.workbench.bodies import UNIT_KEEPERS
from gongkai_web.workbench.filters import filters_of
from gongkai_web.workbench.tables import xlsx_of

FILTERS = ("indicator", "weight", "text")
STATUS = {Weight.VETO: "FAIL", Weight.DUTY: "FAIL", Weight.MEND: "UNCERTAIN", Weight.ADVICE: "NOT_ASSESSABLE"}
SHOWN = 300
"""So many lines stand on the page; the rest is reached by the filters and is in the table."""


@require_safe
@role(*SEEN_BY)
def inspection(request: HttpRequest) -> HttpResponse:
    """What the last inspection found, filtered as the address says."""
    found = standing(request)
    filters = filters_of(request, FILTERS)
    page = access.inspection_page(found.person.pk, found.body, **filters)
    words = {
        "page": page,
        "rows": page.points[:SHOWN],
        "open": {p.address for p in page.points[:SHOWN] if may_follow(found, p.address)},
        "sees_items": found.holds(*CONTENT),
        "more": max(0, len(page.points) - SHOWN),
        "filters": filters,
        "query": urlencode(filters),
        "indicators": INDICATORS,
        "weights": [w.value for w in Weight],
        "status": {w.value: s for w, s in STATUS.items()},
    }
    return render(request, "workbench/inspection.html", words)


@require_safe
@role(*SEEN_BY)
def export(request: HttpRequest) -> HttpResponseBase:
    """What the filters show, as a table."""
    found = standing(request)
    page = access.inspection_page(found.person.pk, found.body, **filters_of(request, FILTERS))
    head = (
        ("轻重", 10),
        ("指标", 18),
        ("对象", 36),
        ("问题", 44),
        ("怎么办", 44),
        ("在哪里改", 40),
        ("依据", 40),
        ("依据核对", 10),
    )
    lines = (
        (p.weight, INDICATORS[p.code], p.subject, p.words, p.then, _whole(request, found, p.address), p.rule, p.mark)
        for p in page.points
    )
    return xlsx_of("网站自查", head, lines)


def may_follow(found: Standing, address: str) -> bool:
    """Whether the screen on which a point is mended is open to somebody: a superior sees the point, and others mend it."""
    door = getattr(resolve(urlsplit(address).path).func, "door", ())
    # The one screen among them that is not guarded by roles is that of the unit's facts.
    return found.holds(*(door if isinstance(door, tuple) else UNIT_KEEPERS))


def _whole(request: HttpRequest, found: Standing, address: str) -> str:
    return request.build_absolute_uri(address) if may_follow(found, address) else ""


@require_POST
@role(*SEEN_BY)
def look(request: HttpRequest) -> HttpResponse:
    """Inspect now."""
    found = standing(request)
    done = inspections.ask(found.actor, found.body)
    return redirect(f"{reverse('work_inspection')}?done={'inspected' if done else 'inspecting'}")
