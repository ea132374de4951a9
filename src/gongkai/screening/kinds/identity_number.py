"""Where does a citizen's identity number stand in the open?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from gongkai.screening.hits import Certainty
from gongkai.screening.kind import Card, Kind, Stretch, each_passage
from gongkai.screening.numbers import identity_check, is_credit_code, numbers
from gongkai.screening.passages import Passage
from gongkai.screening.settings import Settings

CARD = Card(
    key="identity_number",
    code="T101",
    name="公民身份号码",
    finds="没有遮盖的身份证号：18位的（出生日期、地区和校验码都对得上；写明是身份证号而校验码不对的，也列出），15位的旧号，中间有空格或横线的，全角数字的。",
    leaves="用星号等遮盖了中间几位的；统一社会信用代码；出生日期或地区不可能的数字。",
    todo="删去，或者只留前三位和后四位，其余用星号代替；附件里的也要处理。",
    wrong="张某，身份证号：110101 19000101 0014",
    right="张某，身份证号：110***********0014",
    is_personal=True,
)
# GB/T 2260: the first two digits of every province, and 9 for a foreigner's permanent residence card.
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)
_NAMED = re.compile(r"身份证|身份号码|身份证明|公民身份|证件号|证件编号|永久居留证")
_OTHER = re.compile(
    r"(?:信用代码|代码证?|文号|索引号|案号|许可证号?|证书编?号|编号|注册号|登记号|账号|帐号|账户|备案号|流水号|单号|税号|电话)(?:为|是|[：:])?\s*$"
)
_EARLIEST = 1900


def find(passage: Passage, settings: Settings) -> Iterator[Stretch]:
    """Numbers of eighteen digits (the last may be X) and of fifteen."""
    plain = passage.plain
    for number in numbers(plain, 15, 18):
        if len(number.digits) == 17:
            tail = re.match(r"[ -]?([Xx])(?![0-9A-Za-z*])", plain[number.end : number.end + 3])
            if tail:
                yield from _long(passage, number.start, number.end + tail.end(), number.digits + "X", settings)
        elif plain[number.end : number.end + 1].isascii() and plain[number.end : number.end + 1].isalpha():
            continue
        elif len(number.digits) == 18:
            yield from _long(passage, number.start, number.end, number.digits, settings)
        elif len(number.digits) == 15 and len(number.groups) <= 3:
            yield from _short(passage, number.start, number.end, number.digits, settings)


def _long(passage: Passage, start: int, end: int, digits: str, settings: Settings) -> Iterator[Stretch]:
    foreign = digits[0] == "9" and digits[1:3] in _PROVINCES
    if (not foreign and digits[:2] not in _PROVINCES) or not _is_birthday(digits[6:14], settings):
        return
    before = passage.before(start, 30)
    named = bool(_NAMED.search(before))
    if not named and (is_credit_code(digits) or foreign) and "信用代码" in before:
        return
    if identity_check(digits[:17]) == digits[17]:
        if foreign and not named:
            return
        yield Stretch(start, end, "这里有一个完整的身份证号。请删去，或者遮盖中间几位。", Certainty.HIGH)
    elif named:
        yield Stretch(
            start, end, "这里写着一个身份证号，校验码不对，可能抄错了一位，但仍能认出是谁。请删去或者遮盖。", Certainty.MEDIUM
        )


def _short(passage: Passage, start: int, end: int, digits: str, settings: Settings) -> Iterator[Stretch]:
    if digits[:2] not in _PROVINCES or not _is_birthday("19" + digits[6:12], settings):
        return
    before = passage.before(start, 30)
    if _NAMED.search(before):
        yield Stretch(start, end, "这里有一个15位的旧身份证号。请删去，或者遮盖中间几位。", Certainty.HIGH)
    elif not _OTHER.search(before) and digits[2:4] != "00":
        yield Stretch(start, end, "这里的15位数字像旧身份证号。请看清是不是；是的就删去或者遮盖。", Certainty.LOW)


def _is_birthday(digits: str, settings: Settings) -> bool:
    try:
        day = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return day.year >= _EARLIEST and (day <= settings.day if settings.day else day.year < 2100)


KIND = Kind(CARD, each_passage(find))
