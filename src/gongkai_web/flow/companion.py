"""How does the background process run beside the web server, start again when it dies, and never outlive it?"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0
STEADY_SECONDS = 60.0
"""A process that ran for so long did not die of starting."""
LOOK_SECONDS = 0.5
STOP_SECONDS = 30.0

log = logging.getLogger("gongkai.flow")


def _command() -> tuple[str, ...]:
    """It is told whose companion it is: asking for its parent later, it might find that one gone already."""
    return (sys.executable, "-c", "from gongkai.cli import main; raise SystemExit(main())", "worker", "--tied", str(os.getpid()))


class Companion:
    """Keeps one process running while the ``with`` block runs, from the moment ``wanted`` says so."""

    def __init__(self, wanted: Callable[[], bool], command: Sequence[str] = (), first_wait: float = FIRST_WAIT) -> None:
        self._wanted = wanted
        self._command = tuple(command) or _command()
        self._first_wait = first_wait
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._began = 0.0
        self._thread = threading.Thread(target=self._keep, name="companion", daemon=True)

    def __enter__(self) -> Self:
        # Started here and not in the thread: the web server forks its processes right after, and a thread that is busy at that moment
        # would leave its locks held in them for ever. From now on the thread does little but wait.
        if self._wanted():
            self._start()
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stopping.set()
        self._thread.join(STOP_SECONDS + 5)

    @property
    def process(self) -> int | None:
        """The id of the process that runs now."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def _keep(self) -> None:
        wait = self._first_wait
        while not self._stopping.is_set():
            if self._process is None:
                self._stopping.wait(LOOK_SECONDS * 4)
                if self._wanted() and not self._stopping.is_set():
                    self._start()
                continue
            code = self._ended()
            if self._stopping.is_set():
                return
            if time.monotonic() - self._began > STEADY_SECONDS:
                wait = self._first_wait
            log.warning("the worker ended with status %s; it is started again in %.0f s", code, wait)
            self._stopping.wait(wait)
            wait = min(wait * 2, LONGEST_WAIT)
            if not self._stopping.is_set():
                self._start()

    def _start(self) -> None:
        """In a session of its own, so that Ctrl+C reaches the web server alone."""
        self._began = time.monotonic()
        self._process = subprocess.Popen(self._command, start_new_session=True, stdin=subprocess.DEVNULL)  # noqa: S603 - a command of our own

    def _ended(self) -> int:
        """Wait until the process ends, or has to."""
        assert self._process is not None
        while not self._stopping.wait(LOOK_SECONDS):
            code = self._process.poll()
            if code is not None:
                return code
        self._process.terminate()
        try:
            return self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()
