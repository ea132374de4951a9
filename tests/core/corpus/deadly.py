"""Which files do to the process that examines them what damaged ones may: kill it, hang it, fill its memory, raise?

A file's text says what happens. It stands in a module of its own because worker processes must be able to import it.
"""

from __future__ import annotations

import itertools
import os
import signal
import time
from pathlib import Path
from typing import Any
from unittest import mock

from gongkai.corpus import Examined, Extract, Origin, Settings, examination
from gongkai.returns import Report


def examine(origin: Origin, settings: Settings) -> Examined:
    """As the program examines a file, with a reader that does what the file says."""
    text = Path(origin.path).read_text(encoding="utf-8")
    if text == "escape":
        raise RuntimeError("not caught in the worker")
    if text == "fine":
        return Examined(origin.name, "digest", (Extract("云漪市司法局", 2024, None, ()),))
    with mock.patch.object(examination, "read", _read), mock.patch.object(examination, "GRACE", 0.5):
        return examination.examined(origin, settings)


def _read(data: bytes, *_: Any) -> tuple[Report, ...]:
    match data:
        case b"kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case b"sleep":
            time.sleep(600)
        case b"hang":
            sum(itertools.repeat(0))  # never comes back from C, so that no signal handler runs
        case b"memory":
            bytearray(8 * 1024**3)
        case b"raise":
            raise ZeroDivisionError
    raise AssertionError(data)
