"""Which rows may have lost a cell, so that every value behind it stands one place too far to the front?

Such a row ends in an empty cell where its total should stand, and the total stands where the last part should. Whether the
total was left out instead can be told by the numbers alone: a part that is smaller than the other parts together is no total.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from gongkai.kernel import Figure, Finding, State
from gongkai.reading.notes import note
from gongkai.returns import Cell, Edition, Table
from gongkai.returns.model import TOTALS, Identity

_FILLED = frozenset({State.NUMBER, State.BLANK})
_FEWEST = 4
"""Cells of a row in which a lost one would not be seen at once."""


def shifted(edition: Edition, figures: Iterable[Figure]) -> Iterator[Finding]:
    """A doubt for each row that may have lost a cell; its values stay as they stand, which is what the source says."""
    at = {figure.code: figure for figure in figures if figure.code is not None}
    for table in edition.tables:
        rows = [[at[cell.code] for cell in row] for row in _rows(table) if all(cell.code in at for cell in row)]
        for row in rows:
            if (
                row[-1].state is not State.BLANK
                or row[-2].state is not State.NUMBER
                or not _FILLED.issuperset(f.state for f in row)
            ):
                continue
            if _may_have_lost_a_cell(edition, row, [other for other in rows if other is not row]):
                name = (row[-1].row or (table.section or row[-1].column[0],))[-1]
                message = (
                    f"“{name}”一行最后的合计空着，可能是少了一个单元格而后面的数据都前移了一格，也可能是漏填了合计；"
                    "暂按原样列出，请对照原文核对，补齐这一行的单元格。"
                )
                yield note("R925", message, [row[-1].place], [figure.code for figure in row if figure.code is not None])


def _rows(table: Table) -> list[list[Cell]]:
    """The cells of a table by the row they are printed in, those of rows in which a lost cell would not be seen at once."""
    rows: dict[tuple[str, ...], list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    return [row for row in rows.values() if len(row) >= _FEWEST]


def _may_have_lost_a_cell(edition: Edition, row: Sequence[Figure], others: Iterable[Sequence[Figure]]) -> bool:
    """Whether a row with a number before its empty last cell may have lost one; the ``others`` show whether sums prove anything here."""
    own = _sums(edition, row)
    last = [i for i in own if i.left[0].code == row[-1].code]
    if not last:
        return False
    within = [_comes_out(i, row) for i in own if i not in last]
    beside = [_comes_out(i, other) for other in others for i in _sums(edition, other)]
    shown = [good for good in (*within, *beside) if good is not None]
    if not shown:
        return False  # where no row has its total, totals are left to whoever adds them up
    if False in within or 2 * sum(shown) <= len(shown):
        return True
    at = {figure.code: figure.value or Decimal(0) for figure in row}
    parts = [at[term.code] for term in last[0].right]  # an empty part adds nothing
    return parts[-1] >= sum(parts[:-1], Decimal(0))


def _sums(edition: Edition, row: Sequence[Figure]) -> list[Identity]:
    """The sums of the form that stand within a row."""
    codes = {figure.code for figure in row}
    return [
        identity
        for identity in edition.identities
        if identity.kind in TOTALS and {term.code for term in (*identity.left, *identity.right)} <= codes
    ]


def _comes_out(identity: Identity, row: Sequence[Figure]) -> bool | None:
    """Whether a sum within a row comes out, empty parts adding nothing; None where the total itself is no number."""
    at = {figure.code: figure.value for figure in row}
    if any(at[term.code] is None for term in identity.left):
        return None
    left = sum(term.sign * (at[term.code] or Decimal(0)) for term in identity.left)
    return left == sum(term.sign * (at[term.code] or Decimal(0)) for term in identity.right)
