"""What does one file come to: its reports with their findings, or why it cannot be read, within a bound of time and memory?

This is the part that runs in the worker processes; everything it takes and gives can be pickled.
"""

from __future__ import annotations

import contextlib
import faulthandler
import hashlib
import os
import re
import signal
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import FrameType

from gongkai.checking import check
from gongkai.checking.columns import columns
from gongkai.corpus.pairing import content_of, pairs, standing
from gongkai.corpus.sources import Origin, content
from gongkai.errors import GongkaiError
from gongkai.kernel import Finding
from gongkai.reading import read
from gongkai.returns import Edition, Report, editions
from gongkai.returns.superset import superset

_COUNTED = re.compile("主动公开|公开(?:政府)?信息(?!公开)|申请|答复|复议|诉讼|规范性文件")
"""Words of what a return counts, one of which a report in words states with a figure."""
GRACE = 10.0
"""Seconds after the bound of time at which a process that does not answer (inside a library) is ended."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for every file: local editions, the report of the year before, seconds a file may take, MiB a process may hold."""

    local: tuple[str, ...] = ()
    previous: str | None = None
    seconds: float = 60.0
    memory: int = 2048


@dataclass(frozen=True, slots=True)
class Extract:
    """What is kept of one report of many: who, when, which edition (its key), the findings, and what tells its figures from
    others' (:func:`gongkai.corpus.pairing.content_of`).
    """

    agency: str | None
    year: int | None
    edition: str | None
    findings: tuple[Finding, ...]
    content: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """One file's result: its reports; and ``error``, a sentence that says why it, or any figure in it, could not be read.

    ``previous`` is name and digest of the file of the year before, when only the two years were compared.
    """

    source: str
    digest: str
    reports: tuple[Extract, ...] = ()
    error: str | None = None
    previous: tuple[str, str] | None = None


class _OverTimeError(BaseException):
    """The file's time is over; not an Exception, so that nothing on the way takes it for a fault of its own."""


def examined(origin: Origin, settings: Settings) -> Examined:
    """Read and check one file. Whatever happens, the answer is about this file; nothing is raised."""
    digest = ""
    try:
        data = content(origin)
        digest = hashlib.sha256(data).hexdigest()
        with _bounded(settings.seconds):
            found = read(data, origin.name, _editions(settings.local))
            if origin.before is not None:
                return _linked(origin, digest, found, origin.before, settings)
            before = _previous(settings.previous, settings.local)
            extracts = tuple(_extract(report, check(report, previous_of(report, (*before, *found)))) for report in found)
        return Examined(origin.name, digest, extracts, why_unchecked(found))
    except GongkaiError as error:
        why = str(error)
    except _OverTimeError:
        why = f"读取和检查超过了 {settings.seconds:g} 秒，没有读完；请检查文件是否正常，或者用 --timeout 放宽时间后单独检查。"
    except MemoryError:
        why = f"读取所需的内存超过了 {settings.memory} MB，没有读完；请删去其中的图片等无关内容，或拆成几个文件后再试。"
    except Exception as error:  # noqa: BLE001  # one file must never stop the others; what went wrong is told with the file
        why = f"读取时程序出错（{type(error).__name__}），这个文件没有检查；请单独检查它，并把文件和这句话告诉程序的维护人员。"
    return Examined(origin.name, digest, error=why)


def _linked(origin: Origin, digest: str, found: tuple[Report, ...], before: Origin, settings: Settings) -> Examined:
    """What the reports of a file and those of the file before it say of each other, beyond what each says alone."""
    data = content(before)
    earlier = read(data, before.name, _editions(settings.local))
    everything = [standing(r, i, int(i >= len(found))) for i, r in enumerate((*found, *earlier))]
    extracts = []
    for later, other in pairs(everything).pairs:
        if later.file == 0:
            report = found[later.number]
            alone = frozenset(check(report))
            both = check(report, earlier[other.number - len(found)])
            extracts.append(_extract(report, tuple(f for f in both if f not in alone)))
    return Examined(origin.name, digest, tuple(extracts), previous=(before.name, hashlib.sha256(data).hexdigest()))


_TOLD = ("R905", "R910", "R904", "R906", "R908", "R903")


def why_nothing(reports: Sequence[Report]) -> str:
    """What the reader says of reports in which it found no figure, in a sentence."""
    told = {finding.rule: finding.message for report in reports for finding in reversed(report.findings)}
    return next((told[code] for code in _TOLD if code in told), "请确认文件里有年度报告的统计表。")


def why_unchecked(reports: Sequence[Report]) -> str | None:
    """Why a file holds nothing to check, in a sentence; None when it does: figures, or a whole report of words that states some."""
    if any(f.code is not None for r in reports for f in r.figures) or any(columns(r) for r in reports):
        return None
    if any(r.figures for r in reports):
        return _why_only_local(reports)
    cut = next((f.message for r in reports for f in r.findings if f.rule == "S115"), None)
    if cut is not None:
        return f"没有读出任何数字，统计表没有检查：{cut}"
    if any(r.edition is None and r.agency and r.year and _reports_in_words(r) for r in reports):
        return None
    return f"没有读出任何数字，没有可以检查的年报：{why_nothing(reports)}"


def _why_only_local(reports: Sequence[Report]) -> str:
    """That all numbers stand under headings or in rows which the form does not have."""
    headings = dict.fromkeys("—".join(f.column) for r in reports for f in r.figures if f.column)
    names = "、".join(f"“{heading}”" for heading in list(headings)[:6])
    return (
        f"读出的数字都不在表样的格里{f'（列标题是{names}）' if names else ''}，没有检查；"
        "请把要检查的一列的标题改为“统计数”，只留这一列后再检查。"
    )


def _reports_in_words(report: Report) -> bool:
    """Whether a text without tables states what a return counts; a notice or a plan has numbers of other things."""
    return any(_COUNTED.search(claim.label) for claim in report.claims)


def previous_of(report: Report, others: tuple[Report, ...]) -> Report | None:
    """The report that stands before this one: the year before if it is there, else the first that is not this one."""
    candidates = [o for o in others if o is not report and o.edition is not None]
    for other in candidates:
        if report.year is not None and other.year == report.year - 1:
            return other
    return next((o for o in candidates if o.source != report.source), None)


def _extract(report: Report, findings: tuple[Finding, ...]) -> Extract:
    edition = None if report.edition is None else report.edition.key
    return Extract(report.agency, report.year, edition, findings, content_of(report))


@lru_cache(maxsize=4)
def _editions(local: tuple[str, ...]) -> tuple[Edition, ...]:
    return (*(superset(Path(path)) for path in local), *editions())


@lru_cache(maxsize=4)
def _previous(path: str | None, local: tuple[str, ...]) -> tuple[Report, ...]:
    return () if path is None else read(content(Origin(path)), path, _editions(local))


@contextlib.contextmanager
def _bounded(seconds: float) -> Iterator[None]:
    """Raise _OverTimeError in the block after so many seconds; end the process when even that is not heard.

    Only a main thread can be interrupted; in another (an executor of threads) the block runs as long as it takes.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, _over_time)
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(seconds + GRACE, exit=True, file=nowhere)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            faulthandler.cancel_dump_traceback_later()
            signal.signal(signal.SIGALRM, before)


def _over_time(_signal: int, _frame: FrameType | None) -> None:
    raise _OverTimeError
