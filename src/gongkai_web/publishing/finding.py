"""What does a person find among what is public?

The index names items; what is shown of them comes from the database, and only of those that are public at this instant.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_

from django.db.models import BigIntegerField, DateTimeField, Q, QuerySet

from gongkai_web.flow import outbox
from gongkai_web.publishing import indexing, visible
from gongkai_web.publishing.access.shapes import item_url
from gongkai_web.publishing.models import Publication, Validity
from gongkai_web.publishing.prepared import Prepared, gap
from gongkai_web.search.engine import Question
from gongkai_web.search.excerpts import Part, excerpt, marked
from gongkai_web.ui import clock
from gongkai_web.ui.words import plain

HANDLER = "publishing.index"
PATIENCE = dt.timedelta(seconds=5)
_SHOWN = (
    "item_id", "listed_at", "version__title", "version__html", "version__summary", "version__document_number", "version__attachments",
    "item__index_number", "item__validity", "item__validity_next", "item__validity_next_on", "category__name", "body__slug", "body__name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hit:
    """One item found. ``title`` and ``excerpt`` are pieces of text, each with whether it is one of the words looked for."""

    index_number: str
    body_slug: str
    body_name: str
    title: tuple[Part, ...]
    excerpt: tuple[Part, ...]
    category_name: str
    validity: str
    published_on: dt.date
    url: str
    in_attachment: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, how many there are in all, and words that were too many to be looked at."""

    hits: tuple[Hit, ...]
    total: int
    ignored: tuple[str, ...]


def find(question: Question) -> Found:
    """The public items in which every word of the question stands."""
    answer = indexing.opened(indexing.folder()).find(question)
    hits = _shown(answer.keys, question.words)
    # What has been taken down since the index was last written is neither shown nor counted.
    return Found(hits, max(len(hits), answer.total - (len(answer.keys) - len(hits))), answer.ignored)


def similar(words: str, bodies: Sequence[str] = (), size: int = 5) -> tuple[Hit, ...]:
    """Public items close to what somebody is asking for, while they type."""
    return _shown(indexing.opened(indexing.folder()).similar(words, bodies, size).keys, words)


def behind() -> str:
    """A sentence saying how far the index is behind; empty when it is not."""
    waiting = outbox.behind(HANDLER)
    if not waiting:
        return ""
    since = outbox.backlog().since
    if since is None or clock.now() - since < PATIENCE:
        return ""
    when = since.astimezone(clock.BEIJING).strftime("%m月%d日 %H:%M")
    return f"后台程序没有跟上，{when}以后有 {waiting} 条变动还检索不到；分类列表和目录不受影响。"


def _shown(keys: Sequence[str], words: str) -> tuple[Hit, ...]:
    now = clock.now()
    today = now.astimezone(clock.BEIJING).date()
    ids = [int(key.partition(":")[2]) for key in keys]
    if not ids:
        return ()
    rows = _question(len(ids))(now=now, **{f"item_{n}": key for n, key in enumerate(ids)})
    by_item = {row.item_id: row for row in rows}
    return tuple(_hit(by_item[i], words, today) for i in ids if i in by_item)


@lru_cache(maxsize=128)
def _question(count: int) -> Prepared[Publication]:
    """What is shown of so many items, of those that are public; worded once."""

    def question() -> QuerySet[Publication]:
        named = reduce(or_, (Q(item_id=gap(f"item_{n}", BigIntegerField())) for n in range(count)))
        rows = visible.public(gap("now", DateTimeField())).filter(named)
        return rows.select_related("version", "item", "category", "body").only(*_SHOWN)

    return Prepared(question)


def _hit(row: Publication, words: str, today: dt.date) -> Hit:
    version = row.version
    title = marked(version.title, words)
    body = excerpt(plain(version.html) or version.summary, words)
    validity = visible.validity(row.item, today)
    shown = any(hit for _, hit in (*title, *body, *marked(f"{version.document_number} {row.item.index_number}", words)))
    return Hit(
        index_number=row.item.index_number,
        body_slug=row.body.slug,
        body_name=row.body.name,
        title=title,
        excerpt=body,
        category_name=row.category.name,
        validity=validity.label if validity != Validity.NONE else "",
        published_on=row.listed_at.astimezone(clock.BEIJING).date(),
        url=item_url(row.item.index_number),
        in_attachment=bool(words.strip()) and not shown and bool(version.attachments),
    )
