"""Was a form shown by us, for this period, not long ago, and by no machine in an instant?

A form carries a token of its own: period, instant, a random part, and a keyed digest over them. Nothing is kept on the server until a comment
is; no cookie is needed, and two forms never share one, so that pressing twice makes one comment.
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
from dataclasses import dataclass

from django.utils.crypto import constant_time_compare, salted_hmac

from gongkai_web.ui import clock

AT_LEAST = dt.timedelta(seconds=3)
AT_MOST = dt.timedelta(hours=12)
_WRITTEN = re.compile(r"(\d{1,12})\.(\d{1,12})\.([A-Za-z0-9_-]{16,24})\.([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Form:
    """A form that we showed: ``nonce`` names it."""

    nonce: str
    shown_at: dt.datetime

    @property
    def too_fast(self) -> bool:
        """Whether nobody could have read and written in the time."""
        return clock.now() - self.shown_at < AT_LEAST

    @property
    def too_old(self) -> bool:
        """Whether it lay about for too long."""
        return clock.now() - self.shown_at > AT_MOST


def token(period_id: int) -> str:
    """A token for a form that is being shown."""
    said = f"{period_id}.{int(clock.now().timestamp())}.{secrets.token_urlsafe(15)}"
    return f"{said}.{_sealed(said)}"


def opened(written: str, period_id: int) -> Form | None:
    """The form of a token; None for one that we never gave out for this period."""
    found = _WRITTEN.fullmatch(written)
    if found is None or int(found[1]) != period_id:
        return None
    if not constant_time_compare(found[4], _sealed(written.rpartition(".")[0])):
        return None
    return Form(found[3], dt.datetime.fromtimestamp(int(found[2]), dt.UTC))


def _sealed(said: str) -> str:
    return salted_hmac("gongkai.comment.form", said, algorithm="sha256").hexdigest()
