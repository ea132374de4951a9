"""Which categories does the body publish under, on what do they rest, and how does a new body get them?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongkai_web.agencies.doors import role, standing
from gongkai_web.agencies.roles import CONTENT, Role
from gongkai_web.publishing.access.choices import category_choices
from gongkai_web.publishing.actions import arrangement


@require_http_methods(["GET", "POST"])
@role(*CONTENT, Role.SYSTEM_ADMINISTRATOR)
def categories(request: HttpRequest) -> HttpResponse:
    """The categories in use; a body without any is given the standard ones."""
    found = standing(request)
    if request.method == "POST":
        arrangement.begin(found.actor, found.body.pk)
        return redirect("/work/items/categories/?done=arranged")
    words = {"rows": category_choices(found.body, found.day), "may_begin": found.holds(*arrangement.ARRANGERS)}
    return render(request, "workbench/item_categories.html", words)
