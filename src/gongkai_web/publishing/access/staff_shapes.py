"""In which shapes does the staff see what is drafted, reviewed and public?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gongkai.clock import Deadline
from gongkai_web.publishing.access.lying import ItemInEdition
from gongkai_web.publishing.scans import ScanHit


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A line of the workbench. ``standing`` says in words how it stands now and ``why`` why it is here; ``days_left`` is negative once overdue."""

    id: int
    index_number: str
    title: str
    document_number: str
    category_key: str
    category_name: str
    department: str
    kind: str
    stage: str
    stage_word: str
    attribute: str
    is_public: bool
    scheduled_at: dt.datetime | None
    standing: str
    why: str
    made_or_changed_on: dt.date
    due_on: dt.date | None
    days_left: int | None
    is_overdue: bool
    keeper: str
    keeper_id: int
    changed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class StaffListing:
    """A page of a list; ``next_key`` and ``previous_key`` go back into ``after`` and ``before``."""

    rows: tuple[StaffRow, ...]
    next_key: str | None
    previous_key: str | None
    count: int


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A review that waits: whose turn it is, and whether it is this person's."""

    id: int
    subject_kind: str
    subject_id: str
    title: str
    step_id: int
    step: str
    role: str
    person: str
    drafter: str
    department: str
    opened_at: dt.datetime
    is_mine: bool
    why_not: str


@dataclass(frozen=True, slots=True)
class Home:
    """What is one person's today, and why."""

    to_review: tuple[ReviewRow, ...]
    returned: tuple[StaffRow, ...]
    drafts: tuple[StaffRow, ...]
    to_publish: tuple[StaffRow, ...]
    overdue: tuple[StaffRow, ...]
    due_soon: tuple[StaffRow, ...]
    scheduled: tuple[StaffRow, ...]
    to_reassess: tuple[StaffRow, ...]
    to_take_down: tuple[tuple[StaffRow, dt.date], ...]
    """Published decisions that were revoked, with the day."""
    in_review: tuple[StaffRow, ...]


@dataclass(frozen=True, slots=True)
class StaffFile:
    """A file of an item as the staff sees it. ``state`` is a value of FileState; ``missing`` when its bytes are gone."""

    position: int
    digest: str
    name: str
    type: str
    size: int
    embedded: bool
    state: str
    state_word: str
    removed: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of a review and what was decided."""

    id: int
    position: int
    title: str
    role: str
    role_word: str
    person: str
    verdict: str
    verdict_word: str
    decided_by: str
    decided_on: dt.date | None
    recorded_by: str
    opinion: str
    on_paper: bool
    paper: str
    is_turn: bool


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A review with its steps."""

    id: int
    state: str
    state_word: str
    opened_at: dt.datetime
    closed_at: dt.datetime | None
    drafter: str
    code: str
    digest: str
    steps: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class ContentView:
    """What is printed of an item. ``values`` are the columns by name; ``html`` has its pictures at staff addresses."""

    values: dict[str, Any]
    html: str
    attribute_word: str
    ground_word: str
    cuts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version as cut for review. ``difference`` compares it with the one before (see ``differences``)."""

    id: int
    number: int
    cut_at: dt.datetime
    cut_by: str
    code: str
    digest: str
    content: ContentView
    files: tuple[StaffFile, ...]
    difference: dict[str, Any]
    review: ReviewView


@dataclass(frozen=True, slots=True)
class PublicationView:
    """One time a version was made public."""

    version: int
    published_at: dt.datetime
    published_by: str
    channel: str
    handed_to: str
    handed_address: str
    superseded_at: dt.datetime | None
    withdrawn_at: dt.datetime | None
    withdrawal_reason: str
    correction_note: str
    is_public: bool
    is_scheduled: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of what stands beside an item: a link, an outing, a change of validity, a legality review, a revocation, a re-assessment."""

    id: int
    what: str
    words: str
    on: dt.date | None
    address: str = ""
    by: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Everything a member of staff sees of one item. ``possible`` are the keys of the acts that this person may do now."""

    row: StaffRow
    body_id: int
    body_name: str
    category_id: int
    department_id: int | None
    facts: dict[str, Any]
    revision: int
    saved_at: dt.datetime
    saved_by: str
    content: ContentView
    files: tuple[StaffFile, ...]
    hits: tuple[ScanHit, ...]
    problems: dict[str, str]
    deadline: Deadline | None
    versions: tuple[VersionView, ...]
    publications: tuple[PublicationView, ...]
    links: tuple[Entry, ...]
    outings: tuple[Entry, ...]
    validity_changes: tuple[Entry, ...]
    legality: tuple[Entry, ...]
    revocations: tuple[Entry, ...]
    reassessments: tuple[Entry, ...]
    steps_ahead: tuple[tuple[str, str], ...]
    open_review_id: int | None
    static_pages: tuple[ItemInEdition, ...]
    is_baked: bool
    """Whether its category becomes public as static pages."""
    possible: frozenset[str]


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """What a reviewer sees. ``step_id`` is the step whose turn it is; ``why_not`` says why this person may not decide it, empty when they may.

    ``signers`` are who could sign the present step on paper. ``before`` is the version before, for the view side by side.
    """

    review: ReviewView
    subject_kind: str
    item_id: int
    row: StaffRow
    version: VersionView | None
    before: VersionView | None
    publish_at: dt.datetime | None
    """When it is to become public once approved; None for at once."""
    proposal: str
    hits: tuple[ScanHit, ...]
    deadline: Deadline | None
    step_id: int | None
    why_not: str
    may_record_paper: bool
    signers: tuple[tuple[int, str], ...]
    may_withdraw: bool
