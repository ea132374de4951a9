"""What does one line of a bench say, and how is its time taken?"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement: what was done, how often, the median seconds of one, and what it is compared with.

    ``reference`` names the row of the same bench whose time is 1.00; None for the reference itself.
    """

    name: str
    runs: int
    seconds: float
    reference: str | None = None


def measured(name: str, work: Callable[[], object], *, runs: int = 7, reference: str | None = None) -> Row:
    """Run the work once to warm up, then ``runs`` times; the median stands for it (seconds, wall clock)."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return Row(name, runs, statistics.median(times), reference)
