"""Which notice boards and screens are there, what hangs on them, and what must come down?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai_web.agencies import access as agencies
from gongkai_web.agencies import fronts
from gongkai_web.agencies.doors import role, standing
from gongkai_web.agencies.roles import CONTENT, ROLE_WORDS
from gongkai_web.agencies.standing import Standing
from gongkai_web.agencies.texts import day, day_or_none, tidy
from gongkai_web.flow import sent_forms
from gongkai_web.outlets import access, addresses
from gongkai_web.outlets.actions import hangings
from gongkai_web.outlets.actions import places as acts
from gongkai_web.outlets.models import Form, PlaceKind
from gongkai_web.publishing import access as publishing
from gongkai_web.publishing.drafting import DRAFTERS
from gongkai_web.ui.refusals import BadForm, NotPossible
from gongkai_web.workbench import sections
from gongkai_web.workbench.item_fields import number
from gongkai_web.workbench.today import Group, Matter

OFFERED = 12
FIELDS = ("kind", "name", "location", "keeper", "seconds")


@require_safe
@role(*CONTENT)
def places(request: HttpRequest) -> HttpResponse:
    """All of them, and what must come down first."""
    found = standing(request)
    words = {
        "rows": access.places(found.body),
        "urgent": access.to_change(found.body),
        "may_work": found.holds(*DRAFTERS),
        "today": found.day,
    }
    return render(request, "workbench/places.html", words)


@require_http_methods(["GET", "POST"])
@role(*DRAFTERS)
def new(request: HttpRequest) -> HttpResponse:
    """Register one."""
    found = standing(request)
    values = {"kind": PlaceKind.BOARD.value, "name": "", "location": "", "keeper": str(found.person.pk), "seconds": "20"}
    token = sent_forms.token()

    def do(values: Mapping[str, str]) -> str:
        def make() -> str:
            made = acts.open_place(found.actor, found.body.pk, kind=values["kind"], about=_about(values))
            return f"{reverse('work_place', args=[made.pk])}?done=registered"

        return sent_forms.once(request, found.person.pk, make)

    return _form(request, found, values, do, {"token": request.POST.get(sent_forms.FIELD, "") or token, "place": None})


@require_http_methods(["GET", "POST"])
@role(*DRAFTERS)
def edit(request: HttpRequest, place_id: int) -> HttpResponse:
    """Change one."""
    found = standing(request)
    shown = access.place_page(found.body, place_id).place
    values = {
        "kind": shown.kind,
        "name": shown.name,
        "location": shown.location,
        "keeper": str(shown.keeper_id),
        "seconds": str(shown.seconds),
    }

    def do(values: Mapping[str, str]) -> str:
        seen = request.POST.get("over", "") or request.POST.get("seen", "")
        acts.change_place(found.actor, place_id, about=_about(values), seen=seen)
        return f"{reverse('work_place', args=[place_id])}?done=saved"

    return _form(request, found, values, do, {"token": "", "place": shown})


@require_POST
@role(*DRAFTERS)
def close(request: HttpRequest, place_id: int) -> HttpResponse:
    """Give one up."""
    found = standing(request)
    access.place_page(found.body, place_id)
    acts.close_place(found.actor, place_id)
    return redirect(f"{reverse('work_places')}?done=ended")


@require_safe
@role(*CONTENT)
def place(request: HttpRequest, place_id: int) -> HttpResponse:
    """One of them: what hangs there, what hung there, what could be hung."""
    return _page(request, place_id)


@require_POST
@role(*DRAFTERS)
def down(request: HttpRequest, hanging_id: int) -> HttpResponse:
    """Something was taken down."""

    def do(found: Standing) -> None:
        hangings.take_down(found.actor, hanging_id, on_day=day(request.POST.get("on_day", ""), "撤下日期", field="on_day"))

    return _done(request, hanging_id, "down", do)


@require_POST
@role(*DRAFTERS)
def extend(request: HttpRequest, hanging_id: int) -> HttpResponse:
    """Something may hang longer."""

    def do(found: Standing) -> None:
        until = day_or_none(request.POST.get("until_day", ""), "张贴到的日期", field="until_day")
        hangings.extend(found.actor, hanging_id, until_day=until)

    return _done(request, hanging_id, "extend", do)


@require_POST
@role(*DRAFTERS)
def replace(request: HttpRequest, hanging_id: int) -> HttpResponse:
    """The new version hangs now."""
    return _done(request, hanging_id, "replace", lambda found: hangings.replace(found.actor, hanging_id))


@require_http_methods(["GET", "POST"])
@role(*CONTENT)
def hang(request: HttpRequest, item_id: int) -> HttpResponse:
    """An item: print it, hang it somewhere."""
    found = standing(request)
    shown = publishing.item_page(found.person.pk, found.body, item_id)
    access.item_of(found.body, item_id)
    values = {
        "place": request.GET.get("place", ""),
        "extent": Form.TEXT.value,
        "on_day": found.day.isoformat(),
        "until_day": "",
    }
    errors: dict[str, str] = {}
    token = request.POST.get(sent_forms.FIELD, "") or sent_forms.token()
    if request.method == "POST":
        values = {k: request.POST.get(k, "")[:40] for k in values}
        try:
            return redirect(sent_forms.once(request, found.person.pk, lambda: _hung(found, item_id, values)))
        except BadForm as form:
            errors = form.errors
    words = {
        "row": shown.row,
        "values": values,
        "errors": errors,
        "token": token,
        "places": [(str(p.id), f"{p.kind_word}：{p.name}（{p.location}）") for p in access.places(found.body)],
        "forms": Form.choices,
        "hanging": access.of_item(item_id),
        "may_work": found.holds(*DRAFTERS),
        "unreachable": addresses.reaches_nobody(front(request, found)),
    }
    return render(request, "workbench/hang.html", words, status=422 if errors else 200)


def matters(standing: Standing) -> Sequence[Matter]:
    """For the first page: what must come down or be replaced, before everything else for whoever looks after the place."""
    if not standing.holds(*DRAFTERS):
        return ()
    return tuple(_matter(v, standing) for v in access.to_change(standing.body))


def _matter(view: access.HangingView, standing: Standing) -> Matter:
    address = f"{reverse('work_place', args=[view.place_id])}#hanging-{view.id}"
    group = Group.MINE if view.keeper_id == standing.person.pk else Group.DUE
    kind = PlaceKind(view.place_kind).label
    if view.why:
        title = f"撤下{kind}“{view.place}”上的《{view.title}》"
        return Matter(group, title, f"{view.why}。请取下后登记。", address, due=view.since)
    title = f"更换{kind}“{view.place}”上的《{view.title}》"
    why = f"张贴的是第{view.version}版，现在公开的是第{view.newer}版。请打印新版换上。"
    return Matter(group, title, why, address, due=standing.day)


def front(request: HttpRequest, found: Standing) -> str:
    """What stands before the path of a public page in a printed code."""
    return fronts.server(request.scheme or "http", request.get_host()).front(found.body)


def _page(request: HttpRequest, place_id: int, section: str = "", errors: Mapping[str, str] | None = None) -> HttpResponse:
    found = standing(request)
    shown = access.place_page(found.body, place_id)
    text = tidy(request.GET.get("text", ""))[:80]
    may_work = found.holds(*DRAFTERS)
    words = {
        "page": shown,
        "place": shown.place,
        "may_work": may_work,
        "text": text,
        "offered": access.offered(found.person.pk, found.body, text, OFFERED) if may_work and shown.place.is_open else (),
        "today": found.day,
        "screen_address": f"{front(request, found)}/screens/{place_id}/" if shown.place.kind == PlaceKind.SCREEN else "",
    }
    return sections.page(request, "workbench/place.html", words, section, errors)


def _done(request: HttpRequest, hanging_id: int, what: str, do: Callable[[Standing], object]) -> HttpResponse:
    found = standing(request)
    place_id = access.place_of(found.body, hanging_id)
    section, address = f"{what}-{hanging_id}", f"{reverse('work_place', args=[place_id])}?done=recorded"
    return sections.sent(lambda: do(found), lambda wrong: _page(request, place_id, section, wrong), lambda _: address)


def _hung(found: Standing, item_id: int, values: Mapping[str, str]) -> str:
    place_id = number(values["place"])
    if place_id is None:
        raise BadForm({"place": "请选择张贴在哪里。"})
    hangings.hang(
        found.actor,
        item_id,
        place_id,
        form=values["extent"],
        on_day=day(values["on_day"], "张贴日期", field="on_day"),
        until_day=day_or_none(values["until_day"], "张贴到的日期", field="until_day"),
    )
    return f"{reverse('work_place', args=[place_id])}?done=recorded"


def _form(
    request: HttpRequest,
    found: Standing,
    values: dict[str, str],
    do: Callable[[Mapping[str, str]], str],
    more: Mapping[str, object],
) -> HttpResponse:
    errors: dict[str, str] = {}
    conflict = ""
    shown = more["place"]
    if request.method == "POST":
        values = {k: request.POST.get(k, values[k]) for k in FIELDS}
        try:
            return redirect(do(values))
        except BadForm as form:
            errors = form.errors
        except NotPossible as late:
            if not isinstance(shown, access.PlaceView) or not shown.is_open:
                raise
            conflict = str(late)
    words = {
        "values": values,
        "errors": errors,
        "conflict": conflict,
        # What a form that comes back was shown with stays what it was: somebody may have saved in between.
        "seen": request.POST.get("seen", "") if request.method == "POST" else getattr(shown, "mark", ""),
        "kinds": PlaceKind.choices,
        "keepers": _keepers(found, found.day),
        **more,
    }
    return render(request, "workbench/place_edit.html", words, status=409 if conflict else 422 if errors else 200)


def _about(values: Mapping[str, str]) -> acts.About:
    return acts.About(
        name=values["name"],
        location=values["location"],
        keeper_id=number(values["keeper"]),
        seconds=number(values["seconds"]) or 0,
    )


def _keepers(found: Standing, today: dt.date) -> list[tuple[str, str]]:
    drafting = {ROLE_WORDS[r] for r in DRAFTERS}
    return [(str(p.id), p.name) for p in agencies.people(found.body, today) if p.active and drafting.intersection(p.roles)]
