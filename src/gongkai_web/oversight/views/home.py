"""What does a visitor see first, and how does he clear what is his?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.returns import editions
from gongkai_web.oversight import rooms
from gongkai_web.oversight.batches import batches
from gongkai_web.oversight.drafts import drafts


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The desk's first page: the two jobs, and what lies here from before."""
    room = rooms.room_or_none(request)
    return render(
        request,
        "oversight/home.html",
        {"drafts": drafts(room) if room else (), "batches": batches(room) if room else (), "editions": editions()},
    )


@require_http_methods(["GET", "POST"])
def clear(request: HttpRequest) -> HttpResponse:
    """Ask, then remove everything of this session."""
    if request.method == "POST":
        rooms.clear(request)
        return render(request, "oversight/cleared.html")
    if rooms.room_or_none(request) is None:
        return redirect("desk")
    return render(request, "oversight/clear.html")
