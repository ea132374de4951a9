"""What happens to one upload inside the process that examines it, where memory and time are bounded?

Run as a program, once for each file. Its argument is the bound on memory in bytes. On standard input: a line of JSON (task, name, size,
choices, boxes), then the bytes; on standard output: a line of JSON with the answer's size, then the answer's bytes. What an upload can
break is this process, never the server.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import sys
import warnings
from typing import Any

from gongkai.errors import GongkaiError
from gongkai_web.files.cleaning.result import Choices
from gongkai_web.files.examination import Examination, as_json, examine
from gongkai_web.files.redaction import Box, redacted, traces

TOO_MUCH = "检查这个文件需要的内存超过了上限，已经停止；请去掉大图片和多余内容，或拆成几个文件后再上传。"
_OUT_OF_MEMORY = as_json(Examination(code="too-much", refusal=TOO_MUCH))
# Made beforehand: when memory has run out there is none to make it with.
_OUT_OF_MEMORY_LINE = json.dumps(_OUT_OF_MEMORY, ensure_ascii=False).encode() + b"\n"


def answer(job: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """The answer to one job: an examination, or a redaction with its proof."""
    if job["task"] == "examine":
        made = examine(data, job["name"], Choices(**job["choices"]), let_marking_pass=job["let_marking_pass"])
        return as_json(made), made.data or b""
    boxes = [Box(*box) for box in job["boxes"]]
    try:
        result = redacted(data, boxes)
        wrong = traces(result.data, boxes, result.covered)
    except GongkaiError as refused:
        return {"refusal": str(refused), "size": None}, b""
    if wrong:
        return {"refusal": wrong[0], "size": None}, b""
    return {"refusal": "", "size": len(result.data), "covered": list(result.covered)}, result.data


def main(memory: int) -> None:
    """Answer one job."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    wire_in, wire_out = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not speak on the wire
    # A library's warning may quote the file; nothing of an upload is written anywhere.
    logging.disable()
    warnings.simplefilter("ignore")
    try:
        job = json.loads(wire_in.readline())
        said, made = answer(job, wire_in.read(job["size"]))
        line = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    except MemoryError:
        line, made = _OUT_OF_MEMORY_LINE, b""
    wire_out.write(line)
    wire_out.write(made)
    wire_out.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
