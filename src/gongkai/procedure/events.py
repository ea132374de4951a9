"""What happened to an application, when, and when did the program learn of it?

Nothing is updated in place. A correction is a new event that names the one it corrects; ``annulled`` takes one back.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gongkai.errors import BadInput
from gongkai.lifecycle import NotPossible
from gongkai.procedure.kinds import CARD_OF, RANK, Kind, Party, Route


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    ``happened_on`` is the legal day in Beijing, given by a person; ``recorded_at`` the instant the program learned of it, always with
    an offset. ``subject`` names the consultation, extension or content item it belongs to. Fields that do not apply are empty.
    """

    id: str
    kind: Kind
    happened_on: dt.date
    recorded_at: dt.datetime
    subject: str = ""
    party: Party | None = None
    days: int | None = None
    until: dt.date | None = None
    outcome: str = ""
    route: Route | None = None
    role: str = ""
    note: str = ""
    corrects: str = ""

    @property
    def title(self) -> str:
        return CARD_OF[self.kind].title


@dataclass(frozen=True, slots=True)
class Item:
    """One content item of an application, with an outcome of its own."""

    id: str
    description: str


@dataclass(frozen=True, slots=True)
class Case:
    """An application: its number, its content items (at least one) and everything recorded of it, in any order."""

    number: str
    items: tuple[Item, ...]
    events: tuple[Event, ...]


def known_events(case: Case, known_at: dt.datetime | None = None, as_of: dt.date | None = None) -> tuple[Event, ...]:
    """The events in force: recorded by ``known_at``, corrections applied, happened by ``as_of``, in the order of their effect.

    None means no limit. Raises NotPossible when a correction names no event known by then.
    """
    known = [e for e in case.events if known_at is None or e.recorded_at <= known_at]
    standing = {e.id: e for e in known if not e.corrects}
    if len({e.id for e in known}) < len(known):
        raise BadInput(f"案件“{case.number}”里有两条记录用了同一个编号，请改成不同的编号。")
    for e in sorted((e for e in known if e.corrects), key=_recorded):
        if e.corrects not in standing:
            raise NotPossible(f"记录“{e.id}”要更正的“{e.corrects}”不存在或者已经撤销，请核对编号。")
        old = standing.pop(e.corrects)
        if e.kind is Kind.ANNULLED:
            continue
        if e.kind is not old.kind:
            raise NotPossible(f"记录“{e.id}”只能更正为同一种记录“{old.title}”；要换成“{e.title}”，请先撤销原来的记录。")
        standing[e.id] = e
    return tuple(sorted((e for e in standing.values() if as_of is None or e.happened_on <= as_of), key=_effect))


def _recorded(event: Event) -> tuple[dt.datetime, str]:
    return event.recorded_at, event.id


def _effect(event: Event) -> tuple[dt.date, int, dt.datetime, str]:
    return event.happened_on, RANK[event.kind], event.recorded_at, event.id
