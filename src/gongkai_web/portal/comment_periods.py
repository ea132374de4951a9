"""On which drafts is the public asked, what was said and made of it, and how does somebody say something?

The pages are kept like all others; the form is not: it carries a token of its own and is made anew for everybody. No page sets a cookie, so
there is nothing a foreign page could ride on; what a foreign page sends all the same is refused by where it says it comes from.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from gongkai_web.accounts.addresses import address_of
from gongkai_web.comment_periods import access, forms, knocking
from gongkai_web.comment_periods.actions import comments
from gongkai_web.comment_periods.models import Comment
from gongkai_web.portal.pages import Made, public, rendered
from gongkai_web.portal.sites import Site, site_of
from gongkai_web.ui.refusals import BadForm, NotHere, NotPossible

FIELDS = {"text": comments.MOST_TEXT * 2, "name": 200, "contact": 200}
"""How much of each field is taken back into the form, so that nothing typed is lost."""
TRAP = "website"
"""A field that people do not see; machines fill in every one."""
AGAIN = "您填写的内容仍在下面。"
FORM, GONE, MISSING = "portal/comment_form.html", "portal/comment_period_gone.html", "portal/missing.html"


@public
def listing(request: HttpRequest, site: Site) -> Made:
    """Those that are open, and those that are over."""
    lines = access.periods(site.body)
    words = {
        "open_periods": [x for x in lines if x.state == "open"],
        "past_periods": [x for x in lines if x.state != "open"],
    }
    return Made("portal/comment_periods.html", words, until=access.changes_at(lines))


@public
def period(request: HttpRequest, site: Site, number: int) -> Made:
    """One: what is asked, until when, how; what was said; what was made of it."""
    given = request.GET.get("from", "")
    start = int(given) if given.isascii() and given.isdigit() and len(given) < 7 else 0
    found = access.period(site.body, number, start)
    if found is None:
        if access.gone(site.body, number) is None:
            raise NotHere("没有这次意见征集。")
        return Made(GONE, {}, status=410)
    step = len(found.comments)
    words = {
        "period": found,
        "start": start,
        "previous_url": f"?from={max(0, start - access.PAGE)}" if start else "",
        "next_url": f"?from={start + step}" if step and start + step < found.shown_count else "",
    }
    return Made("portal/comment_period.html", words, until=access.changes_at([found.line]))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, number: int, slug: str = "") -> HttpResponse:
    """The form; what is sent with it is kept and answered with a receipt."""
    site = site_of(request, slug)
    found = access.period(site.body, number)
    if found is None:
        there = access.gone(site.body, number) is not None
        return HttpResponse(rendered(site, GONE if there else MISSING, {}), status=410 if there else 404)
    if request.method != "POST":
        status = 409 if found.why_closed else 200
        return _form(site, found, forms.token(number), {}, {}, status)
    return _sent(request, site, found)


def _sent(request: HttpRequest, site: Site, found: access.PeriodView) -> HttpResponse:
    number = found.line.number
    values = {name: request.POST.get(name, "")[:most] for name, most in FIELDS.items()}
    token = request.POST.get("form", "")
    shown = forms.opened(token, number)
    fresh = forms.token(number)
    if from_elsewhere(request):
        return _form(
            site, found, fresh, values, {"": f"这份意见是从别的网站提交过来的，没有保存。{AGAIN}请核对后在本页提交。"}, 403
        )
    if shown is not None:
        before = comments.received_before(shown.nonce)
        if before is not None:
            return _again(site, found, before, values)
    if request.POST.get(TRAP, ""):
        return _form(site, found, fresh, values, {TRAP: f"“网址”一栏不需要填写，请清空后再提交。{AGAIN}"}, 422)
    if shown is None or shown.too_old:
        return _form(site, found, fresh, values, {"": f"页面打开得太久或者不完整，没有保存。{AGAIN}请再按一次“提交意见”。"}, 422)
    if shown.too_fast:
        return _form(site, found, token, values, {"": f"提交得太快，没有保存。{AGAIN}请核对后再按一次“提交意见”。"}, 422)
    if knocking.too_many(address_of(request)):
        words = f"这个网络地址一小时内提交的意见太多，没有保存。{AGAIN}请过一小时再提交，或者用页面上的其他方式提出。"
        return _form(site, found, token, values, {"": words}, 429)
    try:
        made = comments.receive(comments.PUBLIC, number, nonce=shown.nonce, **values)
    except BadForm as wrong:
        return _form(site, found, token, values, wrong.errors, 422)
    except NotPossible as late:
        return _form(site, found, token, values, {"": f"{late}{AGAIN}"}, 409)
    except IntegrityError:
        # The same form was pressed twice at the same moment, and the other one was first.
        first = comments.received_before(shown.nonce)
        if first is None:
            raise
        return _again(site, found, first, values)
    return _received(site, found, made)


def _again(site: Site, found: access.PeriodView, made: Comment, values: dict[str, str]) -> HttpResponse:
    """A form that has made a comment comes again: its receipt, unless it says something else by now."""
    if comments.says(made, **values):
        return _received(site, found, made)
    words = (
        f"这份表单已经提交过（回执号 {made.receipt}），这次的改动没有保存。{AGAIN}"
        "需要补充的，请再按一次“提交意见”，会作为另一条意见收下，给出新的回执号。"
    )
    return _form(site, found, forms.token(found.line.number), values, {"": words}, 409)


def _form(
    site: Site, found: access.PeriodView, token: str, values: dict[str, str], errors: dict[str, str], status: int
) -> HttpResponse:
    words: dict[str, Any] = {
        "period": found,
        "token": token,
        "values": values,
        "errors": errors,
        "trap": TRAP,
        "most_text": comments.MOST_TEXT,
        "most_name": comments.MOST_NAME,
        "most_contact": comments.MOST_CONTACT,
    }
    return HttpResponse(rendered(site, FORM, words), status=status)


def _received(site: Site, found: access.PeriodView, made: Comment) -> HttpResponse:
    """The receipt, with what was kept, to print or copy."""
    said = {"receipt": made.receipt, "received_at": made.received_at, "text": made.text, "named": bool(made.name or made.contact)}
    return HttpResponse(rendered(site, "portal/comment_received.html", {"period": found, "made": said}))


def from_elsewhere(request: HttpRequest) -> bool:
    """Whether a browser says that the form stood on another site; one that says nothing is believed."""
    fetched = request.headers.get("Sec-Fetch-Site", "")
    if fetched:
        return fetched not in {"same-origin", "none"}
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc != request.get_host() and origin not in settings.CSRF_TRUSTED_ORIGINS
