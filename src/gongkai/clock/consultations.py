"""By when must somebody who is consulted answer, and what does silence mean?

条例（2019年修订）第三十二条、第三十四条. The two silences are opposites and share no code path: a third party's leaves the decision with the
body, a co-maker's is consent. What each means is the row of its own table, not a branch here.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from gongkai.clock.deadline import Adds, Deadline, Note, State, Step
from gongkai.clock.view import View
from gongkai.lifecycle import NotPossible
from gongkai.procedure import Event, Kind, Party, tables

ANSWERS = (Kind.CONSULTATION_ANSWERED, Kind.CONSULTATION_OBJECTED)
LIMITS = {Party.THIRD_PARTY: "consult.third_party.limit", Party.COMAKER: "consult.comaker.limit"}
RULES = {Party.THIRD_PARTY: "consult.third_party", Party.COMAKER: "consult.comaker", Party.AGENCY: "consult.agency"}
RECEIVED = "对方已收到"


def silence(party: Party) -> str:
    """What it means that the party did not answer in time; empty where silence means nothing."""
    try:
        return tables.CONSULTATIONS[party].follow(RECEIVED, tables.LAPSED).next
    except NotPossible:
        return ""


def consultation_end(view: View, sent: Event) -> tuple[dt.date, bool]:
    """The last day the consultation takes, and whether it is still open: the answer, the end of the period, or the day asked about."""
    days = [view.as_of]
    answered = view.first(*ANSWERS, subject=sent.subject)
    if answered is not None:
        days.append(answered.happened_on)
    step = _period(view, sent)
    if step is not None:
        days.append(step.end)
    still_open = answered is None and (step is None or view.as_of <= step.end)
    return min(days), still_open


def _period(view: View, sent: Event) -> Step | None:
    """The period for the answer, from the day the letter was received; None where it has not begun or the law gives none."""
    key = LIMITS.get(sent.party or Party.AGENCY)
    received = view.first(Kind.CONSULTATION_RECEIVED, subject=sent.subject)
    rule = view.law.find(view.regime, key) if key else None
    if received is None or rule is None:
        return None
    words = f"自对方收到征求意见书的次日起{rule.number}个工作日"
    return view.span(words, received.happened_on, rule.number, rule.citation, *view.counting(received.happened_on))


def consultation_deadlines(view: View) -> tuple[Deadline, ...]:
    """One deadline for every letter of consultation that was sent."""
    return tuple(_deadline(view, event) for event in view.events if event.kind is Kind.CONSULTATION_SENT)


def _deadline(view: View, sent: Event) -> Deadline:
    party = sent.party or Party.AGENCY
    title = f"{party.value}提出意见的期限"
    key, subject = f"consultation.{party.name.lower()}", sent.subject
    letter = Step("发出征求意见书", sent.happened_on, Adds.FACT, 0, sent.happened_on, view.cite(RULES[party]))
    answered = view.first(*ANSWERS, subject=subject)
    done = answered.happened_on if answered else None
    step = _period(view, sent)
    if step is None:
        return _without_period(view, sent, key, title, letter, done)
    received = Step("对方收到征求意见书", step.start, Adds.FACT, 0, step.start)
    meaning = silence(party)
    deadline = view.judged(key, title, (received, step), done, subject=subject, expired=State.EXPIRED)
    return replace(deadline, steps=(letter, received, step), notes=_said(answered, deadline), consequence="" if done else meaning)


def _said(answered: Event | None, deadline: Deadline) -> tuple[Note, ...]:
    if answered is None:
        return (Note("期限已过，没有收到意见。"),) if deadline.state is State.EXPIRED else ()
    late = "（已经超过期限）" if deadline.state is State.LATE else ""
    return (Note(f"{answered.happened_on}{answered.title}{late}。"),)


def _without_period(view: View, sent: Event, key: str, title: str, letter: Step, done: dt.date | None) -> Deadline:
    """No period runs: the letter has not arrived yet, or the law sets none; a day that was asked for is shown as such."""
    party = sent.party or Party.AGENCY
    limit = LIMITS.get(party)
    if limit and view.law.find(view.regime, limit) and done is None:
        notes: tuple[Note, ...] = (Note("对方还没有收到征求意见书，提出意见的期限没有起算。"),)
        return Deadline(key, title, State.NOT_STARTED, sent.subject, steps=(letter,), notes=notes, consequence=silence(party))
    notes = (Note(f"法律没有规定{party.value}答复的期限，以实际收到意见之日为准。"),)
    if sent.until is not None:
        asked = Step("来函要求的答复日期", sent.happened_on, Adds.FIXED, 0, sent.until)
        return view.judged(key, title, (letter, asked), done, subject=sent.subject, notes=notes)
    state = State.MET if done else State.RUNNING
    used = view.calendar.count(sent.happened_on, done or view.as_of)
    return Deadline(key, title, state, sent.subject, sent.happened_on, None, done, used=used, steps=(letter,), notes=notes)
