"""Which pieces of a row are the values of its table's columns?

Order and place must agree. A cell too many, a cell that takes the room of two or reaches into the row below, and a cell
that was lost all move what stands beside them: such a row says nothing certain, however well its numbers would fit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence

from gongkai.reading.alignment import Marks, Node
from gongkai.reading.headings import Columns, Zone
from gongkai.reading.stream import Line, Piece, Stream
from gongkai.reading.tails import Tail, exact
from gongkai.reading.values import visible
from gongkai.returns import Table

_MANY = 3  # rows of one length, so that a row is seen to be laid out as the others
_FEWEST = 2  # rows that show the same filler before it is believed to be one


class Picker:
    """Picks values out of rows; ``rows`` are all rows of the alignment, by which it knows what is usual in a table."""

    def __init__(self, stream: Stream, seen: Marks, rows: Sequence[tuple[Node, Tail]]) -> None:
        self.stream = stream
        self.seen = seen
        self._shapes: dict[tuple[str, int], list[tuple[bool, ...]]] = {}
        self._lengths: dict[str, Counter[int]] = {}
        self._ends: Counter[int] = Counter()  # how many rows end in so many empty cells beyond their values
        for node, tail in rows:
            if node.entry.cells and not tail.shared:
                key, cells = node.entry.table.key, self._cells(tail)
                shape = tuple(not stream.pieces[p].blank for p in cells)
                self._ends[len(cells) - len(node.entry.cells)] += not any(shape[len(node.entry.cells) :])
                self._shapes.setdefault((key, len(cells)), []).append(shape)
                self._lengths.setdefault(key, Counter())[self._length(tail)] += 1

    def picked(self, table: Table, tail: Tail, zone: Zone, columns: Columns, height: int) -> tuple[int, ...] | None:
        """A grid's values in a row whose label is ``height`` rows tall, None when it is not certain which they are."""
        n = len(table.columns)
        if self.is_tall(tail, height) or (not (tail.firm and tail.tight) and self.is_crowded(table, n)):
            return None
        by_order = exact(self.stream, tail, n) if columns.ordered and not columns.extra else None
        if columns.at is not None and self.is_long(tail, zone):
            full = len(tail.pieces) == n and not any(self.stream.pieces[p].blank for p in tail.pieces)
            return by_order if full and not self._has_wide(tail, columns.at) else None
        by_place = self.by_place(tail, zone, columns)
        if self._is_short(tail, zone) and by_place is not None and self._may_have_moved(by_place, columns):
            return None
        found = self._agreed(by_order, by_place, tail, table, self._has_places(tail, zone, columns))
        if found is None or len(tail.pieces) <= n + len(columns.extra) or (found == by_place and self._led(tail, columns, n)):
            return found
        return found if self.is_usual(table, tail, {tail.pieces.index(p) for p in found}, zone) else None

    def is_tall(self, tail: Tail, height: int) -> bool:
        """Whether a value reaches into the row below, and may be that row's."""
        return any(self.stream.pieces[p].height > height for p in tail.pieces)

    def is_crowded(self, table: Table, n: int) -> bool:
        """Whether rows of the table hold more than ``n`` values: one with ``n`` whose blanks cannot show may have lost one."""
        shapes = [shape for (key, _), rows in self._shapes.items() if key == table.key for shape in rows]
        return sum(sum(shape) > n for shape in shapes) >= _FEWEST

    def is_even(self, table: Table, n: int) -> bool:
        """Whether every other row of a table that has a value has exactly ``n`` cells."""
        sizes = [(size, len(rows)) for (key, size), rows in self._shapes.items() if key == table.key and size]
        others = sum(rows for size, rows in sizes if size != n)  # the row that is asked about is one of them
        return others <= 1 and sum(rows for size, rows in sizes if size == n) >= _MANY

    def is_long(self, tail: Tail, zone: Zone) -> bool:
        """Whether a row of a grid goes on beyond its header: a cell too many stands in it, or one that is too wide."""
        return self._end_of(tail) > self._end_of_header(tail, zone) > 0

    def is_usual(self, table: Table, tail: Tail, kept: Container[int], zone: Zone | None) -> bool:
        """Whether what a row has besides its values, at the places ``kept``, is empty in every row of the table that is as long."""
        cells = self._cells(tail)
        same = self._shapes.get((table.key, len(cells)), [])
        if any(shown for shape in same for at, shown in enumerate(shape) if at not in kept):
            return False
        lengths = self._lengths.get(table.key, Counter())
        if len(same) >= _FEWEST or (tail.firm and lengths[self._length(tail)] >= max((_FEWEST, *lengths.values()))):
            return True
        if not tail.firm:
            more = len(cells) - 1 - max(at for at in range(len(cells)) if at in kept)
            return self._ends[more] >= _FEWEST or (zone is not None and self._blanks_after(zone) >= more)
        return zone is not None and self._is_as_long(tail, zone)

    def _blanks_after(self, zone: Zone) -> int:
        """How many empty cells stand after a header's last heading."""
        at = zone.last
        while at < len(self.stream.pieces) and self.stream.pieces[at].blank:
            at += 1
        return at - zone.last

    def _is_as_long(self, tail: Tail, zone: Zone) -> bool:
        """Whether the header's last line has as many cells as the row's, empty ones with them."""
        header = self.stream.lines[self.stream.pieces[zone.last - 1].row]
        return header.firm and self._cells_of(header) == self._length(tail)

    def leaves_out_blanks(self, table: Table) -> bool:
        """Whether the rows of a list end after their unit where nothing was filled in: no other row shows an empty cell."""
        shapes = [shape for (key, _), rows in self._shapes.items() if key == table.key for shape in rows]
        return sum(not shape for shape in shapes) >= _FEWEST and all(shape[-1] for shape in shapes if shape)

    def by_place(self, tail: Tail, zone: Zone, columns: Columns) -> tuple[int, ...] | None:
        """The values by the columns their headings stand in; None when one is missing, merged, or something stands before."""
        if columns.at is None or not self._has_places(tail, zone, columns):
            return None
        found = []
        for start, width in columns.at:
            here = self._one_of([p for p in tail.pieces if _covers(self.stream.pieces[p], start, width)], width)
            if here is None:
                return None
            found.append(here)
        if len(set(found)) != len(found):
            return None
        first = min(start for start, _ in columns.at)
        between = [p for p in tail.pieces if (self.stream.pieces[p].column or 0) < first and not self.stream.pieces[p].blank]
        return None if between else tuple(found)

    def _agreed(
        self, by_order: tuple[int, ...] | None, by_place: tuple[int, ...] | None, tail: Tail, table: Table, has_places: bool
    ) -> tuple[int, ...] | None:
        """The values that order and place agree on; a whole row that stands beside its columns is read by order if nothing is blank."""
        if by_order == by_place or by_order is None:
            return by_place
        n = len(table.columns)
        shown = [p for p in tail.pieces if not self.stream.pieces[p].blank]
        if by_place is None:
            # A blank first cell may be a filler before the values, and then the last value is the one that is missing.
            led = bool(shown) and shown[0] == tail.pieces[0] and len(tail.pieces) == n
            return by_order if len(shown) == n or led or not (has_places or self._has_filler(tail, table)) else None
        if len(shown) == n and len(tail.pieces) == n:
            return by_order
        return by_place if set(shown) <= set(by_place) else None

    def _has_filler(self, tail: Tail, table: Table) -> bool:
        """Whether a row begins with an empty cell, as longer rows of its table do before their values."""
        n = len(table.columns)
        longer = self._shapes.get((table.key, n + 1), [])
        return len(tail.pieces) == n and self.stream.pieces[tail.pieces[0]].blank and any(not shape[0] for shape in longer)

    def _one_of(self, pieces: Sequence[int], width: int) -> int | None:
        """The value in the cells below one heading: the only one filled in, or the first of equal ones; blank if all are there."""
        shown = [p for p in pieces if not self.stream.pieces[p].blank]
        if len({visible(self.stream.pieces[p].text) for p in shown}) > 1 or not pieces:
            return None
        if not shown and sum(self.stream.pieces[p].width for p in pieces) < width:
            return None
        return shown[0] if shown else pieces[0]

    def _led(self, tail: Tail, columns: Columns, n: int) -> bool:
        """Whether what a row has besides its values stands between its label and the first heading."""
        first = min(start for start, _ in columns.at or ())
        return sum((self.stream.pieces[p].column or 0) >= first for p in tail.pieces) <= n + len(columns.extra)

    def _may_have_moved(self, found: Sequence[int], columns: Columns) -> bool:
        """Whether values of a row that is too short may stand in another's place: one is blank, or a local column is among them."""
        last = max(start for start, _ in columns.at or ())
        return any(self.stream.pieces[p].blank for p in found) or any(column < last for column, _ in columns.extra)

    def _has_wide(self, tail: Tail, at: Sequence[tuple[int, int]]) -> bool:
        """Whether a value takes more columns than any heading."""
        return max(self.stream.pieces[p].width for p in tail.pieces) > max(width for _, width in at)

    def _is_short(self, tail: Tail, zone: Zone) -> bool:
        """Whether a row of a grid ends before its header does: a cell was lost."""
        return self._end_of(tail) < self._end_of_header(tail, zone)

    def _has_places(self, tail: Tail, zone: Zone, columns: Columns) -> bool:
        """Whether the columns of the headings count for this row too."""
        if columns.at is None or not tail.pieces or not tail.firm:
            return False
        line = self._line(tail)
        return line.table is not None and line.table == zone.table

    def _cells(self, tail: Tail) -> list[int]:
        """The pieces of a row after its unit."""
        at = 1 if tail.pieces and self.seen.units[tail.pieces[0]] else 0
        return list(tail.pieces[at:])

    def _line(self, tail: Tail) -> Line:
        return self.stream.lines[self.stream.pieces[tail.pieces[0]].row]

    def _length(self, tail: Tail) -> int:
        """How many cells the whole line of a row has, its labels with it."""
        return self._cells_of(self._line(tail)) if tail.pieces else 0

    def _cells_of(self, line: Line) -> int:
        return sum(piece.cells for piece in self.stream.pieces[line.first : line.last])

    def _end_of(self, tail: Tail) -> int:
        """The column after the last cell of a row."""
        return self._end_of_line(self._line(tail)) if tail.pieces else 0

    def _end_of_header(self, tail: Tail, zone: Zone) -> int:
        """The column after the last cell of the header's rows; 0 when the row does not stand in the header's table."""
        if not tail.pieces or zone.table is None or self._line(tail).table != zone.table:
            return 0
        rows = {self.stream.pieces[p].row for p in range(zone.first, zone.last)}
        return max(self._end_of_line(self.stream.lines[row]) for row in rows)

    def _end_of_line(self, line: Line) -> int:
        return max((self.stream.pieces[p].column or 0) + self.stream.pieces[p].width for p in range(line.first, line.last))


def _covers(piece: Piece, start: int, width: int) -> bool:
    return piece.column is not None and start <= piece.column and piece.column + piece.width <= start + width
