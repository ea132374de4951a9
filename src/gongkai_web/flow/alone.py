"""How does only one process at a time do what only one may do?"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

WORKER = "worker"
MIGRATION = "migration"
# Keys of advisory locks on PostgreSQL: arbitrary, ours, never to change.
_KEYS = {WORKER: 0x676F6E67_01, MIGRATION: 0x676F6E67_02}


class Taken(Exception):
    """Another process has it."""


@contextmanager
def alone(what: str, data: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold the right to do ``what`` (WORKER, MIGRATION). Taken when another process has it and ``wait`` is not given.

    A lock on a file of the data folder, and on PostgreSQL an advisory lock on this thread's connection besides, since several
    hosts may use one database; both end with the process, however it ends.
    """
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (data / f"{what}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise Taken(what) from None
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            if wait:
                cursor.execute("SELECT pg_advisory_lock(%s)", [_KEYS[what]])
            else:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [_KEYS[what]])
                if not cursor.fetchone()[0]:
                    raise Taken(what)
        try:
            yield
        finally:
            if connection.is_usable():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [_KEYS[what]])
