"""How are uploaded reports read one after another while their owner watches or goes away?

A batch is a folder in the owner's room: ``batch.json`` and one document per file. The bytes wait in memory; what is
written is the outcome, and a file's name – and a PDF itself, whose pages are shown – only after the file was found free
of classification markings. A server
that stops loses what still waited; such files are shown as broken off.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings

from gongkai.checking import Verdicts
from gongkai.kernel import Finding, Status
from gongkai.returns import Report
from gongkai_web.oversight.archives import is_archive, members
from gongkai_web.oversight.marks import ORDER
from gongkai_web.oversight.readers import answer as read_here
from gongkai_web.oversight.readers import pool, read_now
from gongkai_web.oversight.rooms import GONE, Room, new_id
from gongkai_web.oversight.stored import finding_of, report_of
from gongkai_web.oversight.uploads import Upload
from gongkai_web.ui.refusals import NotHere, NotPossible

LOG = logging.getLogger("gongkai.batches")
SECRECY_LOG = logging.getLogger("gongkai.secrecy")
STALE_SECONDS = 30


class Stage(StrEnum):
    """How far a file has come."""

    WAITING = "waiting"
    READ = "read"
    REFUSED = "refused"
    MARKED = "marked"
    BROKEN_OFF = "broken_off"


@dataclass(frozen=True, slots=True)
class Found:
    """One report found in a file, as the list of results shows it."""

    number: int
    report: int
    name: str
    agency: str | None
    year: int | None
    edition: str | None
    counts: dict[Status, int]
    asked: tuple[str, ...]

    def decided(self, verdicts: Verdicts) -> int:
        """On how many of its findings a person has decided; ``asked`` are the fingerprints of all that ask for it."""
        return sum(fingerprint in verdicts for fingerprint in self.asked)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a batch. ``name`` is empty until the file was found free of markings."""

    number: int
    stage: Stage
    name: str
    why: str
    reports: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as it stands now."""

    key: str
    made: float
    entries: tuple[Entry, ...]

    @property
    def done(self) -> int:
        """How many files are finished."""
        return sum(e.stage is not Stage.WAITING for e in self.entries)

    @property
    def finished(self) -> bool:
        """Whether nothing waits any more."""
        return self.done == len(self.entries)

    @property
    def reports(self) -> tuple[Found, ...]:
        """Every report found, in the order of the upload."""
        return tuple(r for e in self.entries for r in e.reports)


class _Waiting:
    """How many bytes wait in memory in this server process, and which batches are alive."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.bytes = 0
        self.alive: dict[tuple[str, str], int] = {}

    def enter(self, room: Room, key: str, sizes: list[int]) -> None:
        with self.lock:
            if self.bytes + sum(sizes) > settings.WAITING_BYTES:
                raise NotPossible("正在排队的文件较多，为了不影响别人，这次没有接收。请过一两分钟再上传。")
            self.bytes += sum(sizes)
            if sizes:
                self.alive[(str(room.folder), key)] = len(sizes)

    def leave(self, room: Room, key: str, size: int) -> None:
        with self.lock:
            self.bytes -= size
            place = (str(room.folder), key)
            self.alive[place] -= 1
            if not self.alive[place]:
                del self.alive[place]

    def places(self) -> list[tuple[str, str]]:
        with self.lock:
            return list(self.alive)


_waiting = _Waiting()


def start(room: Room, uploads: Iterable[Upload]) -> str:
    """Have the files read in the background; the key of their batch. Archives are taken apart on the way in."""
    files = [u for upload in uploads for u in _unpacked(upload)]
    room.check_space()
    key = new_id()
    _waiting.enter(room, key, [len(f.data) for f in files if not f.refusal])
    room.write({"made": time.time(), "files": len(files)}, "batches", key, "batch.json")
    for number, file in enumerate(files, start=1):
        if file.refusal:
            _keep(room, key, number, {"stage": Stage.REFUSED, "name": file.name, "why": file.refusal})
        else:
            pool().submit(_work, room, key, number, file)
    return key


def _unpacked(upload: Upload) -> list[Upload]:
    return list(members(upload)) if not upload.refusal and is_archive(upload) else [upload]


def _work(room: Room, key: str, number: int, file: Upload) -> None:
    try:
        if not room.has("batches", key, "batch.json"):
            return  # its owner cleared the room
        _beat()
        document = _outcome(file, read_here(file.data, file.name), prose=False)
        if room.has("batches", key, "batch.json"):
            if document.get("pages") and room.has_space(len(file.data)):
                # Only a file that was found free of markings comes here; kept so that its pages can be shown.
                room.keep(file.data, "batches", key, f"{number}-source.pdf")
            _keep(room, key, number, document)
    except Exception:
        LOG.exception("a file of a batch could not be processed")
        why = "程序处理这个文件时出了错，没有得到结果。请把这份文件的情况告诉系统管理员。"
        _keep(room, key, number, {"stage": Stage.REFUSED, "name": "", "why": why})
    finally:
        _waiting.leave(room, key, len(file.data))
        _beat()


def _keep(room: Room, key: str, number: int, document: dict[str, Any]) -> None:
    """Store an outcome: first what its page needs, then the small summary that says it is there."""
    if "reports" in document:
        room.write(
            {k: document[k] for k in ("name", "reports", "findings", "passages", "pages")}, "batches", key, f"{number}-data.json"
        )
    summary = {k: document[k] for k in ("stage", "name", "why")}
    summary["found"] = [
        {
            "agency": r["agency"],
            "year": r["year"],
            "edition": r["edition"],
            "counts": dict(Counter(f["status"] for f in findings)),
            "asked": [f.fingerprint for f in map(finding_of, findings) if f.status in ORDER],
        }
        for r, findings in zip(document.get("reports", ()), document.get("findings", ()), strict=True)
    ]
    room.write(summary, "batches", key, f"{number}.json")


def outcome_now(file: Upload, *, prose: bool = False) -> dict[str, Any]:
    """The document of a single file that a person waits for; ``prose`` takes any text, not only what looks like a report."""
    return _outcome(file, read_now(file.data, file.name), prose=prose)


def _outcome(file: Upload, answer: dict[str, Any], *, prose: bool) -> dict[str, Any]:
    """The document of one file; of a file with markings nothing is kept but that it had them, not even its name."""
    if answer.get("marked"):
        digest = hashlib.sha256(file.data).hexdigest()
        SECRECY_LOG.info("refused a file with classification markings, sha256 %s", digest)
        return {"stage": Stage.MARKED, "name": "", "why": marked_words()}
    if "refused" in answer:
        return {"stage": Stage.REFUSED, "name": file.name, "why": answer["refused"]}
    if not prose and not any(_is_report(r) for r in answer["reports"]):
        why = "没有在这个文件里找到政府信息公开工作年度报告。请确认上传的是年报正文，而不是通知、目录或封面。"
        return {"stage": Stage.REFUSED, "name": file.name, "why": why}
    return {"stage": Stage.READ, "name": file.name, "why": "", **answer}


def _is_report(report: dict[str, Any]) -> bool:
    """Whether anything speaks for an annual report: a known table, a figure, or the year it reports on."""
    return bool(report["edition"] or report["figures"] or report["year"])


def marked_words() -> str:
    """What a person reads whose file carries classification markings."""
    return (
        "文件带有国家秘密的密级标志，程序已经拒绝，内容和文件名都没有保存。"
        f"请立即停止在本系统中处理这份文件，并报告{settings.CLASSIFIED_CONTACT}。"
    )


def _beat() -> None:
    """Leave a sign of life in every batch that still waits here."""
    for folder, key in _waiting.places():
        try:
            (Path(folder) / "batches" / key / "alive").touch()
        except OSError:
            continue


def batch(room: Room, key: str) -> Batch:
    """A batch of this room; NotHere when there is none."""
    head = room.read("batches", key, "batch.json")
    stale = _stale(room, key)
    return Batch(key, head["made"], tuple(_entry(room, key, n, stale=stale) for n in range(1, head["files"] + 1)))


def batches(room: Room) -> tuple[Batch, ...]:
    """The room's batches, newest first."""
    return tuple(sorted((batch(room, key) for key in room.listing("batches")), key=lambda b: -b.made))


def _stale(room: Room, key: str) -> bool:
    """Whether nobody works on this batch any more: the server that did was stopped."""
    folder = room.folder / "batches" / key
    mark = folder / "alive"
    touched = (mark if mark.exists() else folder / "batch.json").stat().st_mtime
    return time.time() - touched > settings.READER_SECONDS + STALE_SECONDS


def _entry(room: Room, key: str, number: int, *, stale: bool) -> Entry:
    if not room.has("batches", key, f"{number}.json"):
        if stale:
            return Entry(number, Stage.BROKEN_OFF, "", "服务器在处理中途停止，这个文件没有读完，也没有保存。请重新上传。", ())
        return Entry(number, Stage.WAITING, "", "", ())
    summary = room.read("batches", key, f"{number}.json")
    found = tuple(
        Found(
            number,
            i,
            summary["name"],
            f["agency"],
            f["year"],
            f["edition"],
            {s: f["counts"].get(s, 0) for s in Status},
            tuple(f["asked"]),
        )
        for i, f in enumerate(summary["found"], start=1)
    )
    return Entry(number, Stage(summary["stage"]), summary["name"], summary["why"], found)


@dataclass(frozen=True)
class Result:
    """One report of a batch with all its page shows."""

    key: str
    number: int
    index: int
    name: str
    report: Report
    findings: tuple[Finding, ...]
    passages: list[dict[str, Any]]
    pages: tuple[tuple[float, float], ...]
    """Width and height in points of the pages that can be shown; none when there is no PDF to show."""


def result(room: Room, key: str, number: int, index: int) -> Result:
    """One report of a batch; NotHere when there is none."""
    document = room.read("batches", key, f"{number}-data.json")
    try:
        report = report_of(document["reports"][index - 1])
        findings = tuple(finding_of(f) for f in document["findings"][index - 1])
    except (KeyError, IndexError):
        raise NotHere(GONE) from None
    shown = room.has("batches", key, f"{number}-source.pdf")
    pages = tuple((w, h) for w, h in document["pages"]) if shown else ()
    return Result(key, number, index, document["name"], report, findings, document["passages"], pages)
