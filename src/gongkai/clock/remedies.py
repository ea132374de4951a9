"""Until when can a decision, or silence, be taken to review or to court?

The law of the day of the decision governs. From 2024 a refusal under articles 14–16 goes to review first; which of the doubtful kinds a
court takes is not settled, so a suit is shown for them only where the body has decided so. Spans of days and months that end on a
day of rest end on the next working day.
"""

from __future__ import annotations

import datetime as dt

from gongkai.calendar.spans import add_days, add_months, rolled
from gongkai.clock.deadline import Adds, Deadline, Note, State, Step
from gongkai.clock.view import View, open_point
from gongkai.kernel import Mark
from gongkai.law import Provision, Unit
from gongkai.procedure import Kind, Outcome, Remedy, Route, outcome

REFUSED_PART, OTHER_PART = "不予公开的部分", "其余部分"


def remedy_deadlines(view: View, reply: Deadline) -> tuple[Deadline, ...]:
    """The periods for review and suit: after a reply by its outcomes, after silence from the day the reply was due."""
    decided = view.first(Kind.DECIDED, Kind.DEEMED_ABANDONED)
    if view.first(Kind.SERVED) is None or decided is None:
        return _against_silence(view, reply)
    known, note = _known(view)
    groups = _groups(view)
    found: list[Deadline] = []
    for subject, remedy, first in groups:
        if known is None:
            words = "邮寄送达的，自申请人收到之日起计算；还没有登记申请人收到的日期。"
            found.append(Deadline("remedy.review", "申请行政复议的期限", State.NOT_STARTED, subject, notes=(Note(words),)))
            continue
        found += _of_group(view, subject, remedy, first, decided.happened_on, known, note)
    return tuple(found)


def _known(view: View) -> tuple[dt.date | None, tuple[Note, ...]]:
    """The day the applicant knew of the decision."""
    received = view.first(Kind.RECEIVED_BY_APPLICANT)
    if received is not None:
        return received.happened_on, ()
    served = view.first(Kind.SERVED)
    if served is None or served.route is Route.POST:
        return None, ()
    if served.route is Route.ELECTRONIC:
        return served.happened_on, (Note("电子送达以发出之日作为知道之日。", Mark.UNVERIFIED),)
    return served.happened_on, ()


def _groups(view: View) -> tuple[tuple[str, Remedy, Outcome], ...]:
    """Items with the same remedies together; where all are alike no item is named. A partial disclosure counts in two groups."""
    parts: list[tuple[str, Remedy, Outcome]] = []
    for item in view.case.items:
        code = view.progress.outcomes.get(item.id)
        if code is None:
            continue
        chosen = outcome(code)
        if chosen.remedy is Remedy.PARTIAL:
            parts += [
                (f"第{item.id}项{REFUSED_PART}", Remedy.REFUSAL, chosen),
                (f"第{item.id}项{OTHER_PART}", Remedy.ORDINARY, chosen),
            ]
        else:
            parts.append((f"第{item.id}项", chosen.remedy, chosen))
    kinds = {(remedy, o.no_suit_2011) for _, remedy, o in parts}
    if len(kinds) == 1:
        return (("", parts[0][1], parts[0][2]),)
    grouped: dict[tuple[Remedy, bool], list[str]] = {}
    for subject, remedy, o in parts:
        grouped.setdefault((remedy, o.no_suit_2011), []).append(subject)
    example = {(remedy, o.no_suit_2011): o for _, remedy, o in parts}
    return tuple(("、".join(subjects), key[0], example[key]) for key, subjects in grouped.items())


def _of_group(
    view: View, subject: str, remedy: Remedy, of: Outcome, decided: dt.date, known: dt.date, notes: tuple[Note, ...]
) -> list[Deadline]:
    told = Step("申请人知道该处理", known, Adds.FACT, 0, known)
    review = view.law.at(decided, "review.limit")
    first = view.law.find(decided, "review.first")
    if remedy is Remedy.REFUSAL and first is not None:
        after = view.law.at(decided, "suit.after_review")
        words = (
            Note(f"应当先申请行政复议，不能直接起诉（{first.citation}）；答复书应当写明这一点。", first.mark),
            Note(f"复议以后起诉：{after.statement}（{after.citation}）", after.mark),
        )
        return [_span(view, "remedy.review", "申请行政复议的期限（复议前置）", subject, (told,), review, (*notes, *words))]
    both = [_span(view, "remedy.review", "申请行政复议的期限", subject, (told,), review, notes)]
    suit = view.law.at(decided, "suit.limit")
    court = _court(view, remedy, of, decided)
    if court is None:
        both.append(_span(view, "remedy.suit", "直接起诉的期限", subject, (told,), suit, notes))
    elif court:
        both[0] = _span(view, "remedy.review", "申请行政复议的期限", subject, (told,), review, (*notes, *court))
    else:
        both.append(_span(view, "remedy.suit", "直接起诉的期限", subject, (told,), suit, (*notes, open_point("告知可以起诉"))))
    return both


def _court(view: View, remedy: Remedy, of: Outcome, decided: dt.date) -> tuple[Note, ...] | None:
    """Why no suit is shown; None when a suit is certain, empty when a setting has let it in."""
    if remedy is not Remedy.DOUBTFUL:
        return None
    history = view.law.history("suit.scope")
    rule = view.law.find(decided, "suit.scope")
    if rule is None:
        return None
    if rule == history[0]:
        return (Note(f"法院不受理对这一类答复的起诉（{rule.citation}）。", rule.mark),) if of.no_suit_2011 else None
    if view.settings.court_for_doubtful:
        return ()
    return (open_point("法院是否受理这一类答复有争议，不告知起诉"),)


def _span(
    view: View, key: str, title: str, subject: str, facts: tuple[Step, ...], rule: Provision, notes: tuple[Note, ...]
) -> Deadline:
    """A period of days or months from the last fact, moved on when it ends on a day of rest."""
    start = facts[-1].end
    months = rule.unit is Unit.MONTHS
    end = add_months(start, rule.number) if months else add_days(start, rule.number)
    step = Step(f"自次日起{rule.amount}", start, Adds.MONTHS if months else Adds.DAYS, rule.number, end, (rule.citation,))
    steps = (*facts, step)
    last = rolled(end, view.calendar)
    if last != end:
        steps = (
            *steps,
            Step("最后一日是休息日，顺延到其后的第一个工作日", end, Adds.ROLLED, 0, last, view.cite("count.last_day", end)),
        )
    return view.judged(key, title, steps, None, subject=subject, notes=notes, expired=State.EXPIRED)


def _against_silence(view: View, reply: Deadline) -> tuple[Deadline, ...]:
    """Once the reply is overdue and none has come: review, and a suit within the period from the day the reply was due."""
    if reply.state is not State.OVERDUE or reply.due is None:
        return ()
    fact = Step("答复期限届满，没有答复", reply.due, Adds.FACT, 0, reply.due)
    since = Note(f"自{reply.due + dt.timedelta(days=1)}起属于逾期未答复。")
    review = view.law.at(reply.due, "review.limit")
    doubt = Note("对逾期不答复申请复议自何日起算，未读到明文。", Mark.UNVERIFIED)
    found = [_span(view, "silence.review", "对逾期不答复申请行政复议的期限", "", (fact,), review, (since, doubt))]
    suit = view.law.find(reply.due, "suit.silence")
    if suit is not None:
        found.append(_span(view, "silence.suit", "对逾期不答复起诉的期限", "", (fact,), suit, (since,)))
    return tuple(found)
