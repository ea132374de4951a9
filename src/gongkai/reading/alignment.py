"""Which piece of the stream is which row label of the edition?

Every place where a label (whole, broken over pieces, cut by a page break, without its bracketed note) may stand is a
candidate; the chain of candidates that goes on in print order and explains most is the alignment. A label that several
rows share counts only where the rows above it leave no doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.reading.labels import core_of, without_notes, wording
from gongkai.reading.stream import Stream
from gongkai.reading.values import UNITS, is_value
from gongkai.reading.vocabulary import Entry, Vocabulary, weight

_MOST_PIECES = 7
_LONGEST_LABEL = 120
_LONGEST_NOTE = 600
_SHORTEST_BESIDE = 4
_SHORTEST_TORN = 4
_FAR = 1.5


@dataclass(frozen=True, slots=True)
class Marks:
    """What an alignment asks of every piece, worked out once for all editions: cores, numbers, what may be a value."""

    cores: tuple[str, ...]
    numbers: tuple[str, ...]
    values: tuple[bool, ...]
    units: tuple[bool, ...]


def marks(stream: Stream) -> Marks:
    """The marks of a stream's pieces."""
    cores, numbers, values, units = [], [], [], []
    for piece in stream.pieces:
        text = piece.text
        if len(text) > _LONGEST_LABEL:
            core, number, value, unit = "…", "", False, False
        else:
            core, number = wording(text)
            value = is_value(text)
            unit = core in UNITS
            if not core and not value and number:
                core = "…"  # a bare number such as （一）, set apart from its label
        cores.append(core)
        numbers.append(number)
        values.append(value)
        units.append(unit)
    return Marks(tuple(cores), tuple(numbers), tuple(values), tuple(units))


@dataclass(frozen=True, slots=True)
class Node:
    """A label found: the pieces it is made of, and where its row's values begin.

    ``torn`` when the rest of the label stands after its values; ``stop`` is then where the values must end.
    """

    entry: Entry
    pieces: tuple[int, ...]
    tail: int
    weight: float
    torn: bool = False
    stop: int | None = None

    @property
    def first(self) -> int:
        """The label's first piece."""
        return self.pieces[0]

    @property
    def last(self) -> int:
        """The last piece that belongs to the label or to its values so far."""
        return max(self.pieces[-1], self.tail - 1)


def chain(stream: Stream, seen: Marks, taken: frozenset[int], vocabulary: Vocabulary) -> tuple[list[Node], list[Node]]:
    """The best chain of labels in print order, and all candidates (whatever their order).

    Of equal chains the one over earlier pieces. Work grows with the candidates times the labels of the form, never with
    their square: beyond a distance only the best candidate of each label can matter.
    """
    nodes = [n for at in range(len(stream.pieces)) if at not in taken for n in _at(stream, seen, taken, at, vocabulary)]
    best: list[float] = []
    back: list[int] = []
    near: list[tuple[int, int, int, int]] = []  # (index of the entry, last piece of the label, last of its values, node)
    far: dict[int, int] = {}  # entry -> the best of its nodes so far back that the distance no longer counts
    for i, node in enumerate(nodes):
        index, first = node.entry.index, node.first
        score, previous = node.weight, -1
        within = []
        for other in near:
            other_index, label, last, j = other
            if 0.01 * (first - last) >= _FAR:
                there = far.get(other_index, j)
                far[other_index] = j if best[j] > best[there] else min(j, there) if best[j] == best[there] else there
                continue
            within.append(other)
            if other_index < index and label < first:
                value = best[j] + node.weight - (0.01 * (first - last) - (0.5 if index == other_index + 1 else 0.0))
                if value > score or (value == score and j < previous):
                    score, previous = value, j
        near = within
        for other_index, j in far.items():
            if other_index < index:
                value = best[j] + node.weight - (_FAR - (0.5 if index == other_index + 1 else 0.0))
                if value > score or (value == score and j < previous):
                    score, previous = value, j
        best.append(score)
        back.append(previous)
        near.append((index, node.pieces[-1], node.last, i))
    picked: list[Node] = []
    at = max(range(len(nodes)), key=best.__getitem__, default=-1)
    while at >= 0:
        picked.append(nodes[at])
        at = back[at]
    return picked[::-1], nodes


def _at(stream: Stream, seen: Marks, taken: frozenset[int], at: int, vocabulary: Vocabulary) -> Iterator[Node]:
    """The candidates that begin at a piece; the longest reading of the label only."""
    core = seen.cores[at]
    if not core or seen.units[at]:
        return
    if core == "…" or len(core) > vocabulary.longest:
        bare = _bare(stream.pieces[at].text)
        for entry in vocabulary.by_core.get(bare, ()):
            yield Node(entry, (at,), at + 1, _weight(entry, bare, seen.numbers[at]) - 1)
        return
    found: tuple[tuple[int, ...], str] | None = ((at,), core) if core in vocabulary.by_core else None
    if core in vocabulary.prefixes:
        found = _joined(stream, seen, taken, at, vocabulary) or found
    if found is None:
        bare = without_notes(stream.pieces[at].text)
        if bare != core and bare in vocabulary.by_core:
            found = ((at,), bare)
    if (
        found is None
        and stream.lines[stream.pieces[at].row].table is not None
        and (own := _beside_group(stream.pieces[at].text, vocabulary))
    ):
        found = ((at,), own)
    if found is not None:
        pieces, core = found
        for entry in vocabulary.by_core[core]:
            yield Node(entry, pieces, pieces[-1] + 1, _weight(entry, core, seen.numbers[at]))
    elif len(core) >= _SHORTEST_TORN and core in vocabulary.prefixes and not seen.values[at]:
        yield from _torn(stream, seen, at, vocabulary)


def _beside_group(text: str, vocabulary: Vocabulary) -> str | None:
    """The core of a label into which characters of its group's label ran, which stands upright beside it in a drawn table."""
    core, number = wording(text)
    if not _SHORTEST_BESIDE < len(core) <= vocabulary.longest:
        return None
    rest, rest_number = wording(text.strip()[1:])
    found = set()
    for entry in vocabulary.entries:
        if entry.parent is None or len(entry.cores[0]) < _SHORTEST_BESIDE:
            continue
        group, wanted = _group(entry, vocabulary), entry.cores[0]
        led = text.strip()[0] in group and rest == wanted and rest_number == entry.number
        mixed = number == entry.number and "\n" in text and (left := _left_over(core, wanted)) and left in group
        if led or mixed:
            found.add(wanted)
    return found.pop() if len(found) == 1 else None


def _group(entry: Entry, vocabulary: Vocabulary) -> str:
    """The label of the outermost row above an entry, its number with it."""
    while entry.parent is not None:
        entry = vocabulary.entries[entry.parent]
    return core_of(entry.row.label)


def _left_over(core: str, wanted: str) -> str:
    """What of a core is not in the wanted one, whose characters it holds in order; "" when it does not hold them."""
    at = 0
    left = ""
    for ch in core:
        if at < len(wanted) and ch == wanted[at]:
            at += 1
        else:
            left += ch
    return left if at == len(wanted) else ""


def _bare(text: str) -> str:
    """The core of a label followed by a note in brackets, however long, and by nothing else; "" when it is not one."""
    shown = text.strip()
    return without_notes(shown) if shown.endswith((")", "）")) and len(shown) <= _LONGEST_NOTE else ""


def _weight(entry: Entry, core: str, number: str) -> float:
    value = weight(core)
    if core != entry.cores[0]:
        value -= 1
    if number and entry.number:
        value += 2 if number == entry.number else -4
    return max(value, 1)


def _joined(
    stream: Stream, seen: Marks, taken: frozenset[int], at: int, vocabulary: Vocabulary
) -> tuple[tuple[int, ...], str] | None:
    """The longest label that the pieces from ``at`` on make together, blanks between them left out."""
    pieces = [at]
    text = stream.pieces[at].text
    found = None
    for after in range(at + 1, min(at + 12, len(stream.pieces))):
        if after in taken or len(pieces) > _MOST_PIECES:
            break
        if not seen.cores[after] and (seen.values[after] and not stream.pieces[after].text.strip()):
            continue
        if (seen.values[after] and not seen.cores[after].isalpha()) or seen.units[after]:
            break
        text += stream.pieces[after].text
        pieces.append(after)
        core = wording(text).core
        if core in vocabulary.by_core:
            found = (tuple(pieces), core)
        if core not in vocabulary.prefixes:
            break
    return found


def _torn(stream: Stream, seen: Marks, at: int, vocabulary: Vocabulary) -> Iterator[Node]:
    """A label cut by a page break: its rest after the values, or lost, when only one label begins so."""
    core = seen.cores[at]
    for after in range(at + 1, min(at + 12, len(stream.pieces))):
        if seen.values[after] or seen.units[after]:
            continue
        whole = core + core_of(stream.pieces[after].text)
        for entry in vocabulary.by_core.get(whole, ()):
            yield Node(entry, (at, after), at + 1, weight(whole), torn=True, stop=after)
        if whole in vocabulary.by_core:
            return
        break
    starting = [e for e in vocabulary.entries if e.cores[0].startswith(core)]
    if len(starting) == 1 and len(core) >= max(10, len(starting[0].cores[0]) // 2):
        yield Node(starting[0], (at,), at + 1, weight(core) - 2)


def certain(picked: Sequence[Node], vocabulary: Vocabulary) -> list[Node]:
    """The chain without labels that several rows share and whose own row is not certain.

    A shared label is certain when the row right above it in the edition was found right above it in the chain, and every
    later row it could belong to was found as well.
    """
    there = {node.entry.index for node in picked}
    kept = []
    for above, node in zip((None, *picked), picked, strict=False):
        if node.entry.shared:
            rivals = {
                entry.parent
                for core in node.entry.cores
                for entry in vocabulary.by_core[core]
                if entry.index >= node.entry.index and entry.parent is not None
            }
            if node.entry.parent is None or not rivals <= there:
                continue
            if above is None or above.entry.index != node.entry.index - 1:
                continue
        kept.append(node)
    return kept
