"""What have the bodies below made public, as their superior sees it?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai_web.agencies import fronts
from gongkai_web.agencies.doors import role, standing
from gongkai_web.agencies.roles import Role
from gongkai_web.publishing.access import below

SHOWN = 30


@require_safe
@role(Role.SUPERIOR, Role.UNIT_HEAD)
def bodies(request: HttpRequest) -> HttpResponse:
    """Every body below with how much is public and since when, and what they made public last; links lead to their public pages."""
    found = standing(request)
    server = fronts.server(request.scheme or "http", request.get_host())
    family = [b for b in below.family(found.body) if b.depth]
    words = {
        "body": found.body,
        "front": server.front(found.body),
        "rows": [(b, f"{server.front(b)}/") for b in family],
        "newest": [(b, row, f"{server.front(b)}{row.url}") for b, row in below.newest(family, SHOWN)],
    }
    return render(request, "workbench/below.html", words)
