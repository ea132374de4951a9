"""In which shapes does the staff see comment periods, comments and the adoption table?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.clock import Deadline
from gongkai_web.comment_periods.showing import Spot


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A line of the list. ``account`` says where the account of what was adopted stands, in words."""

    id: int
    title: str
    kind: str
    state: str
    state_word: str
    opens_on: dt.date | None
    closes_on: dt.date
    department: str
    comments: int
    waiting: int
    account: str
    draft_is_public: bool
    explanation_is_public: bool
    feedback_is_public: bool
    authors: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TiedItem:
    """An item that belongs to a period."""

    part: str
    word: str
    id: int
    title: str
    is_public: bool


@dataclass(frozen=True, slots=True)
class PeriodPage:
    """Everything of one period. ``least`` is the earliest last day with its working; ``possible`` are keys of acts this person may do now.

    ``mark`` names what was read: it is another one once somebody saved.
    """

    row: PeriodRow
    kind: str
    values: Mapping[str, str]
    facts: tuple[tuple[str, str], ...]
    items: tuple[TiedItem, ...]
    changes: tuple[tuple[dt.date, dt.date, str, str], ...]
    counts: Mapping[str, int]
    least: Deadline | None
    rule: str
    abandoned_why: str
    prepared_by: str
    opened_by: str
    senders: int
    opinions: int
    unanswered: int
    possible: frozenset[str]
    mark: str


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment as the staff sees it. ``verdict`` is the last decision, or "waiting"."""

    id: int
    receipt: str
    way: str
    name: str
    contact: str
    received_on: dt.date
    received_at: dt.datetime
    entered_by: str
    text: str
    verdict: str
    verdict_word: str
    answered: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about showing a comment."""

    word: str
    hidden: int
    reason: str
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class CommentPage:
    """A comment before whoever decides. ``spots`` are what the scan found; ``why_not`` says why this person may not decide."""

    row: CommentRow
    period: PeriodRow
    spots: tuple[Spot, ...]
    shown: str
    decisions: tuple[Decision, ...]
    why_not: str
    next_waiting: int | None


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """A line of the adoption table."""

    id: int
    position: int
    summary: str
    adoption: str
    adoption_word: str
    reason: str
    comments: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class AdoptionPage:
    """The adoption table, and the comments that no line deals with yet. ``may_renew`` is whether the account's draft can be written anew."""

    period: PeriodRow
    opinions: tuple[OpinionRow, ...]
    unanswered: tuple[CommentRow, ...]
    every: tuple[CommentRow, ...]
    feedback: TiedItem | None
    may_write: bool
    may_renew: bool
