"""What does the index hold, and how is it asked?

The index only finds: it names documents by their keys, and whoever shows them asks the database again whether they are public.
One process writes (the worker), any number read; a reader takes up what was committed when it is next asked.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import tantivy

from gongkai_web.search.grams import indexed, phrase, runs

VERSION = "1"
"""Goes up when the fields or the cutting change; an index of another version is built anew."""
HEAP_BYTES = 64 * 1024 * 1024
WORDS = 12
"""More words than this in one question are not looked at."""
DEEPEST = 10_000
"""Hits beyond this are reached by narrowing the question, not by paging."""


@dataclass(frozen=True, slots=True)
class Document:
    """What is indexed of one public thing. ``key`` names it for ever, ``published`` orders it."""

    key: str
    body: str
    title: str
    number: str = ""
    summary: str = ""
    text: str = ""
    attachments: str = ""
    categories: tuple[str, ...] = ()
    kind: str = "item"
    validity: str = ""
    published: dt.datetime = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    year: int = 0


class Sort(StrEnum):
    """In which order hits come."""

    BEST = "best"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for. Empty ``words`` with filters lists; every word must be found somewhere."""

    words: str = ""
    bodies: tuple[str, ...] = ()
    category: str = ""
    year: int = 0
    validity: str = ""
    kind: str = ""
    sort: Sort = Sort.BEST
    offset: int = 0
    size: int = 20


@dataclass(frozen=True, slots=True)
class Hits:
    """The keys found, best or newest first, and how many there are in all."""

    keys: tuple[str, ...]
    total: int
    ignored: tuple[str, ...] = field(default=())


FIELDS = (("title", 6.0), ("number", 6.0), ("summary", 2.0), ("text", 1.0), ("attachments", 0.6))


def _schema() -> tantivy.Schema:
    made = tantivy.SchemaBuilder()
    made.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    for name, _ in FIELDS:
        made.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("body", "category", "kind", "validity", "year"):
        made.add_text_field(name, tokenizer_name="raw", index_option="basic")
    made.add_integer_field("published", fast=True, indexed=True)
    return made.build()


class Index:
    """An index in a folder. Whoever writes makes it; for readers a missing one is empty until it is there.

    ``fresh`` says that it was never filled whole, or by another version: the writer has to fill it anew and then say :meth:`complete`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.schema = _schema()
        self._index: tantivy.Index | None = None
        self._loaded: tuple[int, int, int] | None = None

    @property
    def fresh(self) -> bool:
        """Whether it has to be filled anew."""
        mark = self.folder / "VERSION"
        return not mark.is_file() or mark.read_text(encoding="ascii").strip() != VERSION

    def complete(self) -> None:
        """Say that it holds everything."""
        (self.folder / "VERSION").write_text(VERSION, encoding="ascii")

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """A writer; what it did is committed at the end, or dropped as a whole when something fails. One at a time, in one process."""
        if self.fresh and self._index is None:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True, mode=0o700)
        index = self._opened(make=True)
        assert index is not None
        writer = index.writer(HEAP_BYTES, 1)
        try:
            yield Writer(writer)
        except BaseException:
            writer.rollback()
            raise
        writer.commit()
        writer.wait_merging_threads()
        index.reload()

    def _opened(self, *, make: bool = False) -> tantivy.Index | None:
        if self._index is None and (make or not self.fresh):
            self._index = tantivy.Index(self.schema, path=str(self.folder))
            self._index.config_reader("manual", 1)
        return self._index

    def _searcher(self) -> tantivy.Searcher | None:
        index = self._opened()
        if index is None:
            return None
        state = self._state()
        if state is None or state != self._loaded:
            index.reload()
            self._loaded = state
        return index.searcher()

    def _state(self) -> tuple[int, int, int] | None:
        """What names the last commit: it replaces the file that lists the segments. Read before they are loaded, never after."""
        try:
            found = (self.folder / "meta.json").stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def count(self) -> int:
        """How many documents there are."""
        searcher = self._searcher()
        return searcher.num_docs if searcher is not None else 0

    def find(self, question: Question) -> Hits:
        """The documents in which every word of the question stands and which pass its filters."""
        wanted = list(runs(question.words))
        ignored = tuple(wanted[WORDS:])
        clauses = [(tantivy.Occur.Must, self._word(r)) for r in wanted[:WORDS]]
        clauses += [(tantivy.Occur.Must, q) for q in self._filters(question)]
        if question.words.strip() and not wanted:
            return Hits((), 0)
        query = tantivy.Query.boolean_query(clauses) if clauses else tantivy.Query.all_query()
        return self._asked(query, question, ignored)

    def similar(self, words: str, bodies: Sequence[str] = (), size: int = 5) -> Hits:
        """The documents whose title or summary share most with a sentence somebody is typing."""
        pairs = list(dict.fromkeys(p for r in runs(words) for i in range(len(r) - 1) for p in (r[i : i + 2],)))[:60]
        if not pairs:
            return Hits((), 0)
        terms = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(tantivy.Query.term_query(self.schema, name, pair), weight))
            for pair in pairs
            for name, weight in FIELDS[:3]
        ]
        clauses = [(tantivy.Occur.Must, tantivy.Query.boolean_query(terms))]
        clauses += [(tantivy.Occur.Must, q) for q in self._filters(Question(bodies=tuple(bodies)))]
        return self._asked(tantivy.Query.boolean_query(clauses), Question(size=size), ())

    def _asked(self, query: tantivy.Query, question: Question, ignored: tuple[str, ...]) -> Hits:
        searcher = self._searcher()
        if searcher is None:
            return Hits((), 0)
        offset, size = max(0, min(question.offset, DEEPEST)), max(1, min(question.size, 100))
        newest = "published" if question.sort is Sort.NEWEST else None
        found = searcher.search(query, limit=size, offset=offset, count=True, order_by_field=newest)
        keys = tuple(str(searcher.doc(address)["key"][0]) for _, address in found.hits)
        total = found.count  # type: ignore[attr-defined]  # the stubs leave it out
        return Hits(keys, int(total or 0), ignored)

    def _word(self, run: str) -> tantivy.Query:
        either = []
        for name, weight in FIELDS:
            either.append((tantivy.Occur.Should, tantivy.Query.boost_query(self._in_field(name, run), weight)))
        return tantivy.Query.boolean_query(either)

    def _in_field(self, name: str, run: str) -> tantivy.Query:
        if len(run) == 1:
            # A single character begins a pair or ends a run.
            return tantivy.Query.regex_query(self.schema, name, f"{re.escape(run)}.?")
        pairs = phrase(run)
        if len(pairs) == 1:
            return tantivy.Query.term_query(self.schema, name, pairs[0][1], "freq")
        return tantivy.Query.phrase_query(self.schema, name, list(pairs))

    def _filters(self, question: Question) -> Iterator[tantivy.Query]:
        if len(question.bodies) > 1:
            yield tantivy.Query.term_set_query(self.schema, "body", list(question.bodies))
        for name, value in (
            # A set is looked up document by document before anything else; one body is only compared where the words stand.
            ("body", question.bodies[0] if len(question.bodies) == 1 else ""),
            ("category", question.category),
            ("kind", question.kind),
            ("validity", question.validity),
            ("year", str(question.year) if question.year else ""),
        ):
            if value:
                yield tantivy.Query.const_score_query(tantivy.Query.term_query(self.schema, name, value, "basic"), 0.0)


class Writer:
    """Adds and removes documents; see :meth:`Index.writing`."""

    def __init__(self, writer: tantivy.IndexWriter) -> None:
        self._writer = writer

    def put(self, document: Document) -> None:
        """Add a document, in place of the one with the same key."""
        self.remove(document.key)
        self._add(document)

    def _add(self, document: Document) -> None:
        made = tantivy.Document()
        made.add_text("key", document.key)
        made.add_text("body", document.body)
        made.add_text("kind", document.kind)
        for category in document.categories:
            made.add_text("category", category)
        if document.validity:
            made.add_text("validity", document.validity)
        if document.year:
            made.add_text("year", str(document.year))
        for name, _ in FIELDS:
            value = getattr(document, name)
            if value:
                made.add_text(name, indexed(value))
        made.add_integer("published", int(document.published.timestamp()))
        self._writer.add_document(made)

    def remove(self, key: str) -> None:
        """Take a document out."""
        self._writer.delete_documents_by_term("key", key)

    def fill(self, documents: Iterable[Document]) -> int:
        """Take everything out and add these, no two of which have one key; how many there were."""
        self._writer.delete_all_documents()
        done = 0
        # Nothing is left that one of them could replace: looking for it would cost more the larger the index has grown.
        for document in documents:
            self._add(document)
            done += 1
        return done
