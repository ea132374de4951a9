"""By when must receipt be confirmed, a correction asked for and returned, a payment made?"""

from __future__ import annotations

from dataclasses import replace

from gongkai.calendar.working_days import BEIJING
from gongkai.clock.deadline import Adds, Deadline, Note, State, Step
from gongkai.clock.reply import RECEIPT_KEYS
from gongkai.clock.view import View
from gongkai.kernel import Mark
from gongkai.procedure import Kind
from gongkai.procedure.replay import ARRIVALS, RECEIPTS

OVER = (Kind.WITHDRAWN, Kind.VOIDED)


def intake_deadlines(view: View) -> tuple[Deadline, ...]:
    """Every deadline of intake, correction, reasons and payment that the case has."""
    makers = (_confirmation, _registration, _correction_notice, _correction, _reasons, _payment)
    return tuple(deadline for make in makers if (deadline := make(view)) is not None)


def _confirmation(view: View) -> Deadline | None:
    """第三十一条第（二）（三）项: the clock waits for both sides to confirm; not confirming is a fault of the body, not a way out."""
    arrival = view.first(*ARRIVALS)
    if arrival is None:
        return None
    confirmed, over = view.first(Kind.CONFIRMED), view.first(*OVER)
    done = confirmed.happened_on if confirmed else None
    day = arrival.happened_on
    fact = Step(arrival.title, day, Adds.FACT, 0, day, view.cite(RECEIPT_KEYS[arrival.kind], day))
    if confirmed is None and over is not None:
        words = (Note(f"{over.happened_on}{over.title}。"),)
        return Deadline("confirmation", "确认收到", State.ENDED, "", day, None, over.happened_on, steps=(fact,), notes=words)
    breach = view.law.find(view.regime, "duty.breach")
    fault = f"拖延确认不能推迟答复，属于{breach.value}（{breach.citation}）。" if breach else "拖延确认不能推迟答复。"
    notes = () if done else (Note(f"双方尚未确认，答复期限没有起算。{fault}"),)
    if arrival.kind is Kind.ORDINARY_MAIL_ARRIVED:
        same_day = Step("应当在收到的当日确认", day, Adds.FIXED, 0, day, view.cite("receipt.ordinary_mail", day))
        return view.judged("confirmation", "确认收到的期限", (fact, same_day), done, notes=notes)
    notes = (*notes, Note("条例没有规定几日内确认，应当尽快确认。"))
    state = State.MET if done else State.RUNNING
    used = view.calendar.count(day, done or view.as_of)
    return Deadline("confirmation", "确认收到", state, "", day, None, done, used=used, steps=(fact,), notes=notes)


def _registration(view: View) -> Deadline | None:
    """A demand of the body's own or of its superiors, only where it was adopted."""
    receipt = view.first(*RECEIPTS)
    rule = view.law.find(view.regime, "local.register") if receipt else None
    if receipt is None or rule is None:
        return None
    step = view.span(f"自次日起{rule.number}个工作日", receipt.happened_on, rule.number, rule.citation)
    done = receipt.recorded_at.astimezone(BEIJING).date()
    return view.judged("local.register", "登记的期限（本级要求）", (step,), done, local=True)


def _correction_notice(view: View) -> Deadline | None:
    """第三十条: unclear applications are sent back once, within the limit from receipt."""
    receipt = view.first(*RECEIPTS)
    rule = view.law.find(view.regime, "correction.limit") if receipt else None
    if receipt is None or rule is None:
        return None
    day = receipt.happened_on
    step = view.span(f"自收到申请的次日起{rule.number}个工作日", day, rule.number, rule.citation, *view.counting(day))
    told = view.first(Kind.CORRECTION_REQUESTED)
    title = "告知补正的期限"
    if told is not None:
        return view.judged("correction.notice", title, (step,), told.happened_on)
    over = view.first(Kind.DECIDED, *OVER)
    note = Note("只在申请内容不明确时才需要告知补正，并且只告知一次。")
    if over is not None or view.as_of > step.end:
        return Deadline("correction.notice", title, State.ENDED, "", day, step.end, steps=(step,), notes=(note,))
    return view.judged("correction.notice", title, (step,), None, notes=(note,))


def _correction(view: View) -> Deadline | None:
    told = view.first(Kind.CORRECTION_REQUESTED)
    if told is None or told.until is None:
        return None
    back = view.first(Kind.CORRECTED)
    day = told.happened_on
    fact = Step("告知补正", day, Adds.FACT, 0, day, view.cite("correction.notice"))
    fixed = Step(f"补正告知书确定的期限到{told.until}", day, Adds.FIXED, 0, told.until, view.cite("correction.notice"))
    rule = view.law.find(view.regime, "correction.lapse")
    lapse = f"没有正当理由逾期不补正的，{rule.value}。" if rule else ""
    over = view.first(Kind.DEEMED_ABANDONED, *OVER)
    if back is None and over is not None:
        note = (Note(f"{over.happened_on}{over.title}。"),)
        return Deadline("correction", "申请人补正的期限", State.ENDED, "", day, told.until, steps=(fact, fixed), notes=note)
    return view.judged("correction", "申请人补正的期限", (fact, fixed), back.happened_on if back else None, consequence=lapse)


def _reasons(view: View) -> Deadline | None:
    asked = view.first(Kind.REASONS_REQUESTED)
    if asked is None or asked.until is None:
        return None
    given = view.first(Kind.REASONS_GIVEN, Kind.REASONS_REFUSED, *OVER)
    day = asked.happened_on
    fact = Step("要求说明理由", day, Adds.FACT, 0, day, view.cite("reasons.request"))
    fixed = Step(f"告知书确定的期限到{asked.until}", day, Adds.FIXED, 0, asked.until, view.cite("reasons.request"))
    note = (Note("要求说明理由不停止答复期限的计算。"),)
    return view.judged("reasons", "申请人说明理由的期限", (fact, fixed), given.happened_on if given else None, notes=note)


def _payment(view: View) -> Deadline | None:
    """国办函〔2020〕109号: from the day after the notice was received; not paying in time abandons the application."""
    noticed = view.first(Kind.FEE_NOTICED)
    if noticed is None:
        return None
    day = noticed.happened_on
    rule, lapse = view.law.at(day, "fee.payment"), view.law.at(day, "fee.lapse")
    fact = Step("发出收费通知", day, Adds.FACT, 0, day, view.cite("fee.free", day))
    received = view.first(Kind.FEE_NOTICE_RECEIVED)
    paid = view.first(Kind.FEE_PAID)
    done = paid.happened_on if paid else None
    title, words = "申请人缴费的期限", f"逾期不缴费的，{lapse.value}。"
    if received is None:
        state = State.MET if done else State.NOT_STARTED
        note = (Note("申请人还没有收到收费通知，缴费期限没有起算。"),) if done is None else ()
        return Deadline("fee", title, state, done=done, steps=(fact,), notes=note, consequence=words)
    start = received.happened_on
    step = view.span(f"自收到收费通知的次日起{rule.number}个工作日", start, rule.number, rule.citation)
    steps = (fact, Step("申请人收到收费通知", start, Adds.FACT, 0, start), step)
    abandoned = view.first(Kind.DEEMED_ABANDONED, *OVER)
    if done is None and abandoned is not None:
        early = abandoned.kind is Kind.DEEMED_ABANDONED and abandoned.happened_on <= step.end
        notes = (
            (Note(f"缴费期限到{step.end}才届满，{abandoned.happened_on}就视为放弃申请没有依据，请更正。", Mark.RELAYED),)
            if early
            else ()
        )
        return Deadline("fee", title, State.ENDED, "", start, step.end, steps=steps, notes=notes, consequence=words)
    deadline = view.judged("fee", title, (step,), done, consequence=words)
    return replace(deadline, steps=steps)
