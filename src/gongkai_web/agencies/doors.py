"""Which views are open to whom?

``@staff_only`` lets in whoever signed in; ``@role(...)`` asks for one of the roles at the body chosen. What may be done to one
record is decided by the act, not here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from gongkai_web.accounts import passwords, sessions
from gongkai_web.accounts.middleware import is_staff_page
from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import ROLE_WORDS, Role
from gongkai_web.agencies.standing import Standing, standing_of
from gongkai_web.ui.refusals import NotAllowed

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

DESK = ("/desk/", "/write/", "/check/", "/compare/", "/clear/")
"""The report desk: open to everybody without an office, to the staff where there is one."""

SIGN_IN, PASSWORD, ENROL = "work_sign_in", "work_password", "work_second_factor_setup"


def staff_only(view: View[P]) -> View[P]:
    """The view is for people who signed in; others are sent to the sign-in and come back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return to_sign_in(request) or view(request, *args, **kwargs)

    guarded.door = "staff"  # type: ignore[attr-defined]  # for the test that goes through all doors
    return guarded


def role(*roles: Role) -> Callable[[View[P]], View[P]]:
    """The view is for people who hold one of the roles at the body chosen; 403 for the others."""

    def wrapped(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            elsewhere = to_sign_in(request)
            if elsewhere is not None:
                return elsewhere
            found = standing(request)
            if not found.holds(*roles):
                words = "、".join(ROLE_WORDS[r] for r in roles)
                raise NotAllowed(f"这个页面由{words}使用，您在{found.body.name}没有这项职责。")
            return view(request, *args, **kwargs)

        guarded.door = roles  # type: ignore[attr-defined]  # as above
        return guarded

    return wrapped


def standing(request: HttpRequest) -> Standing:
    """Who asks, at which body, with which roles. NotAllowed for somebody who works nowhere."""
    found = standing_of(request)
    if found is None:
        raise NotAllowed("您的账号还没有登记在任何机关，暂时不能办理事情。请联系本机关的系统管理员。")
    return found


def to_sign_in(request: HttpRequest) -> HttpResponseBase | None:
    """Where somebody has to go first: to the sign-in, to change the password, to set up the second factor; None when nowhere."""
    if getattr(request, "person", None) is not None:
        return None
    obliged = getattr(request, "obliged", None)
    if obliged is not None:
        target = reverse(PASSWORD if passwords.must_change(obliged) else ENROL)
        return redirect(with_next(target, request.get_full_path() if request.method in {"GET", "HEAD"} else ""))
    idle = sessions.was_signed_in(request)
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else request.headers.get("Referer", "")
    words = {"next": own_address(back)} if own_address(back) else {}
    if request.method == "POST":
        words["why"] = "unsent"
    elif idle:
        words["why"] = "idle"
    target = reverse(SIGN_IN) + (f"?{urlencode(words)}" if words else "")
    response = redirect(target)
    if request.headers.get("HX-Request") == "true":
        response.headers["HX-Redirect"] = target
        response.status_code = 204
    return response


def with_next(target: str, back: str) -> str:
    """An address on the way in that remembers where somebody wanted to go."""
    kept = own_address(back)
    return f"{target}?{urlencode({'next': kept})}" if kept else target


def own_address(address: str) -> str:
    """The path and query within our own staff pages that an address names, else an empty string."""
    path = address
    if path.startswith(("http://", "https://")):
        path = "/" + path.split("/", 3)[3] if path.count("/") >= 3 else ""
    if not path.startswith("/") or not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return ""
    if any(ord(c) < 33 for c in path) or "\\" in path or ".." in path:
        return ""
    signing = (reverse(SIGN_IN), reverse(PASSWORD), reverse(ENROL))
    return path if is_staff_page(path) and not path.startswith(signing) else ""


class DeskDoor:
    """Where there is an office, the report desk is for its people."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Here and not in process_view: an upload that is refused is not even read.
        if request.path.startswith(DESK) and getattr(request, "person", None) is None and office_here():
            return to_sign_in(request) or self.get_response(request)
        return self.get_response(request)


def office_here() -> bool:
    """Whether any body is registered here."""
    return Body.objects.exists()
