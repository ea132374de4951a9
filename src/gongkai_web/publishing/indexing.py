"""How does the index of what is public follow the acts?

The worker alone writes it, told by the outbox; an item is put in or taken out by what the database says of it at that moment, so a letter
that comes twice or late does no harm. An index that is missing or of another version is built anew.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from gongkai.errors import GongkaiError
from gongkai_web.files import passages, storage, texts
from gongkai_web.files.passages import Passage
from gongkai_web.files.text import text_of
from gongkai_web.files.types import typed
from gongkai_web.flow.duties import Interrupted, Job, Letter
from gongkai_web.publishing import visible
from gongkai_web.publishing.models import Category, Publication
from gongkai_web.search.engine import Document, Index
from gongkai_web.ui import clock
from gongkai_web.ui.words import plain

FOLDER = "index/public"
CHUNK = 500
MOST_ATTACHED = 400_000
"""Characters indexed of one item's attachments."""

LOG = logging.getLogger("gongkai.index")
_READ = (
    "category_id", "listed_at", "year", "body__slug", "item__index_number", "item__kind", "item__validity", "item__validity_next",
    "item__validity_next_on", "version__title", "version__document_number", "version__summary", "version__keywords", "version__html",
    "version__attachments",
)  # fmt: skip


def folder() -> Path:
    """Where the index of what is public lies."""
    return Path(settings.DATA) / FOLDER


@lru_cache(maxsize=4)
def opened(place: Path) -> Index:
    """This process's handle on the index."""
    return Index(place)


def key_of(item_id: int) -> str:
    """What names an item in the index."""
    return f"item:{item_id}"


def follow(letters: tuple[Letter, ...]) -> None:
    """The outbox's handler: bring the items of these letters up to the present."""
    index = opened(folder())
    if index.fresh:
        build(index)
        return
    now = clock.now()
    wanted = {int(letter.key) for letter in letters}
    rows = {row.item_id: row for row in _rows(now).filter(item_id__in=wanted)}
    paths = _paths()
    with index.writing() as writer:
        for item_id in wanted:
            row = rows.get(item_id)
            if row is not None:
                writer.put(_document(row, paths, now))
            else:
                writer.remove(key_of(item_id))


def build(index: Index, job: Job | None = None) -> int:
    """Fill an index anew from the database; how many items it holds then. What was there stays until the new content is whole."""
    now = clock.now()
    total = _rows(now).count()
    with index.writing() as writer:
        done = writer.fill(_told(_documents(now), total, job))
    index.complete()
    return done


def rebuild(job: Job) -> Mapping[str, Any]:
    """The queued task: build anew, saying how far it is."""
    return {"items": build(opened(folder()), job)}


def _documents(now: dt.datetime) -> Iterator[Document]:
    paths = _paths()
    for row in _rows(now).order_by("id").iterator(chunk_size=CHUNK):
        yield _document(row, paths, now)


def _told(documents: Iterable[Document], total: int, job: Job | None) -> Iterator[Document]:
    for done, document in enumerate(documents):
        if job is not None and done % CHUNK == 0:
            job.progress(done, total, "检索")
            if job.stopping():
                raise Interrupted
        yield document


def _rows(now: dt.datetime) -> Any:
    return visible.public(now).select_related("version", "item", "body").only(*_READ)


def _paths() -> dict[int, tuple[str, ...]]:
    """The key of every category with those above it."""
    rows = {pk: (parent, key) for pk, parent, key in Category.objects.values_list("id", "parent_id", "key")}
    found: dict[int, tuple[str, ...]] = {}
    for pk in rows:
        at, path = pk, []
        while at is not None:
            at, key = rows[at]
            path.append(key)
        found[pk] = tuple(path)
    return found


def _document(row: Publication, paths: Mapping[int, tuple[str, ...]], now: dt.datetime) -> Document:
    version, item = row.version, row.item
    return Document(
        key=key_of(item.pk),
        body=row.body.slug,
        title=version.title,
        number=f"{version.document_number} {item.index_number}",
        summary=f"{version.summary} {version.keywords}",
        text=plain(version.html),
        attachments=_attached(version.attachments),
        categories=paths.get(row.category_id, ()),
        kind=item.kind,
        validity=visible.validity(item, now.astimezone(clock.BEIJING).date()).value,
        published=row.listed_at,
        year=row.year,
    )


def _attached(attachments: Iterable[Mapping[str, Any]]) -> str:
    """The shown words of an item's files; a file that cannot be read is found by its name."""
    found: list[str] = []
    left = MOST_ATTACHED
    for kept in attachments:
        if kept["embedded"]:
            continue
        found.append(str(kept["name"]))
        for passage in _words(str(kept["digest"]), str(kept["name"])):
            if passage.part == passages.BODY and left > 0:
                found.append(passage.text[:left])
                left -= len(passage.text)
    return "\n".join(found)


def _words(digest: str, name: str) -> tuple[Passage, ...]:
    """The words of a file as they were kept when it came in; read anew where they were not. None of one that cannot be read."""
    kept = texts.of(digest)
    if kept is not None:
        return kept.passages
    try:
        return text_of(typed(storage.read(digest), name)).passages
    except (GongkaiError, OSError) as error:
        LOG.warning("an attachment is indexed by its name alone: %s", type(error).__name__)
        return ()
