"""Where do the addresses of an older site lead now?"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase

from gongkai_web.agencies.fronts import name_of
from gongkai_web.publishing import access


class OldAddresses:
    """Answer 301 where nothing is, but where an imported item stood before: only to one that the public sees, or saw."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in {"GET", "HEAD"}:
            return response
        found = access.moved_to(request.get_full_path(), name_of(request.get_host()))
        return HttpResponsePermanentRedirect(found) if found else response
