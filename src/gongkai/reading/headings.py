"""Which stretches of the stream are column headings, for which table, and which column stands where?

Headings are believed in two ways: by position, when a grid's columns show each column's whole path; by order, when flat
text lists them in one of the orders a printed header can be read in, pieces of a broken heading put together. A header
that is neither is not used, and the rows below it are not read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gongkai.reading.labels import core_of, notes, without_notes
from gongkai.reading.stream import Stream
from gongkai.reading.values import UNITS
from gongkai.reading.vocabulary import (
    CODE_HEADS,
    FILLERS,
    INDICATOR_HEADS,
    UNIT_HEADS,
    VALUE_HEADS,
    Heading,
    Vocabulary,
    heading_core,
)

_LONGEST_PIECE = 7
_LONGEST_HEADING = 80
_SHORTEST_CUT = 3


@dataclass(frozen=True, slots=True)
class Columns:
    """A header understood for one table.

    ``at`` gives for each of the table's columns the stream's column and width, None when only the order is known;
    ``ordered`` when the order of the headings is the table's own. ``units`` are units the header itself names by column
    index, "" where the form's heading names a unit and this one does not. ``extra`` are headings the form does not have.
    ``summed`` when so little of the header is left that a row counts only where its sums come out.
    """

    at: tuple[tuple[int, int], ...] | None
    ordered: bool
    units: tuple[tuple[int, str], ...] = ()
    extra: tuple[tuple[int, str], ...] = ()
    summed: bool = False


@dataclass(frozen=True, slots=True)
class ListHead:
    """A list's header: the stream's column of each part, with its text. Kinds: "indicator", "unit", "code", "value", "other"."""

    parts: tuple[tuple[int | None, str, str], ...]

    def texts(self, kind: str) -> list[str]:
        """The texts of the parts of a kind."""
        return [text for _, k, text in self.parts if k == kind]


@dataclass(frozen=True)
class Zone:
    """A stretch of header pieces, ``first`` to before ``last``; which tables it serves and how."""

    first: int
    last: int
    table: int | None
    columns: dict[str, Columns] = field(default_factory=dict)
    head: ListHead | None = None
    block: str | None = None
    mark: bool = False


def zones(stream: Stream, cores: Sequence[str], vocabulary: Vocabulary) -> list[Zone]:
    """Every header in the stream, in order; those that serve no table are kept, because rows below them are unsure."""
    found = []
    at = 0
    while at < len(cores):
        if not _is_head(cores[at], stream, at, vocabulary):
            at += 1
            continue
        end = at + 1
        last = at + 1
        while end < len(cores) and (not cores[end] or _is_part(cores[end], stream, end, vocabulary)):
            end += 1
            if cores[end - 1]:
                last = end
        if zone := _zone(stream, cores, at, last, vocabulary):
            found.append(zone)
        at = last
    return found


def _is_head(core: str, stream: Stream, at: int, vocabulary: Vocabulary) -> bool:
    if not core:
        return False
    return (
        core in vocabulary.heads
        or core in vocabulary.blocks
        or core in vocabulary.list_heads
        or "勾稽关系" in core
        or heading_core(stream.pieces[at].text) in vocabulary.heads
        or core in FILLERS
        or _as_heading(stream.pieces[at].text, vocabulary) is not None
    )


def _is_part(core: str, stream: Stream, at: int, vocabulary: Vocabulary) -> bool:
    if _is_head(core, stream, at, vocabulary) or (core.startswith("单位") and len(core) <= 6):
        return True
    if any(core in corner for corner in vocabulary.corners) and len(core) > 3:
        return True
    return len(core) <= _LONGEST_PIECE and not core.isdigit() and any(core in head for head in vocabulary.heads)


def _as_heading(text: str, vocabulary: Vocabulary) -> str | None:
    """The heading's core that a text means when only what stands in brackets differs."""
    if not 4 <= len(text) <= _LONGEST_HEADING:
        return None
    bare = without_notes(text)
    if bare in vocabulary.bare_heads:
        return vocabulary.bare_heads[bare]
    bare = heading_core(bare)
    return bare if notes(text) and bare in vocabulary.heads else None


def _zone(stream: Stream, cores: Sequence[str], first: int, last: int, vocabulary: Vocabulary) -> Zone | None:
    inside = [i for i in range(first, last) if cores[i]]
    table = stream.lines[stream.pieces[inside[-1]].row].table
    block = next((cores[i] for i in reversed(inside) if cores[i] in vocabulary.blocks), None)
    columns = {}
    for key, heading in vocabulary.headings.items():
        if found := _columns(stream, inside, heading, vocabulary):
            columns[key] = found
    head = None if columns else _list_head(stream, inside, cores)
    if columns or head:
        return Zone(first, last, table, columns, head, block)
    heads = ({heading_core(stream.pieces[i].text) for i in inside} & vocabulary.heads) - vocabulary.by_core.keys()
    if block or heads:
        return Zone(first, last, table, block=block, mark=bool(heads))
    return None


def _columns(stream: Stream, inside: Sequence[int], heading: Heading, vocabulary: Vocabulary) -> Columns | None:
    wanted = {core for path in heading.paths for core in path}
    tokens: list[tuple[int, str]] = []
    units: dict[int, str] = {}
    extra: list[tuple[int, str]] = []
    for i in inside:
        text = stream.pieces[i].text
        core = heading_core(text)
        if core not in wanted and (meant := _as_heading(text, vocabulary)) in wanted and meant is not None:
            index = next((j for j, path in enumerate(heading.paths) if path[-1] == meant), None)
            unit = _unit_in(text)
            if index is not None and (unit or meant in vocabulary.bare_heads.values()):
                units[index] = unit
            core = meant
        elif core in vocabulary.blocks or "勾稽关系" in core or (core in FILLERS and core not in wanted):
            continue
        elif core.startswith("单位") and core[2:] in UNITS:
            if units:
                units[max(units)] = core[2:]
            continue
        elif any(core in corner for corner in vocabulary.corners) and core not in wanted and len(core) > 3:
            continue
        tokens.append((i, core))
    at, extra = _by_position(stream, tokens, heading)
    order = _by_order([core for _, core in tokens], heading)
    if at is None and order is None:
        return _cut(stream, tokens, heading)
    if at is None and order:
        at = _as_listed(stream, [i for i, _ in tokens], order, len(heading.paths))
    return Columns(at, order is not None, tuple(units.items()), tuple(extra))


def _cut(stream: Stream, tokens: Sequence[tuple[int, str]], heading: Heading) -> Columns | None:
    """The columns when the tokens are the beginnings of the table's headings, one for each, in place: the rest was cut off.

    Two neighbours cut to the same beginning stand as one piece over two columns.
    """
    if any(len(path) > 1 for path in heading.paths):
        return None
    cells = [(stream.pieces[i], k, core) for i, core in tokens for k in range(stream.pieces[i].width)]
    if len(cells) != len(heading.paths):
        return None
    if not all(len(c) >= _SHORTEST_CUT and path[0].startswith(c) for (_, _, c), path in zip(cells, heading.paths, strict=True)):
        return None
    at = tuple((piece.column + k, 1) for piece, k, _ in cells if piece.column is not None)
    same = len({stream.lines[stream.pieces[i].row].table for i, _ in tokens}) == 1
    return Columns(at if same and len(at) == len(cells) else None, ordered=True)


def _as_listed(stream: Stream, pieces: Sequence[int], order: Sequence[int | None], n: int) -> tuple[tuple[int, int], ...] | None:
    """Where each column stands by its own heading's cell, when these cells go from left to right as the columns do."""
    places: dict[int, tuple[int, int]] = {}
    for i, index in zip(pieces, order, strict=True):
        piece = stream.pieces[i]
        if index is not None and piece.column is not None and index not in places:
            places[index] = (piece.column, piece.width)
    if len({stream.lines[stream.pieces[i].row].table for i in pieces}) != 1 or len(places) != n:
        return None
    found = tuple(places[index] for index in range(n))
    in_order = all(a[0] + a[1] <= b[0] for a, b in pairwise(found))
    return found if in_order else None


def _unit_in(text: str) -> str:
    """The unit named in a heading's brackets, "" when there is none."""
    for words in notes(text):
        for unit in sorted(UNITS, key=len, reverse=True):
            if words == unit or (words.endswith(unit) and "单位" in words):
                return unit
    return ""


def _by_position(
    stream: Stream, tokens: Sequence[tuple[int, str]], heading: Heading
) -> tuple[tuple[tuple[int, int], ...] | None, list[tuple[int, str]]]:
    """Where each column of the table stands, by the headings above each column of the stream; None when unsure."""
    tables = {stream.lines[stream.pieces[i].row].table for i, _ in tokens}
    if len(tables) != 1 or None in tables:
        return None, []
    above: dict[int, list[str]] = {}
    starts: dict[int, int] = {}
    deepest = max(stream.pieces[i].row + stream.pieces[i].height for i, _ in tokens)
    for i, core in tokens:
        piece = stream.pieces[i]
        if piece.column is None:
            return None, []
        for column in range(piece.column, piece.column + piece.width):
            path = above.setdefault(column, [])
            if not path or path[-1] != core:
                path.append(core)
            starts[column] = piece.column
    if deepest - stream.pieces[tokens[0][0]].row > 6:
        return None, []
    places: dict[int, tuple[int, int]] = {}
    claimed = set()
    for index, wanted in enumerate(heading.paths):
        columns = [c for c, path in above.items() if _is_path(path, wanted, heading)]
        if not columns or columns != list(range(columns[0], columns[0] + len(columns))) or len({starts[c] for c in columns}) != 1:
            return None, []
        places[index] = (columns[0], len(columns))
        claimed |= set(columns)
    if len(claimed) != sum(width for _, width in places.values()):
        return None, []
    extra = [(c, path[-1]) for c, path in above.items() if c not in claimed and path[-1] not in FILLERS]
    if any(head in {path[-1] for path in heading.paths} for _, head in extra):
        return None, []  # a heading of the form stands once too often: which of the columns is its own is open
    return tuple(places[i] for i in range(len(heading.paths))), extra


def _is_path(path: Sequence[str], wanted: Sequence[str], heading: Heading) -> bool:
    """Whether the headings above a column are a table's column: its whole path, a common top heading left out."""
    joined = "".join(path)
    if joined == "".join(wanted):
        return True
    return wanted[0] in heading.optional and joined == "".join(wanted[1:])


def _by_order(tokens: list[str], heading: Heading) -> list[int | None] | None:
    """For each token the column it heads (None when several), when the tokens are the table's headings and nothing else."""
    for order in heading.orders:
        for skip in (frozenset(), heading.optional):
            found = _runs(tokens, [head for head in order if head[0] not in skip])
            if found is not None:
                return found
    return [] if _is_broken_up(tokens, heading) else None


def _runs(tokens: Sequence[str], order: Sequence[tuple[str, int | None]]) -> list[int | None] | None:
    """The column of each token, when the tokens are the headings in order.

    A heading may be broken into a beginning and a rest that comes later.
    """
    at = 0
    rests: list[tuple[str, int | None]] = []
    found: list[int | None] = []
    for token in tokens:
        here = order[at] if at < len(order) else ("", None)
        if rests and rests[0][0].startswith(token) and here[0] != token:
            rest, index = rests[0]
            found.append(index)
            rests[0] = (rest[len(token) :], index)
            if not rests[0][0]:
                rests.pop(0)
        elif here[0] == token:
            found.append(here[1])
            at += 1
        elif here[0].startswith(token):
            found.append(here[1])
            rests.append((here[0][len(token) :], here[1]))
            at += 1
        else:
            return None
    return found if at == len(order) and not rests else None


def _is_broken_up(tokens: Sequence[str], heading: Heading) -> bool:
    """Whether the tokens hold exactly the headings' characters, broken character by character, in a believable order."""
    shortest = min(len(path[-1]) for path in heading.paths)
    if shortest < 2 or len(heading.paths) < 5 or len(tokens) < len(heading.paths) + 4:
        return False
    characters = Counter("".join(tokens))
    for order in heading.orders:
        for skip in (frozenset(), heading.optional):
            wanted = [core for core, _ in order if core not in skip]
            if Counter("".join(wanted)) == characters and _first_seen(tokens, wanted):
                return True
    return False


def _first_seen(tokens: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether headings that stand whole come in their order, and the characters that tell the leaves apart do too."""
    whole = [t for t in tokens if t in set(wanted)]
    order = [w for w in wanted if w in set(whole)]
    if len(whole) == len(order) and whole != order:
        return False
    leaves = [leaf for leaf in dict.fromkeys(wanted) if len(leaf) == Counter(map(len, wanted)).most_common(1)[0][0]]
    text = "".join(t for t in tokens if t not in set(wanted))
    for at in range(len(leaves[0])):
        own = [leaf[at] for leaf in leaves if sum(leaf[at] in other for other in leaves) == 1]
        seen = [text.index(ch) for ch in own if ch in text]
        if seen != sorted(seen):
            return False
    return True


_LONG = 64  # characters; no heading is longer


def _list_head(stream: Stream, inside: Sequence[int], cores: Sequence[str]) -> ListHead | None:
    parts: list[tuple[int, str]] = []
    waiting = ""
    for i in inside:
        core = cores[i]
        kind = _list_kind(core) or _list_kind(waiting + core)
        if kind is None:
            waiting += core
            continue
        waiting = ""
        parts.append((i, kind))
    row = stream.lines[stream.pieces[inside[-1]].row]
    if row.firm and len(inside) > 1:  # the row of the header may go on with headings the form does not have
        known = {stream.pieces[i].text for i in inside}
        rest = [i for i in range(row.first, row.last) if _says_something(stream.pieces[i].text)]
        parts += [(i, _list_kind(cores[i]) or "other") for i in rest if stream.pieces[i].text not in known]
    kinds = {kind for _, kind in parts}
    if "indicator" not in kinds or not kinds & {"unit", "value"}:
        return None
    return ListHead(tuple((stream.pieces[i].column, kind, stream.pieces[i].text) for i, kind in sorted(parts)))


def _says_something(text: str) -> bool:
    # A long text is not worth working out for each head of its row: the first letter settles it.
    return any(map(str.isalnum, text)) if len(text) > _LONG else bool(core_of(text))


def _list_kind(core: str) -> str | None:
    if core in INDICATOR_HEADS:
        return "indicator"
    if core in UNIT_HEADS:
        return "unit"
    if core in CODE_HEADS:
        return "code"
    if core in VALUE_HEADS:
        return "value"
    return None
