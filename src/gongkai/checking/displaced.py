"""Would moving values back by one cell make every relation come out that does not?

A row filled in one cell too far, two neighbours exchanged, two rows exchanged, rows filled in one line too low: each breaks
relations in its own way. What mends all of them at once, breaks none and is the only such move, is worth a word; the
figures themselves are left as they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from gongkai.returns import Edition, Identity, Kind, Layout, Report, Table
from gongkai.returns.model import EQUALITIES

_LEAST = 2  # relations that must be mended: one alone any number could mend
_MOST_ROWS = 90

Values = Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Move:
    """One way in which values may have been filled in wrongly.

    ``kind`` is "cells" (two neighbours exchanged), "rows" (two rows exchanged), "across" (a row one cell too far) or "down" (rows one line
    too low or too high). ``codes`` are the cells it moves, in print order; ``mended`` how many relations it makes come out.
    """

    kind: str
    codes: tuple[str, ...]
    mended: int


def move(edition: Edition, values: Values, previous: Report | None = None) -> Move | None:
    """The one move that mends every hard relation of a report that does not hold; None when there is none, or several."""
    relations = [i for i in edition.identities if i.hard and (i.kind in EQUALITIES or i.kind is Kind.OF_WHICH)]
    broken = [i for i in relations if _holds(i, values, previous) is False]
    if len(broken) < _LEAST:
        return None
    touching: dict[str, list[Identity]] = {}
    for identity in relations:
        for term in (*identity.left, *identity.right):
            if not term.previous:
                touching.setdefault(term.code, []).append(identity)
    spots = [frozenset(t.code for t in (*i.left, *i.right) if not t.previous) for i in broken]
    found: dict[tuple[tuple[str, Decimal | None], ...], Move] = {}
    for table in edition.tables:
        for kind, changed, unknown in _moves(table, values, spots):
            moved = frozenset((*changed, *unknown))
            after = {**values, **changed, **dict.fromkeys(unknown)}
            concerned = {i.key: i for code in moved for i in touching.get(code, ())}
            if any(_holds(i, after, previous) is False for i in concerned.values()):
                continue
            mended = sum(_holds(i, after, previous) is True for i in broken)
            if mended >= _LEAST:
                found.setdefault(tuple(sorted(changed.items())), Move(kind, (*changed, *unknown), mended))
    return next(iter(found.values())) if len(found) == 1 else None


def _holds(identity: Identity, values: Values, previous: Report | None) -> bool | None:
    """Whether a relation holds; None where a cell has no number."""
    sides = []
    for terms in (identity.left, identity.right):
        total = Decimal(0)
        for term in terms:
            value = previous.value(term.code) if term.previous and previous is not None else None
            value = values.get(term.code) if not term.previous else value
            if value is None:
                return None
            total += term.sign * value
        sides.append(total)
    return sides[0] <= sides[1] if identity.kind is Kind.OF_WHICH else sides[0] == sides[1]


_Change = tuple[str, dict[str, Decimal | None], tuple[str, ...]]


def _moves(table: Table, values: Values, spots: Sequence[frozenset[str]]) -> Iterator[_Change]:
    """Every move within a table that touches all ``spots``, the cells of each broken relation.

    A move is its kind, the cells with what they would hold, and the cells whose own value was lost.
    """
    if any(spot.isdisjoint(cell.code for cell in table.cells) for spot in spots):
        return
    rows = _rows(table)
    if len(rows) > _MOST_ROWS:
        return
    for row in rows:
        for one, other in pairwise(row):
            if _touches((one, other), spots):
                yield from _exchanged("cells", [one], [other], values)
        if len(row) > 2 and _touches(row, spots):
            yield from _shifted("across", [[code] for code in row], values)
    for upper, lower in pairwise(rows):
        if len(upper) == len(lower) and _touches((*upper, *lower), spots):
            yield from _exchanged("rows", upper, lower, values)
            for one, other in zip(upper, lower, strict=True) if len(upper) > 1 else ():
                if _touches((one, other), spots):
                    yield from _exchanged("cells", [one], [other], values)
    for first in range(len(rows)):
        if not _touches([code for row in rows[first:] for code in row], spots):
            break  # the rows below touch fewer still
        yield from _shifted("down", rows[first:], values)


def _touches(codes: Sequence[str], spots: Sequence[frozenset[str]]) -> bool:
    return not any(spot.isdisjoint(codes) for spot in spots)


def _rows(table: Table) -> list[list[str]]:
    if table.layout is Layout.LINE:
        return [[cell.code for cell in table.cells]]
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        if not cell.optional:
            rows.setdefault(cell.row_index, []).append(cell.code)
    return list(rows.values())


def _exchanged(kind: str, one: Sequence[str], other: Sequence[str], values: Values) -> Iterator[_Change]:
    changed = {a: values.get(b) for a, b in (*zip(one, other, strict=True), *zip(other, one, strict=True))}
    if None not in changed.values() and any(values.get(code) != value for code, value in changed.items()):
        yield kind, changed, ()


def _shifted(kind: str, groups: Sequence[Sequence[str]], values: Values) -> Iterator[_Change]:
    """The groups' values moved one group back, and one group on; the last group's, or the first's, were lost."""
    if len(groups) < 3 or len({len(group) for group in groups}) > 1:
        return
    for own, source, lost in ((groups[:-1], groups[1:], groups[-1]), (groups[1:], groups[:-1], groups[0])):
        changed = {a: values.get(b) for to, of in zip(own, source, strict=True) for a, b in zip(to, of, strict=True)}
        if None not in changed.values() and any(values.get(code) != value for code, value in changed.items()):
            yield kind, changed, tuple(lost)
