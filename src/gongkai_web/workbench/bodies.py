"""What does the body say of itself, and how is that kept right on the screen?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai_web.agencies import access, facts
from gongkai_web.agencies.actions import bodies as acts
from gongkai_web.agencies.actions import departments as department_acts
from gongkai_web.agencies.actions import roles as role_acts
from gongkai_web.agencies.doors import staff_only, standing
from gongkai_web.agencies.models import Body, Department, Mark, SecondFactorRule
from gongkai_web.agencies.roles import Role
from gongkai_web.agencies.standing import Standing, administers
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotHere

UNIT_KEEPERS = (Role.UNIT_HEAD, Role.CLERK)


@require_safe
@staff_only
def body(request: HttpRequest) -> HttpResponse:
    """Everything the body says of itself, with what may be changed by whom."""
    found = standing(request)
    words = {
        "body": found.body,
        "unit": [(name, getattr(found.body, field)) for field, (name, _) in facts.UNIT.items()],
        "site": [(name, getattr(found.body, field)) for field, (name, _) in facts.SITE.items()],
        "channels": facts.open_channels(found.body),
        "missing": facts.missing(found.body),
        "rule_word": SecondFactorRule(found.body.second_factor).label,
        "departments": access.departments(found.body),
        "holders": access.duty_holders(found.body),
        "rules": access.rules(found.body),
        "deputies": [d for d in access.deputies(found.body, found.day) if not d.over],
        "parent": found.body.parent,
        "children": tuple(Body.objects.filter(parent=found.body).order_by("name")),
        "mark": Mark.objects.filter(body=found.body).exists(),
        "sees_below": found.holds(Role.SUPERIOR, Role.UNIT_HEAD),
        **_rights(found),
    }
    return render(request, "workbench/body.html", words)


@require_http_methods(["GET", "POST"])
@staff_only
def unit(request: HttpRequest) -> HttpResponse:
    """条例 arts 4, 12: the unit and its channels."""
    found = _entitled(request, "may_unit")
    values = {f: getattr(found.body, f) for f in facts.UNIT}
    values |= {f"channel_{c.key}": found.body.intake_channels.get(c.key, "") for c in facts.CHANNELS}
    errors: dict[str, str] = {}
    if request.method == "POST":
        values = {k: request.POST.get(k, "") for k in values}
        try:
            channels = {c.key: values[f"channel_{c.key}"] for c in facts.CHANNELS}
            acts.change_unit_facts(found.actor, found.body, {f: values[f] for f in facts.UNIT}, channels)
            return redirect("/work/body/?done=saved")
        except BadForm as form:
            errors = form.errors
    words = {
        "values": values,
        "errors": errors,
        "unit": facts.UNIT,
        "channels": facts.CHANNELS,
        "missing": facts.missing(found.body),
    }
    return render(request, "workbench/body_unit.html", words, status=422 if errors else 200)


@require_http_methods(["GET", "POST"])
@staff_only
def site(request: HttpRequest) -> HttpResponse:
    """What the website carries: names, codes, record numbers, the mark."""
    found = _entitled(request, "may_system")
    values = {f: getattr(found.body, f) for f in facts.SITE}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            if "mark" in request.FILES or request.POST.get("remove_mark"):
                upload = request.FILES.get("mark")
                acts.change_mark(found.actor, found.body, upload.read() if upload else b"")
            else:
                values = {k: request.POST.get(k, "") for k in values}
                acts.change_site_facts(found.actor, found.body, values)
            return redirect("/work/body/?done=saved")
        except BadForm as form:
            errors = form.errors
    has_mark = Mark.objects.filter(body=found.body).exists()
    words = {"values": values, "errors": errors, "site": facts.SITE, "mark": has_mark}
    return render(request, "workbench/body_site.html", words, status=422 if errors else 200)


@require_safe
@staff_only
def mark(request: HttpRequest) -> HttpResponse:
    """The body's own picture, as kept."""
    kept = Mark.objects.filter(body=standing(request).body).first()
    if kept is None:
        raise NotHere("本机关没有上传网站标志。")
    return HttpResponse(bytes(kept.png), content_type="image/png")


@require_http_methods(["GET", "POST"])
@staff_only
def sign_in_rule(request: HttpRequest) -> HttpResponse:
    """When the second factor is asked for, and from which networks not; whether administrators may be one person."""
    found = _entitled(request, "may_secure")
    values = {"rule": found.body.second_factor, "networks": "\n".join(found.body.networks), "reason": found.body.tiny_reason}
    errors: dict[str, str] = {}
    if request.method == "POST":
        values |= {k: request.POST[k] for k in ("rule", "networks", "reason") if k in request.POST}
        try:
            if "tiny" in request.POST:
                role_acts.declare_tiny(found.actor, found.body, reason=values["reason"])
            elif "separate" in request.POST:
                role_acts.revoke_tiny(found.actor, found.body)
            else:
                acts.change_sign_in_rule(found.actor, found.body, rule=values["rule"], networks=values["networks"])
            return redirect("/work/body/?done=saved")
        except BadForm as form:
            errors = form.errors
    words = {"values": values, "errors": errors, "rules": SecondFactorRule.choices, "body": found.body, **_rights(found)}
    return render(request, "workbench/body_sign_in.html", words, status=422 if errors else 200)


@require_http_methods(["GET", "POST"])
@staff_only
def departments(request: HttpRequest) -> HttpResponse:
    """The departments: one more, another name, closed."""
    found = standing(request)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            department_acts.open_department(found.actor, found.body, name=request.POST.get("name", ""))
            return redirect("/work/body/departments/?done=registered")
        except BadForm as form:
            errors = form.errors
    return _departments(request, found, errors)


@require_POST
@staff_only
def department(request: HttpRequest, key: int) -> HttpResponse:
    """Rename or close one."""
    found = standing(request)
    made = Department.objects.filter(pk=key, body=found.body).select_related("body").first()
    if made is None:
        raise NotHere("没有这个科室，可能已经改过了。请刷新页面。")
    if "close" in request.POST:
        department_acts.close(found.actor, made)
        return redirect("/work/body/departments/?done=closed")
    try:
        department_acts.rename(found.actor, made, name=request.POST.get("name", ""))
    except BadForm as form:
        return _departments(request, found, {"": form.errors["name"]})
    return redirect("/work/body/departments/?done=saved")


@require_http_methods(["GET", "POST"])
@staff_only
def below(request: HttpRequest) -> HttpResponse:
    """Register a body below this one."""
    found = _entitled(request, "may_system")
    values = {k: request.POST.get(k, "") for k in ("name", "short_name", "slug")}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            acts.found(found.actor, **values, parent=found.body)
            return redirect("/work/body/?done=registered")
        except BadForm as form:
            errors = form.errors
    words = {"values": values, "errors": errors, "body": found.body}
    return render(request, "workbench/body_below.html", words, status=422 if errors else 200)


def _departments(request: HttpRequest, found: Standing, errors: dict[str, str]) -> HttpResponse:
    words = {
        "rows": access.departments(found.body, closed=True),
        "values": {"name": request.POST.get("name", "")} if errors else {},
        "errors": errors,
        **_rights(found),
    }
    return render(request, "workbench/body_departments.html", words, status=422 if errors else 200)


KEEPERS = {"may_unit": "公开工作机构负责人、经办人、系统管理员", "may_system": "系统管理员", "may_secure": "安全管理员"}


def _entitled(request: HttpRequest, right: str) -> Standing:
    """The standing of somebody who may change this; the act asks again."""
    found = standing(request)
    if not _rights(found)[right]:
        raise NotAllowed(f"这个页面由{KEEPERS[right]}使用，您在{found.body.name}没有这项职责。")
    return found


def _rights(found: Standing) -> dict[str, bool]:
    return {
        "may_unit": found.holds(*UNIT_KEEPERS) or administers(found, Role.SYSTEM_ADMINISTRATOR),
        "may_system": administers(found, Role.SYSTEM_ADMINISTRATOR),
        "may_secure": administers(found, Role.SECURITY_ADMINISTRATOR),
        "may_leaders": found.holds(*UNIT_KEEPERS),
        "may_rules": found.holds(Role.UNIT_HEAD),
    }
