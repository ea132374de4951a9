"""How fast are lists, pages, search, publishing and baking of an office with very many public items, and does size matter?

``BENCH_ITEMS`` (10000) and ``BENCH_MANY`` (100000) are the two sizes, ``BENCH_MOST`` (0: none) a third for lists and search alone. ``DATABASE_URL``
names a PostgreSQL server to be used instead of SQLite; each size gets a database of its own there, dropped afterwards. Each size runs in
a process of its own. ``BENCH_BAKED`` (10000) is the largest size of which a static edition is baked.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import psycopg

from bench.row import Row

SMALL = int(os.environ.get("BENCH_ITEMS", "10000"))
MANY = int(os.environ.get("BENCH_MANY", "100000"))
MOST = int(os.environ.get("BENCH_MOST", "0"))
BAKED = int(os.environ.get("BENCH_BAKED", "10000"))
SEARCH_AIM = 0.05
LISTS = (
    "first page",
    "page 10,000 by key",
    "a random page",
    "first page of a category with others below",
    "counting anew after an act",
)
WORDS = ("", ", processor")
"""By the clock, and by what the processes of ours spent on a processor: the second holds on a machine that does other things as well."""
BARE, MEMORY = "a bare response of the same bytes", "the same template from memory"


def run() -> list[Row]:
    """All sizes, the larger ones compared with the smallest."""
    small, many = _measured(SMALL), _measured(MANY)
    rows = [*_lists(SMALL, small, None), *_lists(MANY, many, SMALL), *_searches(SMALL, small), *_searches(MANY, many)]
    if MOST:
        most = _measured(MOST, "lists", "search")
        rows += [*_lists(MOST, most, SMALL), *_searches(MOST, most)]
    return [*rows, *_pages(many), *_visible(SMALL, small), *_visible(MANY, many), *_bakes(SMALL, small), *_bakes(MANY, many)]


def _lists(count: int, found: dict[str, float], beside: int | None) -> Iterator[Row]:
    yield Row(f"{count} items filled", 1, found["filled"])
    for name in LISTS:
        yield Row(f"{name} of {count}", int(found["runs"]), found[name], f"{name} of {beside}" if beside else None)
    yield Row(
        f"page 10,000 beside the first of {count}", int(found["runs"]), found[LISTS[1]], f"first page of {count}", at_most=1.5
    )


def _searches(count: int, found: dict[str, float]) -> Iterator[Row]:
    yield Row(f"index of {count} built", 1, found["index"])
    for length in (2, 4, 7):
        for name, word, part in product(("search", "index alone"), WORDS, ("p50", "p95")):
            aim = SEARCH_AIM if (name, part) == ("search", "p95") else None
            amount = found[f"{name} of {length} characters{word}, {part}"]
            yield Row(f"{name} of {length} characters in {count}{word}, {part}", 100, amount, at_most=aim)
    yield Row(f"recall in {count}, the worst of {found['recall asked']:.0f} questions", 1, found["recall"] * 100, unit="%")


def _pages(found: dict[str, float]) -> Iterator[Row]:
    for word in WORDS:
        yield Row(f"{BARE}{word}", 2000, found[f"bare{word}"])
        yield Row(f"a kept page{word}", 2000, found[f"kept{word}"], f"{BARE}{word}", at_most=2.0)
        yield Row(f"{MEMORY}{word}", 2000, found[f"memory{word}"])
        yield Row(f"a fresh page{word}", 2000, found[f"fresh{word}"], f"{MEMORY}{word}", at_most=2.0)
        if "nginx" in found:
            yield Row(f"the same bytes from nginx{word}", 2000, found[f"nginx{word}"], f"{BARE}{word}")


def _visible(count: int, found: dict[str, float]) -> Iterator[Row]:
    yield Row(f"last act of {count} until the page answers", 5, found["visible"])
    yield Row(f"last act of {count} until the list shows it", 5, found["visible in the list"])
    yield Row(f"last act of {count} until a search finds it", 5, found["found by a search"])


def _bakes(count: int, found: dict[str, float]) -> Iterator[Row]:
    if "bake whole" in found:
        for word in WORDS:
            yield Row(f"static edition of {count}{word}: {found['bake files']:.0f} files", 1, found[f"bake whole{word}"])
        yield Row(f"withdrawal of one item of {count} from it", 1, found["withdrawal with an edition"])
        yield Row(f"static edition of {count} again, one item changed", 1, found["bake of one item"])


def _measured(count: int, *parts: str) -> dict[str, float]:
    asked = parts or ("lists", "search", "pages", "visible", *(("bake",) if count <= BAKED else ()))
    with tempfile.TemporaryDirectory() as folder, _database(count) as surroundings:
        data, out = Path(folder) / "data", Path(folder) / "out.json"
        data.mkdir()
        print(f"{count} items:", file=sys.stderr, flush=True)
        command = [sys.executable, "-m", "bench.office_run", str(count), str(data), str(out), *asked]
        subprocess.run(command, check=True, env=surroundings)
        return dict(json.loads(out.read_text(encoding="utf-8")))


@contextmanager
def _database(count: int) -> Iterator[dict[str, str]]:
    """The surroundings of a run: with an empty PostgreSQL database where a server is named."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        yield dict(os.environ)
        return
    base, name = server.rstrip("/").rsplit("/", 1)[0] if server.count("/") > 2 else server, f"gongkai_bench_{count}"
    with psycopg.connect(f"{base}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield {**os.environ, "DATABASE_URL": f"{base}/{name}"}
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
