"""Is what the text states of a part of the year more than the table has of the whole?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.checking.case import Case
from gongkai.checking.prose import Stated, approximate, said
from gongkai.checking.rule import Rule
from gongkai.checking.wording import amount, names
from gongkai.kernel import Finding, RuleCard, Status

CARD = RuleCard(
    code="R305",
    status=Status.FAIL,
    title="一段时间的数字不大于全年",
    statement="正文写上半年、下半年、某一季度或者某几个月的数字的，不能大于统计表里同一项全年的数字。",
    basis="一年的一部分不能大于全年。",
    wrong="正文写“上半年收到政府信息公开申请64件”，表内本年新收46件。",
    right="正文写“上半年收到政府信息公开申请24件”，表内本年新收46件。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a number that is larger than every sum of the table that it could be a part of."""
    seen: set[tuple[str, Decimal]] = set()
    for one, value, total in _during(case):
        if value > total and (one.claim.label, value) not in seen:
            seen.add((one.claim.label, value))
            figures = case.prose.figures(one.cells)
            unit = figures[0].unit if figures else one.claim.unit
            yield case.finding(
                CARD,
                f"正文写{said(one.claim)}，只是一年的一部分，却大于表内{names(figures)}全年的{amount(total, unit)}。请核对哪一个数字对。",
                left=value,
                right=total,
                claims=(one.claim,),
                figures=figures,
            )


def _during(case: Case) -> Iterator[tuple[Stated, Decimal, Decimal]]:
    """What is stated of a part of the year, and the most that the table has of the whole."""
    for one in case.prose.stated:
        if not one.during or one.strength != "exact" or one.denied or one.claim.value is None or approximate(one.claim):
            continue
        total = case.prose.sum(one.cells) if one.cells else None
        if total is not None:
            yield one, case.prose.in_unit_of(one.claim, one.cells), max(total, *case.prose.others(one), Decimal(0))


def applies(case: Case) -> bool:
    """Whether the text states such a number."""
    return case.edition is not None and bool(case.report.claims) and any(True for _ in _during(case))


RULE = Rule(CARD, judge, applies)
