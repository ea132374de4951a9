"""Is a quotation mark, a title mark or a bracket opened and never closed, or closed and never opened?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.screening.hits import Certainty
from gongkai.screening.kind import Card, Found, Kind
from gongkai.screening.passages import Passage
from gongkai.screening.settings import Settings

CARD = Card(
    key="unpaired_mark",
    code="T203",
    name="引号、书名号、括号不成对",
    finds="“”、《》、〔〕、【】、（）只有一半，或者两边写成同一个方向。",
    leaves="“1）”“（一）”等序号；一段引文分成几段写的；半角引号。",
    todo="补上缺少的一半，或者改正方向。",
    wrong="《信访工作条例第三条规定，应当及时办理。",
    right="《信访工作条例》第三条规定，应当及时办理。",
)
_CLOSES = {"“": "”", "《": "》", "〔": "〕", "【": "】", "（": "）"}
_OPENS = {close: opening for opening, close in _CLOSES.items()}
_MARKS = re.compile(r"[“”《》〔〕【】（）()]")
_NUMBERED = re.compile(r"(?:^|[\s，。；：、,;:（(])[（(]?(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3}|[a-zA-Z]|[ivxIVX]{1,4})$")
_FOLLOWING = 6
_LOW = "（）"


def find(passages: Sequence[Passage], settings: Settings) -> Iterator[Found]:
    """Marks without their other half in the same paragraph, nor, for a paragraph broken over lines, in the next few."""
    del settings
    waiting: list[tuple[int, int, str]] = []
    for index, passage in enumerate(passages):
        lonely = list(_unpaired(passage))
        kept: list[tuple[int, int, str]] = []
        for at, mark in lonely:
            partner = _partner(waiting, mark, index) if not passage.is_cell else None
            if partner is not None:
                waiting.remove(partner)
            else:
                kept.append((index, at, mark))
        for spot in [w for w in waiting if w[0] < index - _FOLLOWING or passage.is_cell]:
            yield _found(spot)
            waiting.remove(spot)
        for spot in kept:
            if spot[2] in _CLOSES and not passage.is_cell:
                waiting.append(spot)
            else:
                yield _found(spot)
    for spot in waiting:
        yield _found(spot)


def _unpaired(passage: Passage) -> Iterator[tuple[int, str]]:
    """The marks of one passage that find no partner in it. A half-width bracket counts as a full one."""
    text = passage.text
    stack: list[tuple[int, str]] = []
    for found in _MARKS.finditer(text):
        mark = {"(": "（", ")": "）"}.get(found[0], found[0])
        if mark in _CLOSES:
            stack.append((found.start(), mark))
            continue
        opening = next((n for n in range(len(stack) - 1, max(-1, len(stack) - 6), -1) if stack[n][1] == _OPENS[mark]), None)
        if opening is not None:
            yield from stack[opening + 1 :]
            del stack[opening:]
        elif not (mark == "）" and _NUMBERED.search(text[max(0, found.start() - 6) : found.start()])):
            yield found.start(), mark
    yield from stack


def _partner(waiting: list[tuple[int, int, str]], mark: str, index: int) -> tuple[int, int, str] | None:
    if mark not in _OPENS:
        return None
    for spot in reversed(waiting):
        if spot[2] == _OPENS[mark] and index - spot[0] <= _FOLLOWING:
            return spot
    return None


def _found(spot: tuple[int, int, str]) -> Found:
    index, at, mark = spot
    missing = _CLOSES.get(mark) or _OPENS[mark]
    return Found(
        index,
        at,
        at + 1,
        f"这里的“{mark}”没有对应的“{missing}”。请补上，或者改正方向。"
        if mark not in "“”"
        else "这里的引号只有一半，或者方向写反了。请补上或者改正。",
        Certainty.LOW if mark in _LOW else Certainty.MEDIUM,
    )


KIND = Kind(CARD, find)
