"""How does a clerk write his annual report: fill in the form as printed, see the checks beside it, take the documents?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.errors import BadInput
from gongkai.returns import Report, edition, edition_for, editions
from gongkai.writing import FIRST_YEAR, FORMATS, LAST_YEAR, form
from gongkai.writing.layout import PrintedCell, PrintedTable, printed_tables
from gongkai.writing.merge import merged
from gongkai_web.oversight import drafts, rooms
from gongkai_web.oversight.drafts import Draft
from gongkai_web.oversight.marks import Marks, marks
from gongkai_web.oversight.passages import passages
from gongkai_web.oversight.views.answers import document, read_upload, report_document

BEIJING = ZoneInfo("Asia/Shanghai")


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Choose edition and year, or open an earlier form."""
    year = dt.datetime.now(BEIJING).year - 1
    if request.method == "POST":
        return _begin(request)
    room = rooms.room_or_none(request)
    return render(
        request,
        "oversight/write_start.html",
        {
            "year": year,
            "editions": editions(),
            "default": edition_for(year),
            "drafts": drafts.drafts(room) if room else (),
            "problems": {},
            "typed": {},
        },
    )


def _begin(request: HttpRequest) -> HttpResponse:
    typed = {name: request.POST.get(name, "").strip() for name in ("edition", "year", "agency")}
    problems = {}
    year = int(typed["year"]) if typed["year"].isascii() and typed["year"].isdigit() and len(typed["year"]) == 4 else None
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        problems["year"] = "年度写成四位数字，例如 2025。"
    chosen = edition_for(year) if year is not None and not typed["edition"] else None
    if typed["edition"]:
        chosen = edition(typed["edition"])
    if chosen is None and "year" not in problems:
        problems["edition"] = f"{typed['year']}年没有全国统一的格式，请自己选择一种格式。"
    if problems or year is None or chosen is None:
        words = {
            "year": typed["year"],
            "editions": editions(),
            "default": chosen,
            "drafts": (),
            "problems": problems,
            "typed": typed,
        }
        return render(request, "oversight/write_start.html", words, status=422)
    made = drafts.new_draft(rooms.own_room(request), chosen, typed["agency"], year)
    return redirect("write_draft", made.key)


@require_POST
def open_earlier(request: HttpRequest) -> HttpResponse:
    """Continue from a file: a filled form, or any report that can be read."""
    reports = [r for r in read_upload(request) if r.edition is not None]
    if not reports:
        raise BadInput("这个文件里没有认出任何一种格式的报表。请打开由本程序生成的报表，或者一份带有统计表的年报。")
    made = drafts.adopt(rooms.own_room(request), max(reports, key=lambda r: r.year or 0))
    return redirect("write_draft", made.key)


@require_safe
def blank_form(request: HttpRequest, edition_key: str) -> HttpResponse:
    """The blank form as a workbook, for those who fill it in with WPS or Excel."""
    chosen = edition(edition_key)
    return document(form(chosen, None, None), "xlsx", f"年报表（{chosen.short[0]}）")


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """The form as printed, with the findings beside it; saving and checking is one step."""
    if request.method != "POST":
        return _page(request, drafts.draft(rooms.room(request), key))
    saved = _save(request, key)
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse(_panel(request, saved))
    return redirect(reverse("write_draft", args=[key]) + "#findings")


def _save(request: HttpRequest, key: str) -> Draft:
    room = rooms.changing_room(request)
    old = drafts.draft(room, key)
    typed = drafts.as_typed(old.report, request.POST.dict())
    if request.POST.get("act") == "totals":
        typed = drafts.filled_totals(typed)
    if typed == old.report:
        return old
    version = request.POST.get("version", "")
    return drafts.save(room, old, typed, int(version) if version.isdigit() else -1)


def _page(request: HttpRequest, draft: Draft) -> HttpResponse:
    report = drafts.with_optional(draft.report)
    return render(
        request,
        "oversight/write_edit.html",
        {
            "draft": draft,
            "edition": draft.edition,
            "sections": _sections(draft.report, printed_tables(report)),
            "own_name": _own_names(report),
            "formats": FORMATS,
            **_findings(draft),
        },
    )


def _findings(draft: Draft) -> dict[str, Any]:
    blank = [f for f in draft.report.figures if not f.text]
    # An empty form is not a faulty one: nothing is held against a clerk who has not begun.
    begun = len(blank) < len(draft.report.figures)
    made = marks(draft.report, drafts.judged(draft) if begun else ())
    lines = drafts.text_lines(draft.report)
    return {
        "marks": made,
        "computed": drafts.computed(draft.report),
        "filled": len(draft.report.figures) - len(blank),
        "cells": len(draft.report.figures),
        "saved_at": dt.datetime.fromtimestamp(draft.saved, BEIJING),
        "link": "",
        "passages_of": {m.number: passages([p for p in m.places if p.line is not None], lines) for m in made.numbered},
    }


def _panel(request: HttpRequest, draft: Draft) -> dict[str, object]:
    """What the page's script needs after a saving: it shows, and judges nothing itself."""
    words = _findings(draft)
    made: Marks = words["marks"]
    return {
        "version": draft.version,
        "saved": words["saved_at"].strftime("%H:%M:%S"),
        "panel": render_to_string("oversight/write_panel.html", {"draft": draft, **words}, request),
        "cells": {
            c: {"numbers": "、".join(str(m.number) for m in ms), "level": ms[0].finding.status.value}
            for c, ms in made.by_code.items()
        },
        "computed": words["computed"],
        "values": {f.code: f.text for f in draft.report.figures if f.code},
    }


def _sections(report: Report, tables: tuple[PrintedTable, ...]) -> list[dict[str, object]]:
    """Every section in order: its title, its text, the tables that stand in it; tables of no section come last."""
    held = {s.title: "\n".join(s.paragraphs) for s in report.sections}
    titles = drafts.section_titles(report)
    made: list[dict[str, object]] = [
        {"number": i, "title": title, "text": held.get(title, ""), "tables": [t for t in tables if t.section == title and title]}
        for i, title in enumerate(titles)
    ]
    loose = [t for t in tables if t.section is None or t.section not in titles]
    if loose:
        made.append({"number": None, "title": "", "text": "", "tables": loose})
    return made


def _own_names(report: Report) -> Callable[[PrintedCell], str]:
    """How a printed cell of a body's own row is named as a field: counted in the order of the report."""
    assert report.edition is not None
    own = {id(f): i for i, f in enumerate(f for f in report.figures if f.code is None or f.code not in report.edition.cells)}
    return lambda cell: f"{drafts.LOCAL}{own[id(cell.figure)]}" if id(cell.figure) in own else ""


@require_POST
def previous(request: HttpRequest, key: str) -> HttpResponse:
    """Lay last year's report beside the draft, or take it away."""
    room = rooms.changing_room(request)
    draft = drafts.draft(room, key)
    if request.POST.get("act") == "remove":
        drafts.set_previous(room, key, None)
        return redirect("write_draft", key)
    reports = [r for r in read_upload(request) if r.edition is not None]
    if not reports:
        raise BadInput("这个文件里没有认出任何一种格式的报表，不能用来对照。请选择上一年度的年报。")
    wanted = (draft.report.year or 0) - 1
    drafts.set_previous(room, key, next((r for r in reports if r.year == wanted), reports[0]))
    return redirect("write_draft", key)


@require_POST
def text(request: HttpRequest, key: str) -> HttpResponse:
    """Take the text of the sections from a document; figures stay as they are."""
    room = rooms.changing_room(request)
    draft = drafts.draft(room, key)
    found = read_upload(request, prose=True)
    if len(found) != 1:
        raise BadInput(f"这个文件里有 {len(found)} 份年报，不能确定用哪一份的正文。请只保留一份。")
    drafts.save(room, draft, merged(draft.report, found[0]), draft.version)
    return redirect("write_draft", key)


@require_POST
def delete(request: HttpRequest, key: str) -> HttpResponse:
    """Remove a draft."""
    room = rooms.room(request)
    drafts.draft(room, key)
    room.remove("drafts", key)
    return redirect("write")


@require_safe
def download(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """The draft as a document; blank totals are computed unless the address says otherwise."""
    draft = drafts.draft(rooms.room(request), key)
    report = draft.report if request.GET.get("totals") == "blank" else drafts.filled_totals(draft.report)
    return report_document(report, form, (draft.previous,) if draft.previous else ())
