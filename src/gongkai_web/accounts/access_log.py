"""Who of the staff asked for which page, when and from where?

One JSON line per request in a file per day under ``access`` of the data folder: the person's key, method, route, status, address.
No query, no name, nothing of what was sent or shown.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from gongkai_web.accounts.addresses import address_of
from gongkai_web.ui import clock

logger = logging.getLogger("gongkai.access")
STAFF = "/work/"


class AccessLog:
    """Write the line after the answer is made. A full disk must not keep people from working, so it is reported, not raised."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        person = getattr(request, "person", None)
        if person is not None or request.path.startswith(STAFF):
            try:
                write(request, person.pk if person else None, response.status_code)
            except OSError as error:
                logger.error("the access log cannot be written: %s", error.strerror)
        return response


def write(request: HttpRequest, person: int | None, status: int) -> None:
    """Add one line to the day's file, in one write, so that several processes may add to it."""
    now = clock.now().astimezone(clock.BEIJING)
    match = request.resolver_match
    line = {
        "at": now.isoformat(timespec="seconds"),
        "person": person,
        "method": request.method,
        "route": match.view_name if match else "",
        "status": status,
        "address": address_of(request),
    }
    folder().mkdir(mode=0o700, exist_ok=True)
    handle = os.open(folder() / f"{now.date().isoformat()}.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, (json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n").encode())
    finally:
        os.close(handle)


def folder() -> Path:
    """Where the files lie."""
    return Path(settings.DATA) / "access"


def prune(day: dt.date) -> int:
    """Remove the files that are older on ``day`` than the setting keeps them; how many."""
    removed = 0
    last = day - dt.timedelta(days=max(settings.ACCESS_LOG_DAYS, settings.ACCESS_LOG_LEAST_DAYS))
    for path in folder().glob("*.jsonl"):
        try:
            old = dt.date.fromisoformat(path.stem) < last
        except ValueError:
            continue
        if old:
            path.unlink(missing_ok=True)
            removed += 1
    return removed
