"""How does somebody sign in and out on the screen, with the second factor where it is asked for?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from gongkai_web.accounts import passwords, sessions
from gongkai_web.accounts.actions import own
from gongkai_web.accounts.models import Person
from gongkai_web.accounts.throttles import TooSoon
from gongkai_web.agencies import actors, entrance
from gongkai_web.agencies.doors import own_address, standing, with_next
from gongkai_web.agencies.standing import CHOSEN
from gongkai_web.ui.refusals import BadForm, NotHere

WHY = {
    "idle": "您有 15 分钟没有操作，已经自动退出。请重新登录，登录后回到刚才的页面。",
    "unsent": "登录已经结束，刚才提交的内容没有保存。请按浏览器的“后退”，把填写的内容复制出来，登录后再填。",
}
"""What an address that leads to the sign-in says of why it does."""


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for login and password. Nothing on the page tells whether a login exists."""
    target = own_address(request.POST.get("next", "") or request.GET.get("next", ""))
    if request.method == "GET":
        if getattr(request, "person", None) is not None:
            return redirect(target or "work_home")
        return _asked(request, target, why=WHY.get(request.GET.get("why", ""), ""))
    login, password = request.POST.get("login", ""), request.POST.get("password", "")
    try:
        if not login.strip() or not password:
            raise BadForm({"login" if not login.strip() else "password": "请填写登录名和密码。"})
        person = entrance.with_password(request, login, password)
    except BadForm as form:
        return _asked(request, target, login=login, errors=form.errors, status=422)
    except TooSoon as wait:
        return _asked(request, target, login=login, errors={"": str(wait)}, status=429)
    if person is None:
        request.session["next"] = target
        return redirect("work_sign_in_code")
    return _inside(request, person, target)


@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the generator's code, or a recovery code, of somebody who gave the password."""
    person = entrance.pending(request.session)
    if person is None:
        return redirect("work_sign_in")
    if request.method == "GET":
        return render(request, "workbench/sign_in_code.html", {"errors": {}})
    target = own_address(request.session.get("next", ""))
    try:
        entrance.with_code(request, person, request.POST.get("code", "")[:40])
    except BadForm as form:
        return render(request, "workbench/sign_in_code.html", {"errors": form.errors}, status=422)
    except TooSoon as wait:
        return render(request, "workbench/sign_in_code.html", {"errors": {"": str(wait)}}, status=429)
    return _inside(request, person, target)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this browser's sign-in; the desk's files of it are no longer reachable."""
    person = getattr(request, "person", None) or getattr(request, "obliged", None)
    if person is not None:
        own.sign_out(actors.staff(person), person, chain=entrance.chain_of(person))
    request.session.flush()
    request.person = request.obliged = None  # type: ignore[attr-defined]  # the page that follows is nobody's
    response = render(request, "workbench/signed_out.html")
    response.delete_cookie(sessions.ACTIVITY)
    return response


@require_POST
def choose_body(request: HttpRequest) -> HttpResponseBase:
    """Work for another of one's bodies from now on."""
    found = standing(request) if getattr(request, "person", None) is not None else None
    if found is None:
        return redirect("work_sign_in")
    body = next((b for b in found.bodies if b.slug == request.POST.get("body", "")), None)
    if body is None:
        raise NotHere("您没有登记在这个机关，不能换过去。")
    request.session[CHOSEN] = body.slug
    return redirect("/work/?done=chosen")


def _asked(
    request: HttpRequest,
    target: str,
    *,
    login: str = "",
    errors: dict[str, str] | None = None,
    why: str = "",
    status: int = 200,
) -> HttpResponse:
    words = {"next": target, "values": {"login": login[:40]}, "errors": errors or {}, "why": why}
    return render(request, "workbench/sign_in.html", words, status=status)


def _inside(request: HttpRequest, person: Person, target: str) -> HttpResponse:
    rotate_token(request)
    if passwords.must_change(person):
        return redirect(with_next(reverse("work_password"), target))
    return redirect(target or "work_home")
