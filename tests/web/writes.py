"""Which tables are written while the program answers, and by whom?

Watched in every test that sends a request: a record is written only while an act is being carried out, and a request that only
reads (GET, HEAD) writes no record at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from gongkai_web.trail import acts

WRITE = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM|TRUNCATE)\s+"?(\w+)"?', re.IGNORECASE)

NO_RECORDS = {
    "django_session": "who is signed in at the moment, and which room a visitor has",
    "accounts_throttle": "attempts that failed, forgotten after a while",
    "comment_periods_knock": "how many comments came from one address, forgotten after an hour",
    "flow_task": "queued work",
    "flow_outbox": "what is still to be told, written in the act's transaction",
    "flow_tickrun": "when regular work last ran",
    "flow_heartbeat": "whether the worker lives",
    "flow_sentform": "which forms were sent already, so that none is sent twice",
    "publishing_item": "when its draft was autosaved last",
    "publishing_inspection": "what an inspection of the site found last, made anew every day",
    "publishing_draft": "autosaved while somebody types; a draft is no record until it is sent to review",
}
"""Tables that may be written outside an act, each with its reason."""

READING_WRITES = {
    "django_session": "where to go after signing in, the secret of a second factor being set up, that a sign-in has ended",
}
"""Tables that a request which only reads may write, each with its reason."""


@contextmanager
def watched(method: str, path: str) -> Iterator[None]:
    """Fail at once on a write that is not allowed."""

    def look(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        found = WRITE.match(sql)
        if found:
            table = found[1].lower()
            if method in {"GET", "HEAD", "OPTIONS"} and table not in READING_WRITES:
                raise AssertionError(f"{method} {path} writes {table}: {sql[:200]}")
            if not acts.running() and table not in NO_RECORDS:
                raise AssertionError(f"{method} {path} writes {table} outside an act: {sql[:200]}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield
