"""Who has signed in with this browser, and is that still good?

A session holds the person's key, a digest that changes with the password and with every reset, and when the sign-in was. The moment
of the last activity stands in a signed cookie, so that looking at pages writes nothing.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare

from gongkai_web.accounts.models import Person
from gongkai_web.ui import clock

ACTIVITY = "gongkai_active"
"""The cookie with the moment of the last activity."""

_PERSON, _DIGEST, _SINCE, _ENROL = "person", "person_digest", "signed_in_at", "must_enrol"


def begin(session: SessionBase, person: Person, *, must_enrol: bool = False) -> None:
    """This browser is now that person's: its key is new, and what somebody else left in it is forgotten."""
    mine = session.get(_PERSON) in {None, person.pk}
    kept: dict[str, Any] = {k: session[k] for k in ("room",) if mine and k in session}
    session.flush()
    session.update(kept)
    session[_PERSON] = person.pk
    session[_DIGEST] = person.get_session_auth_hash()
    session[_SINCE] = clock.now().timestamp()
    if must_enrol:
        session[_ENROL] = True
    session.set_expiry(settings.STAFF_SESSION_SECONDS)


def person_of(request: HttpRequest) -> Person | None:
    """The person who signed in, None when nobody did or it is no longer good: idle, too old, changed password, left."""
    session = request.session
    key = session.get(_PERSON)
    if key is None or idle_seconds(request) > settings.IDLE_SECONDS:
        return None
    if clock.now().timestamp() - session.get(_SINCE, 0) > settings.STAFF_SESSION_SECONDS:
        return None
    person = Person.objects.filter(pk=key, is_active=True).first()
    if person is None or not constant_time_compare(session.get(_DIGEST, ""), person.get_session_auth_hash()):
        return None
    return person


def again(session: SessionBase, person: Person) -> None:
    """The same sign-in goes on after the person changed the password here; all others end."""
    session.cycle_key()
    session[_DIGEST] = person.get_session_auth_hash()


def must_enrol(session: SessionBase) -> bool:
    """Whether a second factor has to be set up before anything else."""
    return bool(session.get(_ENROL))


def enrolled(session: SessionBase) -> None:
    """The second factor has been set up."""
    session.pop(_ENROL, None)


def was_signed_in(request: HttpRequest) -> bool:
    """Whether this browser had a sign-in that is no longer good."""
    return _PERSON in request.session


def idle_seconds(request: HttpRequest) -> float:
    """Seconds since the last activity of this sign-in."""
    return clock.now().timestamp() - max(request.session.get(_SINCE, 0), _marked(request))


def mark(request: HttpRequest, response: HttpResponseBase) -> None:
    """Remember this moment as one of activity, at most once a minute."""
    now = clock.now().timestamp()
    if now - _marked(request) >= settings.ACTIVITY_SECONDS:
        response.set_cookie(
            ACTIVITY,
            signing.dumps([request.session.session_key, int(now)], salt=ACTIVITY),
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


def _marked(request: HttpRequest) -> float:
    try:
        key, moment = signing.loads(request.COOKIES.get(ACTIVITY, ""), salt=ACTIVITY)
    except (signing.BadSignature, ValueError, TypeError):
        return 0.0
    return float(moment) if key == request.session.session_key else 0.0
