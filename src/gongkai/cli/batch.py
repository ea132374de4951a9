"""How does ``gongkai check`` go through folders of reports: which files, how far along, what was found?"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO

from gongkai.checking import Verdicts, findings_json, findings_text
from gongkai.checking.verdicts import load, settled
from gongkai.cli.files import file_bytes, known_editions, not_written, refuse_output, reports, save
from gongkai.corpus import (
    Examined,
    Extract,
    Origin,
    Progress,
    Settings,
    Standing,
    examinations,
    origins,
    pairs,
    why_nothing,
    wrote,
)
from gongkai.corpus.sources import is_archive
from gongkai.errors import BadInput
from gongkai.kernel import Status
from gongkai.returns import Edition, Report
from gongkai.writing import findings_docx, findings_xlsx

FORMATS = ("text", "json", "jsonl", "xlsx", "docx")
_EVERY = 10.0  # seconds between two lines of progress where no terminal shows it running
_SHOWN = frozenset({Status.FAIL, Status.UNCERTAIN, Status.REMARK})
_MOST = 200_000
"""Findings one table of corrections may hold."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options that go with many files."""
    parser.add_argument("--jobs", type=_count, metavar="个数", help="同时用几个进程检查；不写就用全部处理器。")
    parser.add_argument(
        "--resume", type=Path, metavar="进度文件", help="进度记在这个文件里；中断后再运行同一条命令，检查过的不再重做。"
    )
    parser.add_argument("--timeout", type=_seconds, default=60.0, metavar="秒", help="一个文件最多用多少秒，默认 60。")


def is_batch(args: argparse.Namespace) -> bool:
    """Whether the command is about many files: a folder, an archive, or an option only they need."""
    many = any(path.is_dir() or is_archive(path) for path in args.files)
    return many or args.jobs is not None or args.resume is not None or args.format == "jsonl"


def run_batch(args: argparse.Namespace) -> int:
    """Examine every file in what was named; exit code 2 when one could not be read, else 1 when something FAILs."""
    if args.format not in FORMATS:
        raise BadInput(f"检查文件夹或者一批文件时，不能输出 {args.format} 格式。请改用 {'、'.join(FORMATS)} 之一。")
    if args.format in {"xlsx", "docx"} and args.output is None:
        raise BadInput(f"{args.format} 格式要写到文件。请用 -o 给出文件名，例如 -o 整改清单.{args.format}。")
    if args.verdicts is not None and not args.verdicts.exists():
        raise BadInput(f"找不到处理意见文件“{args.verdicts}”。请先单独检查一份年报，用 --verdicts 生成待填的文件。")
    verdicts = load(file_bytes(args.verdicts), str(args.verdicts)) if args.verdicts else {}
    local = tuple(str(path) for path in args.local or ())
    editions = {e.key: e for e in known_editions(args.local)}
    settings = Settings(local, str(args.previous) if args.previous else None, args.timeout)
    refuse_check_output(args)
    year_before(args)  # said once and now, not with every file
    found = origins(args.files, [path for path in (args.output, args.resume) if path])
    if found.passed_over:
        print(f"有 {found.passed_over} 个文件从名称看不是年报（如图片），没有检查。", file=sys.stderr)
    if not found.origins:
        raise BadInput("没有找到可以检查的文件。请确认文件夹里有年报（docx、xlsx、pdf、html、txt 等）。")
    meter = _Meter(len(found.origins), sys.stderr)
    try:
        with (
            Progress(args.resume, settings, args.output) if args.resume else contextlib.nullcontext() as progress,
            _writer(args.format, args.output, editions, verdicts) as writer,
        ):
            standings: list[Standing] = []
            for number, result, kept in _results(found.origins, settings, args.jobs, progress):
                standings += [_standing(number, e) for e in result.reports]
                meter.count(result, kept)
                writer.take(number, result)
                meter.judge(result, verdicts)
            linked = _linked(found.origins, standings, meter) if args.previous is None else []
            for number, result, _ in _results(linked, settings, args.jobs, progress):
                meter.tell(result)
                writer.take(len(found.origins) + number, result)
                meter.judge(result, verdicts)
    finally:
        meter.end()
    meter.say(args.output)
    return 2 if meter.unread else int(bool(meter.faulty))


def _results(
    found: Sequence[Origin], settings: Settings, jobs: int | None, progress: Progress | None
) -> Iterator[tuple[int, Examined, bool]]:
    """Every file's place in the order, its result, and whether it was kept from an earlier run."""
    numbers = {(origin.name, origin.before and origin.before.name): number for number, origin in enumerate(found)}
    new: list[Origin] = []
    for number, origin in enumerate(found):
        kept = progress.kept(origin) if progress is not None else None
        if kept is None:
            new.append(origin)
        else:
            yield number, kept, True
    for result in examinations(new, settings, min(jobs or os.cpu_count() or 1, len(new))) if new else ():
        if progress is not None:
            progress.keep(result)
        yield numbers[result.source, result.previous and result.previous[0]], result, False


def _standing(number: int, extract: Extract) -> Standing:
    return Standing(number, number, extract.agency, extract.year, extract.content)


def _linked(found: Sequence[Origin], standings: Sequence[Standing], meter: _Meter) -> list[Origin]:
    """The files to be compared with those of the year before; said as they are found."""
    told = pairs(standings)
    for later, earlier in told.pairs:
        meter.note(paired(found[later.file].name, later, found[earlier.file].name))
    for later in told.doubtful:
        meter.note(doubtful(found[later.file].name, later))
    linked = dict.fromkeys((later.file, earlier.file) for later, earlier in told.pairs)
    return [replace(found[later], before=found[earlier]) for later, earlier in sorted(linked)]


def paired(source: str, later: Standing, before: str) -> str:
    """That a report is compared with one of the year before in another file."""
    return f"“{source}”（{later.agency}，{later.year}年度）与“{before}”前后相连，对照检查结转和存量。"


def doubtful(source: str, later: Standing) -> str:
    """That several files claim to be the report of the year before."""
    return (
        f"“{source}”（{later.agency}，{later.year}年度）的上一年年报有几份，数字不同，不能确定用哪一份，没有对照；"
        "请用 --previous 写明，或者去掉多余的。"
    )


def year_before(args: argparse.Namespace) -> tuple[Report, ...]:
    """The reports of the file named for the year before; refused when nothing could be compared with it."""
    path: Path | None = args.previous
    if path is None:
        return ()
    if path in args.files:
        raise BadInput(f"“{path}”既是要检查的年报，又是上年年报。请用 --previous 给出上一年度的那份。")
    found = reports(path, args.local)
    if not any(r.figures for r in found):
        raise BadInput(f"上年年报“{path}”里没有读出任何数字，不能对照：{why_nothing(found)}")
    return found


def refuse_check_output(args: argparse.Namespace) -> None:
    """Refuse a place where the results may not be written. A run that is taken up again goes on with its own file."""
    if args.resume is not None and not args.resume.parent.is_dir():
        raise BadInput(f"文件夹“{args.resume.parent}”不存在，进度没有地方记。请先建好文件夹，或者改用已有的文件夹。")
    if args.output is None:
        return
    named = [args.previous, args.verdicts, args.resume, *(args.local or ()), *(p for p in args.files if not p.is_dir())]
    again = args.resume is not None and wrote(args.resume, args.output)
    refuse_output(args.output, [path for path in named if path], overwrite=args.overwrite or again)


class _Meter:
    """Says on stderr how far along the run is: one line rewritten on a terminal, a line every few seconds elsewhere."""

    def __init__(self, total: int, out: TextIO) -> None:
        self._total, self._out, self._began = total, out, time.monotonic()
        self._told = self._began
        self._terminal = out.isatty()
        self.done = self.kept = self.unread = self.reports = 0
        self.faulty: set[tuple[str, str | None, int | None]] = set()

    def count(self, result: Examined, kept: bool) -> None:
        self.done += 1
        self.kept += kept
        self.reports += len(result.reports)
        self.tell(result)
        now = time.monotonic()
        if now - self._told >= (0.2 if self._terminal else _EVERY):
            self._told = now
            self._show(now)

    def _show(self, now: float) -> None:
        rate = (self.done - self.kept) / max(now - self._began, 0.001)
        left = f"，大约还要 {_duration((self._total - self.done) / rate)}" if rate else ""
        line = f"已检查 {self.done}/{self._total}，每秒 {rate:.1f} 个文件，读不出来 {self.unread} 个{left}。"
        print(f"\r\x1b[K{line}" if self._terminal else line, end="" if self._terminal else "\n", file=self._out, flush=True)

    def tell(self, result: Examined) -> None:
        """Say what could not be read."""
        if result.error is not None:
            self.unread += 1
            self.note(f"{result.source}：{result.error}")

    def judge(self, result: Examined, verdicts: Verdicts) -> None:
        """Count a report with errors, once whatever it was examined for."""
        for extract in result.reports:
            if any(f.status is Status.FAIL and not settled(f, verdicts) for f in extract.findings):
                self.faulty.add((result.source, extract.agency, extract.year))

    def note(self, line: str) -> None:
        print(f"\r\x1b[K{line}" if self._terminal else line, file=self._out, flush=True)

    def end(self) -> None:
        if self._terminal:
            print("\r\x1b[K", end="", file=self._out, flush=True)

    def say(self, output: Path | None) -> None:
        kept = f"（其中 {self.kept} 个以前检查过，没有重做）" if self.kept else ""
        passed = time.monotonic() - self._began
        print(
            f"检查完毕：{self.done} 个文件{kept}，{self.reports} 份年报；有错误的 {len(self.faulty)} 份，读不出来的文件 {self.unread} 个。"
            f"用时 {_duration(passed)}。",
            file=self._out,
        )
        if output is not None:
            print(f"检查结果已写到“{output}”。")


def _duration(seconds: float) -> str:
    whole = round(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours} 小时 {minutes} 分" if hours else f"{minutes} 分 {whole % 60} 秒" if minutes else f"{whole} 秒"


def _united(results: Sequence[tuple[int, Examined]]) -> list[Examined]:
    """The results in the order of the files, what two years say of each other set down with the later one's own."""
    out: dict[str, Examined] = {}
    for _, result in sorted(results, key=lambda pair: pair[0]):
        own = out.get(result.source)
        out[result.source] = result if own is None else _with_comparison(own, result)
    return list(out.values())


def _with_comparison(own: Examined, compared: Examined) -> Examined:
    """A file's result with the findings of its comparison; what could not be judged for want of the year before is dropped."""
    more = {(e.agency, e.year): e for e in compared.reports}
    extracts = []
    for extract in own.reports:
        added = more.pop((extract.agency, extract.year), None)
        new = () if added is None else added.findings
        judged = {f.rule for f in new}
        kept = [f for f in extract.findings if f.status is not Status.NOT_ASSESSABLE or f.rule not in judged]
        extracts.append(replace(extract, findings=(*kept, *new)))
    return replace(own, reports=(*extracts, *more.values()), previous=compared.previous or own.previous)


class _Stream:
    """Writes results as they come (jsonl), or all of them at the end, in the order of the files and each report once."""

    def __init__(self, form: str, out: TextIO, editions: dict[str, Edition], verdicts: Verdicts) -> None:
        self._form, self._out, self._editions, self._verdicts = form, out, editions, verdicts
        self._waiting: list[tuple[int, Examined]] = []
        self._written = 0
        if form == "json":
            out.write("[")

    def take(self, number: int, result: Examined) -> None:
        if self._form == "jsonl":
            self._write(result)
            return
        self._waiting.append((number, result))

    def end(self) -> None:
        for result in _united(self._waiting):
            self._write(result)
        if self._form == "json":
            self._out.write("\n]\n" if self._written else "]\n")

    def _write(self, result: Examined) -> None:
        if result.error is not None and self._form == "jsonl":
            self._out.write(_line({"source": result.source, "digest": result.digest, "error": result.error}))
        for extract in result.reports:
            self._write_report(result, extract)
        self._out.flush()

    def _write_report(self, result: Examined, extract: Extract) -> None:
        found = findings_json(result.source, extract.findings, self._verdicts)
        if self._form == "text":
            self._out.write(findings_text(_report(result, extract, self._editions), extract.findings, self._verdicts) + "\n\n")
        elif self._form == "json":
            self._out.write((",\n" if self._written else "\n") + json.dumps(found, ensure_ascii=False))
        else:
            who = {"agency": extract.agency, "year": extract.year, "edition": extract.edition, "digest": result.digest}
            before = {"previous": result.previous[0]} if result.previous else {}
            self._out.write(_line({"source": result.source, **who, **before, "items": found["items"]}))
        self._written += 1


class _Table:
    """Gathers what must be corrected and writes one file of it at the end."""

    def __init__(self, form: str, path: Path, editions: dict[str, Edition], verdicts: Verdicts) -> None:
        self._form, self._path, self._editions, self._verdicts = form, path, editions, verdicts
        self._gathered: list[tuple[int, Examined]] = []
        self._count = 0

    def take(self, number: int, result: Examined) -> None:
        extracts = [replace(e, findings=tuple(f for f in e.findings if f.status in _SHOWN)) for e in result.reports]
        self._count += sum(len(e.findings) for e in extracts)
        if self._count > _MOST:
            raise BadInput(f"核对意见超过 {_MOST} 条，一份清单放不下。请分批检查，或者改用 --format jsonl。")
        self._gathered.append((number, replace(result, reports=tuple(extracts))))

    def end(self) -> None:
        every = [(result, e) for result in _united(self._gathered) for e in result.reports]
        results = [(_report(result, e, self._editions), e.findings) for result, e in every]
        make = findings_xlsx if self._form == "xlsx" else findings_docx
        save(self._path, make(results, self._verdicts))


@contextlib.contextmanager
def _writer(form: str, path: Path | None, editions: dict[str, Edition], verdicts: Verdicts) -> Iterator[_Stream | _Table]:
    """What takes the results; closed in good order even when the run is broken off, so that what is there can be used."""
    if form in {"xlsx", "docx"} and path is not None:
        table = _Table(form, path, editions, verdicts)
        yield table
        table.end()
        return
    with contextlib.ExitStack() as stack:
        try:
            out = sys.stdout if path is None else stack.enter_context(path.open("w", encoding="utf-8", errors="replace"))
        except OSError as error:
            raise not_written(path or Path("输出"), error) from None
        stream = _Stream(form, out, editions, verdicts)
        try:
            yield stream
        finally:
            stream.end()


def _report(result: Examined, extract: Extract, editions: dict[str, Edition]) -> Report:
    """The report as far as its heading needs it."""
    source = f"{result.source}（对照上年年报 {result.previous[0]}）" if result.previous else result.source
    return Report(extract.agency, extract.year, editions.get(extract.edition or ""), source=source)


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 256:
        raise argparse.ArgumentTypeError(f"“{text}”不在 1 到 256 之间")
    return number


def _seconds(text: str) -> float:
    number = float(text)
    if not 1 <= number <= 86_400:
        raise argparse.ArgumentTypeError(f"“{text}”不在 1 到 86400 之间")
    return number
