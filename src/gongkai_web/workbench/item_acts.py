"""Which acts does somebody carry out on an item from its page?"""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from gongkai_web.agencies.doors import role
from gongkai_web.agencies.roles import CONTENT
from gongkai_web.agencies.standing import Standing
from gongkai_web.agencies.texts import day, day_or_none, tidy, tidy_lines, within
from gongkai_web.publishing.actions import hits, items, publication, revocations, rework, scheduling, standing_facts
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm
from gongkai_web.workbench.item_fields import number
from gongkai_web.workbench.item_page import done

SHORT, LONG = 300, 1000
"""So many characters of a sentence, and of a reason over several lines, are kept."""


@require_POST
@role(*CONTENT)
def submit(request: HttpRequest, item_id: int) -> HttpResponse:
    """Send to review, to be public at once or at a set time when approved."""

    def do(found: Standing) -> str:
        items.submit(found.actor, item_id, revision=_revision(request), publish_at=_instant(request, "publish_at"))
        return "submitted"

    return done(request, item_id, "submit", do)


@require_POST
@role(*CONTENT)
def publish(request: HttpRequest, item_id: int) -> HttpResponse:
    """Publish what was approved."""

    def do(found: Standing) -> str:
        publication.publish(found.actor, item_id, at=_instant(request, "at"))
        return "published"

    return done(request, item_id, "publish", do)


@require_POST
@role(*CONTENT)
def handed_over(request: HttpRequest, item_id: int) -> HttpResponse:
    """Say where and when it was published elsewhere."""

    def do(found: Standing) -> str:
        publication.confirm_hand_over(
            found.actor,
            item_id,
            to=_line(request, "to", "发布的网站", 100),
            address=_line(request, "address", "网页地址", 500),
            on=day(request.POST.get("on", ""), "发布日期", field="on"),
        )
        return "published"

    return done(request, item_id, "handed_over", do)


@require_POST
@role(*CONTENT)
def reschedule(request: HttpRequest, item_id: int) -> HttpResponse:
    """Another time, or at once; or called off."""

    def do(found: Standing) -> str:
        if "cancel" in request.POST:
            scheduling.cancel(found.actor, item_id, reason=_reason(request))
            return "called_off"
        scheduling.reschedule(found.actor, item_id, at=_instant(request, "at"))
        return "saved"

    return done(request, item_id, "schedule", do)


@require_POST
@role(*CONTENT)
def withdraw(request: HttpRequest, item_id: int) -> HttpResponse:
    """Take down at once."""

    def do(found: Standing) -> str:
        shown = _line(request, "tombstone", "公众看到的说明", SHORT)
        words = {"tombstone": shown} if shown else {}
        publication.withdraw(found.actor, item_id, reason=_reason(request), **words)
        return "withdrawn"

    return done(request, item_id, "withdraw", do)


@require_POST
@role(*CONTENT)
def revoked(request: HttpRequest, item_id: int) -> HttpResponse:
    """Say that the decision was revoked."""

    def do(found: Standing) -> str:
        revocations.record(
            found.actor,
            item_id,
            revoked_on=day(request.POST.get("revoked_on", ""), "撤销日期", field="revoked_on"),
            by_document=_line(request, "by_document", "撤销依据", 200),
            note=_line(request, "note", "说明", SHORT),
        )
        return "recorded"

    return done(request, item_id, "revoked", do)


@require_POST
@role(*CONTENT)
def correct(request: HttpRequest, item_id: int) -> HttpResponse:
    """Open the text for a correction."""

    def do(found: Standing) -> str:
        rework.correct(found.actor, item_id, note=_line(request, "note", "更正说明", SHORT))
        return "taken_up"

    return done(request, item_id, "correct", do)


@require_POST
@role(*CONTENT)
def reopen(request: HttpRequest, item_id: int) -> HttpResponse:
    """Begin anew what was withdrawn or withheld."""

    def do(found: Standing) -> str:
        rework.reopen(found.actor, item_id, reason=_reason(request))
        return "taken_up"

    return done(request, item_id, "reopen", do)


@require_POST
@role(*CONTENT)
def discard(request: HttpRequest, item_id: int) -> HttpResponse:
    """Give up a draft."""

    def do(found: Standing) -> str:
        rework.discard(found.actor, item_id, reason=_reason(request))
        return "discarded"

    return done(request, item_id, "discard", do)


@require_POST
@role(*CONTENT)
def reassess(request: HttpRequest, item_id: int) -> HttpResponse:
    """Look again at what is not public."""

    def do(found: Standing) -> str:
        result = request.POST.get("result", "")
        if result not in {"publish", "keep"}:
            raise BadForm({"result": "请选择可以公开还是仍不公开。"})
        next_on = day_or_none(request.POST.get("next_on", ""), "下一次评估的日期", field="next_on")
        standing_facts.reassess(found.actor, item_id, to_publish=result == "publish", reason=_reason(request), next_on=next_on)
        return "reassessed"

    return done(request, item_id, "reassess", do)


@require_POST
@role(*CONTENT)
def classify(request: HttpRequest, item_id: int) -> HttpResponse:
    """Another category, department, 五公开: what is not part of the approval."""

    def do(found: Standing) -> str:
        facts = {
            "category": number(request.POST.get("category", "")),
            "department": number(request.POST.get("department", "")),
            "five_kinds": request.POST.getlist("five_kinds"),
        }
        standing_facts.classify(found.actor, item_id, facts=facts)
        return "saved"

    return done(request, item_id, "classify", do)


@require_POST
@role(*CONTENT)
def assign(request: HttpRequest, item_id: int) -> HttpResponse:
    """Give it to another to keep."""

    def do(found: Standing) -> str:
        to = number(request.POST.get("to", ""))
        if to is None:
            raise BadForm({"to": "请选择交给哪一位经办人。"})
        standing_facts.assign(found.actor, item_id, to_id=to)
        return "handed"

    return done(request, item_id, "assign", do)


@require_POST
@role(*CONTENT)
def resolve(request: HttpRequest, item_id: int, fingerprint: str) -> HttpResponse:
    """Say of a hit why it may stand, or take that back."""
    return done(request, item_id, f"hit-{fingerprint}", lambda found: resolved(request, found, item_id, fingerprint))


def resolved(request: HttpRequest, found: Standing, item_id: int, fingerprint: str) -> str:
    """The same for the page of a review."""
    if "reopen" in request.POST:
        hits.reopen(found.actor, item_id, fingerprint=fingerprint)
        return "reopened_hit"
    kind, reason = request.POST.get("kind", ""), _line(request, "reason", "理由", SHORT)
    hits.resolve(found.actor, item_id, fingerprint=fingerprint, kind=kind, reason=reason)
    return "resolved"


def _reason(request: HttpRequest) -> str:
    return within(tidy_lines(request.POST.get("reason", "")), "理由", LONG, field="reason")


def _line(request: HttpRequest, field: str, what: str, longest: int) -> str:
    return within(tidy(request.POST.get(field, "")), what, longest, field=field)


def _revision(request: HttpRequest) -> int:
    return number(request.POST.get("revision", "")) or 0


def _instant(request: HttpRequest, field: str) -> dt.datetime | None:
    """The set time in Beijing, None for at once."""
    if field == "at" and request.POST.get("when") not in {"now", "later"}:
        # What makes something public at once is said, never left out.
        raise BadForm({field: "请选择立即公开还是定时公开。"})
    if request.POST.get("when") != "later":
        return None
    try:
        written = dt.datetime.fromisoformat(request.POST.get(field, "").strip())
    except ValueError:
        raise BadForm({field: "请填写公开的日期和时间。"}) from None
    return written.replace(tzinfo=clock.BEIJING)
