"""Who stands in for whom (A/B角), and how is that arranged on the screen?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from gongkai_web.agencies import access
from gongkai_web.agencies.actions import roles as acts
from gongkai_web.agencies.doors import staff_only, standing
from gongkai_web.agencies.models import Deputy
from gongkai_web.agencies.roles import Role
from gongkai_web.agencies.standing import Standing
from gongkai_web.agencies.texts import day
from gongkai_web.ui.refusals import BadForm, NotHere, NotPossible

FIELDS = ("person", "deputy", "from_day", "until_day", "note")


@require_http_methods(["GET", "POST"])
@staff_only
def deputies(request: HttpRequest) -> HttpResponse:
    """The list, and the form to arrange one."""
    found = standing(request)
    others = found.holds(Role.UNIT_HEAD, Role.SECURITY_ADMINISTRATOR)
    values = {k: request.POST.get(k, "") for k in FIELDS}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            _appoint(found, values, others=others)
            return redirect("/work/deputies/?done=deputy")
        except BadForm as form:
            errors = form.errors
        except NotPossible as refused:
            errors = {"deputy": str(refused)}
    else:
        values = {**values, "person": str(found.person.pk), "from_day": found.day.isoformat()}
    people = [p for p in access.people(found.body, found.day) if p.active]
    rows = access.deputies(found.body, found.day)
    words = {
        "rows": rows,
        "values": values,
        "errors": errors,
        "absent": [(str(p.id), p.name) for p in people if others or p.id == found.person.pk],
        "stand_ins": [(str(p.id), p.name) for p in people if p.id != found.person.pk],
        "may_end": {r.id for r in rows if others or found.person.pk in {r.person_id, r.deputy_id}},
    }
    return render(request, "workbench/deputies.html", words, status=422 if errors else 200)


@require_POST
@staff_only
def end(request: HttpRequest, key: int) -> HttpResponse:
    """Somebody is back earlier."""
    found = standing(request)
    made = Deputy.objects.filter(pk=key, body=found.body).select_related("person", "deputy", "body").first()
    if made is None:
        raise NotHere("没有这项代理，可能已经改过了。请刷新页面。")
    acts.end_deputy(found.actor, made)
    return redirect("/work/deputies/?done=ended")


def _appoint(found: Standing, values: dict[str, str], *, others: bool) -> None:
    errors = {}
    if not values["person"].isdecimal():
        errors["person"] = "请选择谁不在岗。"
    if not values["deputy"].isdecimal():
        errors["deputy"] = "请选择代理人。"
    days = {}
    for field, word in (("from_day", "起日"), ("until_day", "止日")):
        try:
            days[field] = day(values[field], word, field=field)
        except BadForm as form:
            errors.update(form.errors)
    if errors:
        raise BadForm(errors)
    acts.appoint(
        found.actor,
        found.body,
        access.named(found.body, int(values["person"])),
        access.named(found.body, int(values["deputy"])),
        **days,
        note=values["note"],
    )
