"""Which cells of a report belong together in one printed table, and what is that table called?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
