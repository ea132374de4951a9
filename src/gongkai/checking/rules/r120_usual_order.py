"""Is a figure no larger than another that usually holds it, though a true report may let it be?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule, knows, not_assessable
from gongkai.checking.wording import amount, name, sentence
from gongkai.kernel import Finding, RuleCard, Status
from gongkai.returns import Kind

CARD = RuleCard(
    code="R120",
    status=Status.REMARK,
    title="通常不会更大的数",
    statement="有的数通常不大于另一个数，例如办结数不大于收到数；大了往往有正当原因（例如上年结转），请确认。",
    basis="统计表的结构；表上没有印明，也没有上年结转一行，所以只作提示。",
    wrong="收到申请数5件，申请办结数7件，报告里没有提到上年结转。",
    right="收到申请数5件，申请办结数7件，报告里写明其中2件是上年结转。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a pair; none over a figure that a hard relation has already caught."""
    outcome = case.outcome(Kind.WITHIN, hard=False)
    for breach in outcome.breaches:
        left, right = figures = case.figures((*breach.relation.identity.left, *breach.relation.identity.right))
        yield case.finding(
            CARD,
            f"{name(left)}填{amount(breach.left, left.unit)}，大于{name(right)}的{amount(breach.right, right.unit)}。"
            f"请确认有没有原因。{sentence(breach.relation.identity.note)}",
            left=breach.left,
            right=breach.right,
            figures=figures,
        )
    yield from not_assessable(case, CARD, outcome.unknown)


RULE = Rule(CARD, judge, knows(Kind.WITHIN, hard=False))
