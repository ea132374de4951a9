"""Where does a vehicle's plate number stand in the open?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.hits import Certainty
from gongkai.screening.kind import Card, Kind, Stretch, each_passage
from gongkai.screening.passages import Passage
from gongkai.screening.settings import Settings

CARD = Card(
    key="vehicle_plate",
    code="T106",
    name="机动车号牌",
    finds="没有遮盖的汽车、摩托车、挂车、新能源车号牌。",
    leaves="用星号遮盖的；增值电信业务许可证等样子相近的编号。",
    todo="与个人有关的，遮盖中间几位；公务车、报废公告等依法要公开的，说明理由后保留。",
    wrong="张某驾驶京A·00000号小型轿车。",
    right="张某驾驶京A·0***0号小型轿车。",
    is_personal=True,
)
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(
    rf"[{_PROVINCES}] ?[A-HJ-NP-Z] ?[·•・．.\-]? ?"
    r"(?:[DF][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[DF]|[A-HJ-NP-Z0-9]{4}(?:[A-HJ-NP-Z0-9]|[挂学警港澳超]))(?![0-9A-Za-z*]|-[0-9]{2})"
)
_CAPITALS = {lower: lower - 32 for lower in range(ord("a"), ord("z") + 1)}
_VEHICLE = re.compile(r"车|号牌|牌照|驾驶")


def find(passage: Passage, settings: Settings) -> Iterator[Stretch]:
    """A province's character, a letter, and five or six letters and digits of which at least two are digits."""
    del settings
    plain = passage.plain
    for found in _PLATE.finditer(plain.translate(_CAPITALS)):
        if sum(c.isdigit() for c in found[0][2:]) < 2 or "XX" in found[0]:
            continue
        written = plain[found.start() : found.end()]
        near = passage.before(found.start(), 30) + passage.after(found.end())
        if not _VEHICLE.search(near) and (written != found[0] or written[1] == " "):
            continue
        yield Stretch(
            found.start(),
            found.end(),
            "这里有一个机动车号牌。与个人有关的，请遮盖；依法要公开的，请说明理由后保留。",
            Certainty.HIGH if _VEHICLE.search(near) else Certainty.MEDIUM,
        )


KIND = Kind(CARD, each_passage(find, *_PROVINCES))
