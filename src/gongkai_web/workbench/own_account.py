"""How does a person change the own password and set up the own second factor?"""

from __future__ import annotations

from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from gongkai_web.accounts import passwords, sealing, second_factor, sessions, throttles
from gongkai_web.accounts.actions import own
from gongkai_web.accounts.addresses import address_of
from gongkai_web.accounts.models import Person
from gongkai_web.agencies import actors, entrance
from gongkai_web.agencies.doors import own_address, staff_only, to_sign_in, with_next
from gongkai_web.ui.refusals import BadForm, NotPossible

_SECRET = "new_second_factor"  # noqa: S105 - where the session keeps the sealed secret until it is confirmed
ISSUER = "政府信息公开工作台"


@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponseBase:
    """Change the own password; whoever came with a one-time password must."""
    person = _person(request)
    if person is None:
        return to_sign_in(request) or redirect("work_home")
    target = _target(request)
    words = {"forced": passwords.must_change(person), "slip": person.must_change_password, "next": target}
    if request.method == "GET":
        return render(request, "workbench/password.html", {**words, "errors": {}})
    given = {k: request.POST.get(k, "")[:200] for k in ("old", "new", "again")}
    address = address_of(request)
    try:
        throttles.attempt(person.login, address)
        own.change_password(actors.staff(person), person, **given, chain=entrance.chain_of(person))
    except BadForm as form:
        if "old" not in form.errors:
            throttles.take_back(person.login, address)
        return render(request, "workbench/password.html", {**words, "errors": form.errors}, status=422)
    except throttles.TooSoon as wait:
        return render(request, "workbench/password.html", {**words, "errors": {"": str(wait)}}, status=429)
    throttles.succeed(person.login, address)
    sessions.again(request.session, person)
    if sessions.must_enrol(request.session):
        return redirect(with_next(reverse("work_second_factor_setup"), target))
    home = reverse("work_home")
    return redirect(f"{home}?done=password" if target in {"", home} else target)


@require_http_methods(["GET"])
@staff_only
def second_factor_page(request: HttpRequest) -> HttpResponse:
    """Whether the second factor is set up, how many recovery codes are left, what can be done."""
    person = request.person  # type: ignore[attr-defined]  # the middleware sets it
    words = {"factor": second_factor.factor_of(person), "left": second_factor.codes_left(person)}
    return render(request, "workbench/second_factor.html", words)


@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest) -> HttpResponseBase:
    """Show a secret as a picture and letters; take it when the generator shows the right code. Then the recovery codes, once."""
    person = _person(request)
    if person is None:
        return to_sign_in(request) or redirect("work_home")
    if passwords.must_change(person):
        return redirect(with_next(reverse("work_password"), _target(request)))
    if second_factor.factor_of(person) is not None:
        raise NotPossible("您已经绑定了动态口令。换手机的，请安全管理员先重置，再重新绑定。")
    if request.method == "GET" or _SECRET not in request.session:
        if _SECRET not in request.session:
            request.session[_SECRET] = sealing.seal(second_factor.new_secret())
        return render(request, "workbench/second_factor_setup.html", _picture(request, person, {}))
    sealed = request.session[_SECRET]
    try:
        throttles.attempt(person.login, address_of(request))
    except throttles.TooSoon as wait:
        return render(request, "workbench/second_factor_setup.html", _picture(request, person, {"": str(wait)}), status=429)
    step = second_factor.step_of(sealing.unseal(sealed), request.POST.get("code", "")[:20])
    if step is None:
        errors = {"code": "这 6 位数字不对。请核对手机时间是否准确，再输入此刻显示的数字。"}
        return render(request, "workbench/second_factor_setup.html", _picture(request, person, errors), status=422)
    throttles.succeed(person.login, address_of(request))
    codes = own.enrol(actors.staff(person), person, sealed=sealed, step=step, chain=entrance.chain_of(person))
    request.session.pop(_SECRET)
    sessions.enrolled(request.session)
    return _codes(request, person, codes)


@require_POST
@staff_only
def renew_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, shown this once."""
    person = request.person  # type: ignore[attr-defined]  # the middleware sets it
    return _codes(request, person, own.renew_codes(actors.staff(person), person, chain=entrance.chain_of(person)))


def _person(request: HttpRequest) -> Person | None:
    """Who signed in, those included who may do nothing else before."""
    return getattr(request, "person", None) or getattr(request, "obliged", None)


def _picture(request: HttpRequest, person: Person, errors: dict[str, str]) -> dict[str, Any]:
    secret = sealing.unseal(request.session[_SECRET])
    code = segno.make(second_factor.address(secret, ISSUER, person.login), error="m")
    return {
        "errors": errors,
        "picture": code.png_data_uri(scale=5, border=3),
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        "forced": sessions.must_enrol(request.session),
        "next": _target(request),
    }


def _codes(request: HttpRequest, person: Person, codes: tuple[str, ...]) -> HttpResponse:
    words = {"codes": codes, "owner": person, "onward": _target(request) or reverse("work_home")}
    return render(request, "workbench/recovery_codes.html", words)


def _target(request: HttpRequest) -> str:
    """Where somebody wanted to go before they had to come here; empty when nowhere of ours."""
    return own_address(request.POST.get("next", "") or request.GET.get("next", ""))
