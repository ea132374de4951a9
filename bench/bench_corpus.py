"""How long do ten thousand reports take through the process pool, with two processes against one?"""

from __future__ import annotations

import io
import multiprocessing
import os
import random
import re
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from bench.row import Row, peak_memory
from bench.samples import SAMPLES, clean
from gongkai.corpus import Settings, examinations, origins

# Fewer where time is short: a measurement of a thousand has the same shape.
REPORTS = int(os.environ.get("BENCH_REPORTS", "10000"))
PARTS = 4
"""The files are timed part by part, with one process and with two in turn: what else the machine does hits both alike."""
AIM = 1 / 1.7
"""Two processes take at most this share of one's time."""

_CELLS = {
    ".html": re.compile(rb"(?<=>)\d{1,4}(?=<)"),
    ".docx": re.compile(rb"(?<=>)\d{1,4}(?=</w:t>)"),
    ".xlsx": re.compile(rb"(?<=<v>)\d{1,4}(?=</v>)"),
    ".txt": re.compile(rb"(?<=[\t|])\d{1,4}(?=[\t|])"),
}
_PARTS = re.compile(r"word/document\.xml|xl/worksheets/sheet\d+\.xml")


def run() -> list[Row]:
    """The same files with one process and with two, part by part in turn; the files are the samples with other figures, so none is like another."""
    spent = {1: 0.0, 2: 0.0}
    largest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for number, (suffix, data) in enumerate(varied(REPORTS)):
            place = Path(folder, f"{number % PARTS}", f"{number // 500:03}")
            place.mkdir(parents=True, exist_ok=True)
            (place / f"{number:05}{suffix}").write_bytes(data)
        for turn, part in enumerate(sorted(Path(folder).iterdir())):
            for jobs in (2, 1) if turn % 2 else (1, 2):
                took, worker = _timed(part, jobs)
                spent[jobs] += took
                largest = max(largest, worker)
    alone = f"{REPORTS} reports, one process"
    return [
        Row(alone, PARTS, spent[1]),
        Row(f"{REPORTS} reports, two processes", PARTS, spent[2], alone, at_most=AIM),
        Row("memory of the process that hands out", 1, peak_memory(), unit="MiB"),
        Row("memory of the largest worker", 1, largest, unit="MiB"),
    ]


def varied(count: int) -> Iterator[tuple[str, bytes]]:
    """So many files, their endings first: each sample in turn, some of its figures replaced by others."""
    chance = random.Random(1)
    files = [*clean("html"), *clean("docx"), *clean("xlsx"), *sorted(SAMPLES.rglob("*-tabs.txt"))]
    sources = [(path.suffix, path.read_bytes()) for path in files]
    for number in range(count):
        suffix, data = sources[number % len(sources)]
        yield suffix, _packed(data, chance) if suffix in {".docx", ".xlsx"} else _replaced(data, suffix, chance)


def _replaced(data: bytes, suffix: str, chance: random.Random) -> bytes:
    return _CELLS[suffix].sub(lambda found: str(chance.randrange(2000)).encode() if chance.random() < 0.2 else found[0], data)


def _packed(data: bytes, chance: random.Random) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for info in old.infolist():
            content = old.read(info)
            if _PARTS.fullmatch(info.filename):
                content = _replaced(content, ".docx" if info.filename.startswith("word") else ".xlsx", chance)
            new.writestr(info.filename, content)
    return made.getvalue()


def _timed(folder: Path, jobs: int) -> tuple[float, float]:
    """Seconds for all files of the folder, and the largest worker's memory (MiB)."""
    start = time.perf_counter()
    done, largest = 0, 0.0
    for result in examinations(origins([folder]).origins, Settings(), jobs):
        assert result.error is None, result
        done += 1
        if done % 25 == 0:
            largest = max([largest, *(peak_memory(child.pid) for child in multiprocessing.active_children() if child.pid)])
    assert done == sum(path.is_file() for path in folder.rglob("*")), done
    return time.perf_counter() - start, largest
