"""Which benches are there, and what did they measure? ``python -m bench [NAME…]`` prints one table per bench.

The same figures go to ``build/bench.json``.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import platform
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import bench
from bench.row import Row

RESULTS = Path(__file__).resolve().parent.parent / "build" / "bench.json"


def discovered() -> list[str]:
    """The names of the benches: the modules ``bench_*`` beside this one, without the prefix."""
    return sorted(
        found.name.removeprefix("bench_") for found in pkgutil.iter_modules(bench.__path__) if found.name.startswith("bench_")
    )


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table, each with its ratio to the reference measured in the same run and its aim."""
    known = {row.name: row for row in rows}
    lines = ["| measured | runs | median | against its reference | aim |", "|---|---:|---:|---|---|"]
    for row in rows:
        lines.append(f"| {row.name} | {row.runs} | {_amount(row)} | {_compared(row, known)} | {_aim(row, known)} |")
    return "\n".join(lines)


def _amount(row: Row) -> str:
    if row.unit != "s":
        return f"{row.amount:.0f} {row.unit}"
    if row.amount >= 10:
        return f"{row.amount:.1f} s"
    if row.amount < 0.001:
        return f"{row.amount * 1e6:.0f} µs"
    return f"{row.amount * 1000:.2f} ms" if row.amount < 0.01 else f"{row.amount * 1000:.1f} ms"


def _compared(row: Row, known: Mapping[str, Row]) -> str:
    ratio = row.ratio(known)
    if ratio is None:
        return "reference"
    said = f"{1 / ratio:.2f} times faster than" if ratio < 1 and row.unit == "s" else f"{ratio:.2f} ×"
    return f"{said} {row.reference}"


def _aim(row: Row, known: Mapping[str, Row]) -> str:
    met = row.met(known)
    if met is None or row.at_most is None:
        return ""
    wanted = f"≤ {row.at_most * 1000:g} ms" if row.reference is None else f"≥ {1 / row.at_most:g} times faster"
    if row.unit != "s":
        wanted = f"≤ {row.at_most:g} {row.unit}"
    return f"{wanted}: {'met' if met else 'MISSED'}"


def as_json(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The rows with their ratios and whether their aims are met."""
    known = {row.name: row for row in rows}
    return [
        {
            "name": row.name,
            "runs": row.runs,
            "amount": row.amount,
            "unit": row.unit,
            "reference": row.reference,
            "ratio": row.ratio(known),
            "at_most": row.at_most,
            "met": row.met(known),
        }
        for row in rows
    ]


def main(names: Sequence[str]) -> int:
    """Run the named benches, or all of them."""
    known = discovered()
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"no bench named {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    machine = {"python": platform.python_version(), "machine": platform.machine(), "cores": os.cpu_count()}
    print(f"CPython {machine['python']}, {machine['machine']}, {machine['cores']} cores, load {os.getloadavg()[0]:.1f}\n")
    results: dict[str, Any] = {"machine": machine, "benches": {}}
    for name in names or known:
        print(f"## {name}\n", flush=True)
        rows = importlib.import_module(f"bench.bench_{name}").run()
        print(table(rows) + "\n", flush=True)
        results["benches"][name] = {"load": os.getloadavg()[0], "rows": as_json(rows)}
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"written to {RESULTS.relative_to(Path.cwd()) if RESULTS.is_relative_to(Path.cwd()) else RESULTS}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
