"""On which drafts is the public asked, and how is that prepared, begun, extended and ended?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai_web.agencies.doors import role, standing
from gongkai_web.agencies.roles import CONTENT
from gongkai_web.agencies.standing import Standing
from gongkai_web.agencies.texts import day, tidy, tidy_lines
from gongkai_web.comment_periods import access, kinds
from gongkai_web.comment_periods.actions import comments, periods
from gongkai_web.comment_periods.handling import LINES, PREPARERS, SWITCHES
from gongkai_web.comment_periods.models import Kind
from gongkai_web.flow import sent_forms
from gongkai_web.trail import reading
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotPossible
from gongkai_web.workbench import sections
from gongkai_web.workbench.item_fields import number as number_of
from gongkai_web.workbench.today import urgency

HISTORY = 60
CHOSEN = ("draft", "explanation")


@require_safe
@role(*CONTENT)
def listing(request: HttpRequest) -> HttpResponse:
    """Every period within reach."""
    found = standing(request)
    rows = [
        (r, urgency(r.closes_on, found.day) if r.state == "open" else None)
        for r in access.period_rows(found.person.pk, found.body)
    ]
    return render(request, "workbench/comments.html", {"rows": rows, "may_prepare": found.holds(*PREPARERS)})


@require_http_methods(["GET", "POST"])
@role(*CONTENT)
def new(request: HttpRequest) -> HttpResponse:
    """Prepare one; a draft may be named in the address."""
    found = standing(request)
    if not found.holds(*PREPARERS):
        raise NotAllowed(f"意见征集由经办人或者公开工作机构负责人准备，您在{found.body.name}没有这项职责。")
    values = {
        "kind": "",
        "draft": request.GET.get("draft", "")[:12],
        "explanation": "",
        "closes_on": "",
        "takes_form": "1",
        "shows_comments": "1",
        "contact": "",
        "phone": found.body.unit_phone,
        "address": found.body.unit_address,
        "mail": "",
        "shorter_reason": "",
    }

    def do(typed: Mapping[str, str]) -> str:
        made = periods.create(found.actor, found.body.pk, **_given(typed))
        return f"{reverse('work_comment_period', args=[made.pk])}?done=saved"

    return _edited(request, found, values, do)


@require_http_methods(["GET", "POST"])
@role(*CONTENT)
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change what has not begun."""
    found = standing(request)
    page = access.period_page(found.person.pk, found.body, number)
    if "edit" not in page.possible:
        raise NotAllowed("开始以前由经办人或者公开工作机构负责人修改；开始以后只能更正联系方式、延长或者提前截止。")

    def do(typed: Mapping[str, str]) -> str:
        seen = request.POST.get("over", "") or request.POST.get("seen", "")
        periods.edit(found.actor, number, seen=seen, **_given(typed))
        return f"{reverse('work_comment_period', args=[number])}?done=saved"

    return _edited(request, found, dict(page.values), do, page)


@require_safe
@role(*CONTENT)
def period(request: HttpRequest, number: int) -> HttpResponse:
    """One period."""
    return _page(request, number)


@require_POST
@role(*CONTENT)
def begin(request: HttpRequest, number: int) -> HttpResponse:
    """Begin to ask the public."""
    return _done(request, number, "open", lambda found: periods.open_period(found.actor, number), "opened")


@require_POST
@role(*CONTENT)
def extend(request: HttpRequest, number: int) -> HttpResponse:
    """More time."""

    def do(found: Standing) -> object:
        until = day(request.POST.get("closes_on", ""), "新的截止日期", field="closes_on")
        return periods.extend(found.actor, number, closes_on=until, reason=_reason(request))

    return _done(request, number, "extend", do, "saved")


@require_POST
@role(*CONTENT)
def end_early(request: HttpRequest, number: int) -> HttpResponse:
    """Less time, as far as the law allows."""

    def do(found: Standing) -> object:
        until = day(request.POST.get("closes_on", ""), "新的截止日期", field="closes_on")
        return periods.end_early(found.actor, number, closes_on=until, reason=_reason(request))

    return _done(request, number, "end_early", do, "saved")


@require_POST
@role(*CONTENT)
def abandon(request: HttpRequest, number: int) -> HttpResponse:
    """Give it up."""
    return _done(
        request, number, "abandon", lambda found: periods.abandon(found.actor, number, reason=_reason(request)), "abandoned"
    )


@require_POST
@role(*CONTENT)
def amend(request: HttpRequest, number: int) -> HttpResponse:
    """Put right where comments are sent."""
    found = standing(request)
    mark = access.period_page(found.person.pk, found.body, number).mark
    typed, seen = _typed(request), request.POST.get("over", "") or request.POST.get("seen", "")
    lines = {n: typed[n] for n in ("contact", "phone", "address", "mail")}
    try:
        periods.amend(found.actor, number, seen=seen, facts={**lines, **{n: bool(typed[n]) for n in SWITCHES}})
    except BadForm as form:
        return _page(request, number, "amend", form.errors)
    except NotPossible as late:
        if mark == seen:
            raise
        return _page(request, number, "amend", conflict=str(late))
    return redirect(f"{reverse('work_comment_period', args=[number])}?done=saved")


@require_POST
@role(*CONTENT)
def tie(request: HttpRequest, number: int) -> HttpResponse:
    """Name the account of what was adopted, or the document finally issued."""

    def do(found: Standing) -> object:
        part = request.POST.get("part", "")
        item_id = number_of(request.POST.get("item", ""))
        if item_id is None:
            raise BadForm({"item": "请选择一条信息。"})
        try:
            return periods.tie(found.actor, number, part=part, item_id=item_id)
        except BadForm as form:
            raise BadForm({"part" if field == "part" else "item": words for field, words in form.errors.items()}) from None

    return _done(request, number, "tie", do, "linked")


@require_POST
@role(*CONTENT)
def erase(request: HttpRequest, number: int) -> HttpResponse:
    """Forget who sent the comments."""
    return _done(request, number, "erase", lambda found: comments.erase_contacts(found.actor, number), "erased")


def _done(request: HttpRequest, number: int, section: str, do: Callable[[Standing], object], said: str) -> HttpResponse:
    """Carry out what a form of the page asks for; then the page with what was done, or the form again with what was wrong."""
    found = standing(request)
    access.period_page(found.person.pk, found.body, number)
    address = f"{reverse('work_comment_period', args=[number])}?done={said}"
    return sections.sent(lambda: do(found), lambda wrong: _page(request, number, section, wrong), lambda _: address)


def _page(
    request: HttpRequest, number: int, section: str = "", errors: Mapping[str, str] | None = None, conflict: str = ""
) -> HttpResponse:
    found = standing(request)
    page = access.period_page(found.person.pk, found.body, number)
    chosen = [t.id for t in page.items if t.part in {"feedback", "result"}]
    words: dict[str, Any] = {
        "page": page,
        "row": page.row,
        "urgency": urgency(page.row.closes_on, found.day) if page.row.state == "open" else None,
        "may": page.possible,
        "section": section,
        "errors": dict(errors or {}),
        "conflict": conflict,
        "values": request.POST if section else page.values,
        "seen": request.POST.get("seen", "") if section == "amend" else page.mark,
        "items": access.item_choices(found.person.pk, found.body, *chosen) if "tie" in page.possible else (),
        "ties": tuple(periods.TIES.items()),
        "history": reading.history("comment_period", str(number), HISTORY),
        "is_author": found.person.pk in page.row.authors,
    }
    return render(request, "workbench/comment_period.html", words, status=409 if conflict else 422 if errors else 200)


def _edited(
    request: HttpRequest,
    found: Standing,
    values: dict[str, str],
    do: Callable[[Mapping[str, str]], str],
    page: access.PeriodPage | None = None,
) -> HttpResponse:
    errors: dict[str, str] = {}
    conflict = ""
    seen = mark = page.mark if page else ""
    token = sent_forms.token()
    if request.method == "POST":
        values, seen = _typed(request), request.POST.get("seen", "")
        token = request.POST.get(sent_forms.FIELD, "")
        try:
            return redirect(sent_forms.once(request, found.person.pk, lambda: do(values)))
        except BadForm as form:
            errors = form.errors
            token = token or sent_forms.token()
        except NotPossible as late:
            if mark in {seen, request.POST.get("over", "")}:
                raise
            conflict, token = str(late), sent_forms.token()
    chosen = [number_of(values[name]) for name in CHOSEN]
    words = {
        "values": values,
        "errors": errors,
        "conflict": conflict,
        "seen": seen,
        "mark": mark,
        "token": token,
        "number": page.row.id if page else 0,
        "kinds": Kind.choices,
        "items": access.item_choices(found.person.pk, found.body, *chosen),
        "least": [
            (Kind(k).label, kinds.statement(k, found.day), d.due)
            for k in Kind.values
            if (d := kinds.least(k, found.day)) is not None
        ],
    }
    return render(request, "workbench/comment_edit.html", words, status=409 if conflict else 422 if errors else 200)


def _typed(request: HttpRequest) -> dict[str, str]:
    names = ("kind", *CHOSEN, "closes_on", *LINES, *SWITCHES)
    return {name: tidy(request.POST.get(name, "")) for name in names}


def _given(typed: Mapping[str, str]) -> dict[str, Any]:
    """What the acts take. BadForm for what is no item and no day."""
    errors = {}
    chosen: dict[str, int] = {}
    for name, word in zip(CHOSEN, ("征求意见稿", "起草说明"), strict=True):
        key = number_of(typed[name])
        if key is None:
            errors[name] = f"请选择{word}。" + ("说明写在同一条信息里的，两处选同一条。" if name == "explanation" else "")
        else:
            chosen[f"{name}_id"] = key
    if typed["kind"] not in Kind.values:
        errors["kind"] = "请选择征求意见的种类，期限按它计算。"
    try:
        closes_on = day(typed["closes_on"], "截止日期", field="closes_on")
    except BadForm as form:
        errors.update(form.errors)
    if errors:
        raise BadForm(errors)
    facts = {**{n: typed[n] for n in LINES}, **{n: bool(typed[n]) for n in SWITCHES}}
    return {"kind": typed["kind"], "closes_on": closes_on, "facts": facts, **chosen}


def _reason(request: HttpRequest) -> str:
    return tidy_lines(request.POST.get("reason", ""))
