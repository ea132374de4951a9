"""How does the web server have files read without risking its own life?

A few reading processes, each bounded in memory and time, are kept behind a pool of as many threads. A file that takes
too long or too much costs its reading process, never the server; the visitor reads a sentence.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings

LOG = logging.getLogger("gongkai.reading")
TOO_SLOW = "读取这个文件用的时间太长，已经停止。请用 WPS 或 Word 打开后另存一份，去掉图片和多余内容再试。"
TOO_MUCH = "读取这个文件需要的内存超过了上限，已经停止。请用 WPS 或 Word 打开后另存一份，去掉图片和多余内容再试。"

KEPT = ("HOME", "LANG", "LC_ALL", "PATH", "TZ")
"""What a reading process learns of its surroundings: no key, no database address."""

_mine = threading.local()
_every: set[ReadingProcess] = set()


class ReadingProcess:
    """One reading process; replaced when it dies, overruns or has read its share."""

    def __init__(self) -> None:
        # What reading leaves behind when it is ended half-way – an old file being converted – must not outlive it.
        scratch_root(make=True)
        self.scratch = tempfile.mkdtemp(dir=scratch_root())
        self.process = subprocess.Popen(  # noqa: S603 - our own module under our own interpreter
            [sys.executable, "-I", "-m", "gongkai_web.oversight.reading_process", str(settings.READER_MEMORY_BYTES)],
            env={name: os.environ[name] for name in KEPT if name in os.environ} | {"TMPDIR": self.scratch},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.left = settings.READER_FILES
        _every.add(self)

    def answer(self, data: bytes, name: str, page: int | None = None) -> dict[str, Any]:
        """The process's answer: what the file holds, or how its ``page`` looks; a sentence under ``refused`` when it died or overran."""
        overran = threading.Event()
        seconds = settings.READER_SECONDS if page is None else settings.PICTURE_SECONDS
        watch = threading.Timer(seconds, self._stop, [overran])
        watch.daemon = True
        watch.start()
        try:
            wire = cast("IO[bytes]", self.process.stdin)
            wire.write(json.dumps({"name": name, "size": len(data), "page": page}).encode() + b"\n")
            wire.write(data)
            wire.flush()
            line = cast("IO[bytes]", self.process.stdout).readline()
        except (BrokenPipeError, ConnectionResetError):
            line = b""
        finally:
            watch.cancel()
        self.left -= 1
        if line.endswith(b"\n"):
            return dict(json.loads(line))
        self.close()
        LOG.warning("a reading process %s", "ran out of time" if overran.is_set() else "died")
        return {"refused": TOO_SLOW if overran.is_set() else TOO_MUCH}

    @property
    def usable(self) -> bool:
        """Whether it lives and has not read its share."""
        return self.left > 0 and self.process.poll() is None

    def close(self) -> None:
        """End the process and its pipes."""
        _every.discard(self)
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        shutil.rmtree(self.scratch, ignore_errors=True)

    def _stop(self, overran: threading.Event) -> None:
        overran.set()
        self.process.kill()


def scratch_root(*, make: bool = False) -> Path:
    """The folder under which every reading process has one of its own for passing files."""
    folder = Path(settings.DATA) / "reading"
    if make:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def clear_scratch() -> None:
    """Remove what reading processes of an earlier run left."""
    shutil.rmtree(scratch_root(), ignore_errors=True)


def answer(data: bytes, name: str, page: int | None = None) -> dict[str, Any]:
    """Read one file, or draw one page of it, in this thread's reading process."""
    process: ReadingProcess | None = getattr(_mine, "process", None)
    if process is None or not process.usable:
        if process is not None:
            process.close()
        process = _mine.process = ReadingProcess()
    return process.answer(data, name, page)


def close() -> None:
    """Stop reading and end every reading process; the next file starts new ones."""
    for each in (pool, front_pool):
        each().shutdown(cancel_futures=True)
        each.cache_clear()
    for process in list(_every):
        process.close()


@cache
def pool() -> ThreadPoolExecutor:
    """The threads that own the reading processes; more files than threads wait their turn."""
    return ThreadPoolExecutor(settings.READERS, thread_name_prefix="reader")


@cache
def front_pool() -> ThreadPoolExecutor:
    """One more thread for the person who waits before the screen for a single file, past the queue of batches."""
    return ThreadPoolExecutor(1, thread_name_prefix="front-reader")


def read_now(data: bytes, name: str) -> dict[str, Any]:
    """Have a file read and wait for it."""
    return front_pool().submit(answer, data, name).result()


def draw_now(data: bytes, page: int) -> dict[str, Any]:
    """Have a page of a PDF drawn and wait for it: a PNG in Base64 under ``picture``, or a sentence under ``refused``."""
    return front_pool().submit(answer, data, "", page).result()
