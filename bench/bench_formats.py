"""How long do reading and checking all shipped reports of a format take, beside markitdown turning the same files into text?"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from markitdown import MarkItDown

from bench.row import Row, Task, together
from bench.samples import SAMPLES, clean
from gongkai.checking import check
from gongkai.reading import read

AIMS = {"docx": 1 / 10, "pdf": 1 / 2}
"""What share of markitdown's time reading and checking may take at most."""


def run() -> list[Row]:
    """All files of a format in one go, ours and markitdown's in turn; plain text and JSON have no counterpart."""
    rows: list[Row] = []
    converter = MarkItDown()
    for suffix in ("docx", "xlsx", "pdf", "html"):
        files = {path: path.read_bytes() for path in clean(suffix)}
        theirs = f"markitdown, {len(files)} {suffix.upper()}"
        rows += together(
            Task(theirs, _converted(converter, files)),
            Task(f"read and check, {len(files)} {suffix.upper()}", _checked(files), theirs, AIMS.get(suffix)),
            runs=5,
        )
    for suffix, paths in (("json", clean("json")), ("txt", sorted(SAMPLES.rglob("*-lines.txt")))):
        files = {path: path.read_bytes() for path in paths}
        rows += together(Task(f"read and check, {len(files)} {suffix.upper()}", _checked(files)), runs=5)
    return rows


def _checked(files: dict[Path, bytes]) -> Callable[[], None]:
    def work() -> None:
        for path, data in files.items():
            for report in read(data, path.name):
                check(report)

    return work


def _converted(converter: MarkItDown, files: dict[Path, bytes]) -> Callable[[], None]:
    def work() -> None:
        for path, data in files.items():
            converter.convert_stream(io.BytesIO(data), file_extension=path.suffix)

    return work
