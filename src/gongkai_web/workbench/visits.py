"""How often were the public pages read, by month, page and item?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongkai_web.agencies.doors import role, standing
from gongkai_web.agencies.roles import CONTENT
from gongkai_web.visits import access
from gongkai_web.visits.actions import footer as acts
from gongkai_web.workbench.filters import year_of
from gongkai_web.workbench.tables import csv_of

HEAD = ("日期", "页面", "索引号、标题或者栏目", "访问次数")


@require_safe
@role(*CONTENT)
def visits(request: HttpRequest) -> HttpResponse:
    """A year of page views."""
    found = standing(request)
    words = {
        "shown": access.year(found.body, year_of(request, found, "访问量"), found.day),
        "years": access.years(found.body, found.day),
        "in_footer": access.is_in_footer(found.body),
        "may_set": found.holds(*acts.ROLES),
    }
    return render(request, "workbench/visits.html", words)


@require_safe
@role(*CONTENT)
def export(request: HttpRequest) -> HttpResponseBase:
    """Every day and page of a year as a table."""
    found = standing(request)
    year = year_of(request, found, "访问量")
    rows = ((day.isoformat(), page, what, views) for day, page, what, views in access.days(found.body, year))
    return csv_of(f"{year}年访问量", HEAD, rows)


@require_POST
@role(*acts.ROLES)
def footer(request: HttpRequest) -> HttpResponse:
    """Whether the public pages say how often they were read."""
    found = standing(request)
    acts.show(found.actor, found.body.pk, shown=request.POST.get("shown") == "yes")
    return redirect("/work/visits/?done=saved")
