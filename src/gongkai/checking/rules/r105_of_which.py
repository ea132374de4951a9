"""Is an "of which" item no larger than the item it is part of?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule, knows, not_assessable
from gongkai.checking.wording import amount, name
from gongkai.kernel import Finding, RuleCard, Status
from gongkai.returns import Kind

CARD = RuleCard(
    code="R105",
    status=Status.FAIL,
    title="“其中”项不大于总项",
    statement="标明“其中”的项是上一项的一部分，不能大于上一项。",
    basis="统计表的结构：国办发〔2014〕32号所附统计表及更早的统计表以“其中”印明的各项。",
    wrong="参加或举办新闻发布会总次数1次，其中主要负责同志参加2次。",
    right="参加或举办新闻发布会总次数2次，其中主要负责同志参加2次。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding an "of which" item."""
    outcome = case.outcome(Kind.OF_WHICH, hard=True)
    for breach in outcome.breaches:
        part, whole = figures = case.figures((*breach.relation.identity.left, *breach.relation.identity.right))
        yield case.finding(
            CARD,
            f"其中项{name(part)}填{amount(breach.left, part.unit)}，大于总项{name(whole)}的{amount(breach.right, whole.unit)}。"
            "其中项是总项的一部分，不能更大，请核对这两个数。",
            left=breach.left,
            right=breach.right,
            figures=figures,
        )
    yield from not_assessable(case, CARD, outcome.unknown)


RULE = Rule(CARD, judge, knows(Kind.OF_WHICH, hard=True))
