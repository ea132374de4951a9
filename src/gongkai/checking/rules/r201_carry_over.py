"""Is what was carried in what last year's report carried out?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule, knows, not_assessable
from gongkai.checking.wording import amount, column_name, sentence
from gongkai.kernel import Finding, RuleCard, Status
from gongkai.returns import Kind

CARD = RuleCard(
    code="R201",
    status=Status.FAIL,
    title="上年结转等于上一年的结转下年",
    statement="本年的“上年结转政府信息公开申请数量”，每一列都应等于上一年年报的“结转下年度继续办理”。",
    basis="国办公开办函〔2021〕30号、〔2019〕60号所附格式的第二项和第四项：同一批申请在两年的报告里各出现一次。",
    wrong="上一年结转下年度继续办理3件，本年上年结转填2件。",
    right="上一年结转下年度继续办理3件，本年上年结转填3件。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a column; the total column is left out when it only adds up the differences of its columns."""
    outcome = case.outcome(Kind.CARRY, hard=True)
    for breach in outcome.breaches:
        now, then = figures = case.figures((*breach.relation.identity.left, *breach.relation.identity.right))
        year = case.previous.year if case.previous else ""
        yield case.finding(
            CARD,
            f"“{column_name(now)}”一列，上年结转填{amount(breach.left, now.unit)}，{year}年年报的结转下年度继续办理是"
            f"{amount(breach.right, then.unit)}，两数不等。请核对；{sentence(breach.relation.identity.note)}",
            left=breach.left,
            right=breach.right,
            figures=figures,
            subject=breach.relation.left,
        )
    yield from not_assessable(case, CARD, outcome.unknown)


RULE = Rule(CARD, judge, knows(Kind.CARRY, hard=True))
