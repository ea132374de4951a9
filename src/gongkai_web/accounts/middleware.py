"""Who asks for this page?

Only pages of the staff and of the desk look at the session; public pages are served without a look at any cookie.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from gongkai_web.accounts import passwords, sessions
from gongkai_web.accounts.models import Person

STAFF_PAGES = ("/work/", "/desk/", "/write/", "/check/", "/compare/", "/clear/", "/help/", "/about/")
PASSIVE = frozenset({"check_batch"})
"""Routes that a page asks for again by itself: no sign that somebody sits there."""


class StaffRequest(HttpRequest):
    """A request as views of the staff see it. ``obliged`` is somebody who must change the password or set up the second factor first."""

    person: Person | None
    obliged: Person | None


class StaffSessions(SessionMiddleware):
    """Sessions on pages of the staff and the desk only: a public page neither reads nor sets the cookie, whatever it carries."""

    def process_request(self, request: HttpRequest) -> None:
        """Look at the cookie where it matters."""
        if is_staff_page(request.path):
            super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Set the cookie where it was looked at."""
        return super().process_response(request, response) if hasattr(request, "session") else response


class SignedIn:
    """Set ``request.person``, and note the activity of somebody who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        person = sessions.person_of(request) if is_staff_page(request.path) else None
        bound = person is not None and (passwords.must_change(person) or sessions.must_enrol(request.session))
        request.person = None if bound else person  # type: ignore[attr-defined]  # StaffRequest says so
        request.obliged = person if bound else None  # type: ignore[attr-defined]  # as above
        response = self.get_response(request)
        if person is not None and not _passive(request) and sessions.was_signed_in(request):
            sessions.mark(request, response)
        return response


def is_staff_page(path: str) -> bool:
    """Whether the page belongs to the staff or the desk; the portal's pages do not."""
    return path.startswith(STAFF_PAGES)


def _passive(request: HttpRequest) -> bool:
    asked_by_script = request.method == "GET" and request.headers.get("HX-Request") == "true"
    return asked_by_script and request.resolver_match is not None and request.resolver_match.url_name in PASSIVE
