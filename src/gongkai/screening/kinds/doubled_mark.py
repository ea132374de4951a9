"""Do punctuation marks stand together that cannot?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.hits import Certainty
from gongkai.screening.kind import Card, Kind, Stretch, each_passage
from gongkai.screening.passages import Passage
from gongkai.screening.settings import Settings

CARD = Card(
    key="doubled_mark",
    code="T202",
    name="标点重复",
    finds="连写两个的逗号、句号、顿号、分号、冒号，以及不能连在一起的两个标点（“，。”“；。”“、，”等）。",
    leaves="省略号、破折号、“？！”；连写三个以上的句号（有人用作省略号）；目录里的连点。",
    todo="留下正确的一个。",
    wrong="会议通过了方案，。",
    right="会议通过了方案。",
)
_DOUBLED = re.compile(
    r"(?<![，。；：、])[，。；：、]{2}(?![，。；：、])|(?<![，。；：、])[，、；：]{3,5}(?![，。；：、])|[！？][，。；、]|[，；、：][！？]"
)


def find(passage: Passage, settings: Settings) -> Iterator[Stretch]:
    """Two marks of which only one can be meant."""
    del settings
    for found in _DOUBLED.finditer(passage.text):
        yield Stretch(found.start(), found.end(), f"标点“{found[0]}”重复或者不能连用。请留下正确的一个。", Certainty.HIGH)


KIND = Kind(CARD, each_passage(find))
