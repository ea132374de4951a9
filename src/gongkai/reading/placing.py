"""Which figure does each value become, and what had to be left out?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from gongkai.kernel import Figure, Finding, Place, State
from gongkai.reading.alignment import Marks, Node
from gongkai.reading.headings import Columns, ListHead, Zone
from gongkai.reading.labels import wording
from gongkai.reading.notes import note
from gongkai.reading.stream import Piece, Stream
from gongkai.reading.tails import Tail, exact, follows
from gongkai.reading.values import MONEY, UNITS, Doubt, Value, converted, value_of, visible
from gongkai.reading.vocabulary import VALUE_HEADS, Entry, Vocabulary
from gongkai.returns import Cell, Layout, Table

_NO_COUNT = {"备注", "说明", "填表说明", "指标解释"}


@dataclass
class Placed:
    """What one alignment gave: figures with their order in print, rows left out by reason, pieces used up."""

    figures: list[tuple[tuple[int, int, int, int], Figure]] = field(default_factory=list)
    refused: dict[tuple[str, str], list[tuple[str, Place, tuple[str, ...]]]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)

    def refuse(self, reason: str, table: Table, label: str, place: Place, cells: Iterable[Cell]) -> None:
        """Leave a row out, for a reason that a finding will tell."""
        self.refused.setdefault((reason, table.key), []).append((label, place, tuple(c.code for c in cells)))


class Placer:
    """Turns the rows of one alignment into figures of its edition."""

    def __init__(self, stream: Stream, seen: Marks, vocabulary: Vocabulary, zones: Sequence[Zone]) -> None:
        self.stream = stream
        self.seen = seen
        self.vocabulary = vocabulary
        self.zones = zones
        self.placed = Placed()
        self.order = {t.key: i for i, t in enumerate(vocabulary.edition.tables)}

    # Rows of grids and lists

    def row(self, node: Node, tail: Tail, below: Node | None) -> None:
        """Place the values of a row whose label was found; ``below`` is the next label of the chain."""
        entry = node.entry
        self.placed.tables.add(entry.table.key)
        self.placed.lines |= {self.stream.pieces[p].row for p in (*node.pieces, *tail.pieces)}
        if not tail.whole and tail.pieces and not self._closed_well(entry, tail, below):
            if entry.cells:
                self._refuse("neighbour", node)
            return
        if entry.table.layout is Layout.LIST:
            self._list_row(node, tail)
        elif entry.cells:
            self._grid_row(node, tail)

    def _closed_well(self, entry: Entry, tail: Tail, below: Node | None) -> bool:
        """Whether the row below is the edition's next: else values may be those of a row whose label was lost."""
        return not tail.stray and follows(self.vocabulary.entries, entry, below.entry if below is not None else None)

    def _refuse(self, reason: str, node: Node) -> None:
        piece = self.stream.pieces[node.first]
        label = visible(piece.text)
        place = replace(piece.place, quote=label)
        self.placed.refuse(reason, node.entry.table, label, place, node.entry.cells)

    def _quote(self, node: Node) -> str:
        return "".join(visible(self.stream.pieces[p].text) for p in node.pieces)

    def _grid_row(self, node: Node, tail: Tail) -> None:
        table = node.entry.table
        zone, columns = self._columns(node.first, table)
        if zone is None or columns is None:
            self._refuse("header", node)
            return
        n = len(table.columns)
        by_order = exact(self.stream, tail, n) if columns.ordered else None
        by_place = self._by_place(tail, zone, columns)
        picked = self._agreed(by_order, by_place, tail, n)
        if picked is None or (not tail.firm and not all(self.seen.values[p] for p in picked)):
            self._refuse("count", node)
            return
        if not tail.tight and any(_is_torn_number(self.stream.pieces[p].text) for p in picked):
            self._refuse("count", node)
            return
        quote = self._quote(node)
        for column, (cell, at) in enumerate(zip(node.entry.cells, picked, strict=True)):
            unit = dict(columns.units).get(column)
            self._cell(cell, self.stream.pieces[at], quote, unit, (node.entry.index, 0, column))
        self._extra_columns(node, tail, zone, columns, quote)

    def _agreed(
        self, by_order: tuple[int, ...] | None, by_place: tuple[int, ...] | None, tail: Tail, n: int
    ) -> tuple[int, ...] | None:
        if by_order is None or by_place is None or by_order == by_place:
            return by_place or by_order
        shown = [p for p in tail.pieces if not self.stream.pieces[p].blank]
        if len(shown) == n and len(tail.pieces) == n:  # a whole row that stands beside its columns: spans were lost
            return by_order
        return by_place if set(shown) <= set(by_place) else None

    def _by_place(self, tail: Tail, zone: Zone, columns: Columns) -> tuple[int, ...] | None:
        """The values by the columns their headings stand in; None when one is missing, merged, or something stands before."""
        if columns.at is None or not tail.pieces or not tail.firm:
            return None
        line = self.stream.lines[self.stream.pieces[tail.pieces[0]].row]
        if line.table is None or line.table != zone.table:
            return None
        found = []
        for start, width in columns.at:
            here = self._one_of([p for p in tail.pieces if self._covers(self.stream.pieces[p], start, width)])
            if here is None or self.stream.pieces[here].height > 1:
                return None
            found.append(here)
        if len(set(found)) != len(found):
            return None
        first = min(start for start, _ in columns.at)
        between = [p for p in tail.pieces if (self.stream.pieces[p].column or 0) < first and not self.stream.pieces[p].blank]
        return None if between else tuple(found)

    def _one_of(self, pieces: Sequence[int]) -> int | None:
        """The value in the cells below one heading: the only one filled in, or the first of equal ones."""
        shown = [p for p in pieces if not self.stream.pieces[p].blank]
        if len({visible(self.stream.pieces[p].text) for p in shown}) > 1 or not pieces:
            return None
        return shown[0] if shown else pieces[0]

    @staticmethod
    def _covers(piece: Piece, start: int, width: int) -> bool:
        return piece.column is not None and start <= piece.column and piece.column + piece.width <= start + width

    def _extra_columns(self, node: Node, tail: Tail, zone: Zone, columns: Columns, quote: str) -> None:
        """Columns the form does not have, under their own headings."""
        for column, heading in columns.extra:
            for at in tail.pieces:
                piece = self.stream.pieces[at]
                if piece.column == column and not piece.blank and zone.table is not None:
                    self._local(node.entry.row.path, (heading,), piece, quote, None, (node.entry.index, 1, column))

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

    # Lists

    def _list_row(self, node: Node, tail: Tail) -> None:
        entry = node.entry
        head, zone = self._list_head(node.first)
        pieces = list(tail.pieces)
        unit, pieces = self._unit(entry, pieces)
        if not entry.cells:
            self._heading_number(node, [p for p in pieces if not self.stream.pieces[p].blank], tail)
            return
        pieces = self._without_code(entry, pieces, head)
        shown = [p for p in pieces if not self.stream.pieces[p].blank]
        counting = self._value_columns(head)
        if len(counting) > 1:
            self._local_columns(node, pieces, unit, counting, zone)
            return
        at = self._by_head(node, tail, head, zone)
        if at is None:
            at = self._single(pieces, shown, tail, unit, head)
        if at is None:
            self._refuse("count", node)
            return
        if at >= 0:
            self._cell(entry.cells[0], self.stream.pieces[at], self._quote(node), unit, (entry.index, 0, 0))
        else:  # the row ends after its unit: the last cell is there and empty
            last = self.stream.pieces[tail.pieces[-1]]
            empty = replace(last, text="", place=replace(last.place, start=None, end=None))
            self._cell(entry.cells[0], empty, self._quote(node), unit, (entry.index, 0, 0))

    def _by_head(self, node: Node, tail: Tail, head: ListHead | None, zone: Zone | None) -> int | None:
        """The piece below the value heading to the right of the label; None when the header's columns do not say."""
        line = self.stream.lines[self.stream.pieces[node.pieces[-1]].row]
        label = self.stream.pieces[node.pieces[-1]].column
        if head is None or zone is None or label is None or line.table is None or line.table != zone.table:
            return None
        after = [(column, kind) for column, kind, _ in head.parts if column is not None and column > label]
        until = next((i for i, (_, kind) in enumerate(after) if kind == "indicator"), len(after))
        values = [column for column, kind in after[:until] if kind == "value"]
        if len(values) != 1:
            return None
        here = [p for p in tail.pieces if self.stream.pieces[p].column == values[0]]
        return here[0] if len(here) == 1 and not self.seen.units[here[0]] else None

    def _single(
        self, pieces: Sequence[int], shown: Sequence[int], tail: Tail, unit: str | None, head: ListHead | None
    ) -> int | None:
        """The one value of a list's row: its piece, -1 for a last cell that is empty, None when not certain."""
        if len(shown) == 1:
            if not tail.whole and not self.seen.values[shown[0]]:
                return None
            ahead = pieces[0] == shown[0] or (head is not None and tail.firm and not _has_remarks(head))
            return shown[0] if len(pieces) == 1 or (tail.firm and ahead) else None
        if shown:
            return None
        if pieces:
            return pieces[0] if tail.whole or (unit is not None and (tail.firm or len(pieces) == 1)) else None
        return -1 if tail.open and tail.tight and not tail.shared and unit is not None and len(tail.pieces) == 1 else None

    def _unit(self, entry: Entry, pieces: list[int]) -> tuple[str | None, list[int]]:
        """The unit a row names, and the pieces after it; a heading's unit cell may hold a dash or nothing."""
        if not pieces:
            return None, pieces
        first = self.stream.pieces[pieces[0]]
        core = wording(first.text).core
        if core in UNITS:
            return core, pieces[1:]
        rest_shown = any(not self.stream.pieces[p].blank for p in pieces[1:])
        if not entry.cells and len(pieces) > 1 and (first.blank or value_of(first.text, None).state is State.DASH):
            return None, pieces[1:]
        if first.blank and rest_shown and len(pieces) == 2:
            return None, pieces[1:]
        return None, pieces

    def _without_code(self, entry: Entry, pieces: list[int], head: ListHead | None) -> list[int]:
        """The pieces after a row's official code, where the row shows one."""
        if not pieces:
            return pieces
        first = visible(self.stream.pieces[pieces[0]].text)
        number = entry.row.number
        coded = head is not None and bool(head.texts("code"))
        is_code = first.isdigit() and (number is not None and first.zfill(2) == number.zfill(2))
        if is_code and (len(pieces) > 1 or (first.startswith("0") and len(first) > 1) or coded):
            return pieces[1:]
        return pieces[1:] if coded and len(pieces) > 1 and first.isdigit() and head is not None and _code_after(head) else pieces

    def _heading_number(self, node: Node, shown: Sequence[int], tail: Tail) -> None:
        """A heading that carries a number although the form gives it no cell."""
        if len(shown) != 1 or tail.shared:
            return
        piece = self.stream.pieces[shown[0]]
        value = value_of(piece.text, None)
        if value.state is State.NUMBER:
            self._local(node.entry.row.path, (), piece, self._quote(node), None, (node.entry.index, 0, 0), told=False)

    def _list_head(self, at: int) -> tuple[ListHead | None, Zone | None]:
        for zone in reversed(self.zones):
            if zone.first < at and zone.head is not None:
                return zone.head, zone
        return None, None

    @staticmethod
    def _value_columns(head: ListHead | None) -> list[str]:
        """The headings under which a list has numbers; one repeated for a second half beside the first counts once."""
        if head is None:
            return []
        values = dict.fromkeys(visible(t) for t in head.texts("value"))
        others = [visible(t) for t in head.texts("other") if wording(t).core not in _NO_COUNT]
        return list(dict.fromkeys([*values, *others]))

    def _local_columns(
        self, node: Node, pieces: Sequence[int], unit: str | None, counting: Sequence[str], zone: Zone | None
    ) -> None:
        """A list with several columns of numbers (区政府、区直单位、乡镇街道): each under its own heading, none in the form's cell."""
        own = [i for i, text in enumerate(counting) if wording(text).core in VALUE_HEADS]
        if len(pieces) != len(counting) or zone is None:
            self._refuse("count", node)
            return
        for i, (text, at) in enumerate(zip(counting, pieces, strict=True)):
            piece = self.stream.pieces[at]
            if len(own) == 1 and i == own[0]:
                self._cell(node.entry.cells[0], piece, self._quote(node), unit, (node.entry.index, 0, 0))
            else:
                cell = node.entry.cells[0]
                self._local(cell.row, (text,), piece, self._quote(node), unit or cell.unit, (node.entry.index, 1, i))

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
            if len(good) == 1:
                self._line(table, *good[0])
            elif rows:
                place = self.stream.pieces[rows[0][0].first].place
                self.placed.refuse("count" if not good else "twice", table, table.columns[0].path[0], place, table.cells)

    def _line(self, table: Table, zone: Zone, picked: tuple[int, ...]) -> None:
        self.placed.lines |= {self.stream.pieces[p].row for p in picked}
        for column, (cell, at) in enumerate(zip(table.cells, picked, strict=True)):
            piece = self.stream.pieces[at]
            self._cell(cell, piece, "—".join(cell.column), dict(zone.columns[table.key].units).get(column), (0, 0, column))

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
            by_order = exact(self.stream, tail, n) if columns.ordered else None
            picked = self._agreed(by_order, self._by_place(tail, zone, columns), tail, n)
        else:
            end = at
            while end < len(self.stream.pieces) and self.seen.values[end] and not self.stream.pieces[end].end:
                end += 1
            tail = Tail(tuple(range(at, end)), False, False, True)
            picked = exact(self.stream, tail, n) if columns.ordered else None
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
        if len(label) > 60 or label.endswith(("。", "；", "：")):
            return False
        rest = [p for p in span if p > words[-1]]
        path = (*node.entry.row.path[:-1], label)
        if table.layout is Layout.LIST:
            if (
                len(rest) < 2
                or not self.seen.units[rest[0]]
                or len([p for p in rest[1:] if not self.stream.pieces[p].blank]) != 1
            ):
                return False
            at = next(p for p in rest[1:] if not self.stream.pieces[p].blank)
            unit = wording(self.stream.pieces[rest[0]].text).core
            self._local(path, (), self.stream.pieces[at], label, unit, (node.entry.index, 1 + number, 0))
            return True
        zone, columns = self._columns(span[0], table)
        picked = exact(self.stream, Tail(tuple(rest), True, True, True), len(table.columns))
        if zone is None or columns is None or not columns.ordered or picked is None:
            return False
        if not all(self.seen.values[p] for p in picked) or all(self.stream.pieces[p].blank for p in picked):
            return False
        for index, at in enumerate(picked):
            column = table.columns[index]
            self._local(path, column.path, self.stream.pieces[at], label, column.unit, (node.entry.index, 1 + number, index))
        return True

    # Cells

    def _cell(self, cell: Cell, piece: Piece, quote: str, unit: str | None, order: tuple[int, int, int]) -> None:
        place = replace(piece.place, quote=quote)
        value = _in_unit(value_of(piece.text, unit or cell.unit), unit, cell.unit)
        if value is None:
            self.placed.refuse("unit", self.vocabulary.edition.table(cell.table), quote, place, [cell])
            return
        if value.doubt is Doubt.LOST:
            self.placed.refuse("lost", self.vocabulary.edition.table(cell.table), quote, place, [cell])
            return
        self._doubt(cell.code, cell.label(), value, place)
        stated = unit or value.unit_given or (unit is None and cell.unit is not None and cell.unit in "".join(cell.column))
        if cell.unit in MONEY and value.value and not stated:
            self.placed.findings.append(
                note(
                    "R911",
                    f"“{quote}”写作“{value.text}”，没有写明单位，按表样的“{cell.unit}”读取；请核对单位。",
                    [place],
                    [cell.code],
                )
            )
        figure = Figure(cell.code, cell.row, cell.column, value.value, value.text, value.state, cell.unit, place)
        self.placed.figures.append(((self.order[cell.table], *order), figure))

    def _local(
        self,
        row: tuple[str, ...],
        column: tuple[str, ...],
        piece: Piece,
        quote: str,
        unit: str | None,
        order: tuple[int, int, int],
        told: bool = True,
    ) -> None:
        place = replace(piece.place, quote=quote)
        value = value_of(piece.text, unit)
        if value.doubt is Doubt.LOST:
            return
        table = self.order[self.vocabulary.entries[order[0]].table.key]
        figure = Figure(None, row, column, value.value, value.text, value.state, unit, place)
        self.placed.figures.append(((table, *order), figure))
        if told:
            name = "—".join((*row, *column))
            self.placed.findings.append(note("R907", f"“{name}”是表样没有的行或列，已按原名单独列出。", [place], [name]))

    def _doubt(self, code: str, name: str, value: Value, place: Place) -> None:
        words = (
            {
                Doubt.APPROXIMATE: "是约数",
                Doubt.MALFORMED: "不是规范的数字",
                Doubt.WORDS: "是文字，不等于0",
                Doubt.UNIT: "的单位与表样不合",
            }.get(value.doubt)
            if value.doubt is not None
            else None
        )
        if words:
            message = f"“{name}”写作“{value.text}”，{words}，按文字保留；请改为确定的数字。"
            self.placed.findings.append(note("R909", message, [place], [code, value.text]))


def _has_remarks(head: ListHead) -> bool:
    """Whether a list has a column for remarks, whose words or numbers are no values."""
    return any(wording(text).core in _NO_COUNT for text in head.texts("other"))


def _is_torn_number(text: str) -> bool:
    """Whether a piece cut at spaces may be the second half of a number such as "1 010"."""
    digits = visible(text)
    return len(digits) == 3 and digits.isdigit() and digits.startswith("0")


def _code_after(head: ListHead) -> bool:
    """Whether the code column stands after the indicator's."""
    kinds = [kind for _, kind, _ in head.parts]
    return "code" in kinds and kinds.index("code") > kinds.index("indicator")


def _in_unit(value: Value, given: str | None, wanted: str | None) -> Value | None:
    """The value in the cell's unit when the row or heading names another; None when the two cannot be compared."""
    if given is None or given == "" or given == wanted or value.value is None:
        return value
    number = converted(value.value, given, wanted)
    return None if number is None else replace(value, value=number)
