"""Who works at the body, with which roles, and what may an administrator do about it on the screen?"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai_web.agencies import access
from gongkai_web.agencies.actions import people as acts
from gongkai_web.agencies.actions import roles as role_acts
from gongkai_web.agencies.doors import role, staff_only, standing
from gongkai_web.agencies.models import Body, Department, Membership
from gongkai_web.agencies.roles import ROLE_WORDS, Role
from gongkai_web.agencies.standing import Standing, administers
from gongkai_web.agencies.texts import day_or_none
from gongkai_web.trail import reading
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotHere
from gongkai_web.workbench import sections
from gongkai_web.workbench.navigation import READS_TRAIL
from gongkai_web.workbench.tables import csv_of

STATES = (("active", "在用"), ("locked", "登录暂停"), ("retired", "已停用"))
HISTORY = 30


@require_safe
@staff_only
def people(request: HttpRequest) -> HttpResponseBase:
    """The list, filtered as the address says."""
    found = standing(request)
    filters = {k: request.GET.get(k, "")[:40] for k in ("query", "role", "state")}
    rows = access.people(found.body, found.day, **filters)
    if request.GET.get("as") == "csv":
        head = ("姓名", "登录名", "科室", "职务", "职责", "状态")
        state = {True: "在用", False: "已停用"}
        lines = ((r.name, r.login, r.department, r.post, "、".join(r.roles), state[r.active]) for r in rows)
        return csv_of("人员", head, lines)
    words: dict[str, object] = {
        "rows": rows,
        "filters": filters,
        "roles": [(r.value, ROLE_WORDS[r]) for r in Role],
        "states": STATES,
        "may_register": administers(found, Role.SYSTEM_ADMINISTRATOR),
        "may_place": found.holds(Role.SYSTEM_ADMINISTRATOR) and len(found.bodies) > 1,
    }
    return render(request, "workbench/people.html", words)


@require_http_methods(["GET", "POST"])
@staff_only
def new(request: HttpRequest) -> HttpResponse:
    """Register a person; the answer is the slip with the one-time password, shown once."""
    found = standing(request)
    if not administers(found, Role.SYSTEM_ADMINISTRATOR):
        raise NotAllowed(f"登记人员由系统管理员办理，您在{found.body.name}没有这项职责。")
    values = {k: request.POST.get(k, "") for k in ("name", "login", "department", "post")}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            made = acts.register(
                found.actor,
                found.body,
                login=values["login"],
                name=values["name"],
                department=_department(found, values["department"]),
                post=values["post"],
            )
            return _slip(request, found, made.person.pk, made.password)
        except BadForm as form:
            errors = form.errors
    words = {"values": values, "errors": errors, "departments": _departments(found)}
    return render(request, "workbench/person_new.html", words, status=422 if errors else 200)


@require_safe
@staff_only
def person(request: HttpRequest, key: int) -> HttpResponse:
    """One person's page."""
    return _page(request, key)


@require_POST
@staff_only
def change(request: HttpRequest, key: int) -> HttpResponse:
    """Name, department, post."""

    def do(found: Standing) -> str:
        acts.change(
            found.actor,
            found.body,
            access.named(found.body, key),
            name=request.POST.get("name", ""),
            department=_department(found, request.POST.get("department", "")),
            post=request.POST.get("post", ""),
        )
        return "saved"

    return _done(request, key, do, "change")


@require_POST
@staff_only
def retire(request: HttpRequest, key: int) -> HttpResponse:
    """Close the account."""

    def do(found: Standing) -> str:
        acts.retire(found.actor, found.body, access.named(found.body, key), reason=request.POST.get("reason", ""))
        return "retired"

    return _done(request, key, do, "retire")


@require_POST
@staff_only
def restore(request: HttpRequest, key: int) -> HttpResponse:
    """Open the account again."""

    def do(found: Standing) -> str:
        acts.restore(found.actor, found.body, access.named(found.body, key), reason=request.POST.get("reason", ""))
        return "restored"

    return _done(request, key, do, "restore")


@require_POST
@staff_only
def unlock(request: HttpRequest, key: int) -> HttpResponse:
    """Let somebody try again."""

    def do(found: Standing) -> str:
        acts.unlock(found.actor, found.body, access.named(found.body, key))
        return "unlocked"

    return _done(request, key, do, "unlock")


@require_POST
@staff_only
def reset_second_factor(request: HttpRequest, key: int) -> HttpResponse:
    """Take the second factor away, so that the person can set up another one."""

    def do(found: Standing) -> str:
        acts.reset_second_factor(found.actor, found.body, access.named(found.body, key), reason=request.POST.get("reason", ""))
        return "factor"

    return _done(request, key, do, "factor")


@require_POST
@staff_only
def reset_password(request: HttpRequest, key: int) -> HttpResponse:
    """A new slip; the answer shows it, once."""
    found = standing(request)
    try:
        password = acts.reset_password(
            found.actor, found.body, access.named(found.body, key), reason=request.POST.get("reason", "")
        )
    except BadForm as form:
        return _page(request, key, "password", form.errors)
    return _slip(request, found, key, password)


@require_POST
@staff_only
def grant(request: HttpRequest, key: int) -> HttpResponse:
    """Give a role."""

    def do(found: Standing) -> str:
        given = request.POST.get("role", "")
        if given not in {r.value for r in Role}:
            raise BadForm({"role": "请选择一项职责。"})
        role_acts.grant(
            found.actor,
            found.body,
            access.named(found.body, key),
            Role(given),
            from_day=day_or_none(request.POST.get("from_day", ""), "起日", field="from_day"),
            until_day=day_or_none(request.POST.get("until_day", ""), "止日", field="until_day"),
            department=_department(found, request.POST.get("department", "")),
        )
        return "granted"

    return _done(request, key, do, "grant")


@require_POST
@staff_only
def end_role(request: HttpRequest, key: int, membership: int) -> HttpResponse:
    """End a role with yesterday."""

    def do(found: Standing) -> str:
        held = Membership.objects.filter(pk=membership, body=found.body, person_id=key).select_related("body", "person").first()
        if held is None:
            raise NotHere("没有这项职责，可能已经改过了。请刷新人员页面。")
        role_acts.end(found.actor, held)
        return "ended"

    return _done(request, key, do, "grant")


@require_http_methods(["GET", "POST"])
@role(Role.SYSTEM_ADMINISTRATOR)
def place(request: HttpRequest) -> HttpResponse:
    """Take up somebody who is at home at another body at which the administrator works too."""
    found = standing(request)
    offered = _elsewhere(found)
    values = {k: request.POST.get(k, "").strip() for k in ("login", "department", "post")}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            home, row = offered.get(values["login"].lower(), (None, None))
            if home is None or row is None:
                raise BadForm({"login": "请从您所在的其他机关的人员里选择一位，已经在本机关的不会列出。"})
            department = _department(found, values["department"])
            acts.place(found.actor, found.body, access.named(home, row.id), department=department, post=values["post"])
            return redirect(f"/work/people/{row.id}/?done=registered")
        except BadForm as form:
            errors = form.errors
    words = {
        "values": values,
        "errors": errors,
        "offered": [(login, f"{row.name}（{login}，{home.name}）") for login, (home, row) in offered.items()],
        "departments": _departments(found),
        "elsewhere": [b.name for b in found.bodies if b.pk != found.body.pk],
    }
    return render(request, "workbench/person_place.html", words, status=422 if errors else 200)


def _elsewhere(found: Standing) -> dict[str, tuple[Body, access.PersonRow]]:
    """Who is at home at the administrator's other bodies and not yet here, by login."""
    here = {p.id for p in access.people(found.body, found.day)}
    others = [(b, p) for b in found.bodies if b.pk != found.body.pk for p in access.people(b, found.day)]
    return {p.login: (b, p) for b, p in others if p.active and p.at_home and p.id not in here}


def _done(request: HttpRequest, key: int, do: Callable[[Standing], str], section: str) -> HttpResponse:
    """Do it and show the page with what was done, or the form again with what was wrong."""
    return sections.sent(
        lambda: do(standing(request)),
        lambda wrong: _page(request, key, section, wrong),
        lambda said: f"/work/people/{key}/?done={said}",
    )


def _page(request: HttpRequest, key: int, section: str = "", errors: Mapping[str, str] | None = None) -> HttpResponse:
    found = standing(request)
    shown = access.person(found.body, key, found.day)
    oneself = key == found.person.pk
    security = administers(found, Role.SECURITY_ADMINISTRATOR)
    words = {
        "shown": shown,
        "row": shown.row,
        "oneself": oneself,
        "may_change": administers(found, Role.SYSTEM_ADMINISTRATOR) and shown.row.at_home,
        "may_secure": security and shown.row.at_home,
        "may_grant": security and not oneself and shown.row.active,
        "departments": _departments(found),
        "roles": [(r.value, ROLE_WORDS[r]) for r in Role],
        "history": reading.history("person", str(key), HISTORY) if found.holds(*READS_TRAIL) else (),
        "today": found.day,
    }
    return sections.page(request, "workbench/person.html", words, section, errors)


def _slip(request: HttpRequest, found: Standing, key: int, password: str) -> HttpResponse:
    words = {"row": access.person(found.body, key, found.day).row, "password": password, "day": found.day}
    return render(request, "workbench/slip.html", words)


def _departments(found: Standing) -> list[tuple[str, str]]:
    return [(str(d.id), d.name) for d in access.departments(found.body)]


def _department(found: Standing, key: str) -> Department | None:
    if not key:
        return None
    made = (
        Department.objects.filter(body=found.body, pk=key, closed_on=None).first() if key.isdecimal() and len(key) < 10 else None
    )
    if made is None:
        raise BadForm({"department": "请从列表里选择一个科室。"})
    return made
