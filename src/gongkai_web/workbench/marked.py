"""Which uploads were refused for a classification marking, and which of them was a false alarm?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongkai_web.agencies.doors import role, standing
from gongkai_web.agencies.roles import Role
from gongkai_web.agencies.texts import tidy
from gongkai_web.files.access import marked_uploads
from gongkai_web.files.actions import uploads
from gongkai_web.ui.refusals import BadForm, NotHere


@require_safe
@role(Role.SECRECY_OFFICER)
def marked(request: HttpRequest) -> HttpResponse:
    """The list."""
    return _page(request)


@require_POST
@role(Role.SECRECY_OFFICER)
def allow(request: HttpRequest, key: int) -> HttpResponse:
    """Let the bytes of one hash pass."""
    found = standing(request)
    if not any(row.id == key for row in marked_uploads(found.body)):
        raise NotHere("没有这条拒收记录。")
    try:
        uploads.allow_marked(found.actor, key, reason=tidy(request.POST.get("reason", "")))
    except BadForm as form:
        return _page(request, key, form.errors)
    return redirect("/work/review/marked/?done=allowed")


def _page(request: HttpRequest, key: int = 0, errors: dict[str, str] | None = None) -> HttpResponse:
    found = standing(request)
    words = {"rows": marked_uploads(found.body), "key": key, "errors": errors or {}, "person_id": found.person.pk}
    words["typed"] = request.POST.get("reason", "")
    return render(request, "workbench/review_marked.html", words, status=422 if errors else 200)
