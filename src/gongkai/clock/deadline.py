"""What is a deadline: its state, its day, and the steps that made it?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gongkai.kernel import Citation, Mark


class State(StrEnum):
    """How a deadline stands on the day asked about."""

    NOT_STARTED = "未起算"
    RUNNING = "进行中"
    PAUSED = "暂停计算"
    OVERDUE = "已逾期"
    MET = "按期完成"
    LATE = "逾期完成"
    EXPIRED = "已届满"
    ENDED = "不再计算"


class Adds(StrEnum):
    """How a step leads from its start to its end."""

    FACT = "记载"
    WORKING_DAYS = "工作日"
    DAYS = "日"
    MONTHS = "月"
    ROLLED = "顺延"
    FIXED = "指定"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a count: from ``start``, ``count`` of ``adds``, to ``end``.

    A FACT only states a day (start and end are that day) and a FIXED step a day that somebody set; ROLLED moves a day of rest to the
    next working day. Every other step begins where the step before it ended.
    """

    words: str
    start: dt.date
    adds: Adds
    count: int
    end: dt.date
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on a deadline, with the mark of what it rests on."""

    words: str
    mark: Mark = Mark.READ


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline of a case on the day asked about.

    ``start`` is day 0 of the count, ``due`` the last day (None while it cannot be told), ``done`` the day it was met. ``used`` and
    ``left`` are in ``unit`` (工作日 or 日); ``left`` is negative once overdue, both are None where nothing runs. ``provisional`` names the
    years whose days off are not yet published and may move the day. ``consequence`` is what lapse means. ``local`` marks a demand of
    the body's own superiors. ``key`` with ``subject`` names the deadline within its case.
    """

    key: str
    title: str
    state: State
    subject: str = ""
    start: dt.date | None = None
    due: dt.date | None = None
    done: dt.date | None = None
    unit: Adds = Adds.WORKING_DAYS
    used: int | None = None
    left: int | None = None
    steps: tuple[Step, ...] = ()
    notes: tuple[Note, ...] = ()
    provisional: tuple[int, ...] = ()
    consequence: str = ""
    local: bool = False

    @property
    def mark(self) -> Mark:
        """The weakest mark among everything the deadline rests on."""
        marks = {c.mark for step in self.steps for c in step.citations} | {n.mark for n in self.notes}
        for mark in (Mark.UNVERIFIED, Mark.RELAYED):
            if mark in marks:
                return mark
        return Mark.READ

    def provisional_words(self) -> str:
        """The sentence that a provisional day must carry; empty when the day is final."""
        years = "、".join(f"{year}年" for year in self.provisional)
        return f"暂定，{years}放假安排尚未公布，公布后自动重算" if years else ""


def deadline_json(deadline: Deadline) -> dict[str, Any]:
    """A deadline as JSON; days are ISO dates, what does not apply is null."""
    return {
        "key": deadline.key,
        "subject": deadline.subject,
        "title": deadline.title,
        "state": deadline.state.value,
        "start": _iso(deadline.start),
        "due": _iso(deadline.due),
        "done": _iso(deadline.done),
        "unit": deadline.unit.value,
        "used": deadline.used,
        "left": deadline.left,
        "provisional": list(deadline.provisional),
        "consequence": deadline.consequence,
        "local": deadline.local,
        "mark": deadline.mark.value,
        "steps": [
            {
                "words": step.words,
                "start": _iso(step.start),
                "adds": step.adds.value,
                "count": step.count,
                "end": _iso(step.end),
                "citations": [{"instrument": c.instrument, "article": c.article, "mark": c.mark.value} for c in step.citations],
            }
            for step in deadline.steps
        ],
        "notes": [{"words": note.words, "mark": note.mark.value} for note in deadline.notes],
    }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
