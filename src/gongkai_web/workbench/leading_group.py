"""How are the leading group and the body's own rules (制度) kept on the screen?"""

from __future__ import annotations

import datetime as dt
from typing import TypedDict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai_web.agencies import access
from gongkai_web.agencies.actions import duty_holders as holder_acts
from gongkai_web.agencies.actions import internal_rules as rule_acts
from gongkai_web.agencies.doors import role, staff_only, standing
from gongkai_web.agencies.models import DutyHolder, InternalRule
from gongkai_web.agencies.roles import Role
from gongkai_web.agencies.standing import Standing
from gongkai_web.agencies.texts import day
from gongkai_web.ui.refusals import BadForm, NotHere

HOLDER = ("name", "post", "duty")
RULE = ("title", "number", "adopted_on", "html")


@require_http_methods(["GET", "POST"])
@staff_only
def leaders(request: HttpRequest) -> HttpResponse:
    """The leading group, and one more."""
    found = standing(request)
    values = {k: request.POST.get(k, "") for k in HOLDER}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            holder_acts.add(found.actor, found.body, **values)
            return redirect("/work/body/leaders/?done=registered")
        except BadForm as form:
            errors = form.errors
    words = {
        "rows": access.duty_holders(found.body),
        "values": values,
        "errors": errors,
        "may_change": found.holds(Role.UNIT_HEAD, Role.CLERK),
    }
    return render(request, "workbench/body_leaders.html", words, status=422 if errors else 200)


@require_http_methods(["GET", "POST"])
@role(Role.UNIT_HEAD, Role.CLERK)
def leader(request: HttpRequest, key: int) -> HttpResponse:
    """One member: change, move to the front, left."""
    found = standing(request)
    holder = DutyHolder.objects.filter(pk=key, body=found.body, until_day=None).select_related("body").first()
    if holder is None:
        raise NotHere("没有这名领导成员，可能已经登记离任。请刷新页面。")
    values = {k: getattr(holder, k) for k in HOLDER}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            if "move" in request.POST:
                holder_acts.move_up(found.actor, holder)
            elif "remove" in request.POST:
                holder_acts.remove(found.actor, holder)
                return redirect("/work/body/leaders/?done=ended")
            else:
                values = {k: request.POST.get(k, "") for k in HOLDER}
                holder_acts.change(found.actor, holder, **values)
            return redirect("/work/body/leaders/?done=saved")
        except BadForm as form:
            errors = form.errors
    words = {"key": key, "values": values, "errors": errors}
    return render(request, "workbench/body_leader.html", words, status=422 if errors else 200)


@require_http_methods(["GET", "POST"])
@role(Role.UNIT_HEAD)
def rule_new(request: HttpRequest) -> HttpResponse:
    """Register a rule."""
    found = standing(request)
    values = {k: request.POST.get(k, "") for k in RULE}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            rule_acts.adopt(found.actor, found.body, **_rule(values))
            return redirect("/work/body/?done=registered")
        except BadForm as form:
            errors = form.errors
    words = {"values": values, "errors": errors, "rule": None}
    return render(request, "workbench/body_rule_edit.html", words, status=422 if errors else 200)


@require_safe
@staff_only
def rule_page(request: HttpRequest, key: int) -> HttpResponse:
    """One rule as it reads."""
    found = standing(request)
    shown = next((r for r in access.rules(found.body) if r.id == key), None)
    if shown is None:
        raise NotHere("没有这项制度，可能已经改过了。请从“本机关”页面进入。")
    return render(
        request, "workbench/body_rule.html", {"rule": shown, "may_change": found.holds(Role.UNIT_HEAD), "today": found.day}
    )


@require_http_methods(["GET", "POST"])
@role(Role.UNIT_HEAD)
def rule_edit(request: HttpRequest, key: int) -> HttpResponse:
    """Another text of a rule."""
    found = standing(request)
    kept = _kept(found, key)
    values = {"title": kept.title, "number": kept.number, "html": kept.html, "adopted_on": kept.adopted_on.isoformat()}
    errors: dict[str, str] = {}
    if request.method == "POST":
        values = {k: request.POST.get(k, "") for k in RULE}
        try:
            rule_acts.amend(found.actor, kept, **_rule(values))
            return redirect(f"/work/body/rules/{key}/?done=saved")
        except BadForm as form:
            errors = form.errors
    words = {"values": values, "errors": errors, "rule": kept}
    return render(request, "workbench/body_rule_edit.html", words, status=422 if errors else 200)


@require_POST
@staff_only
def rule_repeal(request: HttpRequest, key: int) -> HttpResponse:
    """The rule is no longer in force from a day on."""
    found = standing(request)
    rule_acts.repeal(found.actor, _kept(found, key), on=day(request.POST.get("on", ""), "废止日期", field="on"))
    return redirect(f"/work/body/rules/{key}/?done=saved")


def _kept(found: Standing, key: int) -> InternalRule:
    kept = InternalRule.objects.filter(pk=key, body=found.body).select_related("body").first()
    if kept is None:
        raise NotHere("没有这项制度，可能已经改过了。请从“本机关”页面进入。")
    return kept


class _Rule(TypedDict):
    title: str
    number: str
    html: str
    adopted_on: dt.date


def _rule(values: dict[str, str]) -> _Rule:
    adopted = day(values["adopted_on"], "制定日期", field="adopted_on")
    html = values["html"] if "<" in values["html"] else rule_acts.from_plain(values["html"])
    return {"title": values["title"], "number": values["number"], "html": html, "adopted_on": adopted}
