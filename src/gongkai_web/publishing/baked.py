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
import re
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from django.conf import settings

from gongkai.errors import BadInput
from gongkai_web.ui import clock

FOLDER = "baked"
MARKER = ".gongkai-edition.json"
"""Stands in every folder of ours, so that no other folder is ever written to."""
WAIT_SECONDS = 60
GRAMS = "search/grams/"
TAKEN_OUT = "taken out"
"""The source of what was cut: no plan has it, so the next one makes the file anew."""
LOG = logging.getLogger("gongkai.baked")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|#%]')
_TABLES = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS file (path TEXT PRIMARY KEY, digest TEXT NOT NULL, source TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tells (index_number TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (index_number, path)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS tells_path ON tells (path);
CREATE TABLE IF NOT EXISTS taken (id INTEGER PRIMARY KEY AUTOINCREMENT, index_number TEXT NOT NULL);
"""
_GONE = (
    '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<meta name="robots" content="noindex">\n'
    "<title>信息已撤回</title>\n</head>\n<body>\n<h1>这条信息已经撤回</h1>\n<p>索引号：{index}</p>\n<p>{words}</p>\n</body>\n</html>\n"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How an edition is to be: its body, its folder, the address it will stand at, where its forms lead, whether the worker keeps it up."""

    slug: str
    folder: Path
    base_url: str = ""
    apply_url: str = ""
    follow: bool = False


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


class Busy(BadInput):
    """Another process writes this edition now."""


class Edition:
    """A folder of ours and its manifest. One writes at a time; each file is there whole or not at all."""

    def __init__(self, place: Path) -> None:
        self.place = place

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """The manifest, committed at the end of the block; no other process writes meanwhile."""
        with closing(sqlite3.connect(self.place, timeout=WAIT_SECONDS, isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")
            try:
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
            return int(database.execute("SELECT COUNT(*) FROM taken").fetchone()[0])

    def forget_taken(self, until: int) -> None:
        """Withdrawals up to this one are part of what was planned."""
        with self.opened() as database:
            database.execute("DELETE FROM taken WHERE id <= ?", [until])

    def put(self, path: str, data: bytes, source: str, tells: Iterable[str], digest: str = "") -> bool:
        """Write a file, unless an item it tells of was taken out since the plan was made; whether it was written."""
        told = sorted(set(tells))
        with self.opened() as database:
            taken = {row[0] for row in database.execute("SELECT index_number FROM taken")}
            if taken.intersection(told):
                return False
            _write(self._at(path), data)
            _list(database, path, digest or digest_of(data), source, told)
        return True

    def know(self, path: str, digest: str) -> None:
        """Take up a file that lies there already; what it was made from is not known."""
        with self.opened() as database:
            _list(database, path, digest, "", ())

    def remove(self, path: str) -> None:
        """Remove a file that the edition no longer has."""
        with self.opened() as database:
            self._drop(database, path)

    def take_out(self, gone: Gone) -> None:
        """Leave nothing of an item but its tombstone: its files go, its lines leave every page, what cannot be cut goes until made anew."""
        page = page_of(gone.index_number)
        front = page.rpartition("/")[0] + "/"
        with self.opened() as database:
            database.execute("INSERT INTO taken (index_number) VALUES (?)", [gone.index_number])
            rows = database.execute("SELECT path FROM tells WHERE index_number = ?", [gone.index_number]).fetchall()
            for path in sorted(row[0] for row in rows):
                if path == page:
                    made = _GONE.format(index=escape(gone.index_number), words=escape(gone.words)).encode()
                    _write(self._at(path), made)
                    _list(database, path, digest_of(made), TAKEN_OUT, [gone.index_number])
                elif path.startswith(front) or not self._cut(database, path, gone):
                    self._drop(database, path)

    def _cut(self, database: sqlite3.Connection, path: str, gone: Gone) -> bool:
        """Cut the item's lines out of a page or a piece of the search index; False when that cannot be done line by line."""
        place = self._at(path)
        if not path.endswith((".html", ".js")) or not place.is_file() or not gone.in_lines:
            return False
        text, name = place.read_text(encoding="utf-8"), page_of(gone.index_number).removesuffix("index.html")
        made = _without_key(text, gone.item_id) if path.startswith(GRAMS) else _without_lines(text, name)
        if made == text or name in made:
            return False
        _write(place, made.encode())
        rows = database.execute("SELECT index_number FROM tells WHERE path = ?", [path]).fetchall()
        _list(database, path, digest_of(made.encode()), TAKEN_OUT, [row[0] for row in rows if row[0] != gone.index_number])
        return True

    def _drop(self, database: sqlite3.Connection, path: str) -> None:
        place = self._at(path)
        place.unlink(missing_ok=True)
        database.execute("DELETE FROM file WHERE path = ?", [path])
        database.execute("DELETE FROM tells WHERE path = ?", [path])
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


def editions(slug: str = "") -> tuple[Edition, ...]:
    """The editions that were made, of one body or of all."""
    found = sorted((Path(settings.DATA) / FOLDER).glob("*.sqlite3"))
    made = [Edition(place) for place in found]
    return tuple(e for e in made if "wanted" in e.about() and (not slug or e.wanted.slug == slug))


def take_out(slug: str, gone: Gone) -> None:
    """Take an item out of every edition of its body. What fails is noted, told on the first page, and done again by the worker."""
    for edition in editions(slug):
        try:
            edition.take_out(gone)
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


def page_of(index_number: str) -> str:
    """The path of an item's page in an edition."""
    return f"info/{re.sub(r'[^A-Za-z0-9/_.-]', '_', index_number)}/index.html"


def file_of(index_number: str, position: int, name: str) -> str:
    """The path of an item's file in an edition, short enough and safe for every system."""
    safe = _UNSAFE.sub("_", name).strip(" .") or "file"
    stem, dot, ending = safe.rpartition(".")
    short = f"{stem[:60]}{dot}{ending[:10]}" if stem else safe[:60]
    return f"{page_of(index_number).removesuffix('index.html')}files/{position}/{short}"


def digest_of(data: bytes) -> str:
    """As the manifest names bytes."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _without_lines(text: str, name: str) -> str:
    return "\n".join(line for line in text.split("\n") if name not in line)


def _without_key(text: str, item_id: int) -> str:
    """A piece of the index without one item: a line is a pair of characters and the keys of the items in which it stands."""
    left = []
    for line in text.split("\n"):
        pair, _, keys = line.rstrip(",").partition(":")
        if pair.startswith('"') and keys.startswith("["):
            kept = [key for key in json.loads(keys) if key != item_id]
            if not kept:
                continue
            line = f"{pair}:{json.dumps(kept, separators=(',', ':'))}{',' if line.endswith(',') else ''}"
        left.append(line)
    return "\n".join(left)


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
