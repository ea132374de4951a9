"""How is what is public printed: one item for a board, a list of many for a rack or a counter?"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai_web.agencies.doors import role, standing
from gongkai_web.agencies.roles import CONTENT
from gongkai_web.agencies.texts import tidy
from gongkai_web.outlets import access, addresses, sheets
from gongkai_web.outlets.models import Form
from gongkai_web.publishing import access as publishing
from gongkai_web.ui.refusals import NotHere
from gongkai_web.workbench.places import front

SHOWN = 50
LONGEST_TITLE = 60


@require_safe
@role(*CONTENT)
def notice(request: HttpRequest, item_id: int, extent: str) -> HttpResponse:
    """One item as a PDF to hang."""
    found = standing(request)
    item = access.item_of(found.body, item_id)
    made = sheets.notice(found.body, item.index_number, extent, front(request, found))
    return _pdf(made, f"张贴页-{Form(extent).label}-{item.index_number}")


@require_safe
@role(*CONTENT)
def choose(request: HttpRequest) -> HttpResponse:
    """Which items go on a list."""
    return _choice(request)


def _choice(request: HttpRequest, error: str = "") -> HttpResponse:
    found = standing(request)
    categories = publishing.categories(found.body)
    years = publishing.public_years(found.body)
    category = request.GET.get("category", "")
    year = request.GET.get("year", "")
    if (category and category not in {c.key for c in categories}) or (year and year not in {str(y) for y in years}):
        raise NotHere("没有这个筛选条件。请重新选择。")
    listing = publishing.public_list(
        found.body,
        category or None,
        int(year) if year else None,
        after=request.GET.get("after"),
        before=request.GET.get("before"),
        size=SHOWN,
    )
    filters = {k: v for k, v in (("category", category), ("year", year)) if v}
    kept = {**filters, **{k: request.GET[k] for k in ("after", "before") if k in request.GET}}
    words = {
        "listing": listing,
        "categories": [(c.key, "　" * c.depth + c.name) for c in categories],
        "years": [(str(y), f"{y}年") for y in years],
        "filters": filters,
        "next": urlencode({**filters, "after": listing.next_key}) if listing.next_key else "",
        "previous": urlencode({**filters, "before": listing.previous_key}) if listing.previous_key else "",
        "unchosen": "none" in request.GET or bool(error),
        "error": error,
        "kept": kept,
        "query": urlencode(kept),
        "title": tidy(request.GET.get("title", ""))[:LONGEST_TITLE] or f"{found.body.name}政府信息公开目录",
        "unreachable": addresses.reaches_nobody(front(request, found)),
    }
    return render(request, "workbench/sheets.html", words, status=422 if error else 200)


@require_safe
@role(*CONTENT)
def printed(request: HttpRequest) -> HttpResponse:
    """The list of the items chosen, as a PDF."""
    found = standing(request)
    numbers = request.GET.getlist("item")
    if not numbers:
        return _choice(request, "请先勾选要印的信息，再打印。")
    title = tidy(request.GET.get("title", ""))[:LONGEST_TITLE] or f"{found.body.name}政府信息公开目录"
    made = sheets.listing(found.body, numbers, title, front(request, found), found.day)
    return _pdf(made, title)


def _pdf(made: bytes, name: str) -> HttpResponse:
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name.replace('/', '-'), safe='')}.pdf"
    return response
