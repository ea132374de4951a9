"""By when must the body reply?

条例（2019年修订）第三十条、第三十三条、第三十五条. Receipt is day 0. What stops the count – a correction, a consultation, a fee – and what
lengthens it – an extension, a later period – takes effect in the order it happened, and only while the period as it then stood
had not run out: nothing revives a period that is over.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from gongkai.clock.consultations import consultation_end
from gongkai.clock.deadline import Adds, Deadline, Note, State, Step
from gongkai.clock.settings import ConsultationDays, ElectronicReply
from gongkai.clock.view import View, open_point
from gongkai.procedure import Event, Kind, Party, Route
from gongkai.procedure.replay import RECEIPTS

KEY, TITLE = "reply", "答复期限"
ONE_DAY = dt.timedelta(days=1)
ENDINGS = {Kind.WITHDRAWN: "申请已经撤回", Kind.VOIDED: "登记已经作废", Kind.DEEMED_ABANDONED: "视为放弃申请，不再处理"}
SERVICE_KEYS = {Route.POST: "service.post", Route.PERSONAL: "service.personal", Route.ELECTRONIC: "service.electronic"}
RECEIPT_KEYS = {
    Kind.SUBMITTED_IN_PERSON: "receipt.in_person",
    Kind.MAIL_SIGNED: "receipt.registered_mail",
    Kind.EMAIL_RECEIVED: "receipt.email",
    Kind.ORDINARY_MAIL_ARRIVED: "receipt.ordinary_mail",
    Kind.EMAIL_ARRIVED: "receipt.email",
    Kind.SUBMITTED_ONLINE: "receipt.online",
    Kind.FAX_ARRIVED: "receipt.fax",
}


@dataclass
class _Count:
    """The count while it is being made."""

    start: dt.date
    limit: int
    due: dt.date
    steps: list[Step]
    notes: list[Note] = field(default_factory=list)
    excluded_until: dt.date = dt.date.min
    excluded: int = 0
    extended: int = 0
    extensions: int = 0
    stopped: str = ""  # why no day can be told: waiting for a correction or a payment
    waiting: bool = False  # a consultation is open, the day moves on with every working day

    def begin_again(self, fresh: _Count) -> None:
        """Drop what was counted so far; that an extension was already told is not forgotten."""
        self.start, self.limit, self.due, self.steps, self.notes = fresh.start, fresh.limit, fresh.due, fresh.steps, fresh.notes
        self.excluded_until, self.excluded, self.extended = dt.date.min, 0, 0
        self.waiting = False


def reply_deadline(view: View) -> Deadline:
    """The deadline of the reply."""
    ending = view.first(*ENDINGS)
    receipt = view.first(*RECEIPTS)
    if receipt is None:
        return _not_received(view, ending)
    replied, done, service = _replied(view)
    count = _counted(view, receipt, done)
    if service is not None:
        count.notes.append(service)
    if ending is not None and (replied is None or ending.happened_on <= replied.happened_on):
        return _ended(count, ending)
    return _judged(view, count, done)


def _not_received(view: View, ending: Event | None) -> Deadline:
    if ending is not None:
        return Deadline(KEY, TITLE, State.ENDED, done=ending.happened_on, notes=(Note(f"{ENDINGS[ending.kind]}。"),))
    words = "双方尚未确认收到，答复期限还没有起算。" if view.progress.arrived_on else "申请还没有收到。"
    return Deadline(KEY, TITLE, State.NOT_STARTED, notes=(Note(words),))


def _replied(view: View) -> tuple[Event | None, dt.date | None, Note | None]:
    """国办公开办函〔2016〕235号第四条: the event of service and the day that counts as the day of the reply."""
    served = view.first(Kind.SERVED)
    if served is None or served.route is None:
        return None, None, None
    if served.route is Route.ELECTRONIC and view.settings.electronic_reply is ElectronicReply.RECEIVED:
        received = view.first(Kind.RECEIVED_BY_APPLICANT)
        note = open_point("电子送达以申请人收到之日为答复日期")
        return served, received.happened_on if received else None, note
    rule = view.law.at(served.happened_on, SERVICE_KEYS[served.route])
    return served, served.happened_on, Note(f"答复日期为{served.happened_on}：{rule.statement}（{rule.citation}）", rule.mark)


def _counted(view: View, receipt: Event, done: dt.date | None) -> _Count:
    arrival = view.events[0]
    words = f"收到申请：{arrival.title}" if arrival.kind == receipt.kind else f"收到申请：{arrival.title}，{receipt.title}"
    day = receipt.happened_on
    step = Step(words, day, Adds.FACT, 0, day, view.cite(RECEIPT_KEYS.get(arrival.kind, "receipt.in_person"), day))
    steps = [step]
    start = _start(view, arrival.kind, day, steps)
    count = _begin(view, start, steps)
    for event in view.events[view.events.index(receipt) + 1 :]:
        if count.stopped or event.kind is Kind.SERVED:
            break
        act = _ACTS.get(event.kind)
        if act is not None:
            act(view, count, event, done)
    return count


_ONLINE = (Kind.EMAIL_RECEIVED, Kind.SUBMITTED_ONLINE)


def _start(view: View, kind: Kind, day: dt.date, steps: list[Step]) -> dt.date:
    """Day 0: the day of receipt; for online applications under the old regulation a setting may move a day of rest on."""
    old = view.law.at(view.regime, "reply.limit") == view.law.history("reply.limit")[0]
    if not (view.settings.rest_day_receipt_2008 and old and kind in _ONLINE) or view.calendar.is_working_day(day):
        return day
    start = view.calendar.next_working_day(day)
    steps.append(Step("休息日收到的网上申请，视为下一个工作日收到（按本机关的设置）", day, Adds.ROLLED, 0, start))
    return start


def _begin(view: View, start: dt.date, steps: list[Step], notes: list[Note] | None = None) -> _Count:
    """A count from its first day. Consultations still open on that day are taken in as they are met."""
    limit = view.law.at(view.regime, "reply.limit")
    step = view.span(
        f"自次日起{limit.number}个工作日", start, limit.number, limit.citation, *view.counting(start)
    )  # fmt: skip
    return _Count(start, limit.number, step.end, [*steps, step], notes or [])


def _exclude(view: View, count: _Count, after: dt.date, until: dt.date, words: str, *keys: str) -> None:
    """Leave the working days after ``after`` up to ``until`` out of the count, none of them twice."""
    first = max(after, count.excluded_until, count.start)
    count.excluded_until = max(count.excluded_until, until)
    days = view.calendar.count(first, until) if until > first else 0
    if days > 0:
        step = view.span(f"{words}，{days}个工作日不计算在内", count.due, days, *(c for key in keys for c in view.cite(key)))
        count.steps.append(step)
        count.due = step.end
        count.excluded += days


def _consulted(view: View, count: _Count, event: Event, done: dt.date | None) -> None:
    """第三十三条第三款: time spent consulting third parties and other agencies is not counted."""
    rule = view.law.at(view.regime, "reply.excluded")
    party = event.party or Party.AGENCY
    name = Party.THIRD_PARTY.value if party is Party.THIRD_PARTY else Party.AGENCY.value
    if isinstance(rule.value, tuple) and name not in rule.value:
        count.notes.append(
            Note(f"征求{party.value}“{event.subject}”意见的时间照常计算：本案适用的条例只排除征求第三方意见的时间。", rule.mark)
        )
        return
    if event.happened_on > count.due:
        count.notes.append(Note(f"征求意见书“{event.subject}”在期限届满后发出，不能使已经届满的期限重新计算。"))
        return
    end, still_open = consultation_end(view, event)
    if done is not None and end >= done:
        end, still_open = done, False
    count.waiting = count.waiting or still_open
    days = view.settings.consultation_days
    after = event.happened_on - ONE_DAY if days is ConsultationDays.BOTH else event.happened_on
    until = end - ONE_DAY if days is ConsultationDays.BETWEEN and not still_open else end
    _exclude(view, count, after, until, f"征求{party.value}“{event.subject}”意见（{after + ONE_DAY}至{until}）", "reply.excluded")
    count.notes.append(open_point(f"征求意见的{days.value}不计算在内"))


def _extended(view: View, count: _Count, event: Event, _: dt.date | None) -> None:
    """第三十三条第二款: approved by the head of the unit and told to the applicant before the period as it stands has run out."""
    approved = view.first(Kind.EXTENSION_APPROVED, subject=event.subject)
    if approved is None or approved.days is None:
        return
    latest = (
        count.due if view.settings.extension_after_consultation else view.calendar.nth(count.start, count.limit + count.extended)
    )
    if event.happened_on > latest:
        count.notes.append(Note(f"{event.happened_on}告知的延期无效：告知时答复期限已经于{latest}届满。"))
        return
    if count.extensions and not view.settings.second_extension:
        count.notes.append(open_point(f"{event.happened_on}告知的第二次延期不起作用，延期只告知一次"))
        return
    step = view.span(
        f"{event.happened_on}告知延期{approved.days}个工作日",
        count.due,
        approved.days,
        *view.cite("reply.extension"),
        *view.cite("reply.extension.approver"),
    )
    count.steps.append(step)
    count.due = step.end
    count.extended += approved.days
    count.extensions += 1
    if count.excluded:
        count.notes.append(open_point("征求意见顺延以后仍可以延期"))


def _corrected(view: View, count: _Count, event: Event, done: dt.date | None) -> None:
    """第三十条: told once within the limit; the period then runs from the day the corrected application is received."""
    limit = view.law.find(view.regime, "correction.limit")
    if limit is not None:
        latest = view.calendar.nth(count.start, limit.number)
        if event.happened_on > latest and not view.settings.late_correction_restarts:
            count.notes.append(open_point(f"补正告知晚于{latest}的期限，答复期限不因补正重新计算"))
            return
        if event.happened_on > latest:
            count.notes.append(open_point(f"补正告知晚于{latest}的期限，答复期限仍因补正重新计算"))
    elif not view.settings.correction_2007_restarts or event.happened_on > count.due:
        count.notes.append(open_point("答复期限不因补正重新计算"))
        return
    else:
        count.notes.append(open_point("适用2007年条例，收到补正后答复期限重新计算"))
    corrected = view.first(Kind.CORRECTED)
    if corrected is None:
        count.stopped = "已经告知补正，答复期限自收到补正的申请之日起重新计算。"
        return
    told = Step("告知补正", event.happened_on, Adds.FACT, 0, event.happened_on, view.cite("correction.notice"))
    back = Step(
        "收到补正，答复期限重新计算", corrected.happened_on, Adds.FACT, 0, corrected.happened_on, view.cite("correction.restart")
    )  # fmt: skip
    _restart(view, count, corrected.happened_on, (told, back), done)


def _charged(view: View, count: _Count, event: Event, done: dt.date | None) -> None:
    """国办函〔2020〕109号: a notice within the period stops it; payment starts it afresh (or, by a setting, lets it go on)."""
    if event.happened_on > count.due:
        count.notes.append(Note("收费通知在期限届满后发出，不能使已经届满的期限重新计算。"))
        return
    paid = view.first(Kind.FEE_PAID)
    if paid is None:
        count.stopped = "已经通知缴费，缴费完成后再计算答复期限。"
        return
    if not view.settings.fee_restarts:
        words = f"等待缴费（{event.happened_on + ONE_DAY}至{paid.happened_on}）"
        _exclude(view, count, event.happened_on, paid.happened_on, words, "fee.payment")
        count.notes.append(open_point("缴费完成后答复期限继续计算"))
        return
    noticed = Step("发出收费通知", event.happened_on, Adds.FACT, 0, event.happened_on, view.cite("fee.free", event.happened_on))
    back = Step(
        "缴费完成，答复期限重新计算",
        paid.happened_on,
        Adds.FACT,
        0,
        paid.happened_on,
        view.cite("fee.restart", event.happened_on),
    )
    _restart(view, count, paid.happened_on, (noticed, back), done)


def _restart(view: View, count: _Count, day: dt.date, facts: tuple[Step, ...], done: dt.date | None) -> None:
    """Count afresh from a day; a consultation that was open on that day goes on being left out."""
    kept = [step for step in count.steps if step.adds is Adds.FACT]
    fresh = _begin(view, day, [*kept, *facts], count.notes)
    if count.extended:
        fresh.notes.append(Note(f"重新计算以前的{count.extended}个工作日延期随原期限结束。"))
    count.begin_again(fresh)
    for event in view.events:
        if event.kind is Kind.CONSULTATION_SENT and event.happened_on < day and consultation_end(view, event)[0] > day:
            _consulted(view, count, event, done)


def _delayed(view: View, count: _Count, event: Event, _: dt.date | None) -> None:
    """第三十五条: reasonable but not to be done in time – a later reasonable day is fixed and told."""
    if event.until is None:
        return
    if event.happened_on > count.due:
        count.notes.append(Note(f"{event.happened_on}确定的延迟期限无效：告知时答复期限已经于{count.due}届满。"))
        return
    if event.until <= count.due:
        count.notes.append(Note("确定的延迟期限不晚于原来的期限，原来的期限不变。"))
        return
    count.steps.append(
        Step(f"{event.happened_on}确定延迟答复至{event.until}", count.due, Adds.FIXED, 0, event.until, view.cite("reply.delayed"))
    )
    count.due = event.until


_ACTS = {
    Kind.CONSULTATION_SENT: _consulted,
    Kind.EXTENSION_NOTIFIED: _extended,
    Kind.CORRECTION_REQUESTED: _corrected,
    Kind.FEE_NOTICED: _charged,
    Kind.DELAYED: _delayed,
}


def _ended(count: _Count, ending: Event) -> Deadline:
    notes = (*_unique(count.notes), Note(f"{ENDINGS[ending.kind]}。"))
    return Deadline(KEY, TITLE, State.ENDED, start=count.start, done=ending.happened_on, steps=tuple(count.steps), notes=notes)


def _judged(view: View, count: _Count, done: dt.date | None) -> Deadline:
    notes = _unique(count.notes)
    steps = tuple(count.steps)
    if count.stopped and done is None:
        facts = tuple(step for step in steps if step.adds is Adds.FACT)
        return Deadline(KEY, TITLE, State.PAUSED, start=count.start, steps=facts, notes=(*notes, Note(count.stopped)))
    years = view.calendar.provisional_years(count.start, count.due)
    if done is not None:
        used = view.calendar.count(count.start, done) - count.excluded
        state = State.MET if done <= count.due else State.LATE
        return Deadline(
            KEY, TITLE, state, "", count.start, count.due, done, used=used, steps=steps, notes=notes, provisional=years
        )
    if count.waiting:
        state = State.PAUSED
        notes = (*notes, Note(f"正在征求意见，截止日按算到{view.as_of}的情况显示，收到意见后重新计算。"))
    else:
        state = State.RUNNING if view.as_of <= count.due else State.OVERDUE
    used = view.calendar.count(count.start, view.as_of) - count.excluded
    left = view.calendar.count(view.as_of, count.due)
    consequence = "逾期不答复的，申请人可以申请行政复议或者提起行政诉讼。" if state is State.OVERDUE else ""
    return Deadline(
        KEY, TITLE, state, "", count.start, count.due, None, Adds.WORKING_DAYS, used, left, steps, notes, years, consequence
    )  # fmt: skip


def _unique(notes: list[Note]) -> tuple[Note, ...]:
    return tuple(dict.fromkeys(notes))
