"""What in a text must a person look at before it becomes public?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from gongkai.reading.blocks import Block, Source
from gongkai.reading.direction import as_shown, shown_order
from gongkai.screening.hits import Hit, Screened, fingerprint
from gongkai.screening.kind import Found, Kind
from gongkai.screening.kinds import KINDS
from gongkai.screening.passages import Passage, passages
from gongkai.screening.settings import Settings
from gongkai.screening.unread import unread

_AROUND = 8
_TURNED = "这里用改变书写方向的符号倒着写，读者看到的正是它。"


def screen(
    texts: Source | Iterable[Block | Passage | str], settings: Settings | None = None, kinds: tuple[Kind, ...] = KINDS
) -> Screened:
    """The hits of every kind in the order of the text, and what of a source could not be looked at.

    ``texts`` is a source, or paragraphs, grids, passages or plain strings. A stretch that one kind of personal number has
    taken is not given to a later one. Two hits may share a fingerprint when the same is said twice in the same words.
    """
    settings = settings or Settings()
    those = passages(texts)
    orders = {n: order for n, passage in enumerate(those) if (order := shown_order(passage.text)) is not None}
    found: list[tuple[Found, Kind]] = []
    taken: dict[int, bytearray] = {}
    for kind in kinds:
        for each in (*kind.find(those, settings), *_turned(kind, those, settings, orders)):
            if kind.card.is_personal:
                if each.passage not in taken:
                    taken[each.passage] = bytearray(len(those[each.passage].text))
                marks = taken[each.passage]
                if any(marks[each.start : each.end]):
                    continue
                marks[each.start : each.end] = b"\x01" * (each.end - each.start)
            found.append((each, kind))
    found.sort(key=lambda pair: (pair[0].passage, pair[0].start))
    hits = tuple(_hit(each, kind, those[each.passage], settings) for each, kind in found)
    return Screened(hits, unread(texts) if isinstance(texts, Source) else ())


def _turned(kind: Kind, those: tuple[Passage, ...], settings: Settings, orders: Mapping[int, tuple[int, ...]]) -> Iterator[Found]:
    """What a kind finds only in the order in which turned passages show, as stretches of the passages as they are written."""
    if not orders:
        return
    shown = [replace(passage, text=as_shown(passage.text)) if n in orders else passage for n, passage in enumerate(those)]
    as_written = {(each.passage, each.start, each.end) for each in kind.find(those, settings)}
    for each in kind.find(tuple(shown), settings):
        if each.passage not in orders:
            continue
        positions = orders[each.passage][each.start : each.end]
        start, end = min(positions), max(positions) + 1
        if (each.passage, start, end) not in as_written:
            yield each._replace(start=start, end=end, why=f"{each.why}{_TURNED}")


def _hit(found: Found, kind: Kind, passage: Passage, settings: Settings) -> Hit:
    start, end = found.start, found.end
    around = (passage.text[max(0, start - _AROUND) : start], passage.text[end : end + _AROUND])
    return Hit(
        kind=kind.card.key,
        text=passage.text[start:end],
        start=start,
        end=end,
        place=passage.spot(start, end),
        why=found.why,
        certainty=found.certainty,
        fingerprint=fingerprint(settings.key, (kind.card.key, passage.plain[start:end], *around)),
        part=passage.part,
    )
