"""Which files does this browser session have here, and when are they gone?

A room is a folder under the data folder that belongs to one session: drafts, results of checks. Its name is a random
token that stands in the session only, never in an address; whoever has another session cannot name it. A room is
removed after the stated time without a change, on the next access by anybody and when the server starts.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from gongkai_web.ui.refusals import NotHere, NotPossible

SWEEP_SECONDS = 300
TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}\Z")
GONE = "这里没有这份内容：它可能已经到期删除，或者是在另一个浏览器里打开的。"

_sweeping = threading.Lock()
_last_sweep = 0.0


@dataclass(frozen=True, slots=True)
class Room:
    """One session's folder."""

    folder: Path

    def read(self, *parts: str) -> dict[str, Any]:
        """A JSON document of this room; NotHere when there is none."""
        try:
            return dict(json.loads(self._path(parts).read_text(encoding="utf-8")))
        except (FileNotFoundError, NotADirectoryError, json.JSONDecodeError):
            raise NotHere(GONE) from None

    def write(self, document: dict[str, Any], *parts: str) -> None:
        """Store a JSON document whole or not at all, and begin the stated time anew."""
        self.keep(json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode(), *parts)
        self.touch()

    def keep(self, data: bytes, *parts: str) -> None:
        """Store bytes whole or not at all; the stated time goes on."""
        path = self._path(parts)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        draft.write_bytes(data)
        draft.replace(path)

    def bytes_of(self, *parts: str) -> bytes:
        """A stored file of this room; NotHere when there is none."""
        try:
            return self._path(parts).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            raise NotHere(GONE) from None

    def listing(self, kind: str) -> Iterator[str]:
        """The names of the folders of a kind, newest first."""
        folder = self.folder / kind
        if folder.is_dir():
            yield from (p.name for p in sorted(folder.iterdir(), key=lambda p: p.stat().st_mtime, reverse=True) if p.is_dir())

    def has(self, *parts: str) -> bool:
        """Whether the document is there."""
        return self._path(parts).is_file()

    @contextmanager
    def locked(self, *parts: str) -> Iterator[None]:
        """Hold others that change the same folder, in this process or another."""
        with (self._path(parts) / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def remove(self, *parts: str) -> None:
        """Remove a folder of this room."""
        shutil.rmtree(self._path(parts), ignore_errors=True)

    def check_space(self) -> None:
        """NotPossible when the room is full."""
        if not self.has_space(0):
            raise NotPossible("本浏览器在这里存放的内容已经到了上限。请先用“清除我的数据”删去不用的，再继续。")

    def has_space(self, size: int) -> bool:
        """Whether so many bytes more may be kept."""
        used = sum(p.stat().st_size for p in self.folder.rglob("*") if p.is_file())
        return used + size <= int(settings.ROOM_BYTES)

    def touch(self) -> None:
        """Begin the stated time anew."""
        (self.folder / "touched").touch()

    def _path(self, parts: tuple[str, ...]) -> Path:
        for part in parts:
            if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}(\.(json|pdf|png))?", part):
                raise NotHere(GONE)
        return self.folder.joinpath(*parts)


def new_id() -> str:
    """An identifier nobody can guess."""
    return secrets.token_urlsafe(16)


def room(request: HttpRequest) -> Room:
    """The session's room; NotHere when it has none or its time is over."""
    sweep()
    token = request.session.get("room", "")
    folder = _root() / token
    if not TOKEN.match(token) or not folder.is_dir() or _expired(folder, time.time()):
        raise NotHere(GONE)
    return Room(folder)


def room_or_none(request: HttpRequest) -> Room | None:
    """The session's room when it has one."""
    try:
        return room(request)
    except NotHere:
        return None


def changing_room(request: HttpRequest) -> Room:
    """The session's room when something in it is about to change: the stated time begins anew for both."""
    found = room(request)
    request.session.modified = True
    found.touch()
    return found


def own_room(request: HttpRequest) -> Room:
    """The session's room, made when it has none; the session's own time begins anew with it."""
    found = room_or_none(request)
    if found is None:
        token = secrets.token_urlsafe(24)
        folder = _root() / token
        folder.mkdir(parents=True, mode=0o700)
        request.session["room"] = token
        found = Room(folder)
    request.session.modified = True
    found.touch()
    return found


def clear(request: HttpRequest) -> None:
    """Remove everything this session has here, and the session itself."""
    found = room_or_none(request)
    if found is not None:
        shutil.rmtree(found.folder, ignore_errors=True)
    request.session.flush()


def sweep(now: float | None = None, *, at_once: bool = False) -> int:
    """Remove the rooms whose time is over; how many. Looks only every few minutes unless told ``at_once``."""
    global _last_sweep  # noqa: PLW0603 - one clock hand per server process
    now = time.time() if now is None else now
    if (not at_once and now - _last_sweep < SWEEP_SECONDS) or not _sweeping.acquire(blocking=False):
        return 0
    try:
        _last_sweep = now
        removed = 0
        root = _root()
        if root.is_dir():
            with os.scandir(root) as entries:
                old = [Path(e.path) for e in entries if e.is_dir() and _expired(Path(e.path), now)]
            for folder in old:
                shutil.rmtree(folder, ignore_errors=True)
                removed += 1
        return removed
    finally:
        _sweeping.release()


def _root() -> Path:
    return Path(settings.DATA) / "rooms"


def _expired(folder: Path, now: float) -> bool:
    mark = folder / "touched"
    try:
        touched = mark.stat().st_mtime
    except FileNotFoundError:
        try:
            touched = folder.stat().st_mtime
        except FileNotFoundError:
            return True
    return now - touched > settings.ROOM_SECONDS
