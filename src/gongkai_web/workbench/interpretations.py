"""Which documents still want an interpretation, and how is one begun for them?"""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai_web.agencies import access as agencies
from gongkai_web.agencies.doors import role, standing
from gongkai_web.agencies.roles import CONTENT
from gongkai_web.agencies.standing import Standing
from gongkai_web.agencies.texts import tidy
from gongkai_web.flow import sent_forms
from gongkai_web.publishing import access
from gongkai_web.publishing.access.choices import CategoryChoice, category_choices
from gongkai_web.publishing.access.interpretations import STATES
from gongkai_web.publishing.actions import interpretations, items, links
from gongkai_web.publishing.models import Kind, LinkKind
from gongkai_web.ui.refusals import BadForm
from gongkai_web.workbench.filters import asked, filters_of
from gongkai_web.workbench.item_fields import number
from gongkai_web.workbench.tables import xlsx_of
from gongkai_web.workbench.today import urgency

FILTERS = ("state", "department", "text")
CATEGORY = "interpretations"
"""The standard category of interpretations; another may be chosen."""
OUTLINE = "<h3>一、起草的背景和依据</h3><p></p><h3>二、主要内容</h3><p></p><h3>三、与群众和企业有关的规定</h3><p></p><h3>四、施行时间和咨询方式</h3><p></p>"
"""What an interpretation commonly tells; a start, not a demand."""


@require_safe
@role(*CONTENT)
def interpretations_wanted(request: HttpRequest) -> HttpResponse:
    """The list, filtered as the address says."""
    found = standing(request)
    filters = filters_of(request, FILTERS)
    rows = access.wanting(found.person.pk, found.body, **asked(filters))
    words = {
        "rows": [(r, urgency(r.due, found.day) if r.due and not r.excused else None) for r in rows],
        "filters": filters,
        "query": urlencode(filters),
        "states": STATES,
        "departments": [(str(d.id), d.name) for d in agencies.departments(found.body, closed=True)],
        "section": "",
        "errors": {},
        "values": {},
    }
    return render(request, "workbench/interpretations.html", words)


@require_safe
@role(*CONTENT)
def export(request: HttpRequest) -> HttpResponseBase:
    """What the filters show, as a table."""
    found = standing(request)
    rows = access.wanting(found.person.pk, found.body, **asked(filters_of(request, FILTERS)))
    head = (
        ("文件", 48),
        ("发文字号", 22),
        ("文件类型", 16),
        ("起草科室", 18),
        ("公开日期", 12),
        ("解读期限", 12),
        ("情况", 30),
        ("索引号", 24),
    )
    return xlsx_of("政策解读", head, (_line(r) for r in rows))


@require_http_methods(["GET", "POST"])
@role(*CONTENT)
def write(request: HttpRequest, item_id: int) -> HttpResponse:
    """Begin the interpretation of a document: the draft with what is known already, linked to it."""
    found = standing(request)
    document = access.to_interpret(found.person.pk, found.body, item_id)
    if document.begun is not None:
        return redirect("work_item", item_id=document.begun[0])
    categories = category_choices(found.body, found.day)
    values = {"title": access.suggested_title(document.title), "category": _usual(categories)}
    errors: dict[str, str] = {}
    token = request.POST.get(sent_forms.FIELD, "") or sent_forms.token()
    if request.method == "POST":
        values = {k: request.POST.get(k, "") for k in values}
        try:
            category = number(values["category"])
            if category is None:
                raise BadForm({"category": "请选择解读放在哪个栏目。"})
            return redirect(sent_forms.once(request, found.person.pk, lambda: _begun(found, item_id, category, values["title"])))
        except BadForm as form:
            errors = form.errors
    words = {
        "document": document,
        "values": values,
        "errors": errors,
        "token": token,
        "categories": [(c.id, "　" * c.depth + c.name) for c in categories],
        "urgency": urgency(document.due, found.day) if document.due else None,
    }
    return render(request, "workbench/interpretation_new.html", words, status=422 if errors else 200)


@require_POST
@role(*CONTENT)
def excuse(request: HttpRequest, item_id: int) -> HttpResponse:
    """Say that a document needs none, or that it does."""
    found = standing(request)
    access.scope(found.person.pk, found.body).item(item_id)
    if "want" in request.POST:
        interpretations.want(found.actor, item_id)
        return redirect(f"{reverse('work_interpretations')}?done=saved")
    interpretations.excuse(found.actor, item_id, reason=tidy(request.POST.get("reason", "")))
    return redirect(f"{reverse('work_interpretations')}?done=excused")


def _begun(found: Standing, item_id: int, category: int, title: str) -> str:
    document = access.scope(found.person.pk, found.body).item(item_id)
    made = items.create(
        found.actor,
        found.body.pk,
        category,
        title=tidy(title),
        department_id=document.department_id,
        made_or_changed_on=found.day,
        content={"html": OUTLINE, "attribute": "proactive", "theme": document.draft.theme},
        facts={"kind": Kind.INTERPRETATION},
    )
    links.add(found.actor, made.pk, item_id, kind=LinkKind.INTERPRETS)
    return reverse("work_item_edit", args=[made.pk])


def _usual(categories: tuple[CategoryChoice, ...]) -> str:
    return next((str(c.id) for c in categories if c.key == CATEGORY), "")


def _line(row: access.Wanting) -> tuple[object, ...]:
    return (
        row.title,
        row.document_number,
        row.kind,
        row.department,
        row.published_on.isoformat(),
        row.due.isoformat() if row.due else "",
        told(row),
        row.index_number,
    )


def told(row: access.Wanting) -> str:
    """How it stands with the interpretation, in words."""
    if row.excused:
        return f"不需要解读：{row.excused}"
    if row.begun is not None:
        return f"解读{row.begun[1]}"
    return "已超过期限，还没有起草" if row.is_late else "还没有起草"
