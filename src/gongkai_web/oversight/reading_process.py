"""What happens to one uploaded file inside the process that reads it, where memory and time are bounded?

Run as a program. On standard input: a line of JSON (name, number of bytes, and a page's number when that page is to be
drawn), then the bytes; on standard output one line of JSON for each. First of all the file's text is searched for classification markings: a file that has one is answered
with nothing but that fact, and its bytes die with this process's memory.
"""

from __future__ import annotations

import base64
import json
import os
import resource
import sys
from typing import IO, Any

from gongkai.checking import check
from gongkai.errors import GongkaiError
from gongkai.reading import read_source
from gongkai.reading.blocks import Grid, Paragraph, Source
from gongkai.reading.formats import open_source
from gongkai.reading.pdf_picture import page_picture, page_sizes
from gongkai.reading.secrecy import classification_marking
from gongkai.returns import Report
from gongkai_web.oversight.stored import finding_json, report_json

PASSAGE_CHARACTERS = 400_000
TOO_MUCH = "这个文件展开后太大，超过了读取时允许使用的内存，没有读取。请删去图片和多余的工作表，另存后再试。"

OUT_OF_MEMORY: dict[str, Any] = {"refused": TOO_MUCH, "spent": True}
# Made beforehand: when memory has run out there is none to make it with.
OUT_OF_MEMORY_LINE = json.dumps(OUT_OF_MEMORY, ensure_ascii=False).encode() + b"\n"


def answer(data: bytes, name: str) -> dict[str, Any]:
    """What the file holds: reports with their findings and the source's passages; or why it was refused.

    Keys: ``marked`` (true) or ``refused`` (a sentence) or ``reports``, ``findings``, ``passages``, ``pages`` (sizes, of a PDF).
    """
    try:
        source = open_source(data, name)
        if classification_marking(source) is not None:
            return {"marked": True}
        reports = read_source(source)
        pages = page_sizes(data) if source.format == "pdf" else ()
    except GongkaiError as error:
        return {"refused": str(error)}
    except MemoryError:
        return OUT_OF_MEMORY
    except RecursionError:
        return {"refused": "这个文件的结构嵌套太深，没有读取。请用 WPS 或 Word 打开后另存一份再试。"}
    return {
        "format": source.format,
        "reports": [report_json(r) for r in reports],
        "findings": [[finding_json(f) for f in check(r, year_before(r, reports))] for r in reports],
        "passages": passages_json(source),
        "pages": pages,
    }


def picture(data: bytes, page: int) -> dict[str, Any]:
    """A page of a PDF that was read before: a PNG in Base64 under ``picture``, or why there is none under ``refused``."""
    try:
        return {"picture": base64.b64encode(page_picture(data, page)).decode()}
    except GongkaiError as error:
        return {"refused": str(error)}
    except MemoryError:
        return OUT_OF_MEMORY


def year_before(report: Report, others: tuple[Report, ...]) -> Report | None:
    """Another report of the same source for the year before."""
    for other in others:
        if other is not report and report.year is not None and other.year == report.year - 1:
            return other
    return None


def passages_json(source: Source) -> list[dict[str, Any]]:
    """The source's paragraphs and tables as a page shows them beside a finding, at most so many characters."""
    made: list[dict[str, Any]] = []
    left = PASSAGE_CHARACTERS
    for block in source.blocks:
        if isinstance(block, Paragraph):
            made.append({"text": block.text, "line": block.place.line, "page": block.place.page})
            left -= len(block.text)
        elif isinstance(block, Grid):
            cells = [[c.row, c.column, c.row_span, c.column_span, c.text] for c in block.cells]
            place = block.place
            made.append({"table": place.table, "page": place.page, "sheet": place.sheet, "cells": cells})
            left -= sum(len(c.text) for c in block.cells)
        if left < 0:
            break
    return made


def main(memory: int) -> None:
    """Answer until standard input ends, or memory ran out once: what is left of it then is not to be relied on."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    wire_in, wire_out = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not speak on the wire
    while True:
        try:
            job = _job(wire_in)
            if job is None:
                return
            data, name, page = job
            made = answer(data, name) if page is None else picture(data, page)
            del data
            line = json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        except MemoryError:  # taking the file in, or writing the answer out, can run out as well as reading it
            made, line = OUT_OF_MEMORY, OUT_OF_MEMORY_LINE
        job = None
        wire_out.write(line)
        wire_out.flush()
        if "spent" in made:
            return


def _job(wire: IO[bytes]) -> tuple[bytes, str, int | None] | None:
    line = wire.readline()
    if not line:
        return None
    head = json.loads(line)
    return wire.read(head["size"]), head["name"], head["page"]


if __name__ == "__main__":
    main(int(sys.argv[1]))
