"""Are two figures both zero or both not, where one cannot be without the other?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule, knows, not_assessable
from gongkai.checking.wording import amount, name
from gongkai.kernel import Finding, RuleCard, Status
from gongkai.returns import Kind

CARD = RuleCard(
    code="R115",
    status=Status.UNCERTAIN,
    title="数量与金额同为零或同不为零",
    statement="有采购项目就应有金额，没有项目就不应有金额；一个为零、另一个不为零时请核对。",
    basis="国办公开办函〔2019〕60号所附格式第二十条第（九）项的表式。",
    wrong="采购项目数量2项，采购总金额0元。",
    right="采购项目数量2项，采购总金额35000元。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a pair."""
    outcome = case.outcome(Kind.ZERO_TOGETHER, hard=False)
    for breach in outcome.breaches:
        left, right = figures = case.figures((*breach.relation.identity.left, *breach.relation.identity.right))
        yield case.finding(
            CARD,
            f"{name(left)}填{amount(breach.left, left.unit)}，{name(right)}却填{amount(breach.right, right.unit)}。"
            "两个数应当同为零，或者同不为零，请核对。",
            left=breach.left,
            right=breach.right,
            figures=figures,
        )
    yield from not_assessable(case, CARD, outcome.unknown)


RULE = Rule(CARD, judge, knows(Kind.ZERO_TOGETHER, hard=False))
