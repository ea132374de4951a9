"""How does a cell's text become a figure, in the form's unit, with its place – or a finding instead?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from gongkai.kernel import Figure, Finding, Place
from gongkai.reading.notes import note
from gongkai.reading.stream import Piece
from gongkai.reading.values import MONEY, Doubt, Value, converted, is_marked, value_of
from gongkai.returns import Cell, Edition, Table

_DOUBTS = {
    Doubt.APPROXIMATE: "是约数",
    Doubt.MALFORMED: "不是规范的数字",
    Doubt.WORDS: "是文字，不等于0",
    Doubt.HIDDEN: "保存的是0，显示的却是空白或横线，三者不同",
    Doubt.UNIT: "所写的单位与表样不合",
}

Order = tuple[int, int, int]
"""Where a figure stands within its table: the edition's row, how many local rows below it, the column."""


@dataclass
class Placed:
    """What one alignment gave.

    ``figures`` come with their order in print; ``refused`` are rows left out by reason and table, as (label, place, codes);
    ``lines`` are rows of the stream used up; ``tables`` the tables met; ``local`` rows and columns the form does not have,
    with their places; ``coded`` counts rows that show nothing but their own code.
    """

    edition: Edition
    figures: list[tuple[tuple[int, int, int, int], Figure]] = field(default_factory=list)
    refused: dict[tuple[str, str], list[tuple[str, Place, tuple[str, ...]]]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)
    local: dict[str, list[Place]] = field(default_factory=dict)
    coded: int = 0

    def __post_init__(self) -> None:
        self._order = {t.key: i for i, t in enumerate(self.edition.tables)}

    def refuse(self, reason: str, table: Table, label: str, place: Place, cells: Iterable[Cell]) -> None:
        """Leave a row out, for a reason that a finding will tell."""
        self.refused.setdefault((reason, table.key), []).append((label, place, tuple(c.code for c in cells)))

    def cell(self, cell: Cell, piece: Piece, quote: str, unit: str | None, order: Order) -> None:
        """A value in a cell of the form; ``unit`` is what its row or heading names, "" where the form's does and this one not."""
        place = replace(piece.place, quote=quote)
        value = _in_unit(value_of(piece.text, unit or cell.unit), unit, cell.unit)
        table = self.edition.table(cell.table)
        if value is None:
            self.refuse("unit", table, quote, place, [cell])
            return
        if value.doubt is Doubt.LOST:
            self.refuse("lost", table, quote, place, [cell])
            return
        if value.doubt is not None:
            words = (
                f"“{cell.label()}”写作“{' '.join(value.text.split())}”，{_DOUBTS[value.doubt]}，按文字保留；请改为确定的数字。"
            )
            self.findings.append(note("R909", words, [place], [cell.code, value.text]))
        if value.value is not None and is_marked(value.text):
            words = f"“{cell.label()}”写作“{value.text}”，上标的数字按注码处理，没有算进数值；请把注移到表外。"
            self.findings.append(note("R915", words, [place], [cell.code, value.text]))
        stated = unit or value.unit_given or (unit is None and cell.unit is not None and cell.unit in "".join(cell.column))
        if cell.unit in MONEY and value.value and not stated:
            words = f"“{quote}”写作“{value.text}”，没有写明单位，按表样的“{cell.unit}”读取；请核对单位。"
            self.findings.append(note("R911", words, [place], [cell.code]))
        figure = Figure(cell.code, cell.row, cell.column, value.value, value.text, value.state, cell.unit, place)
        self.figures.append(((self._order[cell.table], *order), figure))

    def local_figure(
        self,
        table: Table,
        row: tuple[str, ...],
        column: tuple[str, ...],
        piece: Piece,
        quote: str,
        unit: str | None,
        order: Order,
    ) -> None:
        """A value in a row or column that the form does not have."""
        place = replace(piece.place, quote=quote)
        value = value_of(piece.text, unit)
        if value.doubt is Doubt.LOST:
            return
        figure = Figure(None, row, column, value.value, value.text, value.state, unit, place)
        self.figures.append(((self._order[table.key], *order), figure))

    def tell(self, name: str, place: Place) -> None:
        """Remember that a row or column is not the form's."""
        self.local.setdefault(name, []).append(place)


def _in_unit(value: Value, given: str | None, wanted: str | None) -> Value | None:
    """The value in the cell's unit when the row or heading names another; None when the two cannot be compared."""
    if given is None or given == "" or given == wanted or value.value is None:
        return value
    number = converted(value.value, given, wanted)
    return None if number is None else replace(value, value=number)
