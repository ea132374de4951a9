"""How is a draft written: every field with its hint, kept while somebody types, never losing what was typed?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from gongkai_web.agencies.doors import role, standing
from gongkai_web.agencies.roles import CONTENT
from gongkai_web.agencies.standing import Standing
from gongkai_web.publishing import access, drafting, drafts
from gongkai_web.publishing.actions import items as acts
from gongkai_web.publishing.models import Stage
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotHere, NotPossible
from gongkai_web.workbench import item_fields


@require_http_methods(["GET", "POST"])
@role(*CONTENT)
def edit(request: HttpRequest, item_id: int) -> HttpResponse:
    """The form of the draft; saving is an act and stands in the trail."""
    found = standing(request)
    shown = access.item_page(found.person.pk, found.body, item_id)
    _require(found, shown)
    if request.method == "GET":
        return _form(request, found, shown, item_fields.shown(shown), shown.revision)
    values = item_fields.typed(request.POST)
    revision = item_fields.number(request.POST.get("revision", "")) or 0
    over = item_fields.number(request.POST.get("over", ""))
    try:
        content, facts = _taken(values)
        acts.edit(found.actor, item_id, revision=revision if over is None else over, content=content, facts=facts)
    except BadForm as form:
        return _form(request, found, shown, values, revision, form.errors, 422)
    except NotPossible as conflict:
        shown = access.item_page(found.person.pk, found.body, item_id)
        if "publishing.item.edit" not in shown.possible:
            raise
        return _form(request, found, shown, values, revision, {}, 409, str(conflict))
    onward = {"files": "work_item_files", "item": "work_item"}.get(request.POST.get("then", ""), "work_item_edit")
    return redirect(f"{reverse(onward, args=[item_id])}?done=saved")


@require_POST
@role(*CONTENT)
def autosave(request: HttpRequest, item_id: int) -> JsonResponse:
    """Keep the text as typed; the answer says in words when it was not kept, and why."""
    found = standing(request)
    try:
        access.scope(found.person.pk, found.body).item(item_id)
        content = item_fields.content_of(item_fields.typed(request.POST))
        revision = item_fields.number(request.POST.get("revision", "")) or 0
        revision = drafts.autosave(found.actor, item_id, revision=revision, content=content)
    except BadForm as form:
        return JsonResponse({"why": "".join(form.errors.values()), "fields": list(form.errors)}, status=422)
    except NotPossible as conflict:
        return JsonResponse({"why": str(conflict)}, status=409)
    except (NotAllowed, NotHere) as refusal:
        return JsonResponse({"why": str(refusal)}, status=403)
    return JsonResponse({"revision": revision, "saved": clock.now().astimezone(clock.BEIJING).strftime("%H:%M:%S")})


def _taken(values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Content and facts; all that is wrong with either is said at once."""
    errors: dict[str, str] = {}
    taken: list[dict[str, Any]] = []
    for take in (item_fields.content_of, item_fields.facts_of):
        try:
            taken.append(take(values))
        except BadForm as form:
            errors |= form.errors
    if errors:
        raise BadForm(errors)
    return taken[0], taken[1]


def _require(found: Standing, shown: access.ItemPage) -> None:
    if "publishing.item.edit" in shown.possible:
        return
    if "publishing.link.add" not in shown.possible:
        raise NotAllowed("修改草稿由经办人或者公开工作机构负责人办理。")
    drafting.require_open(access.scope(found.person.pk, found.body).item(shown.row.id))


def _form(
    request: HttpRequest,
    found: Standing,
    shown: access.ItemPage,
    values: dict[str, Any],
    revision: int,
    errors: dict[str, str] | None = None,
    status: int = 200,
    conflict: str = "",
) -> HttpResponse:
    words = {
        "page": shown,
        "row": shown.row,
        "values": values,
        "errors": errors or {},
        "revision": revision,
        "conflict": conflict,
        "problems": shown.problems if status == 200 else {},
        "saves_itself": shown.row.stage in {Stage.DRAFT, Stage.RETURNED} and not conflict,
        "is_approved": shown.row.stage == Stage.APPROVED,
        **item_fields.choices(found),
    }
    return render(request, "workbench/item_edit.html", words, status=status)
