"""Which transition tables does an application's procedure consist of?

The main table has few states. What runs beside it – a consultation, an extension, a fee – has a small table of its own, one run per
consultation, extension and so on. The two tables for consulting a third party and a co-maker differ in the one row that matters.
"""

from __future__ import annotations

from gongkai.lifecycle import START, Table, Transition, Who
from gongkai.procedure.kinds import TITLES, Kind, Party

WAITING = "待确认"
CORRECTING = "待补正"
HANDLING = "办理中"
PAYING = "待缴费"
DECIDED = "已作出处理"
SERVED = "已送达"
CLOSED = "已结"
VOIDED = "作废"

_ANSWERS = (
    Transition("", Kind.CONSULTATION_RECEIVED, "", Who.UNIT, "reply.excluded"),
    Transition("", Kind.CONSULTATION_ANSWERED, "", Who.THIRD_PARTY, "reply.excluded"),
    Transition("", Kind.CONSULTATION_OBJECTED, "", Who.THIRD_PARTY, "reply.excluded"),
)


def _staying(state: str, *rows: tuple[Kind, Who, str]) -> tuple[Transition, ...]:
    """Rows for events that are recorded in a state and leave it as it is."""
    return tuple(Transition(state, kind, state, who, basis) for kind, who, basis in rows)


def _ends(state: str) -> tuple[Transition, ...]:
    """Before the decision an applicant may withdraw; a registration made by mistake is voided and keeps its number."""
    return (
        Transition(state, Kind.WITHDRAWN, CLOSED, Who.APPLICANT),
        Transition(state, Kind.VOIDED, VOIDED, Who.UNIT, "register.stages"),
    )


def _consultation(state: str) -> tuple[Transition, ...]:
    return tuple(Transition(state, t.event, state, t.who, t.basis) for t in _ANSWERS)


_INSIDE = (Kind.ASSIGNED, Who.UNIT, "application.addressee")

MAIN = Table(
    "main",
    "申请",
    (WAITING, CORRECTING, HANDLING, PAYING, DECIDED, SERVED, CLOSED, VOIDED),
    frozenset({CLOSED, VOIDED}),
    (
        Transition(START, Kind.SUBMITTED_IN_PERSON, HANDLING, Who.APPLICANT, "receipt.in_person"),
        Transition(START, Kind.MAIL_SIGNED, HANDLING, Who.UNIT, "receipt.registered_mail"),
        Transition(START, Kind.EMAIL_RECEIVED, HANDLING, Who.APPLICANT, "receipt.email"),
        Transition(START, Kind.ORDINARY_MAIL_ARRIVED, WAITING, Who.UNIT, "receipt.ordinary_mail"),
        Transition(START, Kind.EMAIL_ARRIVED, WAITING, Who.APPLICANT, "receipt.email"),
        Transition(START, Kind.SUBMITTED_ONLINE, WAITING, Who.APPLICANT, "receipt.online"),
        Transition(START, Kind.FAX_ARRIVED, WAITING, Who.APPLICANT, "receipt.fax"),
        *_staying(WAITING, (Kind.CONTACTED, Who.UNIT, "receipt.ordinary_mail"), _INSIDE),
        Transition(WAITING, Kind.CONFIRMED, HANDLING, Who.UNIT, "receipt.online"),
        *_ends(WAITING),
        *_staying(
            HANDLING,
            _INSIDE,
            (Kind.SEARCHED, Who.DEPARTMENT, "search.none"),
            (Kind.POWERS_MOVED, Who.UNIT, "handover.ceding"),
            (Kind.HANDOVER_KEPT, Who.UNIT, "handover.ceding"),
            (Kind.HANDOVER_REDIRECTED, Who.UNIT, "handover.ceding"),
            (Kind.REASONS_REQUESTED, Who.UNIT, "reasons.request"),
            (Kind.REASONS_GIVEN, Who.APPLICANT, "reasons.request"),
            (Kind.REASONS_REFUSED, Who.UNIT, "reasons.refused"),
            (Kind.DELAYED, Who.UNIT, "reply.delayed"),
            (Kind.CONSULTATION_SENT, Who.UNIT, "reply.excluded"),
            (Kind.EXTENSION_APPROVED, Who.UNIT_HEAD, "reply.extension.approver"),
            (Kind.EXTENSION_NOTIFIED, Who.UNIT, "reply.extension"),
            (Kind.SENT_FOR_APPROVAL, Who.DEPARTMENT, "review.disclosure"),
            (Kind.RETURNED, Who.APPROVER, "review.disclosure"),
            (Kind.APPROVED, Who.APPROVER, "review.disclosure"),
            (Kind.ITEM_DECIDED, Who.UNIT, "decision.reply"),
            (Kind.THIRD_PARTY_INFORMED, Who.UNIT, "consult.third_party.override"),
        ),
        *_consultation(HANDLING),
        Transition(HANDLING, Kind.CORRECTION_REQUESTED, CORRECTING, Who.UNIT, "correction.notice"),
        Transition(HANDLING, Kind.FEE_NOTICED, PAYING, Who.UNIT, "fee.payment"),
        Transition(HANDLING, Kind.DECIDED, DECIDED, Who.UNIT, "decision.reply"),
        *_ends(HANDLING),
        *_staying(CORRECTING, _INSIDE),
        *_consultation(CORRECTING),
        Transition(CORRECTING, Kind.CORRECTED, HANDLING, Who.APPLICANT, "correction.restart"),
        Transition(CORRECTING, Kind.DEEMED_ABANDONED, DECIDED, Who.TIME, "correction.lapse"),
        *_ends(CORRECTING),
        *_staying(PAYING, _INSIDE, (Kind.FEE_NOTICE_RECEIVED, Who.APPLICANT, "fee.payment")),
        *_consultation(PAYING),
        Transition(PAYING, Kind.FEE_PAID, HANDLING, Who.APPLICANT, "fee.restart"),
        Transition(PAYING, Kind.DEEMED_ABANDONED, DECIDED, Who.TIME, "fee.lapse"),
        *_ends(PAYING),
        *_staying(DECIDED, _INSIDE, (Kind.THIRD_PARTY_INFORMED, Who.UNIT, "consult.third_party.override")),
        *_consultation(DECIDED),
        Transition(DECIDED, Kind.SERVED, SERVED, Who.UNIT, "service.post"),
        *_staying(
            SERVED,
            (Kind.RECEIVED_BY_APPLICANT, Who.APPLICANT, "review.limit"),
            (Kind.THIRD_PARTY_INFORMED, Who.UNIT, "consult.third_party.override"),
        ),
        *_consultation(SERVED),
        Transition(SERVED, Kind.CLOSED, CLOSED, Who.UNIT, "register.stages"),
    ),
    TITLES,
)

_ARRIVALS = (
    (Kind.ORDINARY_MAIL_ARRIVED, Who.UNIT, "receipt.ordinary_mail"),
    (Kind.EMAIL_ARRIVED, Who.APPLICANT, "receipt.email"),
    (Kind.SUBMITTED_ONLINE, Who.APPLICANT, "receipt.online"),
    (Kind.FAX_ARRIVED, Who.APPLICANT, "receipt.fax"),
)
CONFIRMATION = Table(
    "confirmation",
    "双方确认",
    ("未确认", "已确认"),
    frozenset({"已确认"}),
    (
        *(Transition(START, kind, "未确认", who, basis) for kind, who, basis in _ARRIVALS),
        Transition("未确认", Kind.CONTACTED, "未确认", Who.UNIT, "receipt.ordinary_mail"),
        Transition("未确认", Kind.CONFIRMED, "已确认", Who.UNIT, "receipt.online"),
    ),
    TITLES,
)

CORRECTION = Table(
    "correction",
    "补正",
    ("已告知补正", "已补正", "已视为放弃"),
    frozenset({"已补正", "已视为放弃"}),
    (
        Transition(START, Kind.CORRECTION_REQUESTED, "已告知补正", Who.UNIT, "correction.limit"),
        Transition("已告知补正", Kind.CORRECTED, "已补正", Who.APPLICANT, "correction.restart"),
        Transition("已告知补正", Kind.DEEMED_ABANDONED, "已视为放弃", Who.TIME, "correction.lapse"),
    ),
    TITLES,
)

REASONS = Table(
    "reasons",
    "说明理由",
    ("已要求说明理由", "已说明理由", "已确定延迟期限", "理由不合理"),
    frozenset({"已确定延迟期限", "理由不合理"}),
    (
        Transition(START, Kind.REASONS_REQUESTED, "已要求说明理由", Who.UNIT, "reasons.request"),
        Transition("已要求说明理由", Kind.REASONS_GIVEN, "已说明理由", Who.APPLICANT, "reasons.request"),
        Transition("已要求说明理由", Kind.REASONS_REFUSED, "理由不合理", Who.UNIT, "reasons.refused"),
        Transition("已说明理由", Kind.DELAYED, "已确定延迟期限", Who.UNIT, "reply.delayed"),
        Transition("已说明理由", Kind.REASONS_REFUSED, "理由不合理", Who.UNIT, "reasons.refused"),
    ),
    TITLES,
)

# Silence is no event that anybody records: it is the passing of a day. It stands in the tables all the same.
LAPSED = "lapsed"
_WITH_SILENCE = (*TITLES, (LAPSED, "逾期未提出意见"))

THIRD_PARTY = Table(
    "third_party",
    "征求第三方意见",
    ("已发出", "对方已收到", "第三方同意公开", "第三方不同意公开", "由行政机关决定是否公开", "已书面告知第三方决定公开"),
    frozenset({"第三方同意公开", "已书面告知第三方决定公开"}),
    (
        Transition(START, Kind.CONSULTATION_SENT, "已发出", Who.UNIT, "consult.third_party"),
        Transition("已发出", Kind.CONSULTATION_RECEIVED, "对方已收到", Who.THIRD_PARTY, "consult.third_party"),
        Transition("对方已收到", Kind.CONSULTATION_ANSWERED, "第三方同意公开", Who.THIRD_PARTY, "consult.third_party"),
        Transition("对方已收到", Kind.CONSULTATION_OBJECTED, "第三方不同意公开", Who.THIRD_PARTY, "consult.third_party"),
        Transition("对方已收到", LAPSED, "由行政机关决定是否公开", Who.TIME, "consult.third_party.silence"),
        Transition(
            "第三方不同意公开", Kind.THIRD_PARTY_INFORMED, "已书面告知第三方决定公开", Who.UNIT, "consult.third_party.override"
        ),
        Transition(
            "由行政机关决定是否公开", Kind.CONSULTATION_ANSWERED, "第三方同意公开", Who.THIRD_PARTY, "consult.third_party"
        ),
        Transition(
            "由行政机关决定是否公开", Kind.CONSULTATION_OBJECTED, "第三方不同意公开", Who.THIRD_PARTY, "consult.third_party"
        ),
        Transition(
            "由行政机关决定是否公开",
            Kind.THIRD_PARTY_INFORMED,
            "已书面告知第三方决定公开",
            Who.UNIT,
            "consult.third_party.override",
        ),
    ),
    _WITH_SILENCE,
)

COMAKER = Table(
    "comaker",
    "征求共同制作机关意见",
    ("已发出", "对方已收到", "共同制作机关同意公开", "共同制作机关不同意公开", "视为同意公开"),
    frozenset({"共同制作机关同意公开", "共同制作机关不同意公开", "视为同意公开"}),
    (
        Transition(START, Kind.CONSULTATION_SENT, "已发出", Who.UNIT, "consult.comaker"),
        Transition("已发出", Kind.CONSULTATION_RECEIVED, "对方已收到", Who.AGENCY, "consult.comaker"),
        Transition("对方已收到", Kind.CONSULTATION_ANSWERED, "共同制作机关同意公开", Who.AGENCY, "consult.comaker"),
        Transition("对方已收到", Kind.CONSULTATION_OBJECTED, "共同制作机关不同意公开", Who.AGENCY, "consult.comaker"),
        Transition("对方已收到", LAPSED, "视为同意公开", Who.TIME, "consult.comaker.silence"),
    ),
    _WITH_SILENCE,
)

AGENCY = Table(
    "agency",
    "征求其他机关意见",
    ("已发出", "对方已收到", "其他机关已答复", "其他机关不同意公开"),
    frozenset({"其他机关已答复", "其他机关不同意公开"}),
    (
        Transition(START, Kind.CONSULTATION_SENT, "已发出", Who.UNIT, "consult.agency"),
        Transition("已发出", Kind.CONSULTATION_RECEIVED, "对方已收到", Who.AGENCY, "consult.agency"),
        Transition("已发出", Kind.CONSULTATION_ANSWERED, "其他机关已答复", Who.AGENCY, "consult.agency"),
        Transition("已发出", Kind.CONSULTATION_OBJECTED, "其他机关不同意公开", Who.AGENCY, "consult.agency"),
        Transition("对方已收到", Kind.CONSULTATION_ANSWERED, "其他机关已答复", Who.AGENCY, "consult.agency"),
        Transition("对方已收到", Kind.CONSULTATION_OBJECTED, "其他机关不同意公开", Who.AGENCY, "consult.agency"),
    ),
    TITLES,
)

CONSULTATIONS = {Party.THIRD_PARTY: THIRD_PARTY, Party.COMAKER: COMAKER, Party.AGENCY: AGENCY}

EXTENSION = Table(
    "extension",
    "延期",
    ("已批准", "已告知"),
    frozenset({"已告知"}),
    (
        Transition(START, Kind.EXTENSION_APPROVED, "已批准", Who.UNIT_HEAD, "reply.extension.approver"),
        Transition("已批准", Kind.EXTENSION_NOTIFIED, "已告知", Who.UNIT, "reply.extension"),
    ),
    TITLES,
)

FEE = Table(
    "fee",
    "收费",
    ("已发出通知", "申请人已收到通知", "已缴费", "已视为放弃"),
    frozenset({"已缴费", "已视为放弃"}),
    (
        Transition(START, Kind.FEE_NOTICED, "已发出通知", Who.UNIT, "fee.payment"),
        Transition("已发出通知", Kind.FEE_NOTICE_RECEIVED, "申请人已收到通知", Who.APPLICANT, "fee.payment"),
        Transition("已发出通知", Kind.FEE_PAID, "已缴费", Who.APPLICANT, "fee.restart"),
        Transition("申请人已收到通知", Kind.FEE_PAID, "已缴费", Who.APPLICANT, "fee.restart"),
        Transition("申请人已收到通知", Kind.DEEMED_ABANDONED, "已视为放弃", Who.TIME, "fee.lapse"),
    ),
    TITLES,
)

SEARCH = Table(
    "search",
    "检索",
    ("已检索",),
    frozenset(),
    (
        Transition(START, Kind.SEARCHED, "已检索", Who.DEPARTMENT, "search.none"),
        Transition("已检索", Kind.SEARCHED, "已检索", Who.DEPARTMENT, "search.none"),
    ),
    TITLES,
)

APPROVAL = Table(
    "approval",
    "审批",
    ("审批中", "已退回", "已批准"),
    frozenset(),
    (
        Transition(START, Kind.SENT_FOR_APPROVAL, "审批中", Who.DEPARTMENT, "review.disclosure"),
        Transition("审批中", Kind.RETURNED, "已退回", Who.APPROVER, "review.disclosure"),
        Transition("审批中", Kind.APPROVED, "已批准", Who.APPROVER, "review.disclosure"),
        Transition("已退回", Kind.SENT_FOR_APPROVAL, "审批中", Who.DEPARTMENT, "review.disclosure"),
        Transition("已批准", Kind.SENT_FOR_APPROVAL, "审批中", Who.DEPARTMENT, "review.disclosure"),
    ),
    TITLES,
)

HANDOVER = Table(
    "handover",
    "职权变更",
    ("职权已划出", "征求意见后继续办理", "已告知向划入机关申请"),
    frozenset({"征求意见后继续办理", "已告知向划入机关申请"}),
    (
        Transition(START, Kind.POWERS_MOVED, "职权已划出", Who.UNIT, "handover.ceding"),
        Transition("职权已划出", Kind.HANDOVER_KEPT, "征求意见后继续办理", Who.UNIT, "handover.ceding"),
        Transition("职权已划出", Kind.HANDOVER_REDIRECTED, "已告知向划入机关申请", Who.UNIT, "handover.ceding"),
    ),
    TITLES,
)

ATTACHED: tuple[Table, ...] = (
    CONFIRMATION, CORRECTION, REASONS, THIRD_PARTY, COMAKER, AGENCY, EXTENSION, FEE, SEARCH, APPROVAL, HANDOVER,
)  # fmt: skip
