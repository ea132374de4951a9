"""Which cells of a report belong together in one printed table, and what is that table called?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from gongkai.checking.case import Case
from gongkai.kernel import Figure
from gongkai.returns import Table


def by_table(case: Case, figures: Iterable[Figure]) -> Iterator[tuple[Table, tuple[Figure, ...]]]:
    """Each table that has any of these figures, with those it has."""
    if case.edition is None:
        return
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        found.setdefault(case.edition.cells[figure.code or ""].table, []).append(figure)
    for key, members in found.items():
        yield case.edition.table(key), tuple(members)


def table_name(table: Table, form_title: str | None) -> str:
    """A table in words: its title, else its heading, else the form it is, else the section it stands in."""
    return f"“{table.title or table.heading or form_title or table.section or table.key}”"


@dataclass(frozen=True, slots=True)
class Heading:
    """One printed column heading and how many columns and rows it covers."""

    label: str
    columns: int
    rows: int


def header_rows(table: Table) -> tuple[tuple[Heading, ...], ...]:
    """The column headings of a grid or line, row by row, equal neighbours merged as the form prints them."""
    depth = max(len(c.path) for c in table.columns)
    rows = []
    for level in range(depth):
        row: list[Heading] = []
        for path, columns in groupby(table.columns, key=lambda c: c.path[: level + 1]):
            if len(path) > level:
                row.append(Heading(path[level], len(list(columns)), depth - level if _is_leaf(table, path) else 1))
        rows.append(tuple(row))
    return tuple(rows)


def _is_leaf(table: Table, path: tuple[str, ...]) -> bool:
    return any(c.path == path for c in table.columns)
