"""What exactly was sent to review, and by which digest is it known?"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings

from gongkai_web.flow.models import Review
from gongkai_web.flow.reviews import short_code
from gongkai_web.publishing.differences import difference
from gongkai_web.publishing.models import Attachment, Draft, Item, Version
from gongkai_web.publishing.models.items import Content
from gongkai_web.trail import digests
from gongkai_web.ui import clock

CONTENT_FIELDS = tuple(f.name for f in Content._meta.fields)
"""The columns that a draft and a version share."""
TITLES = {f.name: str(f.verbose_name) for f in Content._meta.fields}


def attachments_of(item: Item) -> list[dict[str, Any]]:
    """The attachments of an item as a version keeps them."""
    rows = Attachment.objects.filter(item=item).order_by("position", "id")
    return [{"digest": a.digest, "name": a.name, "type": a.type, "size": a.size, "embedded": a.embedded} for a in rows]


def content_digest(item: Item, content: Content, attachments: list[dict[str, Any]]) -> str:
    """The digest over the canonical HTML, the printed metadata, attribute and ground, and each attachment's digest."""
    covered = {name: _plain(getattr(content, name)) for name in CONTENT_FIELDS}
    named = [{"digest": a["digest"], "name": a["name"], "embedded": a["embedded"]} for a in attachments]
    whole = {"index": item.index_number, "content": covered, "attachments": named}
    return digests.digest(digests.canonical(whole), settings.DIGEST)


def cut(item: Item, draft: Draft, review: Review, attachments: list[dict[str, Any]], person_id: int) -> Version:
    """The draft as it stands, as the next version of the item under a review that was opened for its digest."""
    last = Version.objects.filter(item=item).order_by("-number").first()
    changes = difference(last, draft, last.attachments, attachments, TITLES) if last else {}
    return Version.objects.create(
        item=item,
        number=last.number + 1 if last else 1,
        review=review,
        attachments=attachments,
        digest=review.digest,
        short_code=short_code(review.digest),
        draft_revision=draft.revision,
        authors=draft.authors,
        difference=changes,
        cut_at=clock.now(),
        cut_by_id=person_id,
        **{name: getattr(draft, name) for name in CONTENT_FIELDS},
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
