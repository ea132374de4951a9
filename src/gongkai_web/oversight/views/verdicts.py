"""How does a person say what is to be done about a finding, and carry what he said from here to the command line and back?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongkai.checking.verdicts import dump
from gongkai.errors import BadInput
from gongkai.kernel import Finding
from gongkai_web.oversight import batches, rooms, verdicts
from gongkai_web.oversight.marks import marks
from gongkai_web.oversight.rooms import GONE, Room
from gongkai_web.oversight.uploads import received
from gongkai_web.oversight.views.answers import document
from gongkai_web.oversight.views.check import result_page, with_previous
from gongkai_web.ui.refusals import NotHere

NAME = "处理意见"


@require_POST
def decide(request: HttpRequest, key: str, number: int, index: int) -> HttpResponse:
    """Keep, change or withdraw the verdict on one finding, and come back to it."""
    room = rooms.changing_room(request)
    previous = request.POST.get("previous", "")
    shown, _ = with_previous(room, batches.result(room, key, number, index), previous)
    mark = next((m for m in marks(shown.report, shown.findings).numbered if m.finding.fingerprint == _asked(request)), None)
    if mark is None:
        raise NotHere(GONE)
    try:
        if request.POST.get("act") == "withdraw":
            verdicts.withdraw(room, mark.finding)
        else:
            verdicts.decide(room, mark.finding, request.POST.get("ruling", ""), request.POST.get("reason", ""))
    except BadInput as error:
        return result_page(request, room, key, number, index, previous, refused=(mark.number, str(error)))
    query = f"?previous={previous}" if previous else ""
    return redirect(f"{reverse('check_result', args=[key, number, index])}{query}#f-{mark.number}")


def _asked(request: HttpRequest) -> str:
    return request.POST.get("fingerprint", "")


@require_POST
def load(request: HttpRequest, key: str) -> HttpResponse:
    """Take the verdicts of a file into the room, and come back to the batch."""
    room = rooms.changing_room(request)
    found = batches.batch(room, key)
    uploads = received(request, "file")
    if not uploads:
        raise BadInput("没有选择文件，或者上传中断。请先选择处理意见文件，再按“载入”。")
    taken = verdicts.take(room, uploads[0])
    here = len(set(taken) & {fingerprint for r in found.reports for fingerprint in r.asked})
    return redirect(f"{reverse('check_batch', args=[key])}?taken={len(taken)}&here={here}#verdicts")


@require_safe
def download(request: HttpRequest, key: str) -> HttpResponse:
    """The verdicts on the findings of a batch, as ``gongkai check --verdicts`` reads them."""
    room = rooms.room(request)
    return _file(
        room, [f for r in batches.batch(room, key).reports for f in batches.result(room, key, r.number, r.report).findings]
    )


@require_safe
def download_one(request: HttpRequest, key: str, number: int, index: int) -> HttpResponse:
    """The verdicts on the findings of one report."""
    room = rooms.room(request)
    shown, _ = with_previous(room, batches.result(room, key, number, index), request.GET.get("previous", ""))
    return _file(room, shown.findings)


def _file(room: Room, findings: list[Finding] | tuple[Finding, ...]) -> HttpResponse:
    made = verdicts.on(findings, verdicts.verdicts(room))
    return document(dump(made, f"{NAME}.toml").encode(), "toml", NAME)
