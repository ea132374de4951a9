"""What was made of the comments, line by line, and how does that become an item to be reviewed and published?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongkai_web.agencies.doors import role, standing
from gongkai_web.agencies.roles import CONTENT
from gongkai_web.agencies.standing import Standing
from gongkai_web.comment_periods import access, adoption
from gongkai_web.comment_periods.actions import opinions as acts
from gongkai_web.comment_periods.actions import periods
from gongkai_web.comment_periods.models import Adoption
from gongkai_web.flow import sent_forms
from gongkai_web.publishing import access as publishing
from gongkai_web.publishing.actions import items
from gongkai_web.ui.refusals import NotHere, NotPossible
from gongkai_web.workbench import sections
from gongkai_web.workbench.item_fields import number as number_of


@require_safe
@role(*CONTENT)
def table(request: HttpRequest, number: int) -> HttpResponse:
    """The adoption table."""
    return _page(request, number)


@require_POST
@role(*CONTENT)
def add(request: HttpRequest, number: int) -> HttpResponse:
    """A line more."""

    def do(found: Standing) -> object:
        def added() -> str:
            acts.add(found.actor, number, **_given(request))
            return reverse("work_comment_adoption", args=[number])

        return sent_forms.once(request, found.person.pk, added)

    return _done(request, number, "add", do)


@require_POST
@role(*CONTENT)
def change(request: HttpRequest, number: int, key: int) -> HttpResponse:
    """Another wording, another decision, or away with it."""

    def do(found: Standing) -> object:
        page = access.adoption_page(found.person.pk, found.body, number)
        if not any(o.id == key for o in page.opinions):
            raise NotHere("没有这一类意见，可能已经删去。")
        if "remove" in request.POST:
            return acts.remove(found.actor, key)
        return acts.edit(found.actor, key, **_given(request))

    return _done(request, number, f"opinion-{key}", do)


@require_POST
@role(*CONTENT)
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """Make the account an item, or bring its draft up to the table. It is public only after its review, like every item."""
    found = standing(request)
    page = access.adoption_page(found.person.pk, found.body, number)
    account = adoption.account_of(number)
    if page.feedback is not None:
        return redirect(f"{reverse('work_item', args=[_renewed(found, page.feedback.id, account)])}?done=saved")
    return redirect(sent_forms.once(request, found.person.pk, lambda: _begun(found, number, account)))


def _begun(found: Standing, number: int, account: adoption.Account) -> str:
    made = items.create(
        found.actor,
        found.body.pk,
        account.category_id,
        title=account.title,
        department_id=account.department_id,
        content=account.content,
        facts=account.facts,
    )
    # Should the second act fail, the draft is there and can be named on the period's page.
    periods.tie(found.actor, number, part="feedback", item_id=made.pk)
    return f"{reverse('work_item', args=[made.pk])}?done=saved"


def _renewed(found: Standing, item_id: int, account: adoption.Account) -> int:
    there = publishing.item_page(found.person.pk, found.body, item_id)
    if "publishing.item.edit" not in there.possible:
        raise NotPossible(f"采纳情况{there.row.standing}，草稿现在不能更新。已经公开的，请先在信息页面办理更正。")
    content = {name: account.content[name] for name in ("html", "summary", "basis")}
    items.edit(found.actor, item_id, revision=there.revision, content=content)
    return item_id


def _given(request: HttpRequest) -> dict[str, Any]:
    chosen = [key for written in request.POST.getlist("comments") if (key := number_of(written)) is not None]
    return {
        "summary": request.POST.get("summary", ""),
        "adoption": request.POST.get("adoption", ""),
        "reason": request.POST.get("reason", ""),
        "comment_ids": chosen,
    }


def _done(request: HttpRequest, number: int, section: str, do: Callable[[Standing], object]) -> HttpResponse:
    found = standing(request)
    access.period_page(found.person.pk, found.body, number)
    address = f"{reverse('work_comment_adoption', args=[number])}?done=saved"
    return sections.sent(lambda: do(found), lambda wrong: _page(request, number, section, wrong), lambda _: address)


def _page(request: HttpRequest, number: int, section: str = "", errors: Mapping[str, str] | None = None) -> HttpResponse:
    found = standing(request)
    page = access.adoption_page(found.person.pk, found.body, number)
    words = {
        "page": page,
        "row": page.period,
        "chosen": {number_of(w) for w in request.POST.getlist("comments")} if errors else set(),
        "adoptions": Adoption.choices,
        "token": request.POST.get(sent_forms.FIELD, "") or sent_forms.token(),
    }
    return sections.page(request, "workbench/comment_adoption.html", words, section, errors)
