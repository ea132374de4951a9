"""What did the public say, which of it is shown, and how does a letter or a call come in?"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from openpyxl.styles import Alignment

from gongkai.writing.package import stable
from gongkai.writing.sheets import BOLD, new_sheet, new_workbook, put
from gongkai_web.agencies.doors import role, standing
from gongkai_web.agencies.roles import CONTENT
from gongkai_web.agencies.texts import day, tidy, tidy_lines
from gongkai_web.comment_periods import access, showing
from gongkai_web.comment_periods.access.staff import SIZE, VERDICT_WORDS
from gongkai_web.comment_periods.actions import comments as acts
from gongkai_web.comment_periods.actions import moderation
from gongkai_web.comment_periods.handling import PREPARERS
from gongkai_web.comment_periods.models import Way
from gongkai_web.flow import sent_forms
from gongkai_web.ui.refusals import BadForm, NotAllowed
from gongkai_web.workbench.item_fields import number as number_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = ("回执号", "方式", "收到日期", "姓名或者单位", "联系方式", "意见", "是否展示", "登记人", "采纳情况", "意见归类", "理由")
WIDTHS = (26, 20, 24, 30, 34, 100, 20, 22, 24, 60, 60)
WAYS = [(w.value, w.label) for w in Way if w is not Way.FORM]


@require_safe
@role(*CONTENT)
def received(request: HttpRequest, number: int) -> HttpResponse:
    """The comments of a period, those that wait first when asked for."""
    found = standing(request)
    page = access.period_page(found.person.pk, found.body, number)
    verdict = request.GET.get("verdict", "")
    after = number_of(request.GET.get("after", "")) or 0
    rows, count = access.comment_rows(found.person.pk, found.body, number, verdict=verdict, after=after)
    more = len(rows) > SIZE
    rows = rows[:SIZE]
    kept = {"verdict": verdict} if verdict else {}
    words = {
        "page": page,
        "row": page.row,
        "rows": rows,
        "count": count,
        "verdict": verdict,
        "verdicts": tuple(VERDICT_WORDS.items()),
        "next": urlencode({**kept, "after": rows[-1].id}) if more else "",
        "first": urlencode(kept) if after else "",
        "is_first": not after,
        "may_record": "record" in page.possible,
    }
    return render(request, "workbench/comment_received.html", words)


@require_safe
@role(*CONTENT)
def one(request: HttpRequest, number: int, key: int) -> HttpResponse:
    """One comment, with what the scan found in it."""
    return _one(request, number, key)


@require_POST
@role(*CONTENT)
def decide(request: HttpRequest, number: int, key: int) -> HttpResponse:
    """Show it, with what concerns persons hidden, or do not."""
    found = standing(request)
    page = access.comment_page(found.person.pk, found.body, number, key)
    reason = tidy_lines(request.POST.get("reason", ""))
    try:
        if request.POST.get("verdict") == "shown":
            chosen = {number_of(n) for n in request.POST.getlist("hide")}
            spans = [(s.start, s.end) for n, s in enumerate(page.spots) if n in chosen]
            words = [w for w in tidy_lines(request.POST.get("also", "")).split("\n") if w]
            missing = [w for w in words if w not in page.row.text]
            if missing:
                raise BadForm({"also": f"意见里没有这些文字：{'；'.join(missing[:3])}。请照原文抄写，一行一处。"})
            spans += showing.occurrences(page.row.text, words)
            moderation.show(found.actor, key, hidden=spans, reason=reason)
        elif request.POST.get("verdict") == "withheld":
            moderation.withhold(found.actor, key, reason=reason)
        else:
            raise BadForm({"verdict": "请选择展示还是不展示。"})
    except BadForm as form:
        return _one(request, number, key, form.errors)
    there = page.next_waiting or key
    return redirect(
        f"{reverse('work_comment_one', args=[number, there])}?done={'judged_next' if page.next_waiting else 'judged'}"
    )


@require_http_methods(["GET", "POST"])
@role(*CONTENT)
def record(request: HttpRequest, number: int) -> HttpResponse:
    """Enter what came by letter, mail, telephone or in person."""
    found = standing(request)
    page = access.period_page(found.person.pk, found.body, number)
    if not found.holds(*PREPARERS):
        raise NotAllowed("来信、来电由经办人或者公开工作机构负责人登记。")
    names = ("way", "received_on", "name", "contact", "text")
    values = dict.fromkeys(names, "")
    errors: dict[str, str] = {}
    token = sent_forms.token()
    if request.method == "POST":
        values = {name: request.POST.get(name, "")[: acts.MOST_TEXT * 2] for name in names}
        token = request.POST.get(sent_forms.FIELD, "")
        try:
            return redirect(sent_forms.once(request, found.person.pk, lambda: _recorded(found, number, values)))
        except BadForm as form:
            errors = form.errors
            token = token or sent_forms.token()
    words = {"page": page, "row": page.row, "values": values, "errors": errors, "token": token, "ways": WAYS, "most": acts}
    return render(request, "workbench/comment_record.html", words, status=422 if errors else 200)


@require_safe
@role(*CONTENT)
def export(request: HttpRequest, number: int) -> HttpResponse:
    """Every comment as a table, with who sent it: for the office alone."""
    found = standing(request)
    page = access.period_page(found.person.pk, found.body, number)
    data = _table(page.row.title, _lines(access.every_comment(found.person.pk, found.body, number)))
    response = HttpResponse(data, content_type=XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote('公众意见（内部使用）')}.xlsx"
    return response


def _recorded(found: Any, number: int, values: dict[str, str]) -> str:
    made = acts.record(
        found.actor,
        number,
        way=values["way"],
        text=values["text"],
        received_on=day(values["received_on"], "收到日期", field="received_on"),
        name=tidy(values["name"]),
        contact=tidy(values["contact"]),
    )
    return f"{reverse('work_comment_one', args=[number, made.pk])}?done=recorded"


def _one(request: HttpRequest, number: int, key: int, errors: dict[str, str] | None = None) -> HttpResponse:
    found = standing(request)
    page = access.comment_page(found.person.pk, found.body, number, key)
    spots = tuple(enumerate(page.spots))
    words = {
        "page": page,
        "row": page.period,
        "spots": spots,
        "pieces": _pieces(page.row.text, [s for _, s in spots]),
        "hidden": set(request.POST.getlist("hide")) if errors else {str(n) for n, s in spots if s.personal},
        "errors": errors or {},
        "values": request.POST if errors else {},
    }
    return render(request, "workbench/comment_one.html", words, status=422 if errors else 200)


def _pieces(text: str, spots: Iterable[showing.Spot]) -> list[tuple[str, bool]]:
    """The text cut at what the scan found: each piece, and whether it was found."""
    found, at = [], 0
    for start, end in showing.merged(((s.start, s.end) for s in spots), len(text)):
        found += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [*found, (text[at:], False)]


def _lines(rows: Iterable[tuple[access.CommentRow, tuple[Any, ...]]]) -> Iterator[tuple[str, ...]]:
    for c, opinions in rows:
        yield (
            c.receipt,
            c.way,
            c.received_on.isoformat(),
            c.name,
            c.contact,
            c.text,
            c.verdict_word,
            c.entered_by,
            "\n".join(o.adoption_word for o in opinions),
            "\n".join(f"{o.position}. {o.summary}" for o in opinions),
            "\n".join(o.reason for o in opinions if o.reason),
        )


def _table(title: str, lines: Iterable[tuple[str, ...]]) -> bytes:
    """A sheet with a fixed heading; words stay words."""
    book = new_workbook(f"{title}：公众意见")
    sheet = new_sheet(book, "公众意见", WIDTHS, landscape=True)
    for at, line in enumerate((HEAD, *lines), start=1):
        for column, words in enumerate(line, start=1):
            cell = sheet.cell(at, column)
            put(cell, "".join(c for c in words if c in "\t\n" or ord(c) >= 32))  # type: ignore[arg-type]  # nothing is merged here
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if at == 1:
                cell.font = BOLD
    sheet.freeze_panes = "B2"
    out = io.BytesIO()
    book.save(out)
    return stable(out.getvalue())
