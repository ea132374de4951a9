"""How is a page of a checked PDF shown with the places of its findings outlined?"""

from __future__ import annotations

import base64

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.errors import BadInput
from gongkai_web.oversight import batches, readers, rooms, verdicts
from gongkai_web.oversight.cuts import on_page, outlines
from gongkai_web.oversight.marks import marks
from gongkai_web.oversight.rooms import GONE, Room
from gongkai_web.oversight.views.check import with_previous
from gongkai_web.ui.refusals import NotHere


@require_safe
def page(request: HttpRequest, key: str, number: int, index: int, page: int) -> HttpResponse:
    """A page with everything outlined that findings speak of, and those findings beside it."""
    room = rooms.room(request)
    shown, beside = with_previous(room, batches.result(room, key, number, index), request.GET.get("previous", ""))
    if not 1 <= page <= len(shown.pages):
        raise NotHere(GONE)
    made = marks(shown.report, shown.findings)
    found = on_page(made, page)
    chosen = request.GET.get("finding", "")
    width, height = shown.pages[page - 1]
    words = {
        "result": shown,
        "report": shown.report,
        "beside": beside,
        "page": page,
        "width": width,
        "height": height,
        "found": found,
        "outlines": outlines(found, page),
        "chosen": int(chosen) if chosen.isdigit() and len(chosen) < 6 else 0,
        "others": [n for n in range(1, len(shown.pages) + 1) if on_page(made, n)],
        "verdicts": verdicts.on(shown.findings, verdicts.verdicts(room)),
    }
    return render(request, "oversight/check_page.html", words)


@require_safe
def picture(request: HttpRequest, key: str, number: int, page: int) -> HttpResponse:
    """The picture of a page of a PDF that lies in this room."""
    return HttpResponse(_drawn(rooms.room(request), key, number, page), content_type="image/png")


def _drawn(room: Room, key: str, number: int, page: int) -> bytes:
    """Drawn once by a reading process, then kept in the room; looking prolongs nothing."""
    name = f"{number}-page-{page}.png"
    if room.has("batches", key, name):
        return room.bytes_of("batches", key, name)
    drawn = readers.draw_now(room.bytes_of("batches", key, f"{number}-source.pdf"), page)
    if "picture" not in drawn:
        raise BadInput("这一页画不出来。请打开原来的 PDF 文件对照，位置见检查结果里的文字。")
    data = base64.b64decode(drawn["picture"])
    if room.has("batches", key, "batch.json") and room.has_space(len(data)):
        room.keep(data, "batches", key, name)
    return data
