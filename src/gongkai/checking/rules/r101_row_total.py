"""Does the total of each row equal the applicants of that row?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule, knows, not_assessable
from gongkai.checking.wording import addition, amount, row_name
from gongkai.kernel import Finding, RuleCard, Status
from gongkai.returns import Kind

CARD = RuleCard(
    code="R101",
    status=Status.FAIL,
    title="每行总计等于各类申请人之和",
    statement="申请办理情况表的每一行，“总计”一列的数应等于自然人和各类法人或其他组织各列相加的数。",
    basis="国办公开办函〔2021〕30号、〔2019〕60号所附年度报告格式的表式：总计列是前面六列的合计。",
    wrong="新收申请一行：自然人3件、商业企业1件，其余为0，总计填5件。",
    right="新收申请一行：自然人3件、商业企业1件，其余为0，总计填4件。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a row; the row of totals is left out when its difference only adds up those of the rows above it."""
    outcome = case.outcome(Kind.ACROSS, hard=True)
    for breach in outcome.breaches:
        total, *parts = case.figures((*breach.relation.identity.left, *breach.relation.identity.right))
        values = [p.value for p in parts if p.value is not None]
        tail = "，已经超过总计，空白的格不可能是负数" if breach.partial else "，两数不等"
        yield case.finding(
            CARD,
            f"“{row_name(total)}”一行，总计填{amount(breach.left, total.unit)}，各类申请人相加为"
            f"{addition(values, breach.right, total.unit)}{tail}。请核对这一行各类申请人的件数和总计。",
            left=breach.left,
            right=breach.right,
            figures=(total, *parts),
        )
    yield from not_assessable(case, CARD, outcome.unknown)


RULE = Rule(CARD, judge, knows(Kind.ACROSS, hard=True))
