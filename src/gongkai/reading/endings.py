"""Where a text stops before the form does, what still shows that its last row is whole?

A text that was cut may stop in the middle of a number, also where a line break was set after it. A row is whole all the
same when a separator closes it, when its own total comes out, when its last number is a nought that counts things, or
when what the form prints next has begun below it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongkai.kernel import State
from gongkai.reading.alignment import Marks, Node
from gongkai.reading.labels import core_of, wording
from gongkai.reading.stream import Stream
from gongkai.reading.tails import Tail, follows, loose
from gongkai.reading.traditional import SIMPLIFIED
from gongkai.reading.values import value_of, visible
from gongkai.reading.vocabulary import Entry, Vocabulary
from gongkai.returns import Cell, Layout, Table
from gongkai.returns.model import ACROSS_YEARS, EQUALITIES

_MOST_BETWEEN = 6  # rows and lines of the body's own between a table's last row and what the form prints next
_SHORTEST_SENTENCE = 12


class Endings:
    """What stands below a row, and whether the row is whole where nothing does."""

    def __init__(self, stream: Stream, seen: Marks, vocabulary: Vocabulary) -> None:
        self.stream = stream
        self.seen = seen
        self.vocabulary = vocabulary
        shown = [i for i, piece in enumerate(stream.pieces) if not piece.blank and not piece.end]
        self._last = shown[-1] if shown else -1

    def breaks_off(self, table: Table, index: int, last: int) -> bool:
        """Whether a text ends with the piece ``last`` of a row although the form goes on: the row may have been cut in two."""
        line = self.stream.lines[self.stream.pieces[last].row]
        ended = self.stream.ended or (line.closed and self.seen.values[last])
        if ended or any(line.whole or not piece.blank for piece in self.stream.pieces[last + 1 :]):
            return False
        edition = self.vocabulary.edition
        sections = bool(edition.sections) and table.section is not None and table.section != edition.sections[-1]
        rows = any(not entry.row.optional for entry in self.vocabulary.entries[index + 1 :])
        return rows or sections or edition.tables.index(table) + 1 < len(edition.tables)

    def is_whole(self, cells: Sequence[Cell], tail: Tail) -> bool:
        """Whether the last number of a row cannot have been cut: it is a nought that counts things, or the row's total comes out."""
        own = [p for p in tail.pieces if not self.seen.units[p]]
        if len(own) != len(cells):
            return False
        if not tail.tight:  # where blanks cannot show, a nought proves nothing
            return visible(self.stream.pieces[own[-1]].text) != "0" and self.adds_up(cells, own)
        return self.comes_out(cells, own)

    def comes_out(self, cells: Sequence[Cell], pieces: Sequence[int]) -> bool:
        """Whether the values of cells, one a piece, end in a whole number that nothing can have been cut from."""
        found = [value_of(self.stream.pieces[p].text, cell.unit) for p, cell in zip(pieces, cells, strict=True)]
        if any(value.state is not State.NUMBER for value in found):
            return False
        if cells[-1].whole and visible(self.stream.pieces[pieces[-1]].text) == "0":
            return True
        return self.adds_up(cells, pieces)

    def adds_up(self, cells: Sequence[Cell], pieces: Sequence[int]) -> bool:
        """Whether the values of cells are numbers whose last stands in a sum of the form over them, and all such sums come out."""
        found = [value_of(self.stream.pieces[p].text, cell.unit) for p, cell in zip(pieces, cells, strict=True)]
        if any(value.state is not State.NUMBER for value in found):
            return False
        values = {cell.code: value.value or Decimal(0) for cell, value in zip(cells, found, strict=True)}
        sums = [i for i in self.vocabulary.edition.identities if i.kind in EQUALITIES - ACROSS_YEARS]
        own = [i for i in sums if {t.code for t in (*i.left, *i.right)} <= values.keys()]
        last = [i for i in own if cells[-1].code in {t.code for t in (*i.left, *i.right)}]
        return bool(last) and all(
            sum(values[t.code] * t.sign for t in i.left) == sum(values[t.code] * t.sign for t in i.right) for i in own
        )

    def without_stub(self, entry: Entry, tail: Tail, n: int) -> tuple[int, ...]:
        """A loose row's pieces without the number of the next label, after which the text stops."""
        pieces = tail.pieces
        if tail.firm or len(pieces) != n + 1 or pieces[-1] != self._last or self.stream.ended:
            return pieces
        return pieces[:-1] if self._is_stub(entry, pieces[-1]) else pieces

    def closes(self, entry: Entry, tail: Tail, above: Node | None) -> bool:
        """Whether what stands below a row is what the form prints next, whole or begun, so that no lost label handed it values."""
        if not tail.pieces or (above is not None and above.entry.cells and self._is_firm(above) and not tail.firm):
            return False  # where other rows stand on lines of their own, a label without values has lost them
        at = self._after(tail.pieces[-1])
        if at >= len(self.stream.pieces):
            first = entry.index == 0 or self.vocabulary.entries[entry.index - 1].table is not entry.table
            in_order = first or (above is not None and follows(self.vocabulary.entries, above.entry, entry))
            return in_order and self._is_closed(entry, tail)
        return self._is_stub(entry, at) or (self._is_last(entry) and self._leads_to_next(entry, at))

    def _is_firm(self, node: Node) -> bool:
        return self.stream.lines[self.stream.pieces[node.pieces[-1]].row].firm

    def _is_closed(self, entry: Entry, tail: Tail) -> bool:
        """Whether a row at the end of the text has its number of values and the last is certainly whole."""
        own = [p for p in tail.pieces if not self.seen.units[p]]
        if len(own) != len(entry.cells):
            return False
        line = self.stream.lines[self.stream.pieces[own[-1]].row]
        if line.table is not None:
            return False  # a row of a grid has its values beside its label; what stands in another row lost a label of its own
        return self.stream.ended or line.closed or self.is_whole(entry.cells, tail)

    def _is_last(self, entry: Entry) -> bool:
        later = self.vocabulary.entries[entry.index + 1 :]
        return not any(e.table is entry.table and not e.row.optional for e in later)

    def _leads_to_next(self, entry: Entry, at: int) -> bool:
        """Whether only rows and sentences of the body's own stand between a table's last row and the form's next caption."""
        n = len(entry.table.columns) if entry.table.layout is Layout.GRID else 0
        titles = {core_of(t) for t in self._captions(entry.table)}
        for _ in range(_MOST_BETWEEN):
            if at >= len(self.stream.pieces) or self.seen.values[at] or self.seen.units[at]:
                return False
            if (
                self.seen.cores[at] in titles
                or wording(self.stream.pieces[at].text).core in titles
                or self._begins_caption(entry, at)
            ):
                return True
            if self.seen.cores[at] in self.vocabulary.by_core:
                return False
            own = loose(self.stream, self.seen, at + 1, frozenset(), frozenset())
            sentence = len(visible(self.stream.pieces[at].text)) >= _SHORTEST_SENTENCE
            if len(own) != n if own else not sentence:
                return False
            at = self._after(own[-1] if own else at)
        return False

    def _captions(self, table: Table) -> Iterator[str]:
        """What the form prints above its next table, or above its next section."""
        edition = self.vocabulary.edition
        at = edition.tables.index(table) + 1
        if at < len(edition.tables):
            yield from filter(None, (edition.tables[at].heading,))
            if edition.tables[at].section != table.section:
                section = edition.tables[at].section or ""
                yield from filter(None, (section, wording(section).core))
        elif table.section in edition.sections[:-1]:
            yield edition.sections[edition.sections.index(table.section) + 1]

    def _begins_caption(self, entry: Entry, at: int) -> bool:
        return at == self._last and any(_begins(self.stream.pieces[at].text, text) for text in self._captions(entry.table))

    def _is_stub(self, entry: Entry, at: int) -> bool:
        """Whether the text stops within the label or caption that the form prints right after a row."""
        if at != self._last:
            return False
        following = self.vocabulary.entries[entry.index + 1 : entry.index + 2]
        labels = [e.row.label for e in following if e.table is entry.table]
        labels += self._captions(entry.table) if self._is_last(entry) else ()
        return any(_begins(self.stream.pieces[at].text, label) for label in labels)

    def _after(self, at: int) -> int:
        """The next piece that shows something."""
        at += 1
        while at < len(self.stream.pieces) and (self.stream.pieces[at].end or self.stream.pieces[at].blank):
            at += 1
        return at


def _begins(text: str, label: str) -> bool:
    """Whether a text is the beginning of a label as the form prints it, its number with it."""
    shown, wanted = _close(text), _close(label)
    return (
        bool(shown) and wanted.startswith(shown) and not (shown[-1].isdigit() and wanted[len(shown) : len(shown) + 1].isdigit())
    )


def _close(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).translate(SIMPLIFIED).split())
