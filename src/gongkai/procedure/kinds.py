"""Which things can happen to an application, and what has to be recorded of each?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Every kind of event. The order of the list is the order in which events of one day take effect."""

    SUBMITTED_IN_PERSON = "submitted_in_person"
    MAIL_SIGNED = "mail_signed"
    ORDINARY_MAIL_ARRIVED = "ordinary_mail_arrived"
    EMAIL_RECEIVED = "email_received"
    EMAIL_ARRIVED = "email_arrived"
    SUBMITTED_ONLINE = "submitted_online"
    FAX_ARRIVED = "fax_arrived"
    CONTACTED = "contacted"
    CONFIRMED = "confirmed"
    ASSIGNED = "assigned"
    CORRECTION_REQUESTED = "correction_requested"
    CORRECTED = "corrected"
    SEARCHED = "searched"
    POWERS_MOVED = "powers_moved"
    HANDOVER_KEPT = "handover_kept"
    HANDOVER_REDIRECTED = "handover_redirected"
    REASONS_REQUESTED = "reasons_requested"
    REASONS_GIVEN = "reasons_given"
    REASONS_REFUSED = "reasons_refused"
    CONSULTATION_SENT = "consultation_sent"
    CONSULTATION_RECEIVED = "consultation_received"
    CONSULTATION_ANSWERED = "consultation_answered"
    CONSULTATION_OBJECTED = "consultation_objected"
    EXTENSION_APPROVED = "extension_approved"
    EXTENSION_NOTIFIED = "extension_notified"
    DELAYED = "delayed"
    FEE_NOTICED = "fee_noticed"
    FEE_NOTICE_RECEIVED = "fee_notice_received"
    FEE_PAID = "fee_paid"
    SENT_FOR_APPROVAL = "sent_for_approval"
    RETURNED = "returned"
    APPROVED = "approved"
    ITEM_DECIDED = "item_decided"
    DEEMED_ABANDONED = "deemed_abandoned"
    DECIDED = "decided"
    THIRD_PARTY_INFORMED = "third_party_informed"
    SERVED = "served"
    RECEIVED_BY_APPLICANT = "received_by_applicant"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    VOIDED = "voided"
    ANNULLED = "annulled"


class Party(StrEnum):
    """Who is consulted. The meaning of silence hangs on it: never share code between the first two."""

    THIRD_PARTY = "第三方"
    COMAKER = "共同制作机关"
    AGENCY = "其他机关"


class Route(StrEnum):
    """How a reply is served."""

    POST = "邮寄"
    PERSONAL = "直接送达"
    ELECTRONIC = "电子送达"


@dataclass(frozen=True, slots=True)
class KindCard:
    """What is recorded of a kind: its Chinese title, the fields it must carry and those it may carry besides ``note``."""

    kind: Kind
    title: str
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()


CARDS: tuple[KindCard, ...] = (
    KindCard(Kind.SUBMITTED_IN_PERSON, "当面提交"),
    KindCard(Kind.MAIL_SIGNED, "邮件签收"),
    KindCard(Kind.ORDINARY_MAIL_ARRIVED, "平信到达"),
    KindCard(Kind.EMAIL_RECEIVED, "电子邮件系统接收"),
    KindCard(Kind.EMAIL_ARRIVED, "电子邮件到达"),
    KindCard(Kind.SUBMITTED_ONLINE, "网上提交"),
    KindCard(Kind.FAX_ARRIVED, "传真到达"),
    KindCard(Kind.CONTACTED, "联系申请人未果"),
    KindCard(Kind.CONFIRMED, "双方确认"),
    KindCard(Kind.ASSIGNED, "内部分办"),
    KindCard(Kind.CORRECTION_REQUESTED, "告知补正", ("until",)),
    KindCard(Kind.CORRECTED, "收到补正"),
    KindCard(Kind.SEARCHED, "检索"),
    KindCard(Kind.POWERS_MOVED, "职权划出"),
    KindCard(Kind.HANDOVER_KEPT, "征求划入机关意见后继续办理"),
    KindCard(Kind.HANDOVER_REDIRECTED, "告知向划入机关申请"),
    KindCard(Kind.REASONS_REQUESTED, "要求说明理由", (), ("until",)),
    KindCard(Kind.REASONS_GIVEN, "收到理由"),
    KindCard(Kind.REASONS_REFUSED, "认定理由不合理"),
    KindCard(Kind.CONSULTATION_SENT, "发出征求意见书", ("subject", "party"), ("until",)),
    KindCard(Kind.CONSULTATION_RECEIVED, "对方收到征求意见书", ("subject",)),
    KindCard(Kind.CONSULTATION_ANSWERED, "收到同意公开的意见", ("subject",)),
    KindCard(Kind.CONSULTATION_OBJECTED, "收到不同意公开的意见", ("subject",)),
    KindCard(Kind.EXTENSION_APPROVED, "批准延期", ("days", "role"), ("subject",)),
    KindCard(Kind.EXTENSION_NOTIFIED, "告知延期", (), ("subject",)),
    KindCard(Kind.DELAYED, "确定延迟答复期限", ("until",)),
    KindCard(Kind.FEE_NOTICED, "发出收费通知"),
    KindCard(Kind.FEE_NOTICE_RECEIVED, "申请人收到收费通知"),
    KindCard(Kind.FEE_PAID, "缴费完成"),
    KindCard(Kind.SENT_FOR_APPROVAL, "送审"),
    KindCard(Kind.RETURNED, "退回修改"),
    KindCard(Kind.APPROVED, "批准处理意见"),
    KindCard(Kind.ITEM_DECIDED, "确定一项的处理结果", ("subject", "outcome")),
    KindCard(Kind.DEEMED_ABANDONED, "视为放弃申请"),
    KindCard(Kind.DECIDED, "作出处理", (), ("outcome",)),
    KindCard(Kind.THIRD_PARTY_INFORMED, "书面告知第三方决定公开", ("subject",)),
    KindCard(Kind.SERVED, "送达", ("route",)),
    KindCard(Kind.RECEIVED_BY_APPLICANT, "申请人收到"),
    KindCard(Kind.WITHDRAWN, "撤回申请"),
    KindCard(Kind.CLOSED, "归档"),
    KindCard(Kind.VOIDED, "作废", ("note",)),
    KindCard(Kind.ANNULLED, "撤销一条记录", ("corrects", "note")),
)

CARD_OF = {card.kind: card for card in CARDS}
KIND_OF_TITLE = {card.title: card.kind for card in CARDS}
TITLES: tuple[tuple[str, str], ...] = tuple((card.kind.value, card.title) for card in CARDS)

# Events of one day take effect in the order of the list; rounds of approval may repeat within a day, in the order recorded.
_APPROVAL = (Kind.SENT_FOR_APPROVAL, Kind.RETURNED, Kind.APPROVED)
RANK = {kind: list(Kind).index(Kind.SENT_FOR_APPROVAL if kind in _APPROVAL else kind) for kind in Kind}
