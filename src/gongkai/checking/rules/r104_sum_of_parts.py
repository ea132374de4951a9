"""Does a total equal the parts listed under it?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule, knows, not_assessable
from gongkai.checking.wording import addition, amount, name, sentence
from gongkai.kernel import Finding, RuleCard, Status
from gongkai.returns import Kind

CARD = RuleCard(
    code="R104",
    status=Status.FAIL,
    title="总项等于各分项之和",
    statement="一个总项下面列全了分项的，总项应等于各分项相加的数，例如收到申请数等于各种方式的申请数之和，行政复议总计等于四种结果之和。",
    basis="统计表的结构：国办发〔2014〕32号所附统计表的收到申请、办结、答复、复议、诉讼、人员各项，以及2019年以来格式的行政复议、行政诉讼表，分项都是列全的。",
    wrong="收到申请数填3件，当面0件、传真0件、网络3件、信函1件（相加为4件）。",
    right="收到申请数填4件，当面0件、传真0件、网络3件、信函1件（相加为4件）。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a total."""
    outcome = case.outcome(Kind.SUM, hard=True)
    for breach in outcome.breaches:
        if breach.relation.in_grid:
            continue
        figures = case.figures((*breach.relation.identity.left, *breach.relation.identity.right))
        total, *parts = figures
        values = [p.value for p in parts if p.value is not None]
        listed = f"已填的{len(values)}个分项" if breach.partial else f"所列{len(values)}个分项"
        tail = "，已经超过总项，空白的分项不可能是负数" if breach.partial else "，两数不等"
        yield case.finding(
            CARD,
            f"{name(total)}填{amount(breach.left, total.unit)}，{listed}相加为"
            f"{addition(values, breach.right, total.unit)}{tail}。请核对总项和各分项。{sentence(breach.relation.identity.note)}",
            left=breach.left,
            right=breach.right,
            figures=figures,
        )
    yield from not_assessable(case, CARD, tuple(u for u in outcome.unknown if not u.relation.in_grid))


RULE = Rule(CARD, judge, knows(Kind.SUM, hard=True, in_grid=False))
