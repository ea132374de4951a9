"""What did the body's new-media accounts do, month by month and in the year?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai_web.agencies.doors import role, standing
from gongkai_web.agencies.roles import CONTENT
from gongkai_web.agencies.standing import Standing
from gongkai_web.agencies.texts import tidy
from gongkai_web.outlets import figures
from gongkai_web.outlets.actions import accounts as acts
from gongkai_web.publishing import register
from gongkai_web.publishing.actions import outings
from gongkai_web.publishing.drafting import DRAFTERS
from gongkai_web.publishing.models import OutingChannel
from gongkai_web.ui.refusals import BadForm, NotHere
from gongkai_web.workbench import sections
from gongkai_web.workbench.filters import year_of
from gongkai_web.workbench.tables import csv_of, xlsx_of
from gongkai_web.workbench.today import Group, Matter

HEAD = (("平台", 12), ("账号", 24), ("月份", 10), *((word, 14) for _, word in figures.FIGURES), ("登记人", 12))
YEARS = 6


@require_safe
@role(*CONTENT)
def new_media(request: HttpRequest) -> HttpResponse:
    """A year of all accounts."""
    return _page(request, standing(request))


@require_POST
@role(*DRAFTERS)
def open_account(request: HttpRequest) -> HttpResponse:
    """Register an account."""
    found = standing(request)
    try:
        acts.open_account(
            found.actor,
            found.body.pk,
            channel=request.POST.get("channel", ""),
            name=request.POST.get("name", ""),
            since=_month(request.POST.get("since", ""), "since"),
        )
    except BadForm as form:
        return _page(request, found, "open", form.errors)
    return redirect(f"{reverse('work_new_media')}?done=registered")


@require_POST
@role(*DRAFTERS)
def close_account(request: HttpRequest, account_id: int) -> HttpResponse:
    """An account is no more."""
    found = standing(request)
    figures.account(found.body, account_id)
    try:
        acts.close_account(found.actor, account_id, last=_month(request.POST.get("last", ""), "last"))
    except BadForm as form:
        return _page(request, found, f"close-{account_id}", form.errors)
    return redirect(f"{reverse('work_new_media')}?done=ended")


@require_http_methods(["GET", "POST"])
@role(*DRAFTERS)
def month(request: HttpRequest, account_id: int, month: str) -> HttpResponse:
    """The figures of one month: given, or put right."""
    found = standing(request)
    account = figures.account(found.body, account_id)
    day = figures.month_of(account, month, found.day)
    row = figures.recorded(account, day)
    values = {key: str(getattr(row, key)) if row else "" for key, _ in figures.FIGURES} | {"reason": ""}
    errors: dict[str, str] = {}
    if request.method == "POST":
        values = {k: request.POST.get(k, "") for k in values}
        try:
            numbers = _numbers(values)
            reason = tidy(values["reason"])
            outings.record_month(
                found.actor, found.body.pk, channel=account.channel, account=account.name, month=day, reason=reason, **numbers
            )
            return redirect(f"{reverse('work_new_media')}?year={day.year}&done=recorded")
        except BadForm as form:
            errors = form.errors
    words = {
        "account": account,
        "channel": OutingChannel(account.channel).label,
        "day": day,
        "month": month,
        "values": values,
        "errors": errors,
        "figures": figures.FIGURES,
        "is_correction": row is not None,
    }
    return render(request, "workbench/new_media_month.html", words, status=422 if errors else 200)


@require_safe
@role(*CONTENT)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """A year of all accounts as a table."""
    found = standing(request)
    year = year_of(request, found, "数据")
    name = f"{year}年新媒体数据"
    if form == "csv":
        return csv_of(name, [word for word, _ in HEAD], _lines(found, year))
    if form == "xlsx":
        return xlsx_of(name, HEAD, _lines(found, year))
    raise NotHere("新媒体数据只导出 csv 和 xlsx 两种格式。")


def matters(standing: Standing) -> Sequence[Matter]:
    """For the first page: months that are over and have no figures."""
    if not standing.holds(*DRAFTERS):
        return ()
    missing = figures.missing(standing.body, standing.day)
    if not missing:
        return ()
    name, first = missing[0]
    more = f"等 {len(missing)} 个月" if len(missing) > 1 else ""
    why = f"“{name}”缺 {first.year}年{first.month}月{more}的发布、阅读和关注数据，年报按此统计。"
    address = f"{reverse('work_new_media')}?year={first.year}"
    return (Matter(Group.WATCH, "补登新媒体数据", why, address),)


def _page(request: HttpRequest, found: Standing, section: str = "", errors: Mapping[str, str] | None = None) -> HttpResponse:
    year = year_of(request, found, "数据")
    out = register.outing_counts(found.body, dt.date(year, 1, 1), dt.date(year, 12, 31))
    words = {
        "year": year,
        "years": range(found.day.year, found.day.year - YEARS, -1),
        "accounts": figures.accounts(found.body, year, found.day),
        "figures": figures.FIGURES,
        "totals": register.new_media_of_year(found.body, year),
        "out": out,
        "channels": [(OutingChannel(key).label, number) for key, number in out.by_channel if number],
        "platforms": [(c.value, c.label) for c in outings.NEW_MEDIA],
        "may_work": found.holds(*DRAFTERS),
        "this_month": f"{found.day:%Y-%m}",
    }
    return sections.page(request, "workbench/new_media.html", words, section, errors)


def _lines(found: Standing, year: int) -> Iterator[tuple[object, ...]]:
    for account in figures.accounts(found.body, year, found.day):
        for m in account.months:
            values = m.values if m.values is not None else ("缺" if m.missing else "",) * len(figures.FIGURES)
            yield account.channel_word, account.name, m.key, *values, m.recorded_by


def _month(written: str, field: str) -> dt.date:
    try:
        return dt.date.fromisoformat(f"{written.strip()[:7]}-01")
    except ValueError:
        raise BadForm({field: "请填写月份，写成 2026-03 这样。"}) from None


def _numbers(values: dict[str, str]) -> dict[str, int]:
    taken: dict[str, int] = {}
    errors: dict[str, str] = {}
    for key, word in figures.FIGURES:
        text = values[key].replace(",", "").replace("，", "").strip()
        if text.isascii() and text.isdigit() and len(text) < 16:
            taken[key] = int(text)
        else:
            errors[key] = f"{word}请填写整数，没有的填 0。"
    if errors:
        raise BadForm(errors)
    return taken
