"""Which piece is the value of a list's row: label, unit, perhaps a code, one number or one a column?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gongkai.kernel import State
from gongkai.reading.alignment import Marks, Node
from gongkai.reading.figures import Placed
from gongkai.reading.headings import ListHead, Zone
from gongkai.reading.labels import wording
from gongkai.reading.picking import Picker
from gongkai.reading.stream import Stream
from gongkai.reading.tails import Tail
from gongkai.reading.values import UNITS, value_of, visible
from gongkai.reading.vocabulary import VALUE_HEADS, Entry

_NO_COUNT = {"备注", "说明", "填表说明", "指标解释"}


def quote_of(stream: Stream, node: Node) -> str:
    """The source's own wording of a label."""
    return "".join(visible(stream.pieces[p].text) for p in node.pieces)


def label_height(stream: Stream, node: Node) -> int:
    """How many rows a label's cell takes."""
    return max(stream.pieces[p].height for p in node.pieces)


def refuse(placed: Placed, stream: Stream, reason: str, node: Node) -> None:
    """Leave a label's row out."""
    piece = stream.pieces[node.first]
    label = visible(piece.text)
    placed.refuse(reason, node.entry.table, label, replace(piece.place, quote=label), node.entry.cells)


class Lists:
    """Turns rows of lists into figures."""

    def __init__(self, stream: Stream, seen: Marks, zones: Sequence[Zone], placed: Placed, picker: Picker) -> None:
        self.stream = stream
        self.seen = seen
        self.zones = zones
        self.placed = placed
        self.picker = picker

    def row(self, node: Node, tail: Tail) -> None:
        """Place the value of a list's row."""
        entry = node.entry
        head, zone = self._list_head(node.first)
        pieces = list(tail.pieces)
        unit, pieces = self._unit(entry, pieces)
        coded_last = head is not None and _code_last(head)
        if not entry.cells:
            shown = [p for p in pieces if not self.stream.pieces[p].blank]
            self._heading_number(node, [] if coded_last else shown, tail)
            return
        if self.picker.is_tall(tail, label_height(self.stream, node)) or (zone is not None and self.picker.is_long(tail, zone)):
            refuse(self.placed, self.stream, "count", node)
            return
        if coded_last and self._by_head(node, tail, head, zone) is None:
            if len(pieces) != 2 or not visible(self.stream.pieces[pieces[1]].text).isdigit():
                refuse(self.placed, self.stream, "count", node)
                return
            pieces = pieces[:1]
        else:
            pieces = self._without_code(entry, pieces, head)
        shown = [p for p in pieces if not self.stream.pieces[p].blank]
        counting = self._value_columns(head)
        if len(counting) > 1:
            self._local_columns(node, pieces, unit, counting, zone)
            return
        at = self._by_head(node, tail, head, zone)
        if at is None:
            at = self._single(entry, pieces, shown, tail, unit, head, zone)
        elif head is not None and self._stands_beside(node, tail, head, at):
            at = None
        if at is None:
            refuse(self.placed, self.stream, "count", node)
            return
        if at >= 0:
            self.placed.cell(entry.cells[0], self.stream.pieces[at], quote_of(self.stream, node), unit, (entry.index, 0, 0))
        else:  # the row ends after its unit: the last cell is there and empty
            last = self.stream.pieces[tail.pieces[-1]]
            empty = replace(last, text="", place=replace(last.place, start=None, end=None))
            self.placed.cell(entry.cells[0], empty, quote_of(self.stream, node), unit, (entry.index, 0, 0))

    def shows_code_only(self, entry: Entry, tail: Tail) -> bool:
        """Whether a row holds its official code and nothing else."""
        shown = [p for p in tail.pieces if not self.stream.pieces[p].blank and not self.seen.units[p]]
        if len(shown) != 1 or entry.row.number is None:
            return False
        return visible(self.stream.pieces[shown[0]].text).zfill(2) == entry.row.number.zfill(2)

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

    def _stands_beside(self, node: Node, tail: Tail, head: ListHead, at: int) -> bool:
        """Whether a row has more than its unit in columns that no heading gives to other things: its value moved, or is not its own."""
        if any(kind == "unit" and column == self.stream.pieces[node.pieces[-1]].column for column, kind, _ in head.parts):
            return True
        own = {column for column, kind, _ in head.parts if kind in ("code", "other")}
        beside = [self.stream.pieces[p] for p in tail.pieces if p != at and not self.seen.units[p]]
        return any(not piece.blank and piece.column not in own for piece in beside)

    def _single(
        self,
        entry: Entry,
        pieces: Sequence[int],
        shown: Sequence[int],
        tail: Tail,
        unit: str | None,
        head: ListHead | None,
        zone: Zone | None,
    ) -> int | None:
        """The one value of a list's row: its piece, -1 for a last cell that is empty, None when not certain."""
        if head is not None and _has_remarks(head) and tail.firm and pieces:
            kinds = [kind for _, kind, _ in head.parts if kind in ("value", "other")]
            if len(pieces) == len(kinds) and kinds.count("value") == 1:
                return pieces[kinds.index("value")]
            if kinds[0] != "value":
                return None
        plain = head is None or not (head.texts("code") or head.texts("other"))
        if not (tail.firm and tail.tight) and plain and self.picker.is_crowded(entry.table, 1):
            return None
        if len(shown) == 1:
            if not tail.whole and not self.seen.values[shown[0]]:
                return None
            if head is not None and _code_after(head) and len(tail.pieces) < 3:
                return None  # the one number may be the row's code
            ahead = pieces[0] == shown[0] or (head is not None and tail.firm and not _has_remarks(head))
            if len(pieces) == 1 or not tail.firm or (head is not None and _has_remarks(head)):
                return shown[0] if len(pieces) == 1 or (tail.firm and ahead) else None
            code = len(tail.pieces) - len(pieces) - (unit is not None)
            kept = {*range(code), code + pieces.index(shown[0])}
            return shown[0] if ahead and self.picker.is_usual(entry.table, tail, kept, zone) else None
        if shown:
            return None
        if pieces:
            return pieces[0] if tail.whole or (unit is not None and (tail.firm or len(pieces) == 1)) else None
        ended = tail.open and tail.tight and not tail.shared and unit is not None and len(tail.pieces) == 1
        return -1 if ended and self.picker.leaves_out_blanks(entry.table) else None

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
            entry = node.entry
            self.placed.local_figure(
                entry.table, entry.row.path, (), piece, quote_of(self.stream, node), None, (entry.index, 0, 0)
            )

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
        counting = [
            visible(text)
            for _, kind, text in head.parts
            if kind == "value" or (kind == "other" and wording(text).core not in _NO_COUNT)
        ]
        return list(dict.fromkeys(counting))

    def _local_columns(
        self, node: Node, pieces: Sequence[int], unit: str | None, counting: Sequence[str], zone: Zone | None
    ) -> None:
        """A list with several columns of numbers (区政府、区直单位、乡镇街道): each under its own heading, none in the form's cell."""
        own = [i for i, text in enumerate(counting) if wording(text).core in VALUE_HEADS]
        if len(pieces) != len(counting) or zone is None or self._has_moved(pieces, counting, zone):
            refuse(self.placed, self.stream, "count", node)
            return
        for i, (text, at) in enumerate(zip(counting, pieces, strict=True)):
            piece = self.stream.pieces[at]
            if len(own) == 1 and i == own[0]:
                self.placed.cell(node.entry.cells[0], piece, quote_of(self.stream, node), unit, (node.entry.index, 0, 0))
            else:
                cell = node.entry.cells[0]
                order = (node.entry.index, 1, i)
                quote = quote_of(self.stream, node)
                self.placed.local_figure(node.entry.table, cell.row, (text,), piece, quote, unit or cell.unit, order)
                self.placed.tell(text, piece.place)

    def _has_moved(self, pieces: Sequence[int], counting: Sequence[str], zone: Zone) -> bool:
        """Whether values stand in other columns of a grid than the headings they would be given to."""
        head = zone.head.parts if zone.head is not None else ()
        known = {(column, visible(text)) for column, _, text in head}
        own = [self.stream.pieces[p] for p in pieces]
        if zone.table is None or self.stream.lines[own[0].row].table != zone.table or any(c is None for c, _ in known):
            return False
        return any((piece.column, text) not in known for piece, text in zip(own, counting, strict=True))

    def local_row(self, node: Node, path: tuple[str, ...], label: str, rest: Sequence[int], number: int) -> bool:
        """Place a row the form does not have, ``number`` rows below a label's; False when it is not certainly one."""
        values = rest[1:]
        shown = [p for p in values if not self.stream.pieces[p].blank]
        if not shown or not self.seen.units[rest[0]] or not all(self.seen.values[p] for p in values):
            return False
        unit = wording(self.stream.pieces[rest[0]].text).core
        head, _ = self._list_head(node.first)
        counting = self._value_columns(head)
        columns: list[tuple[str, ...]]
        if len(counting) > 1 and len(values) == len(counting):
            columns = [(text,) for text in counting]
        elif len(shown) == 1 and values[0] == shown[0]:
            columns, values = [()], shown
        else:
            return False
        for i, (at, column) in enumerate(zip(values, columns, strict=True)):
            order = (node.entry.index, 1 + number, i)
            self.placed.local_figure(node.entry.table, path, column, self.stream.pieces[at], label, unit, order)
        self.placed.tell(label, self.stream.pieces[rest[0]].place)
        return True


def _has_remarks(head: ListHead) -> bool:
    """Whether a list has a column for remarks, whose words or numbers are no values."""
    return any(wording(text).core in _NO_COUNT for text in head.texts("other"))


def _code_last(head: ListHead) -> bool:
    """Whether the code column stands after the values'."""
    kinds = [kind for _, kind, _ in head.parts]
    return "code" in kinds and "value" in kinds and kinds.index("code") > kinds.index("value")


def _code_after(head: ListHead) -> bool:
    """Whether the code column stands after the indicator's."""
    kinds = [kind for _, kind, _ in head.parts]
    return "code" in kinds and kinds.index("code") > kinds.index("indicator")
