"""Which rows of values were torn from their labels, and which rows of the form are they?

Text taken from a page gives a table whose wrapped labels stand beside it, above or below their values. Its rows are
believed only together: there are exactly as many rows of values as the form has, every label that stayed stands at the
form's place, the letters of every lost label are found around the table, and every sum of the form comes out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gongkai.kernel import Finding, State
from gongkai.reading.alignment import Marks, Node
from gongkai.reading.figures import Placed
from gongkai.reading.headings import Zone
from gongkai.reading.labels import core_of
from gongkai.reading.notes import note
from gongkai.reading.stream import Line, Stream
from gongkai.reading.tails import Tail
from gongkai.reading.values import value_of
from gongkai.reading.vocabulary import Entry, Vocabulary
from gongkai.returns import Layout, Table
from gongkai.returns.model import ACROSS_YEARS, EQUALITIES

_FEWEST_ROWS = 10
_FEWEST_COLUMNS = 5
_SHORTEST_PART = 4
_MOST_GAPS = 3
_LONGEST_WORDS = 120
_NAMED = 6


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of values: its line, the words before the values, and the values' pieces, one a column (some may be blank)."""

    line: Line
    words: tuple[int, ...]
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Torn:
    """A table whose rows were proved together: ``rows`` are the form's entries with their values; ``proved`` are codes."""

    table: Table
    rows: tuple[tuple[Entry, _Row], ...]
    mended: tuple[Entry, ...]
    proved: frozenset[str]

    def place(self, stream: Stream, placed: Placed) -> None:
        """Put the values that the sums prove into the form's cells, and say so."""
        placed.tables.add(self.table.key)
        for entry, row in self.rows:
            placed.lines.add(row.line.index)
            for column, (cell, at) in enumerate(zip(entry.cells, row.values, strict=True)):
                piece = stream.pieces[at]
                if cell.code in self.proved:
                    placed.cell(cell, piece, entry.row.label, None, (entry.index, 0, column))
                else:
                    placed.refuse("count", self.table, entry.row.label, replace(piece.place, quote=entry.row.label), [cell])
        placed.findings.append(self._told(stream))

    def _told(self, stream: Stream) -> Finding:
        lost = {entry.index for entry in self.mended}
        names = "、".join(f"“{entry.row.label}”" for entry in self.mended[:_NAMED]) + ("等" if len(lost) > _NAMED else "")
        places = [
            replace(stream.pieces[row.values[0]].place, quote=entry.row.label) for entry, row in self.rows if entry.index in lost
        ]
        message = f"{names}的标题与数据分开了；各行的次序、行数和表内的合计都与表样相符，已按表样的次序读取；请对照原文核对。"
        return note("R922", message, places[:40], [self.table.key, *(entry.row.label for entry in self.mended)])


def torn_tables(
    stream: Stream, seen: Marks, picked: Sequence[Node], found: Sequence[Tail], zones: Sequence[Zone], words: Vocabulary
) -> dict[str, Torn]:
    """The tables, by key, whose rows are only whole when torn labels are given back to them."""
    out = {}
    for table in words.edition.tables:
        if table.layout is Layout.GRID and len(table.columns) >= _FEWEST_COLUMNS:
            own = [(node, tail) for node, tail in zip(picked, found, strict=True) if node.entry.table is table]
            if own and (torn := _torn(stream, seen, table, own, zones, words)) is not None:
                out[table.key] = torn
    return out


def _torn(
    stream: Stream,
    seen: Marks,
    table: Table,
    own: Sequence[tuple[Node, Tail]],
    zones: Sequence[Zone],
    words: Vocabulary,
) -> Torn | None:
    entries = [e for e in words.entries if e.table is table and e.cells and not e.row.optional]
    first, last = own[0][0].first, own[-1][0].last
    if len(entries) < _FEWEST_ROWS or not any(z.first < first and _orders(z, table) for z in zones):
        return None
    lines = stream.lines[stream.pieces[first].row : stream.pieces[last].row + 1]
    rows = [row for line in lines if (row := _row(stream, seen, line, len(table.columns))) is not None]
    if len(rows) != len(entries):
        return None
    named = {tail.pieces[0]: node for node, tail in own if tail.pieces and tail.firm}
    pairs = list(zip(entries, rows, strict=True))
    mended, lost = [], []
    for entry, row in pairs:
        node = named.get(row.values[0])
        if node is not None and _is_beside(stream, node, row):
            if node.entry is not entry:
                return None
        elif not all(_is_part(stream, p, entry, words) for p in row.words):
            return None
        else:
            mended.append(entry)
            if not _shows(stream, row, entry):
                lost.append(entry)
    if not mended or not _letters_are_there(seen, lines, pairs, lost):
        return None
    proved = _proved(stream, words, pairs)
    return Torn(table, tuple(pairs), tuple(mended), proved) if proved else None


def _orders(zone: Zone, table: Table) -> bool:
    columns = zone.columns.get(table.key)
    return columns is not None and columns.ordered and not columns.extra


def _row(stream: Stream, seen: Marks, line: Line, n: int) -> _Row | None:
    """A line as a row of values: ``n`` cells from the first number on, with nothing but blanks after them; None when it is none."""
    if not line.firm or not line.whole:
        return None
    shown = [p for p in range(line.first, line.last) if not stream.pieces[p].blank]
    first = next((p for p in shown if seen.values[p]), line.last)
    values = tuple(range(first, first + n))
    if first + n > line.last or not shown or shown[-1] >= first + n or not all(seen.values[p] for p in values):
        return None
    return _Row(line, tuple(p for p in shown if p < first), values)


def _is_beside(stream: Stream, node: Node, row: _Row) -> bool:
    """Whether a label found stands whole on the line of its values."""
    return all(stream.pieces[p].row == row.line.index for p in node.pieces) and not node.torn


def _is_part(stream: Stream, at: int, entry: Entry, words: Vocabulary) -> bool:
    """Whether words before values are parts of the row's label and of its groups', from the outermost to its own."""
    labels = [core_of(entry.row.label)]
    while entry.parent is not None:
        entry = words.entries[entry.parent]
        labels.append(core_of(entry.row.label))
    if len(stream.pieces[at].text) > _LONGEST_WORDS:
        return False
    rests = {core_of(stream.pieces[at].text)}
    for label in reversed(labels):
        rests |= {rest[cut:] for rest in rests for cut in range(1, len(rest) + 1) if rest[:cut] in label}
    return "" in rests


def _shows(stream: Stream, row: _Row, entry: Entry) -> bool:
    """Whether a row's label stands whole before its values."""
    return core_of("".join(stream.pieces[p].text for p in row.words)).endswith(core_of(entry.row.label))


def _letters_are_there(seen: Marks, lines: Sequence[Line], pairs: Sequence[tuple[Entry, _Row]], lost: Sequence[Entry]) -> bool:
    """Whether the letters of every lost label stand around the table, and of each a part that is no other lost row's."""
    gone = {entry.index for entry in lost}
    kept = {row.line.index for entry, row in pairs if entry.index not in gone}
    parts = [seen.cores[p] for line in lines if line.index not in kept for p in range(line.first, line.last)]
    letters = Counter("".join(part for part in parts if part != "…" and not part.isdigit()))
    if Counter("".join(entry.cores[0] for entry in lost)) - letters:
        return False
    cores = {entry.cores[0] for entry in lost}
    return all(any(_tells(part, core, cores - {core}) for part in parts) for core in cores)


def _tells(part: str, core: str, others: set[str]) -> bool:
    """Whether a piece of text holds enough of a label, and of no other, to tell it."""
    size = min(_SHORTEST_PART, len(core))
    shared = (part[at : at + size] for at in range(len(part) - size + 1))
    return any(text in core and not any(text in other for other in others) for text in shared)


def _proved(stream: Stream, words: Vocabulary, pairs: Sequence[tuple[Entry, _Row]]) -> frozenset[str]:
    """The codes of the numbers that stand in a sum of the form; empty when one sum does not come out, or too few can be made."""
    values = dict(_numbers(stream, pairs))
    cells = {cell.code: cell for entry, _ in pairs for cell in entry.cells}
    if len(cells) - len(values) > _MOST_GAPS:
        return frozenset()
    proved: set[str] = set()
    down: set[int] = set()
    for identity in words.edition.identities:
        codes = {term.code for term in (*identity.left, *identity.right)}
        if identity.kind in EQUALITIES - ACROSS_YEARS and codes <= values.keys():
            if sum(values[t.code] * t.sign for t in identity.left) != sum(values[t.code] * t.sign for t in identity.right):
                return frozenset()
            proved |= codes
            if len({cells[code].row_index for code in codes}) > 1:
                down |= {cells[code].column_index for code in codes}
    return frozenset(proved) if down == {cell.column_index for cell in cells.values()} else frozenset()


def _numbers(stream: Stream, pairs: Sequence[tuple[Entry, _Row]]) -> Iterator[tuple[str, Decimal]]:
    for entry, row in pairs:
        for cell, at in zip(entry.cells, row.values, strict=True):
            value = value_of(stream.pieces[at].text, cell.unit)
            if value.state is State.NUMBER and value.value is not None and value.doubt is None:
                yield cell.code, value.value
