"""What does a deadline see: the case as known, the law, the calendar, the day?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gongkai.calendar import Calendar
from gongkai.clock.deadline import Adds, Deadline, Note, State, Step
from gongkai.clock.settings import Settings
from gongkai.kernel import Citation, Mark
from gongkai.law import Law
from gongkai.procedure import Case, Event, Kind, Progress


@dataclass(frozen=True)
class View:
    """A case on a day, as far as it was known: everything the clock may look at."""

    case: Case
    progress: Progress
    law: Law
    calendar: Calendar
    as_of: dt.date
    settings: Settings

    @property
    def events(self) -> tuple[Event, ...]:
        return self.progress.events

    @property
    def regime(self) -> dt.date:
        """The day that decides which regulation governs; the day asked about while nothing has arrived."""
        return self.settings.regime_day or self.progress.regime_day or self.as_of

    def first(self, *kinds: Kind, subject: str | None = None) -> Event | None:
        """The first event of these kinds (of one subject, where given), None when there is none."""
        for event in self.events:
            if event.kind in kinds and (subject is None or event.subject == subject):
                return event
        return None

    def cite(self, key: str, day: dt.date | None = None) -> tuple[Citation, ...]:
        """The citation of a provision on a day (by default under the governing regulation); empty where the law is silent."""
        provision = self.law.find(day or self.regime, key)
        return (provision.citation,) if provision else ()

    def counting(self, day: dt.date) -> tuple[Citation, ...]:
        """The rule that day 0 is not counted: the civil law's, or the courts' own where only that was read in full."""
        rule, courts = self.law.find(day, "count.first_day"), self.law.find(day, "suit.count")
        if courts is not None and (rule is None or rule.mark is not Mark.READ):
            return (courts.citation,)
        return (rule.citation,) if rule else ()

    def span(self, words: str, start: dt.date, days: int, *citations: Citation) -> Step:
        """A step of so many working days."""
        return Step(words, start, Adds.WORKING_DAYS, days, self.calendar.nth(start, days), tuple(dict.fromkeys(citations)))

    def judged(
        self,
        key: str,
        title: str,
        steps: tuple[Step, ...],
        done: dt.date | None,
        *,
        subject: str = "",
        notes: tuple[Note, ...] = (),
        consequence: str = "",
        expired: State = State.OVERDUE,
        local: bool = False,
    ) -> Deadline:
        """The deadline that these steps make: met, late, running or past, with the days used and left."""
        start, due = steps[0].start, steps[-1].end
        counted = next((s.adds for s in steps if s.adds in {Adds.WORKING_DAYS, Adds.DAYS, Adds.MONTHS}), Adds.WORKING_DAYS)
        unit = Adds.WORKING_DAYS if counted is Adds.WORKING_DAYS else Adds.DAYS
        used = left = None
        if done is not None:
            state = State.MET if done <= due else State.LATE
        else:
            state = State.RUNNING if self.as_of <= due else expired
        if done is None and state is not State.EXPIRED:
            if unit is Adds.WORKING_DAYS:
                used, left = self.calendar.count(start, self.as_of), self.calendar.count(self.as_of, due)
            else:
                used, left = (self.as_of - start).days, (due - self.as_of).days
        years = self.calendar.provisional_years(start, due)
        return Deadline(
            key, title, state, subject, start, due, done, unit, used, left, steps, notes, years, consequence, local
        )  # fmt: skip


def open_point(words: str) -> Note:
    """A note that a setting, not a text, has decided."""
    return Note(f"{words}（按本机关的设置）", Mark.UNVERIFIED)
