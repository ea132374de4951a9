"""How is something tried on the database and taken back?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


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
