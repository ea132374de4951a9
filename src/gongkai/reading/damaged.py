"""Which row label is meant where a character of it is wrong, missing or too many?

Only between the rows right above and right below it, both found as the form prints them, with no other row of the form
as near, and never where the character decides what is counted (不, 未, 上, 一 …).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from gongkai.reading.alignment import Marks, Node
from gongkai.reading.vocabulary import Entry, Vocabulary, weight

_SHORTEST = 4
_LONG = 6
"""Letters from which any one letter may be wrong or missing; in shorter labels it must look like the right one."""
_HOLED = 8
_KEPT = 0.7
"""The share of a long label's letters that must be left when letters in its middle were lost."""
_VERY_LONG = 14
"""Letters from which two may be; from two letters less where both look like the right ones."""
_DECIDING = frozenset("不未无非否没上下本前后今去总分内外增减多少主被新旧一二三四五六七八九十百千万0123456789")
_ALIKE = (
    "己已巳", "曰日目", "未末朱", "〇0oO○口", "入人八", "干千于", "土士", "夭天夫大太犬", "王玉主", "戍戌戊", "刀力", "又叉",
    "代伐", "侯候", "治冶", "请清情晴睛", "拔拨", "析折拆", "令今", "免兔", "诉斥拆", "贝见", "政致", "提堤", "答签", "件仵", "条备", "收攻",
    "申甲由", "处外", "理埋", "开幵升", "公么", "府附付", "信倍", "息患恩", "数教", "结洁", "果呆", "其具", "他她", "机枳", "构沟", "项顶",
    "许讦", "可司", "罚罸", "强弹", "制刮", "费贵", "规现", "章草", "采来", "购构", "网罔", "站战", "会合", "议仪", "维推", "持特",
    "审宙", "复夏", "经径", "直宜", "接按", "起赶", "办为", "度庆", "自白", "然燃", "业亚", "科料", "研斫", "社杜", "益盖", "组祖",
    "织识",
)  # fmt: skip
_LOOKS = {(a, b) for group in _ALIKE for a in group for b in group if a != b}


def with_damaged(
    seen: Marks, taken: frozenset[int], picked: Sequence[Node], nodes: Sequence[Node], words: Vocabulary
) -> tuple[list[Node], list[Node]]:
    """The chain and the candidates with the rows whose label is damaged, each in its place."""
    out = list(picked[:1])
    found = []
    for above, below in pairwise(picked):
        if below.entry.index == above.entry.index + 2:
            mended = list(_between(seen, taken, above, below, words))
            if len(mended) == 1:
                out += mended
                found += mended
        out.append(below)
    return out, [*nodes, *found]


def _between(seen: Marks, taken: frozenset[int], above: Node, below: Node, words: Vocabulary) -> Iterator[Node]:
    entry = words.entries[above.entry.index + 1]
    for at in range(above.pieces[-1] + 1, below.first):
        core, number = seen.cores[at], seen.numbers[at]
        if at in taken or seen.values[at] or seen.units[at] or core in words.by_core:
            continue
        if number and entry.number and number != entry.number:
            continue
        if _means(core, entry, words, numbered=bool(number) and number == entry.number):
            yield Node(entry, (at,), at + 1, weight(core) - 1)


def _means(core: str, entry: Entry, words: Vocabulary, *, numbered: bool) -> bool:
    """Whether a core is the entry's but for a letter or two, and no other entry's; ``numbered`` when it has the entry's number."""
    if not any(
        _is_damaged(core, wanted, _SHORTEST if numbered else _LONG) or (numbered and _has_hole(core, wanted))
        for wanted in entry.cores
    ):
        return False
    return not any(_is_damaged(core, other) for other in words.by_core if other not in entry.cores)


def _has_hole(core: str, wanted: str) -> bool:
    """Whether a core is the wanted one without some letters in one place of its middle."""
    if len(wanted) < _HOLED or not _KEPT * len(wanted) <= len(core) < len(wanted):
        return False
    lost = len(wanted) - len(core)
    return any(
        core == wanted[:at] + wanted[at + lost :] and _DECIDING.isdisjoint(wanted[at : at + lost]) for at in range(1, len(core))
    )


def _is_damaged(core: str, wanted: str, least: int = _SHORTEST) -> bool:
    """Whether a core is the wanted one with a letter wrong, or, in one of ``least`` letters, missing or too many."""
    if len(wanted) < _SHORTEST or abs(len(core) - len(wanted)) > 1:
        return False
    if len(core) == len(wanted):
        wrong = [(a, b) for a, b in zip(core, wanted, strict=True) if a != b]
        most = 2 if len(wanted) >= _VERY_LONG or (len(wanted) >= 2 * _LONG and _LOOKS.issuperset(wrong)) else 1
        return 0 < len(wrong) <= most and all(_may_be(a, b, len(wanted)) for a, b in wrong)
    if len(wanted) < (least if len(core) < len(wanted) else _LONG):
        return False
    longer, shorter = (core, wanted) if len(core) > len(wanted) else (wanted, core)
    return any(longer[:i] + longer[i + 1 :] == shorter and longer[i] not in _DECIDING for i in range(len(longer)))


def _may_be(wrong: str, right: str, length: int) -> bool:
    if (wrong, right) in _LOOKS:
        return True
    return length >= _LONG and wrong not in _DECIDING and right not in _DECIDING
