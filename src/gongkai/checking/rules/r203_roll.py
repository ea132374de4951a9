"""Is "items last year" what last year's report arrived at?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule, knows, not_assessable
from gongkai.checking.wording import addition, amount, row_name
from gongkai.kernel import Finding, RuleCard, Status
from gongkai.returns import Kind

CARD = RuleCard(
    code="R203",
    status=Status.UNCERTAIN,
    title="上一年项目数量与上一年年报衔接",
    statement="“上一年项目数量”通常等于上一年年报的“上一年项目数量”加“本年增/减”。",
    basis="国办公开办函〔2019〕60号所附格式第二十条第（五）、（六）、（八）项的表式；各地对“上一年”的理解不一，所以只作为存疑。",
    wrong="上一年年报：行政许可上一年20项、本年增/减+2项；本年年报：上一年项目数量填20项。",
    right="上一年年报：行政许可上一年20项、本年增/减+2项；本年年报：上一年项目数量填22项。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a row."""
    outcome = case.outcome(Kind.ROLL, hard=False)
    for breach in outcome.breaches:
        now, *then = figures = case.figures((*breach.relation.identity.left, *breach.relation.identity.right))
        values = [f.value for f in then if f.value is not None]
        yield case.finding(
            CARD,
            f"“{row_name(now)}”的上一年项目数量填{amount(breach.left, now.unit)}；上一年年报的项目数量加其增减为"
            f"{addition(values, breach.right, now.unit)}，两数不等。请核对，有原因的在报告里说明。",
            left=breach.left,
            right=breach.right,
            figures=figures,
            subject=breach.relation.left,
        )
    yield from not_assessable(case, CARD, outcome.unknown)


RULE = Rule(CARD, judge, knows(Kind.ROLL, hard=False))
