"""How is the work of an absent person given to another in one act, and what lies with somebody who cannot work on it any more?"""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai_web.agencies import access
from gongkai_web.agencies.doors import role, standing
from gongkai_web.agencies.roles import CONTENT, ROLE_WORDS, Role
from gongkai_web.agencies.standing import Standing
from gongkai_web.agencies.texts import tidy, within
from gongkai_web.publishing.access.stranded import stranded
from gongkai_web.publishing.actions import standing_facts
from gongkai_web.ui.refusals import BadForm, NotPossible
from gongkai_web.workbench.item_fields import number
from gongkai_web.workbench.today import Group, Matter


@require_http_methods(["GET", "POST"])
@role(Role.UNIT_HEAD, Role.SIGNING_LEADER)
def hand_over(request: HttpRequest) -> HttpResponse:
    """Choose who is away and who takes over."""
    found = standing(request)
    values = {k: request.POST.get(k, "") for k in ("absent", "to", "reason")}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            absent, to = number(values["absent"]), number(values["to"])
            if absent is None or to is None:
                missing = {"absent": "请选择谁不在岗。"} if absent is None else {}
                raise BadForm({**missing, **({"to": "请选择由谁接手。"} if to is None else {})})
            done = standing_facts.hand_over(
                found.actor,
                found.body.pk,
                absent_id=absent,
                to_id=to,
                reason=within(tidy(values["reason"]), "原因", 200, field="reason"),
            )
            names = {p.id: p.name for p in access.people(found.body, found.day)}
            told = {"outcome": done, "absent": names.get(absent, ""), "to": names.get(to, "")}
            # Shown at once and not after a redirect: what was not handed over must not be missed.
            return render(request, "workbench/review_handed_over.html", told)
        except BadForm as form:
            errors = form.errors
        except NotPossible as refused:
            errors = {"to": str(refused)}
    content = {ROLE_WORDS[r] for r in CONTENT}
    people = [p for p in access.people(found.body, found.day) if content.intersection(p.roles)]
    named = [(str(p.id), f"{p.name}（{'、'.join(r for r in p.roles if r in content)}）") for p in people]
    active = {str(p.id) for p in people if p.active}
    words = {"values": values, "errors": errors, "absent": named, "takers": [n for n in named if n[0] in active]}
    return render(request, "workbench/review_hand_over.html", words, status=422 if errors else 200)


def matters(standing: Standing) -> Sequence[Matter]:
    """For the unit head: what is on nobody's page, because its keeper left or drafts for another department now."""
    if not standing.holds(Role.UNIT_HEAD):
        return ()
    return tuple(
        Matter(
            Group.MINE,
            f"给《{row.title}》换经办人",
            f"{row.stage_word}，经办人{row.keeper}已经不在岗，或者职责管不到这个科室，没有人在办。",
            reverse("work_item", args=[row.id]),
        )
        for row in stranded(standing.body, standing.day)
    )
