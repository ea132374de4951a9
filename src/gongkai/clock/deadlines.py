"""Which deadlines does a case have on a day, as far as was known at an instant?

A pure function: the same events, law, calendar, day and instant always give the same answer, so that “as of” and “as known then” hold.
"""

from __future__ import annotations

import datetime as dt

from gongkai.calendar import Calendar
from gongkai.calendar.spans import add_days
from gongkai.calendar.working_days import BEIJING
from gongkai.clock.consultations import consultation_deadlines
from gongkai.clock.deadline import Adds, Deadline, Note, Step
from gongkai.clock.intake import intake_deadlines
from gongkai.clock.remedies import remedy_deadlines
from gongkai.clock.reply import reply_deadline
from gongkai.clock.settings import Settings
from gongkai.clock.view import View
from gongkai.errors import BadInput
from gongkai.kernel import Mark
from gongkai.law import Law, Unit
from gongkai.procedure import Case, Event, Item, Kind, replay
from gongkai.procedure.replay import Progress

STANDARD = Settings()


def view_of(
    case: Case,
    law: Law,
    calendar: Calendar,
    as_of: dt.date,
    *,
    known_at: dt.datetime | None = None,
    settings: Settings = STANDARD,
) -> View:
    """The case as the clock sees it. The calendar answers provisionally for years not arranged. Raises NotPossible."""
    progress: Progress = replay(case, law, as_of=as_of, known_at=known_at, regime_day=settings.regime_day)
    known = calendar.known_at(known_at) if known_at else calendar
    return View(case, progress, law, known if known.law is law else known.for_cases(law), as_of, settings)


def deadlines(
    case: Case,
    law: Law,
    calendar: Calendar,
    as_of: dt.date,
    *,
    known_at: dt.datetime | None = None,
    settings: Settings = STANDARD,
) -> tuple[Deadline, ...]:
    """Every deadline of the case on the day ``as_of``, the reply first.

    ``known_at`` limits events and arrangements of days off to what was known at that instant; None means everything. Raises
    NotPossible when the recorded events contradict the procedure.
    """
    view = view_of(case, law, calendar, as_of, known_at=known_at, settings=settings)
    reply = reply_deadline(view)
    return (reply, *intake_deadlines(view), *consultation_deadlines(view), *remedy_deadlines(view, reply))


def case_received(day: dt.date) -> Case:
    """A case of which nothing is known but that it was handed in on a day."""
    event = Event("1", Kind.SUBMITTED_IN_PERSON, day, dt.datetime.combine(day, dt.time(), BEIJING))
    return Case(f"{day}收到的申请", (Item("1", ""),), (event,))


def deadline_of(key: str, since: dt.date, law: Law, calendar: Calendar, as_of: dt.date) -> Deadline:
    """The deadline that a provision with a number of days or working days sets from a day. Raises NotFound, BadInput."""
    rule = law.at(since, key)
    if rule.unit not in {Unit.WORKING_DAYS, Unit.DAYS}:
        raise BadInput(f"“{rule.title}”（{key}）不是按日计算的期限，而是“{rule.amount}”。请换一个事项，输入 gongkai law 查看。")
    known = calendar if calendar.law is law else calendar.for_cases(law)
    view = View(case_received(since), Progress(received_on=since), law, known, as_of, STANDARD)
    words = f"自次日起{rule.amount}"
    if rule.unit is Unit.WORKING_DAYS:
        step = view.span(words, since, rule.number, rule.citation, *view.counting(since))
    else:
        step = Step(words, since, Adds.DAYS, rule.number, add_days(since, rule.number), (rule.citation,))
    resting = rule.unit is Unit.DAYS and not view.calendar.is_working_day(step.end)
    notes = (Note("最后一日是休息日，按日计算的这一期限是否顺延没有明文，请提前办理。", Mark.UNVERIFIED),) if resting else ()
    return view.judged(key, rule.title, (step,), None, notes=notes, local=rule.instrument.local)
