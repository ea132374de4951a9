"""Where do the body's static pages lie, are they what they should be, and what are they to hold?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongkai_web.agencies.doors import role, standing
from gongkai_web.agencies.roles import Role
from gongkai_web.publishing.access.static_editions import baked_categories, static_editions
from gongkai_web.publishing.actions.arrangement import ARRANGERS
from gongkai_web.publishing.actions.static_editions import LONGEST, arrange
from gongkai_web.ui.refusals import BadForm

SEEN_BY = (Role.UNIT_HEAD, Role.CLERK, Role.SYSTEM_ADMINISTRATOR)
WHOLE, ONLY = "whole", "baked"


@require_safe
@role(*SEEN_BY)
def editions(request: HttpRequest) -> HttpResponse:
    """Every folder with its state."""
    return _page(request)


@require_POST
@role(*ARRANGERS)
def edition(request: HttpRequest, key: str) -> HttpResponse:
    """Say what a folder is to hold."""
    found = standing(request)
    values = {
        "what": request.POST.get(f"what-{key}", "")[:10],
        "portal_url": request.POST.get(f"portal_url-{key}", "")[: LONGEST * 2],
    }
    try:
        only = values["what"] == ONLY
        arrange(found.actor, found.body.pk, mark=key, only_baked=only, portal_url=values["portal_url"])
    except BadForm as form:
        # Two fields of every folder's form stand on one page: each carries the folder's name.
        names = {"only_baked": "what"}
        return _page(request, key, values, {f"{names.get(n, n)}-{key}": words for n, words in form.errors.items()})
    return redirect(f"{reverse('work_body_static')}?done=rearranged")


def _page(
    request: HttpRequest, key: str = "", typed: dict[str, str] | None = None, errors: dict[str, str] | None = None
) -> HttpResponse:
    found = standing(request)
    rows = static_editions(found.body)
    values: dict[str, Any] = {}
    for row in rows:
        kept = {"what": ONLY if row.only_baked else WHOLE, "portal_url": row.portal_url}
        values |= {f"{name}-{row.mark}": value for name, value in (typed if typed and row.mark == key else kept).items()}
    words = {
        "rows": rows,
        "may_arrange": found.holds(*ARRANGERS),
        "baked_count": baked_categories(found.body),
        "values": values,
        "errors": errors or {},
        "key": key,
        "longest": LONGEST,
        "what": ((WHOLE, "全部栏目"), (ONLY, "只放选择以“静态页面”公开的栏目")),
    }
    return render(request, "workbench/static_editions.html", words, status=422 if errors else 200)
