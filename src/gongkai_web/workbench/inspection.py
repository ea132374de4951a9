"""What would an inspection of the website find, by indicator, and where is each thing mended?"""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongkai_web.agencies.doors import role, standing
from gongkai_web.publishing import access, inspections
from gongkai_web.publishing.access.inspection import SEEN_BY
from gongkai_web.publishing.self_inspection import INDICATORS, Weight
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
        (p.weight, INDICATORS[p.code], p.subject, p.words, p.then, request.build_absolute_uri(p.address), p.rule, p.mark)
        for p in page.points
    )
    return xlsx_of("网站自查", head, lines)


@require_POST
@role(*SEEN_BY)
def look(request: HttpRequest) -> HttpResponse:
    """Inspect now."""
    found = standing(request)
    done = inspections.ask(found.actor, found.body)
    return redirect(f"{reverse('work_inspection')}?done={'inspected' if done else 'inspecting'}")
