"""Where do the body's static pages lie, and are they what they should be?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai_web.agencies.doors import role, standing
from gongkai_web.agencies.roles import Role
from gongkai_web.publishing.access.static_editions import static_editions

SEEN_BY = (Role.UNIT_HEAD, Role.CLERK, Role.SYSTEM_ADMINISTRATOR)


@require_safe
@role(*SEEN_BY)
def editions(request: HttpRequest) -> HttpResponse:
    """Every folder with its state."""
    return render(request, "workbench/static_editions.html", {"rows": static_editions(standing(request).body)})
