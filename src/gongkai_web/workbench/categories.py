"""Under which categories does the body publish, by which steps and numbers, and how is that arranged on the screen?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from gongkai_web.agencies.doors import role, standing
from gongkai_web.agencies.roles import CONTENT, ROLE_WORDS, Role
from gongkai_web.agencies.standing import Standing
from gongkai_web.agencies.texts import tidy, within
from gongkai_web.publishing import bases
from gongkai_web.publishing.access.choices import arrangement_of, category_choices, category_settings, periods
from gongkai_web.publishing.actions import arrangement as acts
from gongkai_web.publishing.models import Channel
from gongkai_web.publishing.versions import TITLES
from gongkai_web.ui.refusals import BadForm, NotHere
from gongkai_web.workbench.item_fields import number

REQUIRABLE = ("document_number", "theme", "genre", "made_on", "effective_on", "keywords", "source", "basis")
SPARE_STEPS = 2
LIST = "/work/items/categories/"


@require_http_methods(["GET", "POST"])
@role(*CONTENT, Role.SYSTEM_ADMINISTRATOR)
def categories(request: HttpRequest) -> HttpResponse:
    """The categories in use and the arrangement; a body without any is given the standard ones."""
    found = standing(request)
    if request.method == "POST":
        acts.begin(found.actor, found.body.pk)
        return redirect(f"{LIST}?done=arranged")
    words = {
        "rows": category_choices(found.body, found.day),
        "arranged": arrangement_of(found.body),
        "may_arrange": found.holds(*acts.ARRANGERS),
    }
    return render(request, "workbench/item_categories.html", words)


@require_http_methods(["GET", "POST"])
@role(*acts.ARRANGERS)
def new(request: HttpRequest) -> HttpResponse:
    """One more category."""
    found = standing(request)
    values: dict[str, Any] = {"channel": Channel.PORTAL, "period": "publish.limit", "bases": [], "required": [], "steps": []}
    errors: dict[str, str] = {}
    if request.method == "POST":
        values = _typed(request.POST)
        try:
            taken = _taken(values)
            taken.pop("position")
            acts.add_category(found.actor, found.body.pk, key=values["key"], **taken)
            return redirect(f"{LIST}?done=registered")
        except BadForm as form:
            errors = form.errors
    return _form(request, found, values, errors, "")


@require_http_methods(["GET", "POST"])
@role(*acts.ARRANGERS)
def category(request: HttpRequest, key: str) -> HttpResponse:
    """Change one category."""
    found = standing(request)
    kept = category_settings(found.body, key)
    values: dict[str, Any] = {
        "key": kept.key, "name": kept.name, "parent_id": kept.parent_id or "", "position": kept.position, "summary": kept.summary,
        "channel": kept.channel, "period": kept.period, "bases": kept.bases, "required": kept.required, "steps": kept.steps,
    }  # fmt: skip
    errors: dict[str, str] = {}
    if request.method == "POST":
        values = {**_typed(request.POST), "key": key}
        try:
            acts.change_category(found.actor, kept.id, values=_taken(values))
            return redirect(f"{LIST}?done=saved")
        except BadForm as form:
            errors = form.errors
    return _form(request, found, values, errors, key, kept.items)


@require_POST
@role(*acts.ARRANGERS)
def close(request: HttpRequest, key: str) -> HttpResponse:
    """Close one; what is in it stays public."""
    found = standing(request)
    acts.close_category(found.actor, category_settings(found.body, key).id)
    return redirect(f"{LIST}?done=closed")


@require_http_methods(["GET", "POST"])
@role(*acts.ARRANGERS)
def arrangement(request: HttpRequest) -> HttpResponse:
    """The body's steps, index numbers, and the words and names that its scan looks for."""
    found = standing(request)
    kept = arrangement_of(found.body)
    if kept is None:
        raise NotHere("请先在“公开栏目”页面设立公开栏目和审核环节。")
    values: dict[str, Any] = {
        "index_pattern": kept.index_pattern,
        "area_code": kept.area_code,
        "steps": kept.steps,
        "words": "\n".join("　".join(filter(None, w)) for w in kept.words),
        "names": "\n".join(kept.names),
        "reassess_months": kept.reassess_months,
    }
    errors: dict[str, str] = {}
    if request.method == "POST":
        post = request.POST
        values = {k: post.get(k, "") for k in ("index_pattern", "area_code", "words", "names", "reassess_months")}
        values["steps"] = _steps(post)
        try:
            acts.arrange(found.actor, found.body.pk, values=_practice(values))
            return redirect(f"{LIST}?done=saved")
        except BadForm as form:
            errors = form.errors
    words = {"values": values, "errors": errors, "deciders": _deciders(), "spare": SPARE_STEPS}
    return render(request, "workbench/item_arrangement.html", words, status=422 if errors else 200)


def _practice(values: dict[str, Any]) -> dict[str, Any]:
    lines = [line.strip() for line in values["words"].splitlines() if line.strip()]
    split = [line.replace("\t", "　").partition("　") for line in lines]
    return {
        "index_pattern": values["index_pattern"].strip(),
        "area_code": within(tidy(values["area_code"]), "地区代码", 20, field="area_code"),
        "steps": [{"title": tidy(title), "role": who} for title, who in values["steps"]],
        "words": [
            {"text": _word(word), "note": within(tidy(note), "每条敏感词的说明", 100, field="words")}
            if note.strip()
            else _word(word)
            for word, _, note in split
        ],
        "names": [
            within(tidy(line), "每行一个人名，人名", 40, field="names") for line in values["names"].splitlines() if line.strip()
        ],
        "reassess_months": number(str(values["reassess_months"])) or 0,
    }


def _word(typed: str) -> str:
    return within(tidy(typed), "每行一个敏感词，敏感词", 40, field="words")


def _typed(post: QueryDict) -> dict[str, Any]:
    values: dict[str, Any] = {
        k: post.get(k, "") for k in ("key", "name", "parent_id", "position", "summary", "channel", "period")
    }
    return {**values, "bases": post.getlist("bases"), "required": post.getlist("required"), "steps": _steps(post)}


def _steps(post: QueryDict) -> list[tuple[str, str]]:
    titles, roles = post.getlist("step_title"), post.getlist("step_role")
    return [(t, r) for t, r in zip(titles, roles, strict=False) if t.strip() or r]


def _taken(values: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": tidy(values["name"]),
        "parent_id": number(str(values["parent_id"])),
        "position": number(str(values["position"])) or 0,
        "summary": within(tidy(values["summary"]), "说明", 200, field="summary"),
        "channel": values["channel"],
        "period": values["period"],
        "bases": values["bases"],
        "required": values["required"],
        "steps": [{"title": tidy(title), "role": who} for title, who in values["steps"]],
    }


def _form(
    request: HttpRequest, found: Standing, values: dict[str, Any], errors: dict[str, str], key: str, items: int = 0
) -> HttpResponse:
    words = {
        "values": values,
        "errors": errors,
        "key": key,
        "items": items,
        "parents": [(c.id, "　" * c.depth + c.name) for c in category_choices(found.body, found.day) if c.key != key],
        "all_bases": bases.bases(),
        "channels": Channel.choices,
        "periods": periods(found.day),
        "requirable": [(name, TITLES[name]) for name in REQUIRABLE],
        "deciders": _deciders(),
        "spare": SPARE_STEPS,
    }
    return render(request, "workbench/item_category.html", words, status=422 if errors else 200)


def _deciders() -> list[tuple[str, str]]:
    return [(r.value, ROLE_WORDS[r]) for r in acts.DECIDERS]
