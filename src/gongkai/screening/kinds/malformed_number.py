"""Is a number written so that it is no number?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.hits import Certainty
from gongkai.screening.kind import Card, Kind, Stretch, each_passage
from gongkai.screening.passages import Passage
from gongkai.screening.settings import Settings

CARD = Card(
    key="malformed_number",
    code="T201",
    name="数字写法有误",
    finds="有两个小数点的数（后面有百分号或者单位的）、连着两个小数点的数、连写的百分号、位数不对的千位分隔符。",
    leaves="日期（2024.1.3）、条目序号（1.2.3）、版本号、网络地址。",
    todo="核对原始数据，改成正确的数。",
    wrong="占总数的81.8.0%。",
    right="占总数的81.8%。",
)
_UNIT = r"(?:[%％‰]|百分点|个百分点|亿|万|元|件|人次|人|户|吨|公里|千米|平方|公顷|亩|倍|℃|份)"
_SLIPS = (
    (re.compile(rf"(?<![0-9.第])[0-9]{{1,9}}\.[0-9]{{1,6}}\.[0-9]{{1,6}}(?= ?{_UNIT})"), "有两个小数点", Certainty.HIGH),
    (
        re.compile(
            r"(?<![0-9.])[0-9]{1,9}(?:\.\.|。\.|\.。|．．)[0-9]{1,6}(?![0-9.])|(?<![0-9.])[0-9]{1,9}。[0-9]{1,6}(?=[%％])"
        ),
        "的小数点写得不对",
        Certainty.MEDIUM,
    ),
    (re.compile(r"(?<![0-9.])[0-9]{1,9}(?:\.[0-9]{1,6})?[%％]{2,3}"), "连写了百分号", Certainty.HIGH),
    (
        re.compile(r"(?<![0-9.,，])[0-9]{1,3}(?:,[0-9]{3}){0,5},(?:[0-9]{1,2}|[0-9]{4,5})(?:\.[0-9]{1,6})?(?= ?(?:万|亿|元))"),
        "千位分隔符的位置不对",
        Certainty.LOW,
    ),
)


def find(passage: Passage, settings: Settings) -> Iterator[Stretch]:
    """Numbers with two points, doubled per cent signs, commas out of place."""
    del settings
    for pattern, what, certainty in _SLIPS:
        for found in pattern.finditer(passage.plain):
            yield Stretch(found.start(), found.end(), f"“{found[0]}”{what}，不是正确的数。请核对后改正。", certainty)


KIND = Kind(CARD, each_passage(find, ".", "%", "％", ",", "。"))
