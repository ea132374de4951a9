"""Were no more items struck off than there had been?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule, knows, not_assessable
from gongkai.checking.wording import addition, amount, row_name
from gongkai.kernel import Finding, RuleCard, Status
from gongkai.returns import Kind

CARD = RuleCard(
    code="R109",
    status=Status.FAIL,
    title="减少的项目不多于原有项目",
    statement="“上一年项目数量”加“本年增/减”是现有的项目数，不能小于零。",
    basis="国办公开办函〔2019〕60号所附格式第二十条第（五）、（六）、（八）项的表式。",
    wrong="行政许可：上一年项目数量3项，本年增/减−5项。",
    right="行政许可：上一年项目数量5项，本年增/减−3项。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a row."""
    outcome = case.outcome(Kind.FLOOR, hard=True)
    for breach in outcome.breaches:
        figures = case.figures(breach.relation.identity.left)
        values = [f.value for f in figures if f.value is not None]
        yield case.finding(
            CARD,
            f"“{row_name(figures[0])}”一行，上一年项目数量加本年增/减为{addition(values, breach.left, figures[0].unit)}，"
            f"小于零。减少的项目不能多于原有的{amount(values[0], figures[0].unit)}，请核对这两个数。",
            left=breach.left,
            right=breach.right,
            figures=figures,
        )
    yield from not_assessable(case, CARD, outcome.unknown)


RULE = Rule(CARD, judge, knows(Kind.FLOOR, hard=True))
