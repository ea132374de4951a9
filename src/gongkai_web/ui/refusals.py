"""How does an exception of ours become a page that says what to do?"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from gongkai.errors import GongkaiError, NotFound
from gongkai.lifecycle import NotPossible as OutOfTurn
from gongkai_web.ui.errors import page


class NotHere(Exception):
    """There is no such thing for this visitor: never existed, expired, or somebody else's."""


class NotAllowed(Exception):
    """Not you: the text says whose affair it is."""


class NotPossible(Exception):
    """Not now: the text says why and what to do."""


class TooBig(Exception):
    """More than the page allows; the text says how much."""


class BadForm(Exception):
    """What was filled in cannot be taken: ``errors`` by field, whole sentences; the key "" is for what concerns no single field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("".join(errors.values()))
        self.errors = dict(errors)


class Refusals:
    """Turn our exceptions, and Django's bare 405, into pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 405:
            made = page(request, 405)
            made.headers["Allow"] = response.headers.get("Allow", "")
            return made
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """A page for what we know; None lets Django answer 500 for what we do not."""
        if isinstance(exception, (NotHere, NotFound)):
            return page(request, 404, why=str(exception))
        if isinstance(exception, NotAllowed):
            return page(
                request,
                403,
                what="您不能这样做",
                why=str(exception),
                then="请让有这项职责的同事办理；职责写错了的，请联系系统管理员。",
            )
        if isinstance(exception, BadForm):
            return page(request, 422, why=str(exception))
        if isinstance(exception, (NotPossible, OutOfTurn)):
            return page(request, 409, what="现在不能这样做", why=str(exception), then="请返回上一页继续。")
        if isinstance(exception, (TooBig, RequestDataTooBig, TooManyFieldsSent)):
            return page(request, 413, why=str(exception) if isinstance(exception, TooBig) else "")
        if isinstance(exception, GongkaiError):
            return page(request, 400, what="没有处理成功", why=str(exception), then="请返回上一页，改正后再试。")
        return None
