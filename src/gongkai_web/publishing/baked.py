"""Which folders hold static editions of a body's pages, what lies in each, and how does something leave them at once?

A folder is known by a small database in the data folder: for every file its digest, what it was made from, and which items it tells of. The
pages are made higher up (``portal.baking``). Taking an item out needs no page to be made: it happens in the process that withdrew
it, before its answer goes out, and whether the worker runs or not.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from gongkai.errors import BadInput
from gongkai_web.publishing import baked_pages as pages
from gongkai_web.ui import clock

FOLDER = "baked"
MARKER = ".gongkai-edition.json"
"""Stands in every folder of ours, so that no other folder is ever written to."""
WAIT_SECONDS = 60
REARRANGE = "portal.rearrange"
"""The task that bakes an edition in another way."""
TAKEN_OUT = "taken out"
"""The source of what was cut: no plan has it, so the next one makes the file anew."""
LOG = logging.getLogger("gongkai.baked")
_TABLES = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS file (path TEXT PRIMARY KEY, digest TEXT NOT NULL, source TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tells (index_number TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (index_number, path)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS tells_path ON tells (path);
CREATE TABLE IF NOT EXISTS taken (id INTEGER PRIMARY KEY AUTOINCREMENT, index_number TEXT NOT NULL);
"""
_LATER = (
    "CREATE TABLE IF NOT EXISTS held (path TEXT PRIMARY KEY, since TEXT NOT NULL, written_at TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS cut (id INTEGER PRIMARY KEY)",
)
"""Tables that older manifests lack: which files are an item's own page and since when, and which withdrawals had something to take out."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How an edition is to be: its body, its folder, the address it will stand at, where its forms lead, whether the worker keeps it up.

    ``portal_url`` is the address of the portal here, where what the edition does not hold leads. ``only_baked`` leaves out every category
    whose items do not become public as static pages.
    """

    slug: str
    folder: Path
    base_url: str = ""
    apply_url: str = ""
    follow: bool = False
    portal_url: str = ""
    only_baked: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as the manifest knows it: digest of its bytes, and of what it was made from."""

    digest: str
    source: str


@dataclass(frozen=True, slots=True)
class Gone:
    """An item that was withdrawn. ``in_lines`` is whether nothing of it that lists show has a line break in it."""

    index_number: str
    item_id: int
    words: str
    in_lines: bool


@dataclass(frozen=True, slots=True)
class OwnPage:
    """An item's own page in an edition: when it was first written as that and when last; both empty where a tombstone stands in its place."""

    since: str
    written_at: str

    @property
    def is_tombstone(self) -> bool:
        """Whether nothing is left but that it was withdrawn."""
        return not self.since


class Busy(BadInput):
    """Another process writes this edition now."""


class Edition:
    """A folder of ours and its manifest. One writes at a time; each file is there whole or not at all."""

    def __init__(self, place: Path) -> None:
        self.place = place

    @property
    def mark(self) -> str:
        """What names the edition in addresses and tasks."""
        return self.place.stem

    @contextmanager
    def opened(self, *, settled: bool = True) -> Iterator[sqlite3.Connection]:
        """The manifest, committed at the end of the block; no other process writes meanwhile.

        What is not ``settled`` is on the disk for good only with the next that is: should the power fail before, the manifest knows less
        than the folder holds, and the files are made anew.
        """
        with closing(sqlite3.connect(self.place, timeout=WAIT_SECONDS, isolation_level=None)) as database:
            database.execute(f"PRAGMA synchronous={'FULL' if settled else 'NORMAL'}")
            database.execute("BEGIN IMMEDIATE")
            try:
                for table in _LATER:
                    database.execute(table)
                yield database
            except BaseException:
                database.execute("ROLLBACK")
                raise
            database.execute("COMMIT")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """A block in which no other process brings this edition up to the present. Busy when one does already."""
        with self.place.with_suffix(".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy("另一个程序正在更新这个文件夹，请过几分钟再试。") from None
            with closing(sqlite3.connect(self.place, timeout=WAIT_SECONDS)) as held:
                # As long as one is open, closing another does not write the whole log back: that took most of the time of a bake.
                held.execute("SELECT COUNT(*) FROM about").fetchone()
                yield

    def make(self) -> None:
        """Make the manifest's tables where they are missing."""
        self.place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with closing(sqlite3.connect(self.place, timeout=WAIT_SECONDS)) as database:
            database.execute("PRAGMA journal_mode=WAL")
            database.executescript(_TABLES)

    def about(self) -> dict[str, str]:
        """What is noted of the edition: its wanted form, what of it failed last."""
        with closing(sqlite3.connect(self.place, timeout=WAIT_SECONDS)) as database:
            return dict(database.execute("SELECT name, value FROM about"))

    def note(self, **values: str) -> None:
        """Note something of the edition."""
        with self.opened() as database:
            database.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", list(values.items()))

    @property
    def wanted(self) -> Wanted:
        """How it is to be."""
        kept = json.loads(self.about()["wanted"])
        return Wanted(**{**kept, "folder": Path(kept["folder"])})

    def want(self, wanted: Wanted) -> None:
        """Say how it is to be."""
        fields = {name: getattr(wanted, name) for name in Wanted.__slots__}
        self.note(wanted=json.dumps({**fields, "folder": str(wanted.folder)}, ensure_ascii=False))

    def files(self) -> dict[str, Kept]:
        """Every file of the manifest."""
        with closing(sqlite3.connect(self.place, timeout=WAIT_SECONDS)) as database:
            rows = database.execute("SELECT path, digest, source FROM file").fetchall()
        return {path: Kept(digest, source) for path, digest, source in rows}

    def begin(self) -> int:
        """The last withdrawal that a plan made from now on knows of."""
        with closing(sqlite3.connect(self.place, timeout=WAIT_SECONDS)) as database:
            return int(database.execute("SELECT COALESCE(MAX(id), 0) FROM taken").fetchone()[0])

    def waiting(self) -> int:
        """How many withdrawals were cut out of lists that are still to be made anew."""
        with closing(sqlite3.connect(self.place, timeout=WAIT_SECONDS)) as database:
            return int(database.execute("SELECT COUNT(*) FROM cut").fetchone()[0]) if _has(database, "cut") else 0

    def own_page(self, index_number: str) -> OwnPage | None:
        """How an item's page stands; None when the edition has none of it."""
        path = pages.page_of(index_number)
        with closing(sqlite3.connect(self.place, timeout=WAIT_SECONDS)) as database:
            if database.execute("SELECT 1 FROM file WHERE path = ?", [path]).fetchone() is None:
                return None
            kept = "SELECT since, written_at FROM held WHERE path = ?"
            row = database.execute(kept, [path]).fetchone() if _has(database, "held") else None
        return OwnPage(*row) if row else OwnPage("", "")

    def forget_taken(self, until: int) -> None:
        """Withdrawals up to this one are part of what was planned."""
        with self.opened() as database:
            database.execute("DELETE FROM taken WHERE id <= ?", [until])
            database.execute("DELETE FROM cut WHERE id <= ?", [until])

    def put(self, path: str, data: bytes, source: str, tells: Iterable[str], digest: str = "", *, is_item: bool = False) -> bool:
        """Write a file, unless an item it tells of was taken out since the plan was made; whether it was written.

        ``is_item`` says that it is an item's own page.
        """
        told = sorted(set(tells))
        with self.opened(settled=False) as database:
            taken = {row[0] for row in database.execute("SELECT index_number FROM taken")}
            if taken.intersection(told):
                return False
            _write(self._at(path), data)
            _list(database, path, digest or digest_of(data), source, told)
            if is_item:
                now = clock.now().isoformat()
                kept = "INSERT INTO held VALUES (?, ?, ?) ON CONFLICT (path) DO UPDATE SET written_at = excluded.written_at"
                database.execute(kept, [path, now, now])
            else:
                database.execute("DELETE FROM held WHERE path = ?", [path])
        return True

    def know(self, path: str, digest: str) -> None:
        """Take up a file that lies there already; what it was made from is not known."""
        with self.opened(settled=False) as database:
            _list(database, path, digest, "", ())

    def remove(self, path: str) -> None:
        """Remove a file that the edition no longer has."""
        with self.opened(settled=False) as database:
            self._drop(database, path)

    def take_out(self, gone: Gone, slug: str = "") -> None:
        """Leave nothing of an item but its tombstone: its files go, its lines leave every page, what cannot be cut goes until made anew.

        ``slug`` is the item's body where it is another one: the edition may show its title where it is linked.
        """
        page = pages.page_of(gone.index_number)
        front, told = page.removesuffix("index.html"), pages.told_as(gone.index_number, slug)
        with self.opened() as database:
            made = database.execute("INSERT INTO taken (index_number) VALUES (?)", [told])
            rows = database.execute("SELECT path FROM tells WHERE index_number = ?", [told]).fetchall()
            if rows:
                database.execute("INSERT INTO cut VALUES (?)", [made.lastrowid])
            for path in sorted(row[0] for row in rows):
                if path == page and not slug:
                    self._stand_in(database, path, pages.tombstone(gone.index_number, gone.words), [told])
                elif path.startswith(front) and not slug:
                    self._drop(database, path)
                elif not self._cut(database, path, gone, f"b/{slug}/{front}" if slug else front, told):
                    self._leave_out(database, path, told)

    def _cut(self, database: sqlite3.Connection, path: str, gone: Gone, name: str, told: str) -> bool:
        """Cut the item's lines out of a page or a piece of the search index; False when that cannot be done line by line."""
        place = self._at(path)
        if not path.endswith((".html", ".js")) or not place.is_file() or not gone.in_lines:
            return False
        text = place.read_text(encoding="utf-8")
        made = pages.without_key(text, gone.item_id) if path.startswith(pages.GRAMS) else pages.without_lines(text, name)
        if made == text or name in made or pages.mark_of(name, "data-all-of") in text:
            return False
        self._rewrite(database, path, made, _told_in(database, path, told))
        return True

    def _leave_out(self, database: sqlite3.Connection, path: str, told: str) -> None:
        """What cannot be cut goes; a page leaves one behind that says so, because others link it."""
        if path.endswith(".html") and self._at(path).is_file():
            self._stand_in(database, path, pages.MEANWHILE, _told_in(database, path, told))
        else:
            self._drop(database, path)

    def _stand_in(self, database: sqlite3.Connection, path: str, words: str, told: Iterable[str]) -> None:
        self._rewrite(database, path, words, told)
        database.execute("DELETE FROM held WHERE path = ?", [path])

    def _rewrite(self, database: sqlite3.Connection, path: str, words: str, told: Iterable[str]) -> None:
        _write(self._at(path), words.encode())
        _list(database, path, digest_of(words.encode()), TAKEN_OUT, told)

    def _drop(self, database: sqlite3.Connection, path: str) -> None:
        place = self._at(path)
        place.unlink(missing_ok=True)
        database.execute("DELETE FROM file WHERE path = ?", [path])
        database.execute("DELETE FROM tells WHERE path = ?", [path])
        database.execute("DELETE FROM held WHERE path = ?", [path])
        folder, root = place.parent, self.wanted.folder
        while folder != root and folder.is_relative_to(root):
            try:
                folder.rmdir()
            except OSError:
                break  # something else lies there
            folder = folder.parent

    def _at(self, path: str) -> Path:
        """Where a file of the edition lies. ValueError for one that would lie elsewhere."""
        root = self.wanted.folder
        place = root / path
        if not place.parent.resolve().is_relative_to(root.resolve()) or ".." in Path(path).parts:
            raise ValueError("a file of an edition lies in its folder")
        return place


def edition_of(slug: str, folder: Path) -> Edition:
    """The edition of a body in a folder, whether it has been made or not."""
    mark = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]
    return Edition(Path(settings.DATA) / FOLDER / f"{slug}-{mark}.sqlite3")


def edition_marked(mark: str) -> Edition | None:
    """The edition of a mark, None when there is none."""
    return next((e for e in editions() if e.mark == mark), None)


def editions(slug: str = "") -> tuple[Edition, ...]:
    """The editions that were made, of one body or of all."""
    found = sorted((Path(settings.DATA) / FOLDER).glob("*.sqlite3"))
    made = [Edition(place) for place in found]
    return tuple(e for e in made if "wanted" in e.about() and (not slug or e.wanted.slug == slug))


def take_out(slug: str, gone: Gone) -> None:
    """Take an item out of every edition: of its body, and of others that link it. What fails is noted, told on the first page, and done
    again by the worker.
    """
    for edition in editions():
        try:
            edition.take_out(gone, "" if edition.wanted.slug == slug else slug)
        except (OSError, sqlite3.Error, ValueError) as error:
            LOG.error("a static edition still holds a withdrawn item: %s", type(error).__name__)
            failed(edition, "有信息已经撤下，静态页面没有能随即更新")


def failed(edition: Edition, words: str) -> None:
    """Note that an edition could not be brought up to the present."""
    try:
        edition.note(failed_at=clock.now().isoformat(), failure=words)
    except sqlite3.Error as error:
        LOG.error("a failure of a static edition could not be noted: %s", type(error).__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """An edition that is not what it should be: where it lies, and why, in words."""

    folder: str
    words: str


def failures(slug: str) -> tuple[Failure, ...]:
    """The editions of a body that could not be brought up to the present."""
    noted = [(e.wanted, e.about()) for e in editions(slug)]
    return tuple(Failure(str(w.folder), about["failure"]) for w, about in noted if about.get("failure"))


def digest_of(data: bytes) -> str:
    """As the manifest names bytes."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _told_in(database: sqlite3.Connection, path: str, but: str) -> list[str]:
    rows = database.execute("SELECT index_number FROM tells WHERE path = ?", [path]).fetchall()
    return [row[0] for row in rows if row[0] != but]


def _has(database: sqlite3.Connection, table: str) -> bool:
    return database.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", [table]).fetchone() is not None


def _list(database: sqlite3.Connection, path: str, digest: str, source: str, told: Iterable[str]) -> None:
    database.execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?)", [path, digest, source])
    database.execute("DELETE FROM tells WHERE path = ?", [path])
    rows: list[Any] = [(index, path) for index in told]
    database.executemany("INSERT INTO tells VALUES (?, ?)", rows)


def _write(place: Path, data: bytes) -> None:
    """Beside its place and renamed, readable by the web server that hands it out."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
    handle, beside = tempfile.mkstemp(dir=place.parent, prefix=".gongkai-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(beside).chmod(0o644)
        Path(beside).replace(place)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
