"""How does the server have an upload examined, or a PDF covered, without risking its own life?

Each file gets a process of its own with a bound on memory and on time, an empty folder for what LibreOffice needs, and nothing of the
server's surroundings. What it breaks is that process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

from gongkai_web.files.cleaning.result import Choices
from gongkai_web.files.examination import Examination, choices_json, from_json
from gongkai_web.files.redaction import Box, Redacted
from gongkai_web.files.types import NotAccepted

MEMORY = 2048 * 1024 * 1024
SECONDS = 200
"""Longer than LibreOffice is given for the two times an old file is read."""
AT_ONCE = 2
_KEPT = ("HOME", "LANG", "LC_ALL", "PATH", "TZ")
_TOO_SLOW = "检查这个文件用的时间太长，已经停止；请去掉大图片和多余内容，或拆成几个文件后再上传。"
_DIED = "检查这个文件时出了问题，已经停止；请用 WPS 或 Office 打开，另存一份后再上传。"
_places = threading.BoundedSemaphore(AT_ONCE)


def examined(
    data: bytes,
    name: str,
    choices: Choices | None = None,
    *,
    let_marking_pass: bool = False,
    memory: int = MEMORY,
    seconds: float = SECONDS,
) -> Examination:
    """What became of an upload; see :func:`gongkai_web.files.examination.examine`. Waits its turn when others are being examined."""
    job = {
        "task": "examine",
        "name": name,
        "size": len(data),
        "choices": choices_json(choices or Choices()),
        "let_marking_pass": let_marking_pass,
    }
    said, made = _answer(job, data, memory, seconds)
    if "passages" not in said:
        return Examination(code=said["code"], refusal=said["refusal"])
    return from_json(said, made if said["size"] is not None else None)


def covered(data: bytes, boxes: Sequence[Box], *, memory: int = MEMORY, seconds: float = SECONDS) -> Redacted:
    """The PDF with the boxes burnt in black and proved; NotAccepted with the reason when it cannot be."""
    job = {"task": "redact", "name": "", "size": len(data), "boxes": [astuple(box) for box in boxes]}
    said, made = _answer(job, data, memory, seconds)
    if said["refusal"]:
        raise NotAccepted(said.get("code", "redaction"), said["refusal"])
    return Redacted(made, tuple(said["covered"]))


def _answer(job: dict[str, Any], data: bytes, memory: int, seconds: float) -> tuple[dict[str, Any], bytes]:
    with (
        _places,
        tempfile.TemporaryDirectory(prefix="gongkai-file-", ignore_cleanup_errors=True) as scratch,
        subprocess.Popen(  # noqa: S603 - our own module under our own interpreter
            [sys.executable, "-I", "-m", "gongkai_web.files.examination_process", str(memory)],
            env={name: os.environ[name] for name in _KEPT if name in os.environ} | {"TMPDIR": scratch},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process,
    ):
        try:
            out, _ = process.communicate(json.dumps(job).encode() + b"\n" + data, timeout=seconds)
        except subprocess.TimeoutExpired:
            return {"refusal": _TOO_SLOW, "code": "too-slow", "size": None}, b""
        finally:
            process.kill()
    line, _, made = out.partition(b"\n")
    try:
        said = dict(json.loads(line))
    except ValueError:
        return {"refusal": _DIED, "code": "died", "size": None}, b""
    if said["size"] is not None and said["size"] != len(made):
        return {"refusal": _DIED, "code": "died", "size": None}, b""
    return said, made
