"""How are the body's documents cleaned up on the screen: proposals, decisions, the result, the changes it asks for?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai_web.agencies import access as agencies
from gongkai_web.agencies.doors import role, standing
from gongkai_web.agencies.roles import CONTENT, Role
from gongkai_web.agencies.standing import Standing
from gongkai_web.agencies.texts import day, day_or_none, tidy
from gongkai_web.publishing import access, campaigns, register
from gongkai_web.publishing.access.campaigns import STATES
from gongkai_web.publishing.access.choices import category_choices
from gongkai_web.publishing.actions import campaigns as acts
from gongkai_web.publishing.models import Campaign, Item, Kind
from gongkai_web.trail import reading
from gongkai_web.ui.refusals import BadForm
from gongkai_web.workbench import sections
from gongkai_web.workbench.filters import asked, filters_of
from gongkai_web.workbench.item_fields import number
from gongkai_web.workbench.tables import xlsx_of
from gongkai_web.workbench.today import urgency

FILTERS = ("state", "proposal", "department", "text")
YEARS = 6
RESULT_CATEGORY = "notices"
MOST_AT_ONCE = 200
HISTORY = 20


@require_http_methods(["GET", "POST"])
@role(*CONTENT)
def cleanups(request: HttpRequest) -> HttpResponse:
    """Every clean-up, the figures of a year, and the form that begins another."""
    found = standing(request)
    values: dict[str, Any] = {
        "year": found.day.year,
        "title": f"{found.day.year}年规范性文件清理",
        "kinds": [Kind.NORMATIVE],
        "categories": [],
    }
    errors: dict[str, str] = {}
    if request.method == "POST":
        values = _typed(request)
        try:
            made = acts.begin(found.actor, found.body.pk, **_taken(values))
            return redirect(f"{reverse('work_cleanup', args=[made.pk])}?done=begun")
        except BadForm as form:
            errors = form.errors
    year = number(request.GET.get("year", "")) or found.day.year
    words = {
        "rows": access.campaign_list(found.person.pk, found.body),
        "may_lead": found.holds(Role.UNIT_HEAD),
        "values": values,
        "errors": errors,
        "kinds": [(k.value, k.label) for k in campaigns.KINDS],
        "categories": [(c.id, "　" * c.depth + c.name) for c in category_choices(found.body, found.day)],
        "year": year,
        "years": range(found.day.year, found.day.year - YEARS, -1),
        "counts": _counts(found, year),
    }
    return render(request, "workbench/cleanups.html", words, status=422 if errors else 200)


@require_safe
@role(*CONTENT)
def cleanup(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """One clean-up with its documents, filtered as the address says."""
    return _page(request, campaign_id)


@require_safe
@role(*CONTENT)
def export(request: HttpRequest, campaign_id: int) -> HttpResponseBase:
    """What the filters show, as a table."""
    found = standing(request)
    page = access.campaign_page(found.person.pk, found.body, campaign_id, **asked(filters_of(request, FILTERS)))
    head = (
        ("文件", 48), ("发文字号", 22), ("成文日期", 12), ("起草科室", 18), ("清理意见", 10), ("理由", 36), ("依据", 30), ("提出人", 10),
        ("决定", 10), ("决定人", 10), ("退回理由", 30),
    )  # fmt: skip
    lines = (
        (
            e.title, e.document_number, e.made_on.isoformat(), e.department, e.proposal_word, e.reason, e.by_document, e.proposed_by,
            e.decision_word, e.decided_by, e.returned_why,
        )
        for e in page.entries
    )  # fmt: skip
    return xlsx_of(page.row.title, head, lines)


@require_POST
@role(*acts.DECIDERS)
def agree(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Agree to the proposals that were ticked, each by an act of its own."""
    found = standing(request)
    page = access.campaign_page(found.person.pk, found.body, campaign_id)
    ticked = {n for n in map(number, request.POST.getlist("entry")[:MOST_AT_ONCE]) if n is not None}
    chosen = [e for e in page.entries if e.id in ticked and e.may_decide]
    if not chosen:
        return _page(request, campaign_id, {"entry": "请先勾选等您决定的文件。"})
    for entry in chosen:
        acts.decide(found.actor, entry.id, agree=True)
    return redirect(f"{reverse('work_cleanup', args=[campaign_id])}?done=decided")


@require_POST
@role(Role.UNIT_HEAD)
def conclude(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Draft the announcement of the result."""
    found = standing(request)
    access.campaign_page(found.person.pk, found.body, campaign_id)
    try:
        made = acts.conclude(found.actor, campaign_id, category_id=number(request.POST.get("category", "")) or 0)
    except BadForm as form:
        return _page(request, campaign_id, form.errors)
    return redirect(f"{reverse('work_item_edit', args=[made.pk])}?done=concluded")


@require_POST
@role(Role.UNIT_HEAD)
def move(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Ask for the proposals by another day."""
    found = standing(request)
    access.campaign_page(found.person.pk, found.body, campaign_id)
    given = {name: request.POST.get(name, "") for name in ("until_day", "seen")}
    try:
        days = {name: day(text, "提出意见的期限", field="until_day") for name, text in given.items()}
        acts.move(found.actor, campaign_id, **days, reason=tidy(request.POST.get("reason", "")))
    except BadForm as form:
        return _page(request, campaign_id, form.errors, "move")
    return redirect(f"{reverse('work_cleanup', args=[campaign_id])}?done=moved")


@require_POST
@role(Role.UNIT_HEAD)
def give_up(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """End a clean-up that was begun by mistake."""
    found = standing(request)
    access.campaign_page(found.person.pk, found.body, campaign_id)
    try:
        acts.give_up(found.actor, campaign_id, reason=tidy(request.POST.get("reason", "")))
    except BadForm as form:
        return _page(request, campaign_id, form.errors, "give_up")
    return redirect(f"{reverse('work_cleanup', args=[campaign_id])}?done=given_up")


@require_POST
@role(Role.UNIT_HEAD)
def apply(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Put every change that the result asks for before who signs it, each by an act of its own."""
    found = standing(request)
    access.campaign_page(found.person.pk, found.body, campaign_id)
    for entry in campaigns.to_apply(Campaign.objects.get(pk=campaign_id)):
        acts.apply(found.actor, entry.pk)
    return redirect(f"{reverse('work_cleanup', args=[campaign_id])}?done=submitted")


@require_safe
@role(*CONTENT)
def entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """One document of a clean-up with what was said of it."""
    return _entry(request, entry_id)


@require_POST
@role(*CONTENT)
def propose(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Say what should become of it."""
    words = {k: tidy(request.POST.get(k, "")) for k in ("validity", "reason", "by_document")}
    return _done(request, entry_id, "propose", lambda found: acts.propose(found.actor, entry_id, **words), "proposed")


@require_POST
@role(*CONTENT)
def decide(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Agree, or send the proposal back."""
    agreed = "agree" in request.POST
    reason = tidy(request.POST.get("reason", ""))
    said = "decided" if agreed else "returned"
    return _done(request, entry_id, "decide", lambda found: acts.decide(found.actor, entry_id, agree=agreed, reason=reason), said)


def _done(request: HttpRequest, entry_id: int, section: str, do: Callable[[Standing], object], said: str) -> HttpResponse:
    found = standing(request)
    row, _ = access.campaign_entry(found.person.pk, found.body, entry_id)
    address = f"{reverse('work_cleanup', args=[row.id])}?done={said}"
    return sections.sent(lambda: do(found), lambda wrong: _entry(request, entry_id, section, wrong), lambda _: address)


def _entry(request: HttpRequest, entry_id: int, section: str = "", errors: Mapping[str, str] | None = None) -> HttpResponse:
    found = standing(request)
    row, shown = access.campaign_entry(found.person.pk, found.body, entry_id)
    words = {
        "row": row,
        "entry": shown,
        "section": section,
        "errors": errors or {},
        "values": request.POST
        if errors
        else {"validity": shown.proposal, "reason": shown.reason, "by_document": shown.by_document},
        "proposals": campaigns.PROPOSALS,
        "urgency": urgency(row.until_day, found.day),
    }
    return render(request, "workbench/cleanup_entry.html", words, status=422 if errors else 200)


def _page(request: HttpRequest, campaign_id: int, errors: dict[str, str] | None = None, section: str = "") -> HttpResponse:
    found = standing(request)
    filters = filters_of(request, FILTERS)
    page = access.campaign_page(found.person.pk, found.body, campaign_id, **asked(filters))
    categories = category_choices(found.body, found.day)
    usual = next((str(c.id) for c in categories if c.key == RESULT_CATEGORY), "")
    words = {
        "page": page,
        "row": page.row,
        "filters": filters,
        "query": urlencode(filters),
        "states": STATES,
        "proposals": campaigns.PROPOSALS,
        "departments": [(str(d.id), d.name) for d in agencies.departments(found.body, closed=True)],
        "categories": [(c.id, "　" * c.depth + c.name) for c in categories],
        "values": {k: request.POST.get(k, v) for k, v in (("category", usual), ("reason", ""), ("until_day", ""))},
        "section": section,
        "errors": errors or {},
        "may_decide": any(e.may_decide for e in page.entries),
        "history": reading.history("campaign", str(campaign_id), HISTORY),
        "urgency": urgency(page.row.until_day, found.day),
    }
    return render(request, "workbench/cleanup.html", words, status=422 if errors else 200)


def _counts(found: Standing, year: int) -> list[tuple[str, list[tuple[str, int, list[tuple[int, str]]]]]]:
    """The figures of the yearly return with the documents behind each."""
    years = register.documents_of_year(found.body, min(max(year, 2000), 2200))
    keys = {k for y in years for k in (*y.made_items, *y.repealed_items, *y.in_force_items)}
    titles = dict(Item.objects.filter(pk__in=keys).values_list("id", "draft__title"))
    return [
        (
            Kind(y.kind).label,
            [
                (word, len(items), [(k, titles[k]) for k in items])
                for word, items in (
                    ("本年制发件数", y.made_items),
                    ("本年废止件数", y.repealed_items),
                    ("现行有效件数", y.in_force_items),
                )
            ],
        )
        for y in years
    ]


def _typed(request: HttpRequest) -> dict[str, Any]:
    post = request.POST
    values: dict[str, Any] = {k: post.get(k, "") for k in ("year", "title", "made_until", "until_day")}
    return {**values, "kinds": post.getlist("kinds"), "categories": [n for n in map(number, post.getlist("categories")) if n]}


def _taken(values: dict[str, Any]) -> dict[str, Any]:
    return {
        "year": number(str(values["year"])) or 0,
        "title": tidy(values["title"]),
        "kinds": values["kinds"],
        "categories": values["categories"],
        "made_until": day_or_none(values["made_until"], "成文日期截至", field="made_until"),
        "until_day": day(values["until_day"], "提出意见的期限", field="until_day"),
    }
