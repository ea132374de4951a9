"""Where does an application stand after what happened, and could it have happened like that?

Replaying the events walks the tables and asks, at every step, what a table cannot say: is this the second correction notice, did the
right person approve the extension, did the law of that day know this step at all. The first impossible event stops the replay with
NotPossible, whose text gives the reason and the next step.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from gongkai.calendar.working_days import BEIJING
from gongkai.kernel import Citation
from gongkai.law import Law
from gongkai.lifecycle import START, NotPossible, Table
from gongkai.procedure import tables
from gongkai.procedure.events import Case, Event, known_events
from gongkai.procedure.kinds import CARD_OF, Kind, Party
from gongkai.procedure.outcomes import outcome

ARRIVALS = frozenset({Kind.ORDINARY_MAIL_ARRIVED, Kind.EMAIL_ARRIVED, Kind.SUBMITTED_ONLINE, Kind.FAX_ARRIVED})
RECEIPTS = frozenset({Kind.SUBMITTED_IN_PERSON, Kind.MAIL_SIGNED, Kind.EMAIL_RECEIVED, Kind.CONFIRMED})
CONFIRMED_EMAIL = "双方确认之日"  # how the law words it when an e-mail must be confirmed

_ATTACHED: dict[Kind, Table] = {
    **dict.fromkeys((*ARRIVALS, Kind.CONTACTED, Kind.CONFIRMED), tables.CONFIRMATION),
    **dict.fromkeys((Kind.CORRECTION_REQUESTED, Kind.CORRECTED), tables.CORRECTION),
    **dict.fromkeys((Kind.REASONS_REQUESTED, Kind.REASONS_GIVEN, Kind.REASONS_REFUSED, Kind.DELAYED), tables.REASONS),
    **dict.fromkeys((Kind.EXTENSION_APPROVED, Kind.EXTENSION_NOTIFIED), tables.EXTENSION),
    **dict.fromkeys((Kind.FEE_NOTICED, Kind.FEE_NOTICE_RECEIVED, Kind.FEE_PAID), tables.FEE),
    **dict.fromkeys((Kind.SENT_FOR_APPROVAL, Kind.RETURNED, Kind.APPROVED), tables.APPROVAL),
    **dict.fromkeys((Kind.POWERS_MOVED, Kind.HANDOVER_KEPT, Kind.HANDOVER_REDIRECTED), tables.HANDOVER),
    Kind.SEARCHED: tables.SEARCH,
}


@dataclass(frozen=True)
class Progress:
    """Where an application stands.

    ``arrived_on`` is the day it reached the body, ``received_on`` the legal day of receipt (None until both sides confirmed);
    ``regime_day`` decides which regulation governs. ``attached`` maps (table, subject) to a state, ``outcomes`` items to outcome codes.
    """

    state: str = START
    arrived_on: dt.date | None = None
    received_on: dt.date | None = None
    attached: dict[tuple[str, str], str] = field(default_factory=dict)
    parties: dict[str, Party] = field(default_factory=dict)
    outcomes: dict[str, str] = field(default_factory=dict)
    extended: int = 0
    events: tuple[Event, ...] = ()

    @property
    def regime_day(self) -> dt.date | None:
        return self.received_on or self.arrived_on


@dataclass
class _Run:
    """The state of a replay while it runs."""

    case: Case
    law: Law
    override: dt.date | None
    state: str = START
    arrived_on: dt.date | None = None
    received_on: dt.date | None = None
    attached: dict[tuple[str, str], str] = field(default_factory=dict)
    parties: dict[str, Party] = field(default_factory=dict)
    approved: dict[str, int] = field(default_factory=dict)
    outcomes: dict[str, str] = field(default_factory=dict)
    correction_until: dt.date | None = None
    extended: int = 0

    @property
    def regime(self) -> dt.date:
        day = self.override or self.received_on or self.arrived_on
        if day is None:
            raise NotPossible("申请还没有收到，不能办理。请先登记申请是怎样到达的。")
        return day

    def in_table(self, table: Table, event: Event, subject: str = "") -> None:
        key = (table.name, subject)
        self.attached[key] = table.follow(self.attached.get(key, START), event.kind).next


def replay(
    case: Case, law: Law, *, as_of: dt.date | None = None, known_at: dt.datetime | None = None, regime_day: dt.date | None = None
) -> Progress:
    """Where the case stands on a day, as far as was known at an instant; None means no limit. Raises NotPossible.

    ``regime_day`` overrides the day that decides which regulation governs; by default that is the day of receipt.
    """
    waiting = list(known_events(case, known_at, as_of))
    run = _Run(case, law, regime_day)
    done: list[Event] = []
    while waiting:
        event = _next(run, waiting)
        waiting.remove(event)
        _step(run, event)
        done.append(event)
    return Progress(
        run.state, run.arrived_on, run.received_on, run.attached, run.parties, run.outcomes, run.extended, tuple(done)
    )  # fmt: skip


def _next(run: _Run, waiting: list[Event]) -> Event:
    """The first event of the earliest day that can happen now: within a day nobody records the hour, so what fits goes first."""
    for event in waiting:
        if event.happened_on != waiting[0].happened_on:
            break
        if tables.MAIN.allows(run.state, event.kind):
            return event
    return waiting[0]


def citation_of(event: Event, progress: Progress, law: Law) -> Citation | None:
    """The rule of law behind an event of a case, None where only good order asks for it."""
    day = progress.regime_day or event.happened_on
    row = next((t for t in tables.MAIN.transitions if t.event == event.kind and t.basis), None)
    provision = (law.find(day, row.basis) or law.find(event.happened_on, row.basis)) if row else None
    return provision.citation if provision else None


def _step(run: _Run, event: Event) -> None:
    _refuse_incomplete(event)
    if event.kind is Kind.CORRECTION_REQUESTED and (tables.CORRECTION.name, "") in run.attached:
        raise NotPossible(
            f"{_where(event)}：补正应当一次性告知，已经告知过一次，不能再次告知。补正后仍不明确的，可以作出相应处理。"
        )
    try:
        following = tables.MAIN.follow(run.state, event.kind).next
        if event.kind in ARRIVALS | RECEIPTS and run.arrived_on is None:
            run.arrived_on = event.happened_on
        if event.kind in RECEIPTS:
            run.received_on = event.happened_on
        guard = _GUARDS.get(event.kind)
        if guard:
            guard(run, event)
        table = _ATTACHED.get(event.kind)
        if table:
            run.in_table(table, event, event.subject)
    except NotPossible as refusal:
        raise NotPossible(f"{_where(event)}：{refusal}") from None
    run.state = following


def _where(event: Event) -> str:
    return f"{event.happened_on}“{event.title}”（记录{event.id}）"


def _refuse_incomplete(event: Event) -> None:
    card = CARD_OF[event.kind]
    for name in card.needs:
        if not getattr(event, name):
            raise NotPossible(f"{_where(event)}：没有写明{FIELD_TITLES[name]}（{name}），请补上。")
    if event.recorded_at.utcoffset() is None:
        raise NotPossible(f"{_where(event)}：记录时间没有写明时区，请写成 2025-01-20T09:30:00+08:00 的样子。")
    if event.recorded_at.astimezone(BEIJING).date() < event.happened_on:
        raise NotPossible(f"{_where(event)}：发生日期晚于记录时间，还没有发生的事不能登记。请核对日期。")


FIELD_TITLES = {
    "subject": "属于哪一项或者哪一次",
    "party": "征求谁的意见",
    "days": "天数",
    "until": "截止日期",
    "outcome": "处理结果",
    "route": "送达方式",
    "role": "由谁批准",
    "note": "说明",
    "corrects": "更正哪一条记录",
}


def _email(run: _Run, event: Event) -> None:
    to_confirm = run.law.at(event.happened_on, "receipt.email").value == CONFIRMED_EMAIL
    if to_confirm and event.kind is Kind.EMAIL_RECEIVED:
        raise NotPossible("2019年修订的条例施行后，电子邮件以双方确认之日为收到之日。请登记为“电子邮件到达”，再登记“双方确认”。")
    if not to_confirm and event.kind is Kind.EMAIL_ARRIVED:
        raise NotPossible("当时电子邮件以邮件系统接收之日为收到之日，不需要确认。请登记为“电子邮件系统接收”。")


def _correction(run: _Run, event: Event) -> None:
    if event.until is not None and event.until < event.happened_on:
        raise NotPossible("补正期限早于告知之日，申请人来不及补正。请核对截止日期。")
    run.correction_until = event.until


def _abandoned(run: _Run, event: Event) -> None:
    if run.state == tables.PAYING:
        run.in_table(tables.FEE, event)
        code = "other.fee_unpaid"
    else:
        if run.law.find(run.regime, "correction.lapse") is None:
            raise NotPossible("本案适用的条例没有规定逾期不补正视为放弃申请。请继续办理，并作出答复。")
        if run.correction_until is not None and event.happened_on <= run.correction_until:
            raise NotPossible(f"补正期限到{run.correction_until}才届满，在此以前不能视为放弃申请。请等期限届满。")
        run.in_table(tables.CORRECTION, event)
        code = "other.not_corrected"
    run.outcomes.update({item.id: code for item in run.case.items if item.id not in run.outcomes})


def _reasons(run: _Run, event: Event) -> None:
    if run.law.find(run.regime, "reasons.request") is None:
        raise NotPossible("本案适用的条例没有规定要求说明理由和延迟答复。请在答复期限内答复，需要时依法延长。")
    if event.kind is Kind.DELAYED and event.until is not None and event.until < event.happened_on:
        raise NotPossible("延迟答复的期限早于告知之日。请核对日期。")


def _consultation(run: _Run, event: Event) -> None:
    if event.kind is Kind.CONSULTATION_SENT and event.party is not None:
        if event.subject in run.parties:
            raise NotPossible(f"征求意见“{event.subject}”已经发出过。另一次征求意见请换一个名称。")
        if event.party is not Party.AGENCY:
            run.law.at(run.regime, "reply.excluded")
        run.parties[event.subject] = event.party
    party = run.parties.get(event.subject)
    if party is None:
        raise NotPossible(f"没有发出过名为“{event.subject}”的征求意见书。请先登记发出，或核对名称。")
    if party is Party.COMAKER and run.law.find(run.regime, "consult.comaker") is None:
        raise NotPossible("本案适用的条例没有规定征求共同制作机关意见。请登记为征求其他机关意见。")
    if event.kind is Kind.THIRD_PARTY_INFORMED:
        return  # whether silence has made the decision the agency's own depends on the day; the clock knows
    run.in_table(tables.CONSULTATIONS[party], event, event.subject)


def _extension(run: _Run, event: Event) -> None:
    if event.kind is Kind.EXTENSION_NOTIFIED:
        if event.subject not in run.approved:
            raise NotPossible("延期还没有批准，不能告知。请先由政府信息公开工作机构负责人批准。")
        run.extended += run.approved[event.subject]
        return
    approver = str(run.law.at(run.regime, "reply.extension.approver").value)
    if event.role != approver:
        raise NotPossible(f"延期应当由{approver}批准，不是“{event.role}”。请补办批准手续。")
    longest = run.law.at(run.regime, "reply.extension").number
    days = event.days or 0
    if not 0 < days <= longest - sum(run.approved.values()):
        already = sum(run.approved.values())
        raise NotPossible(
            f"延期合计最长{longest}个工作日，已经批准{already}个，这次{days}个不行。请改为不超过{longest - already}个工作日。"
        )
    run.approved[event.subject] = days


def _fee(run: _Run, event: Event) -> None:
    if event.kind is Kind.FEE_NOTICED and run.law.find(event.happened_on, "fee.payment") is None:
        raise NotPossible("信息处理费的收费办法当时还没有施行，不能通知缴费。请免费办理。")


def _decision(run: _Run, event: Event) -> None:
    items = {item.id for item in run.case.items}
    if event.kind is Kind.ITEM_DECIDED:
        if event.subject not in items:
            raise NotPossible(f"本案没有“{event.subject}”这一项，只有：{'、'.join(sorted(items))}。请核对。")
        run.outcomes[event.subject] = _code(run, event.outcome)
        return
    open_items = sorted(items - set(run.outcomes))
    if event.outcome:
        run.outcomes.update(dict.fromkeys(open_items, _code(run, event.outcome)))
    elif open_items:
        raise NotPossible(f"还有内容没有处理结果：{'、'.join(open_items)}。每一项都要有自己的结果，请先逐项确定。")


def _code(run: _Run, name: str) -> str:
    chosen = outcome(name)
    if not chosen.existed(run.regime, run.law):
        raise NotPossible(f"本案适用的条例没有“{chosen.title}”这种处理结果。请选择当时条例规定的结果。")
    return chosen.code


def _withdrawn(run: _Run, _: Event) -> None:
    run.outcomes.update({item.id: "other.else" for item in run.case.items if item.id not in run.outcomes})


_GUARDS: dict[Kind, Callable[[_Run, Event], None]] = {
    Kind.EMAIL_RECEIVED: _email,
    Kind.EMAIL_ARRIVED: _email,
    Kind.CORRECTION_REQUESTED: _correction,
    Kind.DEEMED_ABANDONED: _abandoned,
    Kind.REASONS_REQUESTED: _reasons,
    Kind.DELAYED: _reasons,
    Kind.CONSULTATION_SENT: _consultation,
    Kind.CONSULTATION_RECEIVED: _consultation,
    Kind.CONSULTATION_ANSWERED: _consultation,
    Kind.CONSULTATION_OBJECTED: _consultation,
    Kind.THIRD_PARTY_INFORMED: _consultation,
    Kind.EXTENSION_APPROVED: _extension,
    Kind.EXTENSION_NOTIFIED: _extension,
    Kind.FEE_NOTICED: _fee,
    Kind.ITEM_DECIDED: _decision,
    Kind.DECIDED: _decision,
    Kind.WITHDRAWN: _withdrawn,
}
