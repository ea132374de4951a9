"""Does any damaged file make the reader crash, hang or eat memory? ``python -m tools.fuzz --seconds 600 --format docx``

Every file is made from a seed, so the same seed gives the same file: ``--replay docx:4711`` does it again in this process. One
worker per ``--jobs`` reads file after file under a limit of memory (RLIMIT_AS) and of processor time; a file that raises
anything but Unreadable, runs over a limit or takes the worker down is written to ``build/fuzz`` beside its traceback.
With ``--resume FILE`` a series broken off is taken up where it stood, as long as the program is the same.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import multiprocessing
import os
import resource
import signal
import sys
import time
import traceback
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from gongkai.checking import check
from gongkai.errors import Unreadable
from gongkai.reading import read
from tools.grains import grains
from tools.mutations import KINDS, Bases, Kind, mutated
from tools.shortening import shortened

ROOT = Path(__file__).resolve().parent.parent
SUFFIXES = {
    "docx": ".docx", "flat-docx": ".xml", "xlsx": ".xlsx", "pdf": ".pdf", "html": ".html", "mht": ".mht", "text": ".txt", "json": ".json",
}  # fmt: skip
MIB = 1024 * 1024
TOLD_EVERY = 10.0  # seconds
AHEAD = 24
"""Files a worker has been told of at a time: it never waits for the process that hands out, which may have to wait itself."""


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


class Series:
    """How far a series of files has come, kept in a file; files under way when it is broken off are read again."""

    def __init__(self, path: Path | None, name: str) -> None:
        self.done, self.tally = 0, Tally()
        self._path, self._name = path, name
        if path is not None and path.is_file() and (kept := json.loads(path.read_bytes()))["series"] == name:
            self.done = kept["done"]
            self.tally.read.update(kept["read"])
            self.tally.refused.update(kept["refused"])
            self.tally.faults += [Fault(*fault) for fault in kept["faults"]]
        self.begun = self.done

    def keep(self) -> None:
        """Write down how far it has come."""
        if self._path is not None:
            faults = [[f.kind, f.seed, f.what] for f in self.tally.faults]
            counts = {"read": self.tally.read, "refused": self.tally.refused, "faults": faults}
            self._path.parent.mkdir(parents=True, exist_ok=True)
            draft = self._path.with_suffix(".draft")
            draft.write_text(json.dumps({"series": self._name, "done": self.done, **counts}), encoding="utf-8")
            draft.replace(self._path)


def program() -> str:
    """Sixteen digits over everything a result depends on: the core, the way files are spoilt, the sound files."""
    digest = hashlib.sha256()
    core = sorted(path for path in (ROOT / "src" / "gongkai").rglob("*") if path.suffix in {".py", ".toml"})
    tools = [ROOT / "tools" / f"{name}.py" for name in ("mutations", "grains", "grain_words", "grain_papers", "shortening")]
    for path in (*core, *tools, *sorted(p for p in (ROOT / "samples").rglob("*") if p.is_file())):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def bases(kind: Kind) -> Bases:
    """The sound files of a format in a fixed order: those written by hand, the shipped samples shortened, the samples."""
    whole = tuple(path.read_bytes() for path in sorted((ROOT / "samples").rglob(f"*{SUFFIXES[kind]}")))
    return Bases(grains(kind), tuple(short for data in whole for short in shortened(kind, data)), whole)


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


def _serve(line: Connection, limits: Limits, sound: dict[Kind, Bases]) -> None:
    """The worker: take (kind, seed), answer (outcome, processor seconds, traceback), until the line is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPROF, _over_time)
    # Counted from what the process was forked with: a large parent must not look like a hungry file.
    inherited = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    most = inherited + limits.memory * MIB
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    parent = os.getppid()
    while True:
        # The other workers hold this line's end as well: one whose parent was killed is not told so by it.
        while not line.poll(5):
            if os.getppid() != parent:
                return
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


@dataclass(frozen=True, slots=True)
class Job:
    """One file to be read: where it stands in the series, its format and its seed."""

    number: int
    kind: Kind
    seed: int


class Worker:
    """One process that reads files in the order it was told of them, replaced when a file takes it down."""

    def __init__(self, limits: Limits, sound: dict[Kind, Bases]) -> None:
        self._limits, self._sound = limits, sound
        self.jobs: deque[Job] = deque()
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("fork")  # the same code for every file, whatever is edited meanwhile
        self.line, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, self._limits, self._sound), daemon=True)
        self.process.start()
        theirs.close()
        self.since = time.monotonic()

    def give(self, job: Job) -> None:
        if not self.jobs:
            self.since = time.monotonic()
        self.jobs.append(job)
        self._tell(job)

    def _tell(self, job: Job) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):  # a process that has ended says so when its answer is taken
            self.line.send((job.kind, job.seed))

    def take(self) -> tuple[Job, str, float, str]:
        """The first job and its answer; the worker's death is an answer too, and the jobs after it are done by the next."""
        try:
            what, took, trace = self.line.recv()
        except (EOFError, ConnectionResetError):
            self.process.join()
            what, took, trace = "killed", 0.0, f"the worker ended with {self.process.exitcode}"
            self.end()
            self._start()
            for job in list(self.jobs)[1:]:
                self._tell(job)
        self.since = time.monotonic()
        return self.jobs.popleft(), what, took, trace

    @property
    def hangs(self) -> bool:
        return bool(self.jobs) and time.monotonic() - self.since > self._limits.wall

    def end(self) -> None:
        self.line.close()
        self.process.kill()
        self.process.join()


def run(
    kinds: Sequence[Kind], first: int, count: int | None, seconds: float | None, workers: int = 1, limits: Limits | None = None,
    folder: Path | None = None, series: Series | None = None,
) -> Tally:  # fmt: skip
    """Read damaged files up to the ``count``th of the series (or as many as ``seconds`` allow) and say what came of them."""
    sound = {kind: bases(kind) for kind in kinds}
    series = series or Series(None, "")
    tally = series.tally
    todo = itertools.islice(jobs(kinds, first), series.done, None)
    given, began, told = series.done, time.monotonic(), time.monotonic()
    crew = [Worker(limits or Limits(), sound) for _ in range(workers)]
    try:
        while True:
            for worker in crew:
                while len(worker.jobs) <= AHEAD // 2 and not _enough(given, count, time.monotonic() - began, seconds):
                    for kind, seed in itertools.islice(todo, AHEAD if count is None else min(AHEAD, count - given)):
                        worker.give(Job(given, kind, seed))
                        given += 1
            busy = [worker for worker in crew if worker.jobs]
            if not busy:
                return tally
            ready = wait([worker.line for worker in busy], timeout=5)
            for worker in busy:
                if worker.line in ready:
                    _note(tally, worker, sound, folder)
                    while worker.jobs and worker.line.poll():
                        _note(tally, worker, sound, folder)
                elif worker.hangs:
                    worker.process.kill()
            series.done = min((worker.jobs[0].number for worker in crew if worker.jobs), default=given)
            if time.monotonic() - told > TOLD_EVERY:
                told = time.monotonic()
                series.keep()
                print(f"{_how_far(series.done - series.begun, series.done, count, told - began)}{summary(tally)}", flush=True)
    finally:
        series.keep()
        for worker in crew:
            worker.end()


def _how_far(new: int, done: int, count: int | None, passed: float) -> str:
    rate = new / passed
    left = f" of {count}, {(count - done) / rate / 60:.0f} min left" if count and rate else ""
    return f"{passed:.0f} s: {done}{left}, {rate:.0f}/s; "


def _enough(given: int, count: int | None, passed: float, seconds: float | None) -> bool:
    return (count is not None and given >= count) or (seconds is not None and passed >= seconds)


def _note(tally: Tally, worker: Worker, sound: dict[Kind, Bases], folder: Path | None) -> None:
    job, what, took, trace = worker.take()
    kind, seed = job.kind, job.seed
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
    parts = []
    for k in kinds:
        took, seed = tally.slowest.get(k, (0.0, 0))
        parts.append(f"{k} {tally.read[k]}+{tally.refused[k]} (slowest {took:.1f} s, {k}:{seed})")
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
    parser.add_argument("--resume", type=Path, metavar="FILE", help="keep how far the series has come, and go on from there")
    parser.add_argument("--replay", metavar="FORMAT:SEED", help="read one file in this process")
    args = parser.parse_args(argv)
    if args.replay:
        kind, seed = args.replay.split(":")
        print(judged(mutated(kind, int(seed), bases(kind))))
        return 0
    if args.count is None and args.seconds is None:
        args.seconds = 60.0
    limits, kinds = Limits(args.memory, args.time), tuple(args.format or KINDS)
    series = Series(args.resume, f"{program()} {' '.join(kinds)} from {args.seed}" if args.resume else "")
    if series.done:
        print(f"going on after {series.done} files; remove {args.resume} to begin again", flush=True)
    elif args.resume and args.resume.is_file():
        print("the program or the series is another one now; beginning again", flush=True)
    try:
        run(kinds, args.seed, args.count, args.seconds, args.jobs, limits, args.folder, series)
    except KeyboardInterrupt:
        print(f"\nbroken off after {series.done} files; the same command goes on", flush=True)
        return 130
    tally = series.tally
    print(summary(tally))
    if tally.faults:
        print(json.dumps(dict(Counter(f.what for f in tally.faults)), ensure_ascii=False))
    return int(bool(tally.faults))


if __name__ == "__main__":
    sys.exit(main())
