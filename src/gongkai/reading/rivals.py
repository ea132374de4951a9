"""Which rows does another row of the source contradict: one with the same label and other values, or one out of its order?

A label that was mistyped into another's, a row that was printed twice with different numbers, two labels that were swapped:
the numbers are all there and none of them can be believed. Such rows are found here, with the places of both sides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from gongkai.kernel import Place
from gongkai.reading.alignment import Marks, Node
from gongkai.reading.stream import Stream
from gongkai.reading.tails import Tail, tails
from gongkai.reading.values import visible

_NEAR = 2  # rows; a label that stands further from its place was moved with its row, or belongs to something else


@dataclass(frozen=True, slots=True)
class Rival:
    """A row that contradicts another: why ("twice" or "order"), its label as it stands there, and where."""

    reason: str
    label: str
    place: Place


@dataclass(frozen=True, slots=True)
class _Other:
    """A row whose label the chain did not take: the nodes it may be, and its values as they stand there."""

    nodes: tuple[Node, ...]
    texts: tuple[str, ...]
    rival: Rival


def rivals(
    stream: Stream,
    seen: Marks,
    picked: Sequence[Node],
    nodes: Sequence[Node],
    found: Sequence[Tail],
    headers: frozenset[int],
    may_stand: Callable[[Node], bool],
) -> dict[int, list[Rival]]:
    """The rivals of the rows of a chain, by the index of the row's entry.

    ``picked`` is the chain and ``found`` its tails, ``nodes`` all candidates; ``may_stand`` says whether a row of a
    candidate's table may stand where the candidate does.
    """
    at = {node.entry.index: n for n, node in enumerate(picked)}
    out: dict[int, list[Rival]] = {}
    for other in _others(stream, seen, picked, nodes, headers, may_stand):
        for node in other.nodes:
            index = node.entry.index
            if index not in at:
                for near in _crossed(picked, node):
                    out.setdefault(near.entry.index, []).append(replace(other.rival, reason="order"))
            elif not _same(_texts(stream, seen, found[at[index]]), other.texts):
                out.setdefault(index, []).append(other.rival)
    return out


def _texts(stream: Stream, seen: Marks, tail: Tail) -> tuple[str, ...]:
    """What stands in the cells of a row, units left out."""
    return tuple(visible(stream.pieces[p].text) for p in tail.pieces if not seen.units[p])


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two rows say the same; of rows of different length only what is filled in can be compared."""
    if len(one) != len(other):
        return any(one) and [text for text in one if text] == [text for text in other if text]
    return one == other


def _others(
    stream: Stream,
    seen: Marks,
    picked: Sequence[Node],
    nodes: Sequence[Node],
    headers: frozenset[int],
    may_stand: Callable[[Node], bool],
) -> Iterator[_Other]:
    """The rows whose labels are the form's and that the chain left aside, those that hold a value."""
    used = {p for node in picked for p in node.pieces}
    labels = frozenset(node.first for node in nodes)
    there: dict[int, list[Node]] = {}
    for node in nodes:
        if node.entry.cells and not node.torn and used.isdisjoint(node.pieces) and may_stand(node):
            there.setdefault(node.first, []).append(node)
    for at, own in there.items():
        (tail,) = tails(stream, seen, own[:1], labels, headers)
        if _is_row(stream, seen, own[0], tail):
            label = visible(stream.pieces[at].text)
            rival = Rival("twice", label, replace(stream.pieces[at].place, quote=label))
            yield _Other(tuple(own), _texts(stream, seen, tail), rival)


def _is_row(stream: Stream, seen: Marks, node: Node, tail: Tail) -> bool:
    """Whether a label stands before values, or before as many empty cells as its table's rows have."""
    cells = [p for p in tail.pieces if not seen.units[p]]
    if any(seen.values[p] and not stream.pieces[p].blank for p in cells):
        return True
    if len(cells) < len(tail.pieces):  # a unit: the row of a list, filled in or not
        return True
    return tail.firm and len(cells) == len(node.entry.cells) > 1 and all(seen.values[p] for p in cells)


def _crossed(picked: Sequence[Node], other: Node) -> list[Node]:
    """The rows of the chain that stand on the wrong side of a row out of order; none when it stands far from its place."""
    wrong = [
        node
        for node in picked
        if node.entry.table is other.entry.table
        and node.entry.cells
        and (node.entry.index < other.entry.index) != (node.first < other.first)
    ]
    return wrong if len(wrong) <= _NEAR else []
