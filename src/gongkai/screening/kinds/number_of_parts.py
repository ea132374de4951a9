"""Does a text have as many parts as it says?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.reading.labels import han_number
from gongkai.screening.hits import Certainty
from gongkai.screening.kind import Card, Found, Kind
from gongkai.screening.passages import Passage
from gongkai.screening.settings import Settings

CARD = Card(
    key="number_of_parts",
    code="T204",
    name="部分数与序号不一致",
    finds="写明“由几部分组成”“分为几个部分”，而后面“一、二、三、”的序号不到或者超过这个数。",
    leaves="没有“一、”这样序号的；几套序号并存的。",
    todo="核对部分数和各部分的序号。",
    wrong="本报告由五个部分组成……一、……六、……",
    right="本报告由六个部分组成……一、……六、……",
)
_STATED = re.compile(
    r"(?:全文|本报告|报告|本方案|本意见|正文|内容|本规划|本年度报告|本办法)?[^。；，]{0,12}(?:由|分为|包括|包含|共分|分|共)(?:以下)?(?P<n>[一二三四五六七八九十]{1,3}|[0-9]{1,2})(?:个|大)?部分(?:组成|构成|内容)?"
)
_TITLE = re.compile(r"\s*(?P<n>[一二三四五六七八九十]{1,3})\s?[、.．]\s*\S")
_LONGEST = 45
_WITHIN = 30


def find(passages: Sequence[Passage], settings: Settings) -> Iterator[Found]:
    """At most one hit: the first statement, when the titles after it are numbered once from one and end elsewhere."""
    del settings
    for index, passage in enumerate(passages[:_WITHIN]):
        if "部分" not in passage.text or passage.is_cell:
            continue
        stated = _STATED.search(passage.text)
        number = _value(stated["n"]) if stated else None
        if stated is None or number is None or number < 2:
            continue
        titles = [
            n
            for p in passages[index + 1 :]
            if not p.is_cell and len(p.text) <= _LONGEST and (m := _TITLE.match(p.text)) and (n := han_number(m["n"]))
        ]
        if titles and titles == list(range(1, len(titles) + 1)) and len(titles) > 1 and len(titles) != number:
            yield Found(
                index,
                stated.start("n"),
                stated.end(),
                f"这里写的是{number}个部分，后面的序号到{len(titles)}。请核对部分数和序号。",
                Certainty.MEDIUM,
            )
        return


def _value(words: str) -> int | None:
    return int(words) if words.isascii() else han_number(words)


KIND = Kind(CARD, find)
