"""Is there a figure whose usual source is zero?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule, knows, not_assessable
from gongkai.checking.wording import amount, name, sentence
from gongkai.kernel import Finding, RuleCard, Status
from gongkai.returns import Kind

CARD = RuleCard(
    code="R116",
    status=Status.REMARK,
    title="有受训人员而没有培训班",
    statement="接受培训人员数大于零而举办培训班数为零，通常是参加了别的机关办的培训；请在报告里写一句。",
    basis="国办发〔2014〕32号所附统计表的结构；表上没有印明，所以只作提示。",
    wrong="举办各类培训班数0次，接受培训人员数12人次，报告里没有说明。",
    right="举办各类培训班数1次，接受培训人员数12人次。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a pair."""
    outcome = case.outcome(Kind.IMPLIES, hard=False)
    for breach in outcome.breaches:
        left, right = figures = case.figures((*breach.relation.identity.left, *breach.relation.identity.right))
        yield case.finding(
            CARD,
            f"{name(left)}填{amount(breach.left, left.unit)}，{name(right)}却是{amount(breach.right, right.unit)}。"
            f"请确认，有原因的在报告里说明。{sentence(breach.relation.identity.note)}",
            left=breach.left,
            right=breach.right,
            figures=figures,
        )
    yield from not_assessable(case, CARD, outcome.unknown)


RULE = Rule(CARD, judge, knows(Kind.IMPLIES, hard=False))
