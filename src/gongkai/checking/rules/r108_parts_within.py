"""Do parts that need not be complete still stay within their total?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule, knows, not_assessable
from gongkai.checking.wording import addition, amount, name, sentence
from gongkai.kernel import Finding, RuleCard, Status
from gongkai.returns import Kind

CARD = RuleCard(
    code="R108",
    status=Status.FAIL,
    title="分项之和不大于总项",
    statement="一个总项下面的分项没有列全（没有“其他”一项）时，分项之和可以小于总项，但不能大于总项。",
    basis="统计表的结构：没有兜底分项的表，各分项互不重叠，都包含在总项里。",
    wrong="行政复议数量1件，维持具体行政行为1件，确认违法1件（相加为2件）。",
    right="行政复议数量2件，维持具体行政行为1件，确认违法1件（相加为2件）。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a total."""
    outcome = case.outcome(Kind.PARTS_WITHIN, hard=True)
    for breach in outcome.breaches:
        parts, (whole,) = case.figures(breach.relation.identity.left), case.figures(breach.relation.identity.right)
        values = [p.value for p in parts if p.value is not None]
        yield case.finding(
            CARD,
            f"{name(whole)}填{amount(breach.right, whole.unit)}，各分项相加为{addition(values, breach.left, whole.unit)}，"
            f"分项比总项多。请核对总项和各分项。{sentence(breach.relation.identity.note)}",
            left=breach.left,
            right=breach.right,
            figures=(*parts, whole),
        )
    yield from not_assessable(case, CARD, outcome.unknown)


RULE = Rule(CARD, judge, knows(Kind.PARTS_WITHIN, hard=True))
