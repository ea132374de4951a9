"""Does any damaged file make the reader crash, hang or eat memory? ``python -m tools.fuzz --seconds 600 --format docx``

Every file is made from a seed, so the same seed gives the same file: ``--replay docx:4711`` does it again in this process. One
worker per ``--jobs`` reads file after file under a limit of memory (RLIMIT_AS) and of processor time; a file that raises
anything but Unreadable, runs over a limit or takes the worker down is written to ``build/fuzz`` beside its traceback.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from gongkai.checking import check
from gongkai.errors import Unreadable
from gongkai.reading import read
from tools.mutations import KINDS, Kind, mutated, shortened

ROOT = Path(__file__).resolve().parent.parent
SUFFIXES = {"docx": ".docx", "xlsx": ".xlsx", "pdf": ".pdf", "html": ".html", "text": ".txt", "json": ".json"}
MIB = 1024 * 1024


class OverTimeError(BaseException):
    """A file took more processor time than it may; no ``except Exception`` on the way can swallow it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: MiB of address space, seconds of processor time; beyond ``wall`` seconds the worker is ended."""

    memory: int = 1536
    seconds: float = 10.0
    wall: float = 120.0


@dataclass(frozen=True, slots=True)
class Fault:
    """One file that did what no file may do."""

    kind: Kind
    seed: int
    what: str
    trace: str = ""


@dataclass
class Tally:
    """How many files were read, refused and found at fault, by format, and the slowest of each."""

    read: Counter[Kind] = field(default_factory=Counter)
    refused: Counter[Kind] = field(default_factory=Counter)
    slowest: dict[Kind, tuple[float, int]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def count(self) -> int:
        return self.read.total() + self.refused.total() + len(self.faults)


def bases(kind: Kind) -> tuple[bytes, ...]:
    """The sound files of a format in a fixed order: the shipped samples, and for each of them its shortened ones four times."""
    whole = [path.read_bytes() for path in sorted((ROOT / "samples").rglob(f"*{SUFFIXES[kind]}"))]
    return (*whole, *(short for data in whole for short in shortened(kind, data) * 4))


def jobs(kinds: Sequence[Kind], first: int) -> Iterator[tuple[Kind, int]]:
    """The formats in turn, the seeds upward, without end."""
    seed = first
    while True:
        for kind in kinds:
            yield kind, seed
        seed += 1


def judged(data: bytes) -> str:
    """Read and check a file: "read", or "refused" when the reader says that it cannot."""
    try:
        for report in read(data, "file"):
            check(report)
    except Unreadable as error:
        return "refused" if str(error).endswith("。") else "refused without a sentence"
    return "read"


def _over_time(_signal: int, _frame: Any) -> None:
    raise OverTimeError


def _serve(line: Connection, limits: Limits, sound: dict[Kind, tuple[bytes, ...]]) -> None:
    """The worker: take (kind, seed), answer (outcome, processor seconds, traceback), until the line is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPROF, _over_time)
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory * MIB, limits.memory * MIB))
    while True:
        try:
            kind, seed = line.recv()
        except EOFError:
            return
        data = mutated(kind, seed, sound[kind])
        began = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, limits.seconds)
        try:
            what, trace = judged(data), ""
        except BaseException as error:  # noqa: BLE001  # anything at all is what is looked for
            what, trace = type(error).__name__, traceback.format_exc()[-4000:]
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        line.send((what, time.process_time() - began, trace))


class Worker:
    """One process that reads files, replaced when a file takes it down."""

    def __init__(self, limits: Limits, sound: dict[Kind, tuple[bytes, ...]]) -> None:
        self._limits, self._sound = limits, sound
        self.job: tuple[Kind, int] | None = None
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("fork")  # the same code for every file, whatever is edited meanwhile
        self.line, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, self._limits, self._sound), daemon=True)
        self.process.start()
        theirs.close()

    def give(self, job: tuple[Kind, int]) -> None:
        self.job, self.since = job, time.monotonic()
        self.line.send(job)

    def take(self) -> tuple[str, float, str]:
        """The answer for the job; the worker's death is an answer too."""
        try:
            return self.line.recv()  # type: ignore[no-any-return]  # a pipe carries anything; this one carries answers
        except (EOFError, ConnectionResetError):
            self.process.join()
            code = self.process.exitcode
            self.end()
            self._start()
            return "killed", 0.0, f"the worker ended with {code}"

    @property
    def hangs(self) -> bool:
        return self.job is not None and time.monotonic() - self.since > self._limits.wall

    def end(self) -> None:
        self.line.close()
        self.process.kill()
        self.process.join()


def run(
    kinds: Sequence[Kind], first: int, count: int | None, seconds: float | None, workers: int = 1, limits: Limits | None = None,
    folder: Path | None = None,
) -> Tally:  # fmt: skip
    """Read ``count`` damaged files (or as many as ``seconds`` allow) and say what came of them."""
    sound = {kind: bases(kind) for kind in kinds}
    tally = Tally()
    todo = jobs(kinds, first)
    given, began, told = 0, time.monotonic(), time.monotonic()
    crew = [Worker(limits or Limits(), sound) for _ in range(workers)]
    try:
        while True:
            for worker in crew:
                if worker.job is None and not _enough(given, count, time.monotonic() - began, seconds):
                    worker.give(next(todo))
                    given += 1
            busy = [worker for worker in crew if worker.job is not None]
            if not busy:
                return tally
            ready = wait([worker.line for worker in busy], timeout=5)
            for worker in busy:
                if worker.line in ready:
                    _note(tally, worker, sound, folder)
                elif worker.hangs:
                    worker.process.kill()
            if time.monotonic() - told > 60:
                told = time.monotonic()
                print(f"{told - began:.0f} s: {summary(tally)}", flush=True)
    finally:
        for worker in crew:
            worker.end()


def _enough(given: int, count: int | None, passed: float, seconds: float | None) -> bool:
    return (count is not None and given >= count) or (seconds is not None and passed >= seconds)


def _note(tally: Tally, worker: Worker, sound: dict[Kind, tuple[bytes, ...]], folder: Path | None) -> None:
    assert worker.job is not None
    kind, seed = worker.job
    what, took, trace = worker.take()
    worker.job = None
    if took > tally.slowest.get(kind, (0.0, 0))[0]:
        tally.slowest[kind] = (took, seed)
    if what in {"read", "refused"}:
        getattr(tally, what)[kind] += 1
        return
    fault = Fault(kind, seed, what, trace)
    tally.faults.append(fault)
    print(f"{kind}:{seed} {what}\n{trace}", flush=True)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{kind}-{seed}{SUFFIXES[kind]}").write_bytes(mutated(kind, seed, sound[kind]))
        (folder / f"{kind}-{seed}.txt").write_text(f"{what}\n{trace}", encoding="utf-8")


def summary(tally: Tally) -> str:
    """The counts in one line."""
    kinds = sorted({*tally.read, *tally.refused})
    parts = [
        f"{k} {tally.read[k]}+{tally.refused[k]} (slowest {tally.slowest[k][0]:.1f} s, {k}:{tally.slowest[k][1]})" for k in kinds
    ]
    return f"{tally.count} files, read+refused: {', '.join(parts)}; {len(tally.faults)} faults"


def main(argv: Sequence[str] | None = None) -> int:
    """Run; exit code 1 when a fault was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--format", action="append", choices=KINDS, help="only these formats")
    parser.add_argument("--count", type=int, help="how many files in all")
    parser.add_argument("--seconds", type=float, help="for how long")
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument("--jobs", type=int, default=1, help="how many processes")
    parser.add_argument("--memory", type=int, default=Limits().memory, help="MiB of address space for one file")
    parser.add_argument("--time", type=float, default=Limits().seconds, help="processor seconds for one file")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "fuzz", help="where faults are written")
    parser.add_argument("--replay", metavar="FORMAT:SEED", help="read one file in this process")
    args = parser.parse_args(argv)
    if args.replay:
        kind, seed = args.replay.split(":")
        print(judged(mutated(kind, int(seed), bases(kind))))
        return 0
    if args.count is None and args.seconds is None:
        args.seconds = 60.0
    limits = Limits(args.memory, args.time)
    tally = run(args.format or KINDS, args.seed, args.count, args.seconds, args.jobs, limits, args.folder)
    print(summary(tally))
    if tally.faults:
        print(json.dumps(dict(Counter(f.what for f in tally.faults)), ensure_ascii=False))
    return int(bool(tally.faults))


if __name__ == "__main__":
    sys.exit(main())
