"""Who sees which uploads were refused for a classification marking?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gongkai_web.agencies.models import Body
from gongkai_web.files.models import Marked


@dataclass(frozen=True, slots=True)
class MarkedUpload:
    """An upload of which nothing is kept but who, when, the hash and the rule; and what the secrecy officer made of it."""

    id: int
    received: str
    rule: str
    uploaded_by: str
    uploaded_by_id: int
    uploaded_at: dt.datetime
    allowed_by: str
    allowed_at: dt.datetime | None
    allowed_why: str


def marked_uploads(body: Body, limit: int = 200) -> tuple[MarkedUpload, ...]:
    """The marked uploads of a body, the newest first."""
    rows = Marked.objects.filter(body=body).select_related("uploaded_by", "allowed_by").order_by("-id")[:limit]
    return tuple(
        MarkedUpload(
            r.pk,
            r.received,
            r.rule,
            r.uploaded_by.name,
            r.uploaded_by_id,
            r.uploaded_at,
            r.allowed_by.name if r.allowed_by else "",
            r.allowed_at,
            r.allowed_why,
        )
        for r in rows
    )
