"""How does a person check reports: hand in files, watch, see what is wrong and where, set two years side by side?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.checking import check
from gongkai.errors import NotFound
from gongkai.writing.charts import charts
from gongkai.writing.layout import printed_tables
from gongkai_web.oversight import batches, rooms, verdicts
from gongkai_web.oversight.batches import Result
from gongkai_web.oversight.comparison import Choice, choices, comparison
from gongkai_web.oversight.cuts import cuts
from gongkai_web.oversight.marks import marks
from gongkai_web.oversight.passages import passages
from gongkai_web.oversight.rooms import GONE, Room
from gongkai_web.oversight.uploads import Upload, received
from gongkai_web.oversight.views.answers import findings_document, report_document
from gongkai_web.ui.refusals import NotHere

# A picture opened by itself is a document; it may style itself and do nothing else.
PICTURE_POLICY = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "sandbox": [""]}


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Hand in reports."""
    problem = ""
    offered = samples()
    if request.method == "POST":
        uploads = offered if request.POST.get("act") == "samples" else received(request, "files")
        if uploads:
            return redirect("check_batch", batches.start(rooms.own_room(request), uploads))
        problem = "没有选择文件，或者上传中断。请先选择一个或几个文件，再按“开始检查”。"
    room = rooms.room_or_none(request)
    words = {"batches": batches.batches(room) if room else (), "problem": problem, "samples": len(offered)}
    return render(request, "oversight/check_start.html", words, status=422 if problem else 200)


def samples() -> tuple[Upload, ...]:
    """The sample reports that came with the program, none where they did not."""
    folder = Path(settings.SAMPLES)
    listed = folder / "demo.txt"
    if listed.is_file():
        lines = [line.split("\t") for line in listed.read_text(encoding="utf-8").splitlines()]
        return tuple(Upload(name, (folder / path).read_bytes()) for path, name in lines)
    if not folder.is_dir():
        return ()
    return tuple(Upload(p.name, p.read_bytes()) for p in sorted(folder.iterdir()) if p.is_file())


@require_safe
def batch(request: HttpRequest, key: str) -> HttpResponse:
    """How far a batch has come, and its results."""
    room = rooms.room(request)
    template = "oversight/check_progress.html" if request.headers.get("HX-Request") else "oversight/check_batch.html"
    taken, here = (request.GET.get(name, "") for name in ("taken", "here"))
    words = {
        "batch": batches.batch(room, key),
        "verdicts": verdicts.verdicts(room),
        "taken": (int(taken), int(here)) if taken.isdigit() and here.isdigit() and len(taken + here) < 12 else None,
    }
    return render(request, template, words)


@require_safe
def batch_findings(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """The findings of a whole batch."""
    room = rooms.room(request)
    results = [batches.result(room, key, r.number, r.report) for r in batches.batch(room, key).reports]
    return findings_document([(r.report, r.findings) for r in results], form, "年报检查结果", verdicts.verdicts(room))


@require_safe
def result(request: HttpRequest, key: str, number: int, index: int) -> HttpResponse:
    """One report: tables as printed with numbered faults, findings with their passages, charts."""
    return result_page(request, rooms.room(request), key, number, index, request.GET.get("previous", ""))


def result_page(
    request: HttpRequest, room: Room, key: str, number: int, index: int, previous: str, refused: tuple[int, str] = (0, "")
) -> HttpResponse:
    """The page of one report; ``refused`` is the number of a finding whose verdict was not taken, and why."""
    shown, beside = with_previous(room, batches.result(room, key, number, index), previous)
    report = shown.report
    made = marks(report, shown.findings)
    own = f"{key}.{number}-{index}"
    others = tuple(c for c in choices(room) if c.ref != own and c.edition)
    before = next((c for c in others if c.agency and c.agency == report.agency and c.year == (report.year or 0) - 1), None)
    return render(
        request,
        "oversight/check_result.html",
        {
            "result": shown,
            "report": report,
            "tables": printed_tables(report),
            "marks": made,
            "passages_of": {m.number: passages(m.places, shown.passages) for m in made.numbered},
            "charts": charts(report, (beside.report,) if beside else ()),
            "beside": beside,
            "others": others,
            "before": before if beside is None else None,
            "own": own,
            "verdicts": verdicts.on((m.finding for m in made.numbered), verdicts.verdicts(room)),
            "cuts_of": {m.number: cuts(m.places, shown.pages) for m in made.numbered},
            "refused": refused,
            "typed": request.POST,
        },
        status=422 if refused[0] else 200,
    )


def with_previous(room: Room, shown: Result, ref: str) -> tuple[Result, Result | None]:
    """The result checked against another one as the year before, when one is named."""
    if not ref:
        return shown, None
    beside = _named(room, ref)
    return replace(shown, findings=check(shown.report, beside.report)), beside


@require_safe
@csp_replace(PICTURE_POLICY)  # type: ignore[arg-type]  # its types forget that views take arguments
def chart(request: HttpRequest, key: str, number: int, index: int, chart: int) -> HttpResponse:
    """One chart as a picture."""
    room = rooms.room(request)
    shown, beside = with_previous(room, batches.result(room, key, number, index), request.GET.get("previous", ""))
    drawn = charts(shown.report, (beside.report,) if beside else ())
    if chart >= len(drawn):
        raise NotHere(GONE)
    return HttpResponse(drawn[chart].svg, content_type="image/svg+xml")


@require_safe
def findings(request: HttpRequest, key: str, number: int, index: int, form: str) -> HttpResponse:
    """One report's findings as a file."""
    room = rooms.room(request)
    shown, _ = with_previous(room, batches.result(room, key, number, index), request.GET.get("previous", ""))
    return findings_document([(shown.report, shown.findings)], form, "年报检查结果", verdicts.verdicts(room))


@require_safe
def download(request: HttpRequest, key: str, number: int, index: int, form: str) -> HttpResponse:
    """The report as read, in one of the formats we write."""
    report = batches.result(rooms.room(request), key, number, index).report
    if report.edition is None:
        raise NotFound("这份年报没有认出统计表，不能转换成别的格式。")
    return report_document(report, form)


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two years of one body side by side."""
    room = rooms.room_or_none(request)
    offered: tuple[Choice, ...] = tuple(c for c in choices(room) if c.edition) if room else ()
    first, second = request.GET.get("a", ""), request.GET.get("b", "")
    made = None
    if room is not None and first and second:
        made = comparison(_named(room, first).report, _named(room, second).report)
    return render(request, "oversight/compare.html", {"choices": offered, "a": first, "b": second, "comparison": made})


def _named(room: Room, ref: str) -> Result:
    """The result a reference (batch.file-report) names in this room."""
    key, _, rest = ref.partition(".")
    number, _, index = rest.partition("-")
    if not (number.isdigit() and index.isdigit()):
        raise NotHere(GONE)
    return batches.result(room, key, int(number), int(index))
