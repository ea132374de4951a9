"""Is a total left blank although all its parts are numbers?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule
from gongkai.checking.wording import amount, name
from gongkai.kernel import Figure, Finding, RuleCard, Status
from gongkai.returns import Kind

CARD = RuleCard(
    code="R112",
    status=Status.FAIL,
    title="合计已填",
    statement="分项都填了数，合计就应当填写，空白不等于零，也不会自动当作已填。",
    basis="统计表的结构：合计一格是表的组成部分，空白的表不完整。",
    wrong="收到申请数空白，当面0件、传真0件、网络3件、信函1件。",
    right="收到申请数4件，当面0件、传真0件、网络3件、信函1件。",
)
_MOST = 5


def judge(case: Case) -> Iterator[Finding]:
    """One finding a table; the sums its blank totals would have are said, never filled in."""
    made: dict[str, Decimal] = {}
    for kind in (Kind.SUM, Kind.ACROSS):
        for relation in case.outcome(kind, hard=True).blank_totals:
            made.setdefault(relation.left[0], sum((case.values[c] or Decimal(0) for c in relation.right), Decimal(0)))
    tables: dict[str, list[Figure]] = {}
    for code in made:
        figure = case.report.figure(code)
        if figure is not None and case.edition is not None:
            tables.setdefault(case.edition.cells[code].table, []).append(figure)
    for figures in tables.values():
        sums = "、".join(f"{name(f)}应为{amount(made[f.code or ''], f.unit)}" for f in figures[:_MOST])
        more = f"等，共{len(figures)}格" if len(figures) > _MOST else ""
        yield case.finding(
            CARD,
            f"合计没有填写：按已填的分项相加，{sums}{more}。请核对后填上，空白不等于零。",
            left="空白",
            right=made[figures[0].code or ""] if len(figures) == 1 else None,
            figures=tuple(figures),
        )


def _has_totals(case: Case) -> bool:
    return case.edition is not None and bool(case.edition.totals())


RULE = Rule(CARD, judge, _has_totals)
