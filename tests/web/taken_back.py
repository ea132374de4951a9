"""How is something tried on the database and taken back, and an answer closed meanwhile?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction


@contextmanager
def taken_back() -> Iterator[None]:
    """A transaction of a test, like the one around every test: acts may be called in it, and nothing of it stays."""
    around = transaction.atomic()
    around._from_testcase = True  # type: ignore[attr-defined]  # by this Django tells a test's transaction from the program's
    with around:
        try:
            yield
        finally:
            transaction.set_rollback(True)


@contextmanager
def held() -> Iterator[None]:
    """Without what Django does at the ends of a request: it would close a connection that holds a test's transaction."""
    ends = (request_started, request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    try:
        yield
    finally:
        for end in ends:
            end.connect(close_old_connections)


def shut(response: Any) -> None:
    """Close an answer and its file."""
    with held():
        response.close()
