"""What is an edition of the statistical return: which tables, cells and identities does it have?

An edition is data (``editions/*.toml``); these frozen types are that data checked and expanded. Each table has
rows and columns; a cell is one row crossed with one column. In a "list" (one indicator a row) the column path is
empty; in a "line" (复议、诉讼: one row of headings) the row path is empty. Cell codes are English terms, the same
concept the same code in every edition; the total column of a grid carries the plain row code.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Layout(StrEnum):
    """How a table is printed."""

    GRID = "grid"
    LIST = "list"
    LINE = "line"


class Kind(StrEnum):
    """What an identity says; the checking rule of the same kind judges it.

    ``left`` and ``right`` are sums of terms. SUM, BALANCE, ACROSS, CARRY, STOCK, ROLL, SAME say left = right;
    OF_WHICH, PARTS_WITHIN, UNION_FLOOR, UNION_CEILING, WITHIN say left ≤ right; FLOOR says left ≥ 0;
    ZERO_TOGETHER says both are zero or neither; IMPLIES says left > 0 only when right > 0.
    """

    SUM = "sum"
    BALANCE = "balance"
    ACROSS = "across"
    OF_WHICH = "of_which"
    PARTS_WITHIN = "parts_within"
    UNION_FLOOR = "union_floor"
    UNION_CEILING = "union_ceiling"
    WITHIN = "within"
    SAME = "same"
    FLOOR = "floor"
    ZERO_TOGETHER = "zero_together"
    IMPLIES = "implies"
    CARRY = "carry"
    STOCK = "stock"
    ROLL = "roll"


EQUALITIES = frozenset({Kind.SUM, Kind.BALANCE, Kind.ACROSS, Kind.SAME, Kind.CARRY, Kind.STOCK, Kind.ROLL})
ACROSS_YEARS = frozenset({Kind.CARRY, Kind.STOCK, Kind.ROLL})
TOTALS = frozenset({Kind.SUM, Kind.ACROSS})


@dataclass(frozen=True, slots=True)
class Row:
    """A printed row: its label, the path of labels above it (itself last) and how deep it is indented.

    A ``heading`` row has no cells. ``unit_text`` is what the unit column prints when that is not the unit
    ("——" on headings). ``also`` are other wordings of the label met in reports. ``number`` is the form's official row code.
    """

    code: str
    label: str
    path: tuple[str, ...]
    depth: int
    unit: str | None
    unit_text: str | None
    heading: bool
    of_which: bool
    optional: bool
    whole: bool
    number: str | None
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A printed column; ``path`` are its headings, outermost first (empty in a list)."""

    code: str
    path: tuple[str, ...]
    unit: str | None
    whole: bool
    signed: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One place for a figure. ``whole`` cells count things; ``signed`` cells may be negative (本年增/减)."""

    code: str
    row: tuple[str, ...]
    column: tuple[str, ...]
    unit: str | None
    table: str
    row_index: int
    column_index: int
    whole: bool
    signed: bool
    optional: bool

    def label(self) -> str:
        """The cell's name in words."""
        return "—".join((*self.row, *self.column))


@dataclass(frozen=True)
class Table:
    """A table in print order.

    ``heading`` is printed above the column headings and leads every row path (第二十条第（一）项); ``corner``
    stands in the first header cell; ``headings`` are a list's column headings (indicator, unit, figure), kept by a grid
    that was a list before a body gave it columns; ``section`` is the section of the report it stands in, None when it is
    an annex after the text.
    """

    key: str
    layout: Layout
    section: str | None
    title: str | None
    heading: str | None
    corner: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    cells: tuple[Cell, ...]

    @cached_property
    def _by_place(self) -> dict[tuple[int, int], Cell]:
        return {(c.row_index, c.column_index): c for c in self.cells}

    def cell_at(self, row_index: int, column_index: int) -> Cell | None:
        """The cell of a row and a column (both counted from 0), None where the row is a heading."""
        return self._by_place.get((row_index, column_index))


@dataclass(frozen=True, slots=True)
class Term:
    """One summand of an identity: a cell code, its sign, and whether it is taken from the previous year's report."""

    code: str
    sign: int = 1
    previous: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """A relation between cells. ``key`` names it stably; ``hard`` identities cannot be broken by a true report.

    ``printed`` when the form itself prints it. ``note`` is a Chinese remark for users.
    """

    key: str
    kind: Kind
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    hard: bool
    printed: bool
    note: str


@dataclass(frozen=True)
class Edition:
    """One edition of the return. ``first_year``/``last_year`` are report years, None when open or unknown.

    ``base`` is the national edition a local superset grows from, None for the shipped editions.
    """

    key: str
    short: tuple[str, ...]
    title: str
    form_title: str | None
    authority: str
    issued: str
    first_year: int | None
    last_year: int | None
    sections: tuple[str, ...]
    head: tuple[str, ...]
    foot: tuple[str, ...]
    tables: tuple[Table, ...]
    identities: tuple[Identity, ...]
    base: str | None

    @cached_property
    def cells(self) -> dict[str, Cell]:
        """Every cell by code, in print order."""
        return {cell.code: cell for table in self.tables for cell in table.cells}

    def table(self, key: str) -> Table:
        """The table of this key; KeyError when there is none."""
        for table in self.tables:
            if table.key == key:
                return table
        raise KeyError(key)

    def covers(self, year: int) -> bool:
        """Whether this edition was the form for a report year."""
        return (self.first_year is None or self.first_year <= year) and (self.last_year is None or year <= self.last_year)

    def totals(self) -> tuple[Identity, ...]:
        """The hard identities that let a single blank left-hand cell be computed (sums down and across)."""
        return tuple(i for i in self.identities if i.hard and i.kind in TOTALS)
