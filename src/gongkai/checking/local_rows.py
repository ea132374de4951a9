"""Could a body's own extra rows be the reason why a printed sum does not come out?"""

from __future__ import annotations

from decimal import Decimal

from gongkai.checking.plan import Relation
from gongkai.returns import Kind, Report

_OPEN_TO_LOCAL_ROWS = frozenset({Kind.SUM, Kind.UNION_CEILING})


def local_rows(report: Report, relation: Relation) -> tuple[Decimal, ...]:
    """The non-zero numbers of local rows that stand among a relation's parts, in the same column.

    A local row stands among the parts when it follows one of them with no other cell of that column between.
    """
    if relation.identity.kind not in _OPEN_TO_LOCAL_ROWS or all(f.code is not None for f in report.figures):
        return ()
    members = {*relation.left, *relation.right}
    column = report.by_code[relation.right[0]].column if relation.right[0] in report.by_code else ()
    found, inside = [], False
    for figure in report.figures:
        if figure.column != column:
            continue
        if figure.code is not None:
            inside = figure.code in members
        elif inside and figure.value:
            found.append(figure.value)
    return tuple(found)


def may_explain(relation: Relation, difference: Decimal, extra: tuple[Decimal, ...]) -> bool | None:
    """Whether the extra rows explain a difference (left less right): yes, no, or cannot be told (None)."""
    total = sum(extra, Decimal(0))
    if relation.identity.kind is Kind.UNION_CEILING:
        return difference <= total
    if difference == total:
        return True
    return None if 0 < difference < total else False
