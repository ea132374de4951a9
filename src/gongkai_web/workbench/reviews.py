"""What waits for review, and how does a reviewer look at it, pass it, return it, hand it on, or record what was signed on paper?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from gongkai_web.agencies.doors import role, standing
from gongkai_web.agencies.roles import CONTENT, Role
from gongkai_web.agencies.standing import Standing
from gongkai_web.agencies.texts import day, tidy_lines, within
from gongkai_web.flow import reviews as open_reviews
from gongkai_web.flow.actions import handing
from gongkai_web.flow.actions import review as acts
from gongkai_web.flow.models import Review, Verdict
from gongkai_web.publishing import access, paper
from gongkai_web.trail import reading
from gongkai_web.ui.refusals import NotHere
from gongkai_web.workbench import sections
from gongkai_web.workbench.item_acts import resolved
from gongkai_web.workbench.item_fields import number
from gongkai_web.workbench.margins import numbered
from gongkai_web.workbench.today import urgency
from gongkai_web.workbench.uploading import CHOICES, one_file

HISTORY = 40
SHEETS = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of two versions side by side; ``kind`` is same, changed or skipped."""

    kind: str
    before: str
    after: str


@require_safe
@role(*CONTENT)
def queue(request: HttpRequest) -> HttpResponse:
    """What waits: one's own turns first, then the others' with whose turn it is."""
    found = standing(request)
    rows = access.waiting(found.person.pk, found.body)
    words = {
        "mine": [r for r in rows if r.is_mine],
        "others": [r for r in rows if not r.is_mine],
        "may_hand_over": found.holds(Role.UNIT_HEAD, Role.SIGNING_LEADER),
        "is_secrecy": found.holds(Role.SECRECY_OFFICER),
        "day": found.day,
    }
    return render(request, "workbench/reviews.html", words)


@require_safe
@role(*CONTENT)
def review(request: HttpRequest, key: int) -> HttpResponse:
    """One review."""
    return _page(request, key)


@require_POST
@role(*CONTENT)
def pass_step(request: HttpRequest, key: int) -> HttpResponse:
    """通过."""

    def do(found: Standing) -> str:
        acts.pass_step(found.actor, key, _step(request), digest=request.POST.get("digest", ""), opinion=_opinion(request))
        return "passed"

    return _done(request, key, "decide", do)


@require_POST
@role(*CONTENT)
def return_step(request: HttpRequest, key: int) -> HttpResponse:
    """退回, with the reason."""

    def do(found: Standing) -> str:
        acts.return_step(found.actor, key, _step(request), digest=request.POST.get("digest", ""), opinion=_opinion(request))
        return "returned"

    return _done(request, key, "decide", do)


@require_POST
@role(*CONTENT)
def hand(request: HttpRequest, key: int) -> HttpResponse:
    """移交 to another who may decide it."""

    def do(found: Standing) -> str:
        handing.hand(
            found.actor, key, _step(request), to_id=number(request.POST.get("to", "")) or 0, reason=_opinion(request, "reason")
        )
        return "handed"

    return _done(request, key, "hand", do)


@require_safe
@role(*CONTENT)
def sheet(request: HttpRequest, key: int, form: str) -> HttpResponse:
    """The sheet to be printed and signed (审批单)."""
    found = standing(request)
    if form not in paper.FORMATS:
        raise NotHere("审批单只有 docx 和 pdf 两种格式。")
    data = paper.sheet(found.person.pk, found.body, key, form)
    response = HttpResponse(data, content_type=SHEETS[form])
    response.headers["Content-Disposition"] = content_disposition_header(True, f"审批单-{key}.{form}") or ""
    return response


@require_POST
@role(*CONTENT)
def record_paper(request: HttpRequest, key: int) -> HttpResponse:
    """Record what was decided on the printed sheet."""

    def do(found: Standing) -> str:
        signed_on = day(request.POST.get("signed_on", ""), "签批日期", field="signed_on")
        acts.record_paper(
            found.actor,
            key,
            _step(request),
            code=request.POST.get("code", "")[:40],
            verdict=request.POST.get("verdict", ""),
            signer_id=number(request.POST.get("signer", "")) or 0,
            signed_on=signed_on,
            scan=one_file(request, found, "scan"),
            opinion=_opinion(request, "paper_opinion"),
        )
        return "recorded"

    return _done(request, key, "paper", do)


@require_POST
@role(*CONTENT)
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Take back what was sent to review."""
    found = standing(request)
    shown = access.review_page(found.person.pk, found.body, key)
    acts.withdraw(found.actor, key)
    return redirect(f"{reverse('work_item', args=[shown.item_id])}?done=taken_back")


@require_POST
@role(*CONTENT)
def resolve(request: HttpRequest, key: int, fingerprint: str) -> HttpResponse:
    """Say of a hit why it may stand, from the page of the review."""
    found = standing(request)
    item_id = access.review_page(found.person.pk, found.body, key).item_id
    return _done(request, key, f"hit-{fingerprint}", lambda who: resolved(request, who, item_id, fingerprint), stays=True)


def _done(request: HttpRequest, key: int, section: str, do: Callable[[Standing], str], *, stays: bool = False) -> HttpResponse:
    found = standing(request)
    access.review_page(found.person.pk, found.body, key)
    address, anchor = reverse("work_review", args=[key]), "#hits" if stays else ""
    return sections.sent(
        lambda: do(found), lambda wrong: _page(request, key, section, wrong), lambda said: f"{address}?done={said}{anchor}"
    )


def _page(request: HttpRequest, key: int, section: str = "", errors: Mapping[str, str] | None = None) -> HttpResponse:
    found = standing(request)
    shown = access.review_page(found.person.pk, found.body, key)
    hits, text = numbered(shown.hits, shown.version.content.html if shown.version else "")
    difference = shown.version.difference if shown.version else {}
    turn = next((s for s in shown.review.steps if s.is_turn), None)
    words: dict[str, Any] = {
        "page": shown,
        "review": shown.review,
        "row": shown.row,
        "cut": shown.version,
        "text": text,
        "hits": hits,
        "open_hits": [n for n in hits if n.hit.is_open],
        "lines": sides(difference.get("text", [])),
        "difference": difference,
        "turn": turn,
        "receivers": _receivers(found, shown) if turn else [],
        "may_resolve": found.holds(Role.CLERK, Role.UNIT_HEAD, Role.DEPARTMENT_REVIEWER, Role.SECRECY_OFFICER)
        and turn is not None,
        "verdicts": Verdict.choices,
        "history": _history(shown),
        "urgency": urgency(shown.row.due_on, found.day) if shown.row.due_on else None,
        "upload_choices": CHOICES,
        "today": found.day,
    }
    return sections.page(request, "workbench/review.html", words, section, errors)


def _history(shown: access.ReviewPage) -> list[reading.EntryView]:
    """What was done, the newest first. A change of validity is proposed for the item and decided as its validity: both are told."""
    kinds = ("item", "validity") if shown.subject_kind == "validity" else (shown.subject_kind,)
    entries = [e for kind in kinds for e in reading.history(kind, str(shown.item_id), HISTORY)]
    return sorted(entries, key=lambda e: e.recorded_at, reverse=True)[:HISTORY]


def sides(lines: list[dict[str, Any]]) -> list[Line]:
    """A prepared difference as two columns: what was removed stands beside what was put in its place."""
    found: list[Line] = []
    removed: list[str] = []
    added: list[str] = []

    def flush() -> None:
        for n in range(max(len(removed), len(added))):
            found.append(Line("changed", removed[n] if n < len(removed) else "", added[n] if n < len(added) else ""))
        removed.clear()
        added.clear()

    for line in lines:
        if line["kind"] == "removed":
            removed.append(line["text"])
        elif line["kind"] == "added":
            added.append(line["text"])
        else:
            flush()
            skipped = f"（中间 {line['count']} 段没有变化）" if line["kind"] == "skipped" else ""
            found.append(Line(line["kind"], skipped or line["text"], skipped or line["text"]))
    flush()
    return found


def _receivers(found: Standing, shown: access.ReviewPage) -> list[tuple[int, str]]:
    """To whom the present step could be handed; nobody when this person may not hand it on."""
    if shown.why_not and not found.holds(Role.UNIT_HEAD):
        return []
    kept = Review.objects.select_related("body").get(pk=shown.review.id)
    turn = open_reviews.turn(kept)
    return [(p.pk, p.name) for p in handing.receivers(kept, turn) if p.pk != found.person.pk] if turn else []


def _step(request: HttpRequest) -> int:
    return number(request.POST.get("step", "")) or 0


def _opinion(request: HttpRequest, field: str = "opinion") -> str:
    return within(
        tidy_lines(request.POST.get(field, "")), "理由" if field == "reason" else "意见", 2000, field=field.removeprefix("paper_")
    )
