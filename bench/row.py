"""What does one line of a bench say, and how is its time taken?"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement: what was done, how often, its median amount, and what it is compared with.

    ``reference`` names the row of the same bench whose amount is 1.00; None for the reference itself and for what stands alone.
    ``unit`` is seconds ("s") or mebibytes ("MiB"). ``at_most`` is the aim: for a row with a reference the largest ratio to
    it, for one without the largest amount; None where there is no aim.
    """

    name: str
    runs: int
    amount: float
    reference: str | None = None
    unit: str = "s"
    at_most: float | None = None

    def ratio(self, others: Mapping[str, Row]) -> float | None:
        """The amount as a multiple of the reference's; None without a reference."""
        return None if self.reference is None else self.amount / others[self.reference].amount

    def met(self, others: Mapping[str, Row]) -> bool | None:
        """Whether the aim is met; None where there is none."""
        if self.at_most is None:
            return None
        ratio = self.ratio(others)
        return (self.amount if ratio is None else ratio) <= self.at_most


@dataclass(frozen=True, slots=True)
class Task:
    """What a row measures: the work, and how its row compares."""

    name: str
    work: Callable[[], object]
    reference: str | None = None
    at_most: float | None = None


def measured(name: str, work: Callable[[], object], *, runs: int = 7, reference: str | None = None) -> Row:
    """Run the work once to warm up, then ``runs`` times; the median stands for it (seconds, wall clock)."""
    return together(Task(name, work, reference), runs=runs)[0]


def together(*tasks: Task, runs: int = 7, clock: Callable[[], float] = time.perf_counter) -> list[Row]:
    """Run all tasks in turn, ``runs`` times after a first turn to warm up: what else the machine does hits all alike.

    ``clock`` may be ``time.process_time`` where an aim is an amount and not a ratio.
    """
    times: dict[str, list[float]] = {task.name: [] for task in tasks}
    for turn in range(runs + 1):
        for task in tasks:
            start = clock()
            task.work()
            if turn:
                times[task.name].append(clock() - start)
    return [Row(t.name, runs, statistics.median(times[t.name]), t.reference, at_most=t.at_most) for t in tasks]


def peak_memory(process: int | str = "self") -> float:
    """The largest resident size of a running process so far, in MiB.

    Asked of /proc, because what getrusage says of a child includes the parent it was copied from.
    """
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) / 1024
