"""Where could a minor in a case be recognised?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from gongkai.screening.hits import Certainty
from gongkai.screening.kind import Card, Kind, Stretch, each_passage
from gongkai.screening.passages import Passage
from gongkai.screening.settings import Settings

CARD = Card(
    key="minor",
    code="T108",
    name="涉案未成年人",
    finds="同一句话里既有办案用语（被害、违法、伤害、收养等），又有某一个未成年人的年龄、出生日期，或者学校班级加姓名。",
    leaves="讲政策、普法的话（如“未满十八周岁的”“16周岁以上”）；没有办案用语的；只写“未成年人张某”的。",
    todo="删去能认出这名未成年人的内容：姓名、学校、班级、住址、亲属、出生日期；必要时只写“未成年人某某”。",
    wrong="被害人张小（女，13岁，某校六年级2班学生）被殴打。",
    right="一名未成年人被殴打。",
    is_personal=True,
)
_CASE = re.compile(
    r"被害|受害|加害|强奸|猥亵|性侵|强制猥亵|犯罪嫌疑|涉嫌|涉案|被告|原告|上诉人|违法行为人|被处罚人|行政拘留|殴打|伤害|虐待|遗弃|拐卖|拐骗|收养|监护权|抚养|溺亡|死亡|失踪"
    r"|盗窃|抢劫|抢夺|吸毒|欺凌|霸凌|轻伤|轻微伤|致伤|案发|笔录|治安|死者|遇难|溺水|监护人|不予处罚|当事人|申请人|受援人|法定代理人|社区矫正|救助"
)
_AGE = re.compile(
    r"(?<![0-9十.满达至到过于以—~～\-第为])(?P<age>1[0-7]|[1-9]|十[一二三四五六七]?|(?<![一二三四五六七八九十])[一二三四五六七八九])(?P<word>周?岁)"
    r"(?!以上|以下|以内|之|至|到|的|及|或|（含|\(含|[-—~～、]|和|左右|时|儿童|少年|未成年|生日|组|龄|幼|学)"
)
_RULE = re.compile(r"(?:不满|未满|已满|年满|满|不足|超过|低于|大于|小于|凡|适龄|对象|对)\s*$")
_BORN = re.compile(
    r"(?P<y>20[0-9]{2})(?:年|[-./])(?:(?P<m>1[0-2]|0?[1-9])(?:月|[-./])(?:(?P<d>3[01]|[12][0-9]|0?[1-9])日?)?)? ?(?:出生|生(?![产效成活长态物命])|[）)])"
)
_PERSON = re.compile(
    r"[\u4e00-\u9fff·]{2,4}[（(，,、 ](?:男|女)[，,、 ）)]|(?:男|女)[，,、 ](?:汉|[\u4e00-\u9fff]{1,4})族?|姓名[：:]"
)
_CLASS = re.compile(
    r"(?:小学|中学|学校|幼儿园|校)[\u4e00-\u9fff]{0,3}?[一二三四五六七八九高初小中大0-9]{1,3}(?:年级)?[（(]?[0-9一二三四五六七八九十]{1,2}[)）]?班(?:的)?(?:学生|幼儿)?"
)
_SENTENCE = re.compile(r"[^。；;！!？?\n]+")
_WHY = "这句话说到案件，又写了一名未成年人的{what}，可能认出是谁。请删去能认出这名未成年人的内容。"
_OF_AGE = 18


def find(passage: Passage, settings: Settings) -> Iterator[Stretch]:
    """At most one hit a sentence: the age, the day of birth or the class that gives a minor away."""
    plain = passage.plain
    if not any(sign in plain for sign in ("岁", "生", "班")):
        return
    for sentence in _SENTENCE.finditer(plain):
        if not _CASE.search(sentence[0]):
            continue
        stretch = _born(sentence, settings) or _aged(sentence) or _in_class(sentence)
        if stretch:
            yield stretch


def _aged(sentence: re.Match[str]) -> Stretch | None:
    for found in _AGE.finditer(sentence[0]):
        if _RULE.search(sentence[0][: found.start()]):
            continue
        sure = _PERSON.search(sentence[0], max(0, found.start() - 16), found.start() + 1)
        return Stretch(
            sentence.start() + found.start(),
            sentence.start() + found.end(),
            _WHY.format(what="年龄"),
            Certainty.HIGH if sure else Certainty.MEDIUM,
        )
    return None


def _born(sentence: re.Match[str], settings: Settings) -> Stretch | None:
    if settings.day is None:
        return None
    for found in _BORN.finditer(sentence[0]):
        if found[0][-1] in "）)" and not re.search(r"生", sentence[0][max(0, found.start() - 8) : found.start()]):
            continue
        try:
            born = dt.date(int(found["y"]), int(found["m"] or 1), int(found["d"] or 1))
        except ValueError:
            continue
        today = settings.day
        age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        if 0 <= age < _OF_AGE:
            start = sentence.start() + found.start()
            return Stretch(start, sentence.start() + found.end(), _WHY.format(what="出生日期"), Certainty.HIGH)
    return None


def _in_class(sentence: re.Match[str]) -> Stretch | None:
    found = _CLASS.search(sentence[0])
    if found is None:
        return None
    return Stretch(
        sentence.start() + found.start(), sentence.start() + found.end(), _WHY.format(what="学校和班级"), Certainty.MEDIUM
    )


KIND = Kind(CARD, each_passage(find))
