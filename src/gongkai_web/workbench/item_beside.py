"""What is recorded beside an item: links to others, outings, validity, legality review?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from gongkai_web.agencies.doors import role, standing
from gongkai_web.agencies.roles import CONTENT
from gongkai_web.agencies.standing import Standing
from gongkai_web.agencies.texts import day, day_or_none, tidy, tidy_lines, within
from gongkai_web.flow import sent_forms
from gongkai_web.publishing import access
from gongkai_web.publishing.actions import links, outings, validity
from gongkai_web.publishing.models import LinkKind
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotHere
from gongkai_web.workbench.item_fields import number
from gongkai_web.workbench.item_page import done
from gongkai_web.workbench.uploading import one_file

OFFERED = 12


@require_http_methods(["GET", "POST"])
@role(*CONTENT)
def link(request: HttpRequest, item_id: int) -> HttpResponse:
    """Look for the other item by title or number, and tie the two."""
    found = standing(request)
    shown = access.item_page(found.person.pk, found.body, item_id)
    if "publishing.link.add" not in shown.possible:
        raise NotAllowed("关联由经办人或者公开工作机构负责人办理。")
    values = {
        "kind": request.POST.get("kind", "") or request.GET.get("kind", "related"),
        "text": request.GET.get("text", "")[:80],
    }
    errors: dict[str, str] = {}
    if request.method == "POST":
        values["text"] = request.POST.get("text", "")[:80]
        target = number(request.POST.get("target", ""))
        try:
            if target is None:
                raise BadForm({"text": "请先查找，再选择要关联的那条信息。"})
            access.scope(found.person.pk, found.body)
            links.add(found.actor, item_id, target, kind=values["kind"])
            return redirect(f"{reverse('work_item', args=[item_id])}?done=linked")
        except BadForm as form:
            errors = form.errors
    offered: tuple[access.StaffRow, ...] = ()
    if values["text"].strip():
        listing = access.staff_list(found.person.pk, found.body, text=values["text"].strip(), size=OFFERED)
        offered = tuple(r for r in listing.rows if r.id != item_id)
    words = {"page": shown, "row": shown.row, "values": values, "errors": errors, "offered": offered, "kinds": LinkKind.choices}
    return render(request, "workbench/item_link.html", words, status=422 if errors else 200)


@require_POST
@role(*CONTENT)
def unlink(request: HttpRequest, item_id: int, link_id: int) -> HttpResponse:
    """Untie two items."""

    def do(found: Standing) -> str:
        shown = access.item_page(found.person.pk, found.body, item_id)
        if not any(e.id == link_id for e in shown.links):
            raise NotHere("没有这项关联，可能已经取消。")
        links.remove(found.actor, link_id)
        return "unlinked"

    return done(request, item_id, "links", do)


@require_POST
@role(*CONTENT)
def outing(request: HttpRequest, item_id: int) -> HttpResponse:
    """Record on which channel it went out."""

    def do(found: Standing) -> str:
        sent_forms.once(request, found.person.pk, lambda: _outing(request, found, item_id))
        return "recorded"

    return done(request, item_id, "outing", do)


@require_POST
@role(*CONTENT)
def strike(request: HttpRequest, item_id: int, outing_id: int) -> HttpResponse:
    """Strike an outing that was recorded in error."""

    def do(found: Standing) -> str:
        shown = access.item_page(found.person.pk, found.body, item_id)
        if not any(e.id == outing_id for e in shown.outings):
            raise NotHere("没有这条发布登记，可能已经划去。")
        outings.strike(found.actor, outing_id, reason=_line(request, "reason", "理由", 300))
        return "struck"

    return done(request, item_id, f"strike-{outing_id}", do)


@require_POST
@role(*CONTENT)
def change_validity(request: HttpRequest, item_id: int) -> HttpResponse:
    """Propose how the document holds."""

    def do(found: Standing) -> str:
        validity.propose(
            found.actor,
            item_id,
            validity=request.POST.get("validity", ""),
            on_day=day(request.POST.get("on_day", ""), "起算的日期", field="on_day"),
            by_document=_line(request, "by_document", "依据的文件", 200),
            note=_line(request, "note", "说明", 300),
        )
        return "submitted"

    return done(request, item_id, "validity", do)


@require_POST
@role(*CONTENT)
def legality(request: HttpRequest, item_id: int) -> HttpResponse:
    """Record the legality review."""

    def do(found: Standing) -> str:
        sent_forms.once(request, found.person.pk, lambda: _legality(request, found, item_id))
        return "recorded"

    return done(request, item_id, "legality", do)


def _outing(request: HttpRequest, found: Standing, item_id: int) -> str:
    outings.record(
        found.actor,
        item_id,
        channel=request.POST.get("channel", ""),
        on_day=day(request.POST.get("on_day", ""), "发布日期", field="on_day"),
        until_day=day_or_none(request.POST.get("until_day", ""), "撤下日期", field="until_day"),
        place=_line(request, "place", "位置或者账号", 100),
        address=_line(request, "address", "网址", 500),
        picture=one_file(request, found, "picture"),
    )
    return reverse("work_item", args=[item_id])


def _legality(request: HttpRequest, found: Standing, item_id: int) -> str:
    if request.POST.get("lawful") not in {"yes", "no"}:
        raise BadForm({"lawful": "请选择审核结论。"})
    validity.record_legality(
        found.actor,
        item_id,
        received_on=day(request.POST.get("received_on", ""), "收到日期", field="received_on"),
        reviewed_on=day(request.POST.get("reviewed_on", ""), "审核完成日期", field="reviewed_on"),
        reviewed_by=_line(request, "reviewed_by", "审核机构", 80),
        lawful=request.POST["lawful"] == "yes",
        opinion=within(tidy_lines(request.POST.get("opinion", "")), "审核意见", 4000, field="opinion"),
        file=one_file(request, found, "legality_file"),
    )
    return reverse("work_item", args=[item_id])


def _line(request: HttpRequest, field: str, what: str, longest: int) -> str:
    return within(tidy(request.POST.get(field, "")), what, longest, field=field)
