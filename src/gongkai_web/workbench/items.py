"""Which items are there, and how is a new one begun?"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from gongkai_web.agencies import access as agencies
from gongkai_web.agencies.doors import role, standing
from gongkai_web.agencies.roles import CONTENT
from gongkai_web.agencies.standing import Standing
from gongkai_web.agencies.texts import day, tidy
from gongkai_web.flow import sent_forms
from gongkai_web.publishing import access
from gongkai_web.publishing.access.choices import category_choices
from gongkai_web.publishing.access.inspection import SEEN_BY
from gongkai_web.publishing.access.sorting import ordered
from gongkai_web.publishing.actions import items as acts
from gongkai_web.publishing.drafting import DRAFTERS
from gongkai_web.publishing.models import Attribute, Kind, Stage
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotHere
from gongkai_web.workbench.filters import asked, filters_of
from gongkai_web.workbench.item_fields import number
from gongkai_web.workbench.tables import csv_of
from gongkai_web.workbench.today import urgency

SIZE = 50
YEARS = 12
FILTERS = ("stage", "category", "department", "kind", "attribute", "public", "due", "year", "mine", "text", "sort")
SORTS = (("due", "公开期限"), ("made", "形成日期"), ("number", "索引号"))
"""The headings that put the list in order; without one, those changed last stand first."""
ORDERS = (
    ("", "最近变动的在前"), ("due", "公开期限早的在前"), ("-due", "公开期限晚的在前"), ("made", "形成日期晚的在前"),
    ("-made", "形成日期早的在前"), ("number", "索引号大的在前"), ("-number", "索引号小的在前"),
)  # fmt: skip
"""The same orders for a narrow screen, which has no headings."""
PUBLIC = (("public", "正在公开"), ("scheduled", "定时待公开"), ("not_public", "没有公开"))
DUE = (("overdue", "已超过期限"), ("soon", "五日内到期"))


@require_safe
@role(*CONTENT)
def items(request: HttpRequest) -> HttpResponse:
    """The list, filtered as the address says."""
    found = standing(request)
    filters = filters_of(request, FILTERS)
    listing = access.staff_list(
        found.person.pk,
        found.body,
        **_asked(filters),
        after=request.GET.get("after") or None,
        before=request.GET.get("before") or None,
        size=SIZE,
    )
    rows = [(r, urgency(r.due_on, found.day) if r.due_on else None) for r in listing.rows]
    years = [(str(y), f"{y}年") for y in range(found.day.year, found.day.year - YEARS, -1)]
    words = {
        "rows": rows,
        "listing": listing,
        "filters": filters,
        "query": urlencode(filters),
        "next": urlencode({**filters, "after": listing.next_key}) if listing.next_key else "",
        "previous": urlencode({**filters, "before": listing.previous_key}) if listing.previous_key else "",
        "selects": _selects(found, years),
        "sorts": _sorts(filters),
        "orders": ORDERS,
        "narrowed": any(k != "sort" for k in filters),
        "may_draft": found.holds(*DRAFTERS),
        "may_inspect": found.holds(*SEEN_BY),
        "has_categories": bool(category_choices(found.body, found.day)),
    }
    return render(request, "workbench/items.html", words)


@require_safe
@role(*CONTENT)
def export(request: HttpRequest) -> HttpResponseBase:
    """What the filters show, as a table."""
    found = standing(request)
    wanted = _asked(filters_of(request, FILTERS))
    access.staff_list(
        found.person.pk, found.body, **wanted, size=1
    )  # a filter that is not there is refused before the first byte
    head = (
        "索引号",
        "标题",
        "发文字号",
        "栏目",
        "科室",
        "文件类型",
        "公开属性",
        "进展",
        "说明",
        "形成日期",
        "公开期限",
        "经办人",
        "最近变动",
    )
    lines = (
        (
            r.index_number, r.title, r.document_number, r.category_name, r.department, r.kind, r.attribute, r.standing, r.why,
            r.made_or_changed_on.isoformat(), r.due_on.isoformat() if r.due_on else "", r.keeper,
            r.changed_at.astimezone(clock.BEIJING).strftime("%Y-%m-%d %H:%M"),
        )
        for r in access.staff_rows(found.person.pk, found.body, **wanted)
    )  # fmt: skip
    return csv_of("信息", head, lines)


@require_http_methods(["GET", "POST"])
@role(*CONTENT)
def new(request: HttpRequest) -> HttpResponse:
    """First the category, then the title: what it rests on and by when it is to be public is said before anything is typed."""
    found = standing(request)
    if not found.holds(*DRAFTERS):
        raise NotAllowed(f"新建信息由经办人或者公开工作机构负责人办理，您在{found.body.name}没有这项职责。")
    choices = category_choices(found.body, found.day)
    key = request.POST.get("category", "") or request.GET.get("category", "")
    chosen = next((c for c in choices if c.key == key), None)
    if key and chosen is None and request.method == "GET":
        raise NotHere("本机关没有这个栏目，可能已经停用。请重新选择栏目。")
    if chosen is None:
        return render(request, "workbench/item_new_category.html", {"choices": choices})
    values = {"title": "", "department": _own_department(found), "kind": "general", "made_or_changed_on": found.day.isoformat()}
    errors: dict[str, str] = {}
    token = sent_forms.token()
    if request.method == "POST":
        values = {k: request.POST.get(k, "") for k in values}
        token = request.POST.get(sent_forms.FIELD, "")
        try:
            return redirect(sent_forms.once(request, found.person.pk, lambda: _created(found, chosen.id, values)))
        except BadForm as form:
            errors = form.errors
            token = token or sent_forms.token()
    words = {
        "chosen": chosen,
        "values": values,
        "errors": errors,
        "token": token,
        "departments": [(str(d.id), d.name) for d in agencies.departments(found.body)],
        "kinds": Kind.choices,
        "today": found.day,
    }
    return render(request, "workbench/item_new.html", words, status=422 if errors else 200)


def _created(found: Standing, category_id: int, values: dict[str, str]) -> str:
    made_on = day(values["made_or_changed_on"], "形成或者变更日期", field="made_or_changed_on")
    made = acts.create(
        found.actor,
        found.body.pk,
        category_id,
        title=tidy(values["title"]),
        department_id=number(values["department"]),
        made_or_changed_on=made_on,
        facts={"kind": values["kind"]},
    )
    return reverse("work_item_edit", args=[made.pk])


def _own_department(found: Standing) -> str:
    placed = agencies.person(found.body, found.person.pk, found.day).department_id if _placed(found) else None
    return str(placed or "")


def _placed(found: Standing) -> bool:
    return any(p.id == found.person.pk for p in agencies.people(found.body, found.day))


def _asked(filters: dict[str, str]) -> dict[str, Any]:
    return {**asked(filters, ("department", "year")), "mine": "mine" in filters}


def _sorts(filters: dict[str, str]) -> dict[str, tuple[str, str, str]]:
    """For each heading that sorts: the address of its next order, which way it sorts now (for aria-sort), and what a click does.

    A click sorts, a second one turns round, a third one goes back to those changed last.
    """
    now = filters.get("sort", "")
    rest = {k: v for k, v in filters.items() if k != "sort"}
    found = {}
    for key, word in SORTS:
        then = {"": key, key: f"-{key}"}.get(now if now.removeprefix("-") == key else "", "")
        up = ordered(now).largest_first is False if now.removeprefix("-") == key else None
        hint = f"按{word}倒过来排" if then.startswith("-") else f"按{word}排" if then else "按最近变动排"
        address = urlencode({**rest, "sort": then} if then else rest)
        found[key] = (address, "none" if up is None else "ascending" if up else "descending", hint)
    return found


def _selects(found: Standing, years: list[tuple[str, str]]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Each select of the filters: name, label, options."""
    return [
        ("stage", "进展", list(Stage.choices)),
        ("category", "栏目", [(c.key, "　" * c.depth + c.name) for c in category_choices(found.body, found.day)]),
        ("department", "科室", [(str(d.id), d.name) for d in agencies.departments(found.body, closed=True)]),
        ("kind", "文件类型", list(Kind.choices)),
        ("attribute", "公开属性", [(a.value, a.label) for a in Attribute if a is not Attribute.UNSET]),
        ("public", "公开情况", list(PUBLIC)),
        ("due", "期限", list(DUE)),
        ("year", "形成年份", years),
    ]
