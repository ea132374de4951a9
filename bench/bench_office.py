"""How fast are lists, pages and search of an office with very many public items, and does size matter?

``BENCH_ITEMS`` (10000) and ``BENCH_MANY`` (100000) are the two sizes; ``DATABASE_URL`` chooses PostgreSQL instead of SQLite. Each size runs in
a process of its own. Pages are asked over HTTP from granian beside the same bytes from a bare application, in the same run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.row import Row

SMALL = int(os.environ.get("BENCH_ITEMS", "10000"))
MANY = int(os.environ.get("BENCH_MANY", "100000"))
SEARCH_AIM = 0.05
LISTS = ("first page", "page 10,000 by key", "a random page")
SEARCHES = tuple(f"search of {n} characters, {p}" for n in (2, 4, 7) for p in ("p50", "p95"))


def run() -> list[Row]:
    """Both sizes, the larger compared with the smaller."""
    small, many = _measured(SMALL), _measured(MANY)
    rows = [Row(f"{name} of {SMALL} items", small["runs"], small[name]) for name in LISTS]
    rows += [Row(f"{name} of {MANY} items", many["runs"], many[name], f"{name} of {SMALL} items") for name in LISTS]
    rows.append(Row(f"first page beside deep of {MANY}", many["runs"], many["first page"]))
    rows.append(
        Row(f"deep beside first of {MANY}", many["runs"], many[LISTS[1]], f"first page beside deep of {MANY}", at_most=1.5)
    )
    for name in SEARCHES:
        rows.append(Row(f"{name}, {MANY} items", 100, many[name], at_most=SEARCH_AIM if name.endswith("p95") else None))
    rows.append(Row(f"index built, {MANY} items", 1, many["index"]))
    rows.append(Row("a bare response of the same bytes", 1, many["bare"]))
    rows.append(Row("a kept page", 1, many["kept"], "a bare response of the same bytes", at_most=2.0))
    rows.append(Row("the same template from memory", 1, many["memory"]))
    rows.append(Row("a fresh page", 1, many["fresh"], "the same template from memory", at_most=2.0))
    rows.append(Row("an act of publishing until its page answers", 5, many["visible"]))
    return rows


def _measured(count: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.json"
        command = [sys.executable, "-m", "bench.office_run", str(count), folder, str(out)]
        subprocess.run(command, check=True)
        return dict(json.loads(out.read_text(encoding="utf-8")))
