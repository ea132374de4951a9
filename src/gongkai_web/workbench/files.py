"""How do files come beside an item, get in order, and reach the staff?"""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai_web.agencies.doors import role, standing
from gongkai_web.agencies.roles import CONTENT
from gongkai_web.files import texts
from gongkai_web.files.models import FileState, StoredFile
from gongkai_web.files.passages import BODY
from gongkai_web.publishing import access
from gongkai_web.publishing.access.handing_over import hand_over_package
from gongkai_web.publishing.actions import attachments as acts
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotHere, NotPossible
from gongkai_web.workbench.uploading import Refused, choices_of, picked, take_in

SHOWN = {"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp", "pdf": "application/pdf"}
"""What a browser shows itself; everything else is downloaded."""
PASSAGES = 2000


@require_http_methods(["GET", "POST"])
@role(*CONTENT)
def files(request: HttpRequest, item_id: int) -> HttpResponse:
    """The files of a draft; a POST takes in one or several, each with its own answer."""
    found = standing(request)
    if request.method == "GET":
        return _page(request, item_id)
    access.scope(found.person.pk, found.body).item(item_id)
    embedded = request.POST.get("use") == "embedded"
    uploads = picked(request, found, "files")
    if not uploads:
        return _page(request, item_id, errors={"files": "还没有选文件。请先选择一个或者几个文件。"})
    refused: list[Refused] = []
    added: list[str] = []
    for upload in uploads:
        taken = take_in(found, upload, choices_of(request))
        if isinstance(taken, Refused):
            refused.append(taken)
            continue
        try:
            acts.add(found.actor, item_id, digest=taken.digest, name=taken.name, embedded=embedded)
            added.append(taken.name)
        except (BadForm, NotPossible) as why:
            refused.append(Refused(taken.name, str(why)))
    if refused:
        return _page(request, item_id, refused=refused, added=added)
    return redirect(f"{reverse('work_item_files', args=[item_id])}?done=uploaded")


@require_POST
@role(*CONTENT)
def arrange(request: HttpRequest, item_id: int) -> HttpResponse:
    """Name the files anew, put them in order, take some away."""
    found = standing(request)
    access.scope(found.person.pk, found.body).item(item_id)
    if "remove" in request.POST:
        acts.remove(found.actor, item_id, digest=request.POST["remove"])
        return redirect(f"{reverse('work_item_files', args=[item_id])}?done=removed")
    digests, names, places = (request.POST.getlist(k) for k in ("digest", "name", "place"))
    rows = list(zip(digests, names, places, strict=False))
    order = sorted(
        range(len(rows)), key=lambda n: (int(rows[n][2]) if rows[n][2].isdecimal() and len(rows[n][2]) < 5 else 9999, n)
    )
    try:
        acts.arrange(found.actor, item_id, names={rows[n][0]: rows[n][1] for n in order})
    except BadForm as form:
        return _page(request, item_id, errors=form.errors)
    return redirect(f"{reverse('work_item_files', args=[item_id])}?done=saved")


@require_safe
@role(*CONTENT)
def file(request: HttpRequest, item_id: int, digest: str) -> HttpResponseBase:
    """The bytes of a file that access lets this person have; shown by the browser where that is safe."""
    found = standing(request)
    view = access.staff_file(found.person.pk, found.body, item_id, digest)
    state = StoredFile.objects.get(body=found.body, digest=digest).state
    if state != FileState.CLEAN:
        raise NotPossible(f"文件“{view.name}”{FileState(state).label}，现在不能打开。")
    shown = view.type in SHOWN and "download" not in request.GET
    if not view.path.is_file():
        raise NotHere(f"文件“{view.name}”的内容不见了。请联系系统管理员从备份恢复。")
    name = view.name if view.name.lower().endswith(f".{view.type}") else f"{view.name}.{view.type}"
    return FileResponse(
        view.path.open("rb"),
        as_attachment=not shown,
        filename=name,
        content_type=SHOWN[view.type] if shown else "application/octet-stream",
    )


@require_safe
@role(*CONTENT)
def text(request: HttpRequest, item_id: int, digest: str) -> HttpResponse:
    """The words that were read in a file, as the scan saw them."""
    found = standing(request)
    view = access.staff_file(found.person.pk, found.body, item_id, digest)
    kept = texts.of(digest)
    passages = kept.passages if kept else ()
    words = {
        "view": view,
        "item_id": item_id,
        "passages": [(_where(p), p.text) for p in passages[:PASSAGES]],
        "more": max(0, len(passages) - PASSAGES),
        "unchecked": [u.sentence for u in kept.unchecked] if kept else ["这个文件没有读出文字，未能检查。请打开原文，由人看过。"],
    }
    return render(request, "workbench/item_file_text.html", words)


@require_safe
@role(*CONTENT)
def package(request: HttpRequest, item_id: int) -> HttpResponseBase:
    """The ZIP for another website."""
    found = standing(request)
    made = hand_over_package(found.person.pk, found.body, item_id)
    response = HttpResponse(made.data, content_type="application/zip")
    response.headers["Content-Disposition"] = content_disposition_header(True, made.name) or ""
    return response


def _page(
    request: HttpRequest,
    item_id: int,
    *,
    refused: list[Refused] | None = None,
    added: list[str] | None = None,
    errors: dict[str, str] | None = None,
) -> HttpResponse:
    found = standing(request)
    shown = access.item_page(found.person.pk, found.body, item_id)
    if "publishing.attachment.add" not in shown.possible and request.method == "GET":
        raise NotAllowed("现在不能增减附件：这条信息不在起草，或者您不是经办人。附件可以在信息页面上查看和下载。")
    words: dict[str, Any] = {
        "page": shown,
        "row": shown.row,
        "refused": [r for r in refused or () if not r.held],
        "waiting": [r for r in refused or () if r.held],
        "added": added or [],
        "errors": errors or {},
        "typed": dict(zip(request.POST.getlist("digest"), request.POST.getlist("name"), strict=False)) if errors else {},
        "embedded": request.POST.get("use") == "embedded",
        "marked": any(r.is_marked for r in refused or ()),
    }
    return render(request, "workbench/item_files.html", words, status=422 if refused or errors else 200)


def _where(passage: Any) -> str:
    parts = [passage.member, passage.part if passage.part != BODY else "", passage.place.in_words()]
    return "，".join(p for p in parts if p)
