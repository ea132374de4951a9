"""Which requests are cases of their own, beside an application for information?

They run on no statutory clock: the regulation gives them a right and a way, no number of days.
"""

from __future__ import annotations

from gongkai.lifecycle import START, Table, Transition, Who

RECORD_CORRECTION = Table(
    "record_correction",
    "更正记录的请求",
    ("审核中", "已更正并告知", "已转送并告知", "已告知向有权机关提出", "已告知不予更正"),
    frozenset({"已更正并告知", "已转送并告知", "已告知向有权机关提出", "已告知不予更正"}),
    (
        Transition(START, "requested", "审核中", Who.APPLICANT, "record.correction"),
        Transition("审核中", "corrected", "已更正并告知", Who.UNIT, "record.correction"),
        Transition("审核中", "forwarded", "已转送并告知", Who.UNIT, "record.correction"),
        Transition("审核中", "pointed_elsewhere", "已告知向有权机关提出", Who.UNIT, "record.correction"),
        Transition("审核中", "refused", "已告知不予更正", Who.UNIT, "record.correction"),
    ),
    (
        ("requested", "提出更正请求"),
        ("corrected", "更正并告知"),
        ("forwarded", "转送有权更正的机关并告知"),
        ("pointed_elsewhere", "告知向有权更正的机关提出"),
        ("refused", "审核不属实，告知不予更正"),
    ),
)

SUGGESTION = Table(
    "suggestion",
    "主动公开建议",
    ("审核中", "已纳入主动公开", "已告知不纳入"),
    frozenset({"已纳入主动公开", "已告知不纳入"}),
    (
        Transition(START, "suggested", "审核中", Who.APPLICANT, "suggestion.publish"),
        Transition("审核中", "accepted", "已纳入主动公开", Who.UNIT, "suggestion.publish"),
        Transition("审核中", "declined", "已告知不纳入", Who.UNIT, "suggestion.publish"),
    ),
    (("suggested", "建议主动公开"), ("accepted", "纳入主动公开"), ("declined", "告知不纳入")),
)

COMPLAINT = Table(
    "complaint",
    "向主管部门的反映",
    ("查证中", "已督促整改或者通报批评", "查证不属实"),
    frozenset({"已督促整改或者通报批评", "查证不属实"}),
    (
        Transition(START, "complained", "查证中", Who.APPLICANT, "complaint.authority"),
        Transition("查证中", "upheld", "已督促整改或者通报批评", Who.UNIT, "complaint.authority"),
        Transition("查证中", "unfounded", "查证不属实", Who.UNIT, "complaint.authority"),
    ),
    (("complained", "提出反映"), ("upheld", "查证属实，督促整改或者通报批评"), ("unfounded", "查证不属实")),
)

OTHER_REQUESTS = (RECORD_CORRECTION, SUGGESTION, COMPLAINT)
