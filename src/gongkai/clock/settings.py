"""Which points does no source settle, and how has the body decided them?

Every setting here is a question that the texts leave open. The default is stated and shown as 未核实 wherever it bears on a deadline.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from gongkai.errors import BadInput
from gongkai.reasons import written


class ConsultationDays(StrEnum):
    """Which end days of a consultation are left out of the period."""

    AFTER_SENT = "发出次日至收到意见当日"
    BOTH = "发出当日至收到意见当日"
    BETWEEN = "发出次日至收到意见前一日"


class ElectronicReply(StrEnum):
    """Which day an electronic reply counts as made."""

    SENT = "发出之日"
    RECEIVED = "申请人收到之日"


@dataclass(frozen=True, slots=True)
class Settings:
    """How a body has decided the open points. ``regime_day`` decides, where given, which regulation governs a case."""

    consultation_days: ConsultationDays = ConsultationDays.AFTER_SENT
    extension_after_consultation: bool = True
    second_extension: bool = False
    late_correction_restarts: bool = False
    correction_2007_restarts: bool = True
    fee_restarts: bool = True
    electronic_reply: ElectronicReply = ElectronicReply.SENT
    rest_day_receipt_2008: bool = False
    court_for_doubtful: bool = False
    regime_day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class SettingCard:
    """One open point in Chinese: the question, what the default says, and why the point is open."""

    name: str
    question: str
    default: str
    why: str


CARDS: tuple[SettingCard, ...] = (
    SettingCard(
        "consultation_days",
        "征求意见的哪几天不算在答复期限内？",
        "发出次日至收到意见当日",
        "条例只说征求意见所需时间不计算，没有说发出当日和收到当日算不算。",
    ),
    SettingCard(
        "extension_after_consultation",
        "因征求意见顺延以后，还能不能延期？",
        "能，只要在顺延后的期限届满以前批准并告知",
        "条例没有规定两者的先后。",
    ),
    SettingCard(
        "second_extension",
        "第一次延期不到最长天数的，能不能再延一次？",
        "不能，只告知一次，合计不超过最长天数",
        "条例没有规定延期的次数。",
    ),
    SettingCard(
        "late_correction_restarts",
        "补正告知晚于法定期限的，收到补正后答复期限是否重新计算？",
        "不重新计算，仍从收到申请之日起算",
        "条例没有规定逾期告知补正的后果。",
    ),
    SettingCard(
        "correction_2007_restarts",
        "适用2007年条例的，收到补正后答复期限是否重新计算？",
        "重新计算",
        "2007年条例只规定告知更改、补充，没有规定期限怎样计算。",
    ),
    SettingCard(
        "fee_restarts",
        "缴费完成后，答复期限是重新计算还是继续计算？",
        "自缴费完成次日起重新计算",
        "收费办法的这一句没有读到原文。",
    ),
    SettingCard("electronic_reply", "电子送达以哪一天为答复日期？", "服务器记录的发出之日", "所读到的文件都没有规定电子送达。"),
    SettingCard(
        "rest_day_receipt_2008",
        "2019年5月15日以前，休息日收到的网上申请是否视为下一个工作日收到？",
        "不视为，以实际收到之日为准",
        "有法院这样认定过一次，没有明文。",
    ),
    SettingCard(
        "court_for_doubtful",
        "法院是否受理有争议的几类答复，要不要告知可以起诉？",
        "不告知起诉，只告知申请行政复议",
        "司法解释的文字与起草者的说明不一致。",
    ),
    SettingCard("regime_day", "新旧条例交替时按哪一天确定适用哪一部？", "收到申请之日", "没有读到过渡规定。"),
)


def settings_from(data: Mapping[str, Any], name: str) -> Settings:
    """The settings in a parsed table. Raises BadInput naming the file and the field."""
    known = {f.name: f for f in fields(Settings)}
    values: dict[str, Any] = {}
    for field, value in data.items():
        if field not in known:
            raise BadInput(f"“{name}”的 [settings]：没有“{field}”这个设置，可以写的有：{'、'.join(known)}。请改正。")
        values[field] = _value(field, value, name)
    return Settings(**values)


def _value(field: str, value: object, name: str) -> object:
    choices: dict[str, type[ConsultationDays | ElectronicReply]] = {
        "consultation_days": ConsultationDays,
        "electronic_reply": ElectronicReply,
    }
    if field in choices:
        for choice in choices[field]:
            if value == choice.value:
                return choice
        words = "、".join(choice.value for choice in choices[field])
        raise BadInput(f"“{name}”的 [settings]：{field} 只能写{words}，现在是“{value}”，请改正。")
    if field == "regime_day" and type(value) is dt.date:
        return value
    if field != "regime_day" and isinstance(value, bool):
        return value
    expected = "日期" if field == "regime_day" else "true 或 false"
    raise BadInput(f"“{name}”的 [settings]：{field} 应当是{expected}，现在是 {written(value)}，请改正。")
