"""What may an application's life look like, drawn at random but lawful?"""

from __future__ import annotations

import datetime as dt
from random import Random

from gongkai.procedure import Case, Event, Item, Kind, Party, Route

HEAD = "政府信息公开工作机构负责人"
ITEMS = (Item("1", ""),)
FIRST, LAST = dt.date(2008, 5, 1), dt.date(2025, 6, 30)
NEW_REGULATION, FEES = dt.date(2019, 5, 15), dt.date(2021, 1, 1)
OUTCOMES = ("O1", "O2", "O3", "D1", "D4", "D7", "N1a", "N1b")
MIDNIGHT = dt.time(tzinfo=dt.UTC)


def random_case(rng: Random) -> tuple[Case, dt.date]:
    """A lawful case and a day on which to look at it."""
    day = FIRST + dt.timedelta(days=rng.randrange((LAST - FIRST).days))
    told = _Told(rng, day)
    told.receive()
    new = told.day >= NEW_REGULATION
    if rng.random() < 0.3:
        told.correct(told.later(9))
    for name in ("甲", "乙")[: rng.choice((0, 0, 1, 1, 2))]:
        told.consult(name, rng.choice(tuple(Party)) if new else rng.choice((Party.THIRD_PARTY, Party.AGENCY)))
    if rng.random() < 0.4:
        told.extend(20 if new else 15)
    if rng.random() < 0.2 and told.day >= FEES:
        told.charge()
    if rng.random() < 0.1 and new:
        told.delay()
    if rng.random() < 0.6:
        told.reply()
    return Case("随机", ITEMS, tuple(told.events)), told.day + dt.timedelta(days=rng.randrange(40))


class _Told:
    """A case while it is being told, day by day."""

    def __init__(self, rng: Random, day: dt.date) -> None:
        self.rng, self.day = rng, day
        self.events: list[Event] = []

    def later(self, days: int) -> dt.date:
        self.day += dt.timedelta(days=self.rng.randint(1, days))
        return self.day

    def add(self, kind: Kind, **fields: object) -> None:
        stamp = dt.datetime.combine(self.day, MIDNIGHT)
        self.events.append(Event(str(len(self.events)), kind, self.day, stamp, **fields))  # type: ignore[arg-type]  # the event's own fields

    def receive(self) -> None:
        kind = self.rng.choice((Kind.SUBMITTED_IN_PERSON, Kind.MAIL_SIGNED, Kind.SUBMITTED_ONLINE, Kind.ORDINARY_MAIL_ARRIVED))
        self.add(kind)
        if kind in {Kind.SUBMITTED_ONLINE, Kind.ORDINARY_MAIL_ARRIVED}:
            self.later(3)
            self.add(Kind.CONFIRMED)

    def correct(self, day: dt.date) -> None:
        self.add(Kind.CORRECTION_REQUESTED, until=day + dt.timedelta(days=20))
        self.later(25)
        self.add(Kind.CORRECTED)

    def consult(self, name: str, party: Party) -> None:
        self.later(6)
        self.add(Kind.CONSULTATION_SENT, subject=name, party=party)
        if self.rng.random() < 0.8:
            self.later(5)
            self.add(Kind.CONSULTATION_RECEIVED, subject=name)
            if self.rng.random() < 0.7:
                self.later(30)
                self.add(self.rng.choice((Kind.CONSULTATION_ANSWERED, Kind.CONSULTATION_OBJECTED)), subject=name)

    def extend(self, longest: int) -> None:
        self.add(Kind.EXTENSION_APPROVED, days=self.rng.randint(1, longest), role=HEAD)
        self.later(8)
        self.add(Kind.EXTENSION_NOTIFIED)

    def charge(self) -> None:
        self.later(5)
        self.add(Kind.FEE_NOTICED)
        self.later(5)
        self.add(Kind.FEE_NOTICE_RECEIVED)
        self.later(25)
        self.add(Kind.FEE_PAID)

    def delay(self) -> None:
        self.add(Kind.REASONS_REQUESTED)
        self.later(5)
        self.add(Kind.REASONS_GIVEN)
        self.add(Kind.DELAYED, until=self.day + dt.timedelta(days=self.rng.randint(1, 120)))

    def reply(self) -> None:
        self.later(30)
        self.add(Kind.DECIDED, outcome=self.rng.choice(OUTCOMES))
        self.add(Kind.SERVED, route=self.rng.choice(tuple(Route)))
        if self.rng.random() < 0.5:
            self.later(6)
            self.add(Kind.RECEIVED_BY_APPLICANT)
