"""Which columns stand below headings that were torn into pieces, or of which a part is all that is left?

Text taken from a page gives a merged header as lines of fragments, glued together and out of their cells. Such a header is
believed where nothing in it contradicts the form: its pieces are the form's headings in a printed order, or every line of
it is fragments of them from left to right. A row below it counts only where the form's own sums over the row come out.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from gongkai.kernel import Finding
from gongkai.reading.alignment import Marks, Node
from gongkai.reading.headings import Columns, Zone
from gongkai.reading.labels import core_of, wording
from gongkai.reading.notes import note
from gongkai.reading.stream import Stream
from gongkai.reading.values import visible
from gongkai.reading.vocabulary import FILLERS, Heading, Vocabulary, heading_core
from gongkai.returns import Layout, Table

_FEWEST_COLUMNS = 5
_SHORTEST_CORNER = 3
_LONGEST_HEADER = 60  # pieces
_LONGEST_LINE = 60  # letters; no row of headings has more
_FEWEST_IN_A_ROW = 3


def with_torn(stream: Stream, seen: Marks, zones: Sequence[Zone], picked: Sequence[Node], words: Vocabulary) -> list[Zone]:
    """The headers, and those of tables without one of which fragments agree with the form, or of which nothing is left."""
    known = {key for zone in zones for key in zone.columns}
    found = []
    for table in words.edition.tables:
        if table.layout is Layout.LIST or len(table.columns) < _FEWEST_COLUMNS or table.key in known:
            continue
        span = _span(stream, seen, picked, table)
        if span is None:
            continue
        rows = list(_rows(stream, seen, *span))
        if _agrees(rows, words.headings[table.key], words):
            found.append(Zone(*span, None, {table.key: Columns(None, ordered=True, summed=True)}))
    if not found:
        return list(zones)
    kept = [zone for zone in zones if not any(other.first < zone.last and zone.first < other.last for other in found)]
    return sorted([*kept, *found], key=lambda zone: zone.first)


def told(stream: Stream, zones: Sequence[Zone], tables: Container[str]) -> Iterator[Finding]:
    """The notes on the headers of which only fragments, or nothing, stand above the ``tables`` (their keys) that were met."""
    for zone in zones:
        for key, columns in zone.columns.items():
            if columns.summed and key in tables:
                caption = stream.pieces[zone.first]
                name = visible(caption.text)
                message = f"“{name}”的列标题残缺，只读取数据个数与表样相同而且本行合计相符的行；请对照原文核对。"
                yield note("R923", message, [replace(caption.place, quote=name)], [key])


def _span(stream: Stream, seen: Marks, picked: Sequence[Node], table: Table) -> tuple[int, int] | None:
    """From the table's caption to before its first row; None where they are not found, or too much stands between."""
    captions = {core_of(table.section or ""), wording(table.section or "").core} - {""}
    if table.layout is Layout.GRID:
        own = [node for node in picked if node.entry.table is table]
        if not own:
            return None
        last = own[0].first
    else:
        last = len(stream.pieces)
    above = [i for i, core in enumerate(seen.cores[:last]) if core in captions or _names(stream, i, captions)]
    if not above:
        return None
    first = above[-1] + 1
    if table.layout is not Layout.GRID:
        last = _first_values(stream, seen, first, len(table.columns))
    return (first - 1, last) if first <= last <= first + _LONGEST_HEADER else None


def _names(stream: Stream, at: int, captions: set[str]) -> bool:
    """Whether a line is the caption of a table by another number: 表三：收到和处理政府信息公开申请情况."""
    core = core_of(stream.pieces[at].text)
    return len(core) < _LONGEST_LINE and core.startswith("表") and any(core[2:] == caption for caption in captions)


def _first_values(stream: Stream, seen: Marks, first: int, n: int) -> int:
    """Where the first row of ``n`` values begins; a row of less makes it no table's."""
    for line in stream.lines[stream.pieces[first].row if first < len(stream.pieces) else len(stream.lines) :]:
        own = [p for p in range(line.first, line.last) if not stream.pieces[p].blank]
        if own and all(seen.values[p] for p in own):
            return own[0] if len(own) == n and line.firm else -1
    return -1


def _rows(stream: Stream, seen: Marks, first: int, last: int) -> Iterator[list[str]]:
    """The cores of a header's pieces, one list for each line; notes below a table are left out."""
    for row in range(stream.pieces[first].row, stream.pieces[last - 1].row + 1):
        line = stream.lines[row]
        inside = [p for p in range(max(line.first, first + 1), min(line.last, last)) if not stream.pieces[p].blank]
        texts = [stream.pieces[p].text for p in inside]
        if texts and not texts[0].strip().startswith("注"):
            yield [(seen.numbers[p] and seen.cores[p] == "…" and "") or heading_core(stream.pieces[p].text) for p in inside]


def _agrees(rows: Sequence[Sequence[str]], heading: Heading, words: Vocabulary) -> bool:
    """Whether the lines of a header are the form's headings in pieces."""
    captions = {core_of(f"表{n}{wording(t.section).core}") for t in words.edition.tables if t.section for n in "一二三四"}
    own = [[core for core in row if core and core not in captions and core not in FILLERS] for row in rows]
    rest = ["".join(row) for row in own if row]
    if any(len(text) > 2 * _LONGEST_LINE for text in rest):
        return False
    bare = "".join(core for row in own for core in row if not _is_of_corner(core, words))
    for order in heading.orders:
        for skip in (frozenset[str](), heading.optional):
            if bare == "".join(head for head, _ in order if head not in skip):
                return True
    pieces = [_fragments(text, heading, words) for text in rest]
    if any(found is None for found in pieces):
        return False
    most = max((found or 0 for found in pieces), default=0)
    return (most == 0 or most >= _FEWEST_IN_A_ROW) and _in_order([core for row in own for core in row], heading)


def _is_of_corner(core: str, words: Vocabulary) -> bool:
    return len(core) >= _SHORTEST_CORNER and any(core in corner for corner in words.corners)


def _in_order(cores: Sequence[str], heading: Heading) -> bool:
    """Whether the headings that stand whole come as they do in one of the printed orders."""
    whole = {path[-1] for path in heading.paths}
    shown = [core for core in cores if core in whole]
    return any(_is_within(shown, [core for core, index in order if index is not None]) for order in heading.orders)


def _is_within(shown: Sequence[str], order: Sequence[str]) -> bool:
    rest = iter(order)
    return all(core in rest for core in shown)


def _fragments(text: str, heading: Heading, words: Vocabulary) -> int | None:
    """How many fragments of columns' headings a line shows from left to right; None when it shows anything else.

    Beside them may stand whole headings over several columns, parts of the corner, and the label of the rows' group.
    """
    uppers = {core for path in heading.paths for core in path[:-1]}
    groups = {entry.cores[0] for entry in words.entries if not entry.cells and entry.parent is None}
    if any(len(text) > 1 and text in group for group in groups):
        return 0
    leaves = [path[-1] for path in heading.paths]
    states: list[dict[int, int]] = [{} for _ in range(len(text) + 1)]  # next column -> most fragments so far
    states[0] = {0: 0}
    for at in range(len(text)):
        for column, count in list(states[at].items()):
            for size in range(1, len(text) - at + 1):
                part = text[at : at + size]
                known = part in uppers or (size >= _SHORTEST_CORNER and _is_of_corner(part, words))
                if known:
                    _keep(states[at + size], column, count)
                hits = [index for index in range(column, len(leaves)) if part in leaves[index]]
                for index in hits:
                    _keep(states[at + size], index + 1, count + 1)
                if not known and not hits and not _may_grow(part, uppers, words):
                    break
    return max(states[-1].values(), default=None)


def _keep(state: dict[int, int], column: int, count: int) -> None:
    state[column] = max(state.get(column, 0), count)


def _may_grow(part: str, uppers: set[str], words: Vocabulary) -> bool:
    return any(part in upper for upper in uppers) or any(part in corner for corner in words.corners)
