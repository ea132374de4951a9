"""Which figure does each value become, and what had to be left out?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from gongkai.reading.alignment import Marks, Node
from gongkai.reading.endings import Endings
from gongkai.reading.figures import Placed
from gongkai.reading.headings import Columns, Zone
from gongkai.reading.labels import without_notes, wording
from gongkai.reading.lists import Lists, label_height, quote_of, refuse
from gongkai.reading.picking import Picker
from gongkai.reading.rivals import Rival
from gongkai.reading.stream import Line, Stream
from gongkai.reading.tails import Tail, exact, follows, is_spoilt, loose
from gongkai.reading.values import visible
from gongkai.reading.vocabulary import Entry, Vocabulary
from gongkai.returns import Layout, Table

_MOST_LOCAL = 20
_DIGITS = re.compile(r"[,.]?[0-9][0-9,.]*")
_LONGEST_LOCAL = 40


class Placer:
    """Turns the rows of one alignment into figures of its edition."""

    def __init__(
        self, stream: Stream, seen: Marks, vocabulary: Vocabulary, zones: Sequence[Zone], rows: Sequence[tuple[Node, Tail]]
    ) -> None:
        self.stream = stream
        self.seen = seen
        self.vocabulary = vocabulary
        self.zones = zones
        self.placed = Placed(vocabulary.edition)
        self.picker = Picker(stream, seen, rows)
        self.endings = Endings(stream, seen, vocabulary)
        self.lists = Lists(stream, seen, zones, self.placed, self.picker)

    def row(self, node: Node, tail: Tail, below: Node | None, against: Sequence[Rival] = (), above: Node | None = None) -> None:
        """Place the values of a row whose label was found, between two others of the chain; ``against`` contradicts it."""
        entry = node.entry
        tail = replace(tail, pieces=self.endings.without_stub(entry, tail, len(entry.cells)))
        self.placed.tables.add(entry.table.key)
        self.placed.lines |= {self.stream.pieces[p].row for p in (*node.pieces, *tail.pieces)}
        if entry.table.layout is Layout.LIST and self.lists.shows_code_only(entry, tail):
            self.placed.coded += 1
        if against and entry.cells:
            self._contradicted(node, against)
            return
        cut = bool(entry.cells) and self.endings.breaks_off(entry.table, entry.index, (*node.pieces, *tail.pieces)[-1])
        if cut and not self.endings.is_whole(entry.cells, tail):
            self._cut_row(node, tail)
            return
        if entry.cells and self._lost_its_end((*node.pieces, *tail.pieces)[-1]):
            refuse(self.placed, self.stream, "count", node)
            return
        if entry.cells and self._has_orphans_below(node, tail, below):
            refuse(self.placed, self.stream, "neighbour", node)
            return
        if not tail.whole and tail.pieces and not self._closed_well(entry, tail, below, above):
            if entry.cells:
                refuse(self.placed, self.stream, "neighbour", node)
            return
        if entry.table.layout is Layout.LIST:
            self.lists.row(node, tail)
        elif entry.cells:
            self._grid_row(node, tail)

    def _lost_its_end(self, last: int) -> bool:
        """Whether the end of a row was lost: no bar stands there as above and below it, or digits stand right below on their own."""
        line = self.stream.lines[self.stream.pieces[last].row]
        near = [self.stream.lines[n] for n in (line.index - 1, line.index + 1) if 0 <= n < len(self.stream.lines)]
        if not line.firm or line.closed:
            return False
        if len(near) > 1 and all(n.closed for n in near):
            return True
        return self._goes_on_below(line)

    def _goes_on_below(self, line: Line) -> bool:
        """Whether digits alone stand on the next line that shows anything: they may be the rest of the row's last number."""
        for below in self.stream.lines[line.index + 1 :]:
            shown = [p for p in range(below.first, below.last) if not self.stream.pieces[p].blank]
            if shown and not all(p in self._page_numbers for p in shown):
                return len(shown) == 1 and _DIGITS.fullmatch(visible(self.stream.pieces[shown[0]].text)) is not None
        return False

    @cached_property
    def _page_numbers(self) -> frozenset[int]:
        """The pieces that number pages: set apart, and counting on from one to the next, or by the page they stand on."""
        apart = [p for p, piece in enumerate(self.stream.pieces) if visible(piece.text).isdigit() and piece.end]
        out = {p for p, piece in enumerate(self.stream.pieces) if piece.end and piece.blank}
        for one, other in pairwise(apart):
            if int(visible(self.stream.pieces[other].text)) == int(visible(self.stream.pieces[one].text)) + 1:
                out |= {one, other}
        return frozenset(out | {p for p in apart if visible(self.stream.pieces[p].text) == str(self.stream.pieces[p].place.page)})

    def _has_orphans_below(self, node: Node, tail: Tail, below: Node | None) -> bool:
        """Whether a row in which nothing is filled in stands above values without a label or unit of their own: they may be its."""
        if any(not self.stream.pieces[p].blank and not self.seen.units[p] for p in tail.pieces):
            return False
        for line in self.stream.lines[self.stream.pieces[(*node.pieces, *tail.pieces)[-1]].row + 1 :]:
            if below is not None and line.last > below.first:
                return False
            shown = [p for p in range(line.first, line.last) if not self.stream.pieces[p].blank]
            if shown:
                head = any(zone.first <= shown[0] < zone.last for zone in self.zones)
                return not head and any(self.seen.values[p] for p in shown) and not any(self.seen.units[p] for p in shown)
        return False

    def _contradicted(self, node: Node, against: Sequence[Rival]) -> None:
        """Leave a row out that others contradict, naming all of them."""
        refuse(self.placed, self.stream, against[0].reason, node)
        for rival in against:
            self.placed.refuse(rival.reason, node.entry.table, rival.label, rival.place, ())

    def may_stand(self, node: Node) -> bool:
        """Whether a row of the form may stand there: a grid's row only below headings of the form."""
        above = next((zone for zone in reversed(self.zones) if zone.first < node.first), None)
        return node.entry.table.layout is Layout.LIST or (above is not None and bool(above.columns))

    def shares_row(self, above: Node, tail: Tail, node: Node) -> bool:
        """Whether two rows' labels stand in one row of the source with nothing between them: whose values follow is open."""
        label = self.stream.pieces[above.pieces[-1]]
        next_to = tail.shared and not tail.pieces and label.row == self.stream.pieces[node.first].row
        return next_to and bool(above.entry.cells and node.entry.cells) and label.height == 1

    def _closed_well(self, entry: Entry, tail: Tail, below: Node | None, above: Node | None) -> bool:
        """Whether the row below is the edition's next: else values may be those of a row whose label was lost."""
        if tail.stray:
            return False
        next_is_there = follows(self.vocabulary.entries, entry, below.entry if below is not None else None)
        return next_is_there or self.endings.closes(entry, tail, above)

    def _cut_row(self, node: Node, tail: Tail) -> None:
        """The cells of a text's last row that were written before it was cut: those another cell follows, and a nought that counts."""
        table, cells = node.entry.table, node.entry.cells
        zone, columns = self._columns(node.first, table)
        ordered = zone is not None and columns is not None and columns.ordered and not columns.extra
        whole = self.picker.is_even(table, len(table.columns)) and tail.firm and tail.tight and tail.open and not tail.shared
        if table.layout is not Layout.GRID or not ordered or not whole or not 1 < len(tail.pieces) < len(cells):
            refuse(self.placed, self.stream, "cut", node)
            return
        written = [p for p in tail.pieces if self.seen.values[p] and not self.stream.pieces[p].blank]
        if len(written) != len(tail.pieces):
            refuse(self.placed, self.stream, "cut", node)
            return
        kept = written if visible(self.stream.pieces[written[-1]].text) == "0" and cells[len(written) - 1].whole else written[:-1]
        quote = quote_of(self.stream, node)
        for column, (cell, at) in enumerate(zip(cells, kept, strict=False)):
            self.placed.cell(cell, self.stream.pieces[at], quote, None, (node.entry.index, 0, column))
        self.placed.refuse("rest", table, quote, replace(self.stream.pieces[node.first].place, quote=quote), cells[len(kept) :])

    def _grid_row(self, node: Node, tail: Tail) -> None:
        table = node.entry.table
        zone, columns = self._columns(node.first, table)
        if zone is None or columns is None:
            refuse(self.placed, self.stream, "header", node)
            return
        named, tail = self._row_unit(node.entry, tail)
        picked = self.picker.picked(table, tail, zone, columns, label_height(self.stream, node))
        picked = picked or self._before_fillers(node.entry, tail, columns)
        if picked is None or (not tail.firm and not all(self.seen.values[p] for p in picked)):
            refuse(self.placed, self.stream, "count", node)
            return
        if not tail.tight and any(_is_torn_number(self.stream.pieces[p].text) for p in picked):
            refuse(self.placed, self.stream, "count", node)
            return
        if columns.summed and not (tail.firm and self.endings.adds_up(node.entry.cells, picked)):
            refuse(self.placed, self.stream, "header", node)
            return
        first = tail.pieces[0]
        if node.entry.row.unit is not None and named is None and first not in picked and not self.stream.pieces[first].blank:
            refuse(self.placed, self.stream, "count", node)  # what stands for the unit is none of the form's: a heading's row
            return
        quote = quote_of(self.stream, node)
        for column, (cell, at) in enumerate(zip(node.entry.cells, picked, strict=True)):
            unit = dict(columns.units).get(column, named if table.columns[column].unit is None else None)
            self.placed.cell(cell, self.stream.pieces[at], quote, unit, (node.entry.index, 0, column))
        self._extra_columns(node, tail, zone, columns, quote)

    def _before_fillers(self, entry: Entry, tail: Tail, columns: Columns) -> tuple[int, ...] | None:
        """The values of a loose row that stand before empty cells it has too many of, where their own total comes out."""
        shown = [p for p in tail.pieces if not self.stream.pieces[p].blank]
        led = bool(shown) and tuple(shown) == tail.pieces[: len(shown)] and len(shown) < len(tail.pieces)
        if tail.firm or not led or not columns.ordered or columns.extra or len(shown) != len(entry.cells):
            return None
        return tuple(shown) if self.endings.adds_up(entry.cells, shown) else None

    def _row_unit(self, entry: Entry, tail: Tail) -> tuple[str | None, Tail]:
        """The unit a row of a grid names before its values – only a list that a body gave columns does – and the rest."""
        first = tail.pieces[0] if tail.pieces else None
        if entry.row.unit is None or first is None or not self.seen.units[first]:
            return None, tail
        return self.seen.cores[first], replace(tail, pieces=tail.pieces[1:])

    def _extra_columns(self, node: Node, tail: Tail, zone: Zone, columns: Columns, quote: str) -> None:
        """Columns the form does not have, under their own headings."""
        for column, heading in columns.extra:
            for at in tail.pieces:
                piece = self.stream.pieces[at]
                if piece.column == column and not piece.blank and zone.table is not None:
                    entry = node.entry
                    self.placed.local_figure(
                        entry.table, entry.row.path, (heading,), piece, quote, None, (entry.index, 1, column)
                    )
                    self.placed.tell(heading, piece.place)

    def _columns(self, at: int, table: Table) -> tuple[Zone | None, Columns | None]:
        """The header in force at a piece: the last one above it, if it is this table's."""
        for zone in reversed(self.zones):
            if zone.first < at:
                if table.key in zone.columns:
                    if zone.block is not None and self.vocabulary.blocks[zone.block].key != table.key:
                        same = self.vocabulary.blocks[zone.block].columns
                        if [c.path for c in same] != [c.path for c in table.columns]:
                            return None, None
                    return zone, zone.columns[table.key]
                if zone.mark or zone.columns:
                    return None, None
        return None, None

    # Tables of one row

    def line_tables(self) -> None:
        """The values of tables that have headings only: the row right below their header."""
        for table in self.vocabulary.edition.tables:
            if table.layout is not Layout.LINE:
                continue
            rows = []
            for zone in self.zones:
                if table.key in zone.columns:
                    self.placed.tables.add(table.key)
                    rows.append((zone, self._below(zone, table)))
            good = [(zone, picked) for zone, picked in rows if picked is not None]
            if len(good) == 1 and (doubt := self._doubt_of_line(table, good[0][1])) is not None:
                reason, at = doubt
                for piece in (self.stream.pieces[good[0][1][0]], self.stream.pieces[at]):
                    self.placed.refuse(reason, table, table.columns[0].path[0], piece.place, table.cells)
            elif len(good) == 1:
                self._line(table, *good[0])
            elif rows:
                place = self.stream.pieces[rows[0][0].first].place
                self.placed.refuse("count" if not good else "twice", table, table.columns[0].path[0], place, table.cells)

    def _doubt_of_line(self, table: Table, picked: tuple[int, ...]) -> tuple[str, int] | None:
        """Why the one row of a table is in doubt, and the piece that makes it so: the text stops, or another row of values is below."""
        breaks_off = self.endings.breaks_off(table, len(self.vocabulary.entries), picked[-1])
        if breaks_off and not self.endings.comes_out(table.cells, picked):
            return "cut", picked[-1]
        own = self.stream.lines[self.stream.pieces[picked[0]].row]
        if own.firm and not own.closed and self._goes_on_below(own):
            return "count", picked[-1]
        if not own.firm or own.index + 1 == len(self.stream.lines):
            return None
        below = self.stream.lines[own.index + 1]
        span = range(below.first, below.last)
        shown = [visible(self.stream.pieces[p].text) for p in span if not self.stream.pieces[p].blank]
        again = below.firm and below.table == own.table and all(self.seen.values[p] for p in span) and len(span) >= len(picked)
        return (
            ("twice", below.first) if again and shown and shown != [visible(self.stream.pieces[p].text) for p in picked] else None
        )

    def _line(self, table: Table, zone: Zone, picked: tuple[int, ...]) -> None:
        self.placed.lines |= {self.stream.pieces[p].row for p in picked}
        for column, (cell, at) in enumerate(zip(table.cells, picked, strict=True)):
            piece = self.stream.pieces[at]
            self.placed.cell(cell, piece, "—".join(cell.column), dict(zone.columns[table.key].units).get(column), (0, 0, column))

    def _below(self, zone: Zone, table: Table) -> tuple[int, ...] | None:
        columns = zone.columns[table.key]
        n = len(table.columns)
        at = zone.last
        while at < len(self.stream.pieces) and (self.stream.pieces[at].end or (self._empty_line(at) and n > 1)):
            at += 1 if not self._empty_line(at) else self.stream.lines[self.stream.pieces[at].row].last - at
        if at >= len(self.stream.pieces):
            return None
        line = self.stream.lines[self.stream.pieces[at].row]
        if line.firm and line.first <= at:
            tail = Tail(tuple(range(at, line.last)), True, line.whole, line.tight)
            picked = self.picker.picked(table, tail, zone, columns, 1)
        else:
            end = at
            while end < len(self.stream.pieces) and self.seen.values[end] and not self.stream.pieces[end].end:
                end += 1
            tail = Tail(tuple(range(at, end)), False, False, True)
            if is_spoilt(self.stream, end, frozenset(), frozenset()):
                return None
            picked = exact(self.stream, tail, n) if columns.ordered else None
        if picked and columns.summed and not self.endings.adds_up(table.cells, picked):
            return None
        return picked if picked and all(self.seen.values[p] for p in picked) else None

    def _empty_line(self, at: int) -> bool:
        line = self.stream.lines[self.stream.pieces[at].row]
        below = self.stream.lines[line.index + 1] if line.index + 1 < len(self.stream.lines) else None
        if not line.firm or below is None or below.table != line.table:
            return False
        blank = all(self.stream.pieces[p].blank for p in range(line.first, line.last))
        return blank and any(self.seen.values[p] and not self.stream.pieces[p].blank for p in range(below.first, below.last))

    # Local rows

    def local_rows(self, node: Node, until: int, labels: frozenset[int], headers: frozenset[int]) -> None:
        """Rows right below a label's row that the form does not have, as far as they are rows of the same table."""
        table = node.entry.table
        start = self.stream.pieces[node.last].row + 1
        for number, line in enumerate(self.stream.lines[start:until], start=1):
            span = range(line.first, line.last)
            if not line.firm or not line.tight or not line.whole or any(p in labels or p in headers for p in span):
                return
            if all(self.stream.pieces[p].blank for p in span):
                continue
            if not self._local_row(node, table, span, number):
                return
            self.placed.lines.add(line.index)

    def _local_row(self, node: Node, table: Table, span: range, number: int) -> bool:
        words = [p for p in span if not self.stream.pieces[p].blank and not self.seen.values[p] and not self.seen.units[p]]
        if not words or any(p > words[0] + 2 for p in words) or len(wording(self.stream.pieces[words[-1]].text).core) < 2:
            return False
        label = visible("".join(self.stream.pieces[p].text.strip() for p in words))
        if len(label) > 60 or label.endswith(("。", "；", "：")) or self._holds_a_label(table, words):
            return False
        rest = [p for p in span if p > words[-1]]
        path = self._local_path(node, label)
        if table.layout is Layout.LIST:
            return len(rest) > 1 and self.lists.local_row(node, path, label, rest, number)
        zone, columns = self._columns(span[0], table)
        picked = exact(self.stream, Tail(tuple(rest), True, True, True), len(table.columns))
        if zone is None or columns is None or not columns.ordered or picked is None:
            return False
        if not all(self.seen.values[p] for p in picked) or all(self.stream.pieces[p].blank for p in picked):
            return False
        self._local_figures(node, label, picked, number)
        return True

    def _holds_a_label(self, table: Table, words: Sequence[int]) -> bool:
        """Whether words are a label of the form's table, number and all, with something beside it: no row of the body's own."""
        parts = {wording(part) for p in words for part in self.stream.pieces[p].text.split()}
        own = [entry for entry in self.vocabulary.entries if entry.table is table and entry.number]
        return any((core, entry.number) in parts for entry in own for core in entry.cores)

    @staticmethod
    def _local_path(node: Node, label: str) -> tuple[str, ...]:
        return (*node.entry.row.path[:-1], label)

    def _local_figures(self, node: Node, label: str, picked: Sequence[int], number: int) -> None:
        table = node.entry.table
        for index, at in enumerate(picked):
            column = table.columns[index]
            order = (node.entry.index, 1 + number, index)
            path = self._local_path(node, label)
            self.placed.local_figure(table, path, column.path, self.stream.pieces[at], label, column.unit, order)
        self.placed.tell(label, self.stream.pieces[picked[0]].place)

    def loose_local_rows(self, node: Node, tail: Tail, labels: frozenset[int], headers: frozenset[int]) -> None:
        """Rows that the form does not have below a row whose cells stand one a line: kept when they are exact, else told."""
        at = tail.pieces[-1] + 1 if tail.pieces else len(self.stream.pieces)
        for number in range(1, _MOST_LOCAL + 1):
            while at < len(self.stream.pieces) and (self.stream.pieces[at].end or self.stream.pieces[at].blank):
                at += 1
            own = loose(self.stream, self.seen, at + 1, labels, headers)
            if at in labels or at in headers or not own or not self._may_be_label(at):
                return
            self._loose_local_row(node, at, own, own[-1] + 1 in labels or own[-1] + 1 in headers, number)
            at = own[-1] + 1

    def _may_be_label(self, at: int) -> bool:
        text = visible(self.stream.pieces[at].text)
        if self.seen.values[at] or self.seen.units[at] or text.endswith(("。", "；", "：", ";", ":")):
            return False
        return 2 <= len(without_notes(text)) <= _LONGEST_LOCAL

    def _loose_local_row(self, node: Node, at: int, own: tuple[int, ...], closed: bool, number: int) -> None:
        table, piece = node.entry.table, self.stream.pieces[at]
        label = visible(piece.text)
        if table.layout is Layout.LIST:
            done = len(own) == 2 and closed and self.lists.local_row(node, self._local_path(node, label), label, own, number)
        else:
            zone, columns = self._columns(at, table)
            picked = exact(self.stream, Tail(own, False, False, True), len(table.columns))
            done = bool(closed and zone and columns and columns.ordered and picked and all(self.seen.values[p] for p in picked))
            if done and picked:
                self._local_figures(node, label, picked, number)
        if done:
            self.placed.lines |= {self.stream.pieces[p].row for p in (at, *own)}
        elif closed:
            self.placed.refuse("count", table, label, replace(piece.place, quote=label), ())


def _is_torn_number(text: str) -> bool:
    """Whether a piece cut at spaces may be the second half of a number such as "1 010"."""
    digits = visible(text)
    return len(digits) == 3 and digits.isdigit() and digits.startswith("0")
