"""Is a de-duplicated total no larger than its channels together?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule, knows, not_assessable
from gongkai.checking.wording import addition, amount, name
from gongkai.kernel import Finding, RuleCard, Status
from gongkai.returns import Kind

CARD = RuleCard(
    code="R107",
    status=Status.FAIL,
    title="去重总数不大于各渠道之和",
    statement="主动公开的每一条信息至少在一个渠道公开过，所以去重后的总数不能大于各渠道条数之和。",
    basis="国办发〔2014〕32号所附统计表的结构：渠道的最后一项是“其他方式”，渠道是列全的。",
    wrong="主动公开政府信息数50条，政府网站30条，政务微信10条，其余渠道为0（相加为40条）。",
    right="主动公开政府信息数35条，政府网站30条，政务微信10条，其余渠道为0（相加为40条，有5条重复）。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a total."""
    outcome = case.outcome(Kind.UNION_CEILING, hard=True)
    for breach in outcome.breaches:
        total, *channels = figures = case.figures((*breach.relation.identity.left, *breach.relation.identity.right))
        values = [c.value for c in channels if c.value is not None]
        yield case.finding(
            CARD,
            f"{name(total)}填{amount(breach.left, total.unit)}，大于各渠道之和{addition(values, breach.right, total.unit)}。"
            "每一条信息至少在一个渠道公开，请核对总数，或者补上漏填的渠道。",
            left=breach.left,
            right=breach.right,
            figures=figures,
        )
    yield from not_assessable(case, CARD, outcome.unknown)


RULE = Rule(CARD, judge, knows(Kind.UNION_CEILING, hard=True))
