"""Which pieces of the stream are the values of a row whose label was found?

The values of a firm row are the rest of the row. Where rows are not marked, values are what follows the label up to the
next label or words; they are believed only when their number is exact and the next label is the next of the edition,
because a lost label would otherwise hand its values to the row above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongkai.reading.alignment import Marks, Node
from gongkai.reading.stream import Stream
from gongkai.reading.values import plain
from gongkai.reading.vocabulary import Entry

_MOST = 40
_LONGEST_VALUE = 20
_SPOILT = re.compile(r"[(\[*+-]*[0-9?]|[零〇一二三四五六七八九十百千万两]+$|[A-Za-z*]{1,2}$")
_NO_VALUE = re.compile(r"(?:19|20)[0-9]{2}(?:年|[-./][0-9])|\(?[0-9]{1,2}[)、]|[0-9]{1,2}\.[^0-9]")
_FEW = 3  # columns; in loose text a wider row may hold a stray number and a blank that is a value


@dataclass(frozen=True, slots=True)
class Tail:
    """The pieces after a label.

    ``firm`` when they are all the rest of a firm row; ``whole`` when none of them can have been lost on its own; ``tight``
    when blanks could show among them; ``shared`` when another label follows in the same row; ``stray`` when what ends them
    is a label out of place; ``open`` when empty cells at its end may have been left out.
    """

    pieces: tuple[int, ...]
    firm: bool
    whole: bool
    tight: bool
    shared: bool = False
    stray: bool = False
    open: bool = False


def tails(stream: Stream, seen: Marks, picked: Sequence[Node], labels: frozenset[int], headers: frozenset[int]) -> list[Tail]:
    """The tail of each label of the chain; ``labels`` are all pieces where some label may begin, ``headers`` header pieces."""
    firsts = {node.first for node in picked}
    found = [_tail(stream, seen, node, firsts, labels, headers) for node in picked]
    return _without_separators(stream, found)


def _tail(stream: Stream, seen: Marks, node: Node, firsts: set[int], labels: frozenset[int], headers: frozenset[int]) -> Tail:
    line = stream.lines[stream.pieces[node.pieces[0] if node.torn else node.pieces[-1]].row]
    inside: list[int] = []
    at = node.tail
    while at < line.last and at not in labels and at not in headers and at != node.stop:
        inside.append(at)
        at += 1
    if line.firm and (inside or at < line.last):
        return Tail(tuple(inside), True, line.whole, line.tight, shared=at < line.last and at in labels, open=line.open)
    if stream.paged:
        return Tail((), False, False, True)
    return _loose(stream, seen, at if line.firm else node.tail, firsts, labels, headers, node.stop)


def _loose(
    stream: Stream, seen: Marks, at: int, firsts: set[int], labels: frozenset[int], headers: frozenset[int], stop: int | None
) -> Tail:
    pieces: list[int] = []
    while at < len(stream.pieces) and at not in labels and at not in headers and at != stop and not stream.pieces[at].end:
        if not (seen.values[at] or seen.units[at]) or len(pieces) >= _MOST:
            break
        pieces.append(at)
        at += 1
    stray = (
        len(pieces) >= _MOST or (at in labels and at not in firsts) or (bool(pieces) and is_spoilt(stream, at, labels, headers))
    )
    return Tail(tuple(pieces), False, False, True, stray=stray)


def loose(stream: Stream, seen: Marks, at: int, labels: frozenset[int], headers: frozenset[int]) -> tuple[int, ...]:
    """The units and values from a piece on, one a line, up to a label, a header or words."""
    return _loose(stream, seen, at, set(), labels, headers, None).pieces


def is_spoilt(stream: Stream, at: int, labels: frozenset[int], headers: frozenset[int]) -> bool:
    """Whether values end at a piece that looks like one more value which cannot be read (769*, 66(61), 二十一)."""
    if at >= len(stream.pieces) or at in labels or at in headers:
        return False
    text = plain(stream.pieces[at].text).replace(" ", "")
    return bool(text) and len(text) <= _LONGEST_VALUE and _SPOILT.match(text) is not None and not _NO_VALUE.match(text)


def _without_separators(stream: Stream, found: list[Tail]) -> list[Tail]:
    """Loose tails without the blank that ends every row, when nearly every row ends in one."""
    loose = [t for t in found if not t.firm and t.pieces]
    ending = [t for t in loose if len(t.pieces) > 1 and stream.pieces[t.pieces[-1]].blank]
    full = [t for t in ending if sum(not stream.pieces[p].blank for p in t.pieces) > 1]
    if len(ending) < 0.8 * len(loose) or len(full) < 0.5 * len(ending):
        return found
    return [replace(t, pieces=t.pieces[:-1]) if t in ending else t for t in found]


def follows(entries: Sequence[Entry], above: Entry, below: Entry | None) -> bool:
    """Whether nothing that must be there stands between two rows of an edition (or below the row, when there is no other)."""
    return all(e.row.optional for e in entries[above.index + 1 : None if below is None else below.index])


def exact(stream: Stream, tail: Tail, n: int) -> tuple[int, ...] | None:
    """The ``n`` values of a grid's row, None when it is not certain which they are."""
    pieces = tail.pieces
    shown = [p for p in pieces if not stream.pieces[p].blank]
    if len(pieces) == n and (len(shown) == n or (tail.tight and not tail.shared)):
        return pieces
    if len(pieces) < n:
        return None
    if len(shown) == n and shown[-1] - shown[0] == n - 1 and (tail.whole or (n <= _FEW and _beside(shown, pieces))):
        return tuple(shown)
    return pieces[:n] if not shown and tail.firm else None


def _beside(shown: Sequence[int], pieces: Sequence[int]) -> bool:
    """Whether blanks stand on one side of the values only."""
    return shown[0] == pieces[0] or shown[-1] == pieces[-1]
