"""Which benches are there, and what did they measure? ``python -m bench [NAME…]`` prints one table per bench."""

from __future__ import annotations

import importlib
import os
import pkgutil
import platform
import sys
from collections.abc import Sequence

import bench
from bench.row import Row


def discovered() -> list[str]:
    """The names of the benches: the modules ``bench_*`` beside this one, without the prefix."""
    return sorted(
        found.name.removeprefix("bench_") for found in pkgutil.iter_modules(bench.__path__) if found.name.startswith("bench_")
    )


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table, each with its ratio to the reference measured in the same run."""
    times = {row.name: row.seconds for row in rows}
    lines = ["| measured | runs | median | against its reference |", "|---|---:|---:|---|"]
    for row in rows:
        ratio = "reference" if row.reference is None else f"{row.seconds / times[row.reference]:.2f} × {row.reference}"
        lines.append(f"| {row.name} | {row.runs} | {row.seconds * 1000:.1f} ms | {ratio} |")
    return "\n".join(lines)


def main(names: Sequence[str]) -> int:
    """Run the named benches, or all of them."""
    known = discovered()
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"no bench named {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    print(f"CPython {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores\n")
    for name in names or known:
        print(f"## {name}\n", flush=True)
        print(table(importlib.import_module(f"bench.bench_{name}").run()) + "\n", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
