"""Is any figure negative where nothing can be less than zero?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import ZERO, Case
from gongkai.checking.rule import Rule, always
from gongkai.checking.wording import amount, name
from gongkai.kernel import Finding, RuleCard, Status

CARD = RuleCard(
    code="R110",
    status=Status.FAIL,
    title="数字不为负数",
    statement="件数、条数、人次、金额都不能是负数；只有“本年增/减”可以填负数。每一格单独看，不因为合计对得上就放过。",
    basis="统计表的含义：各格统计的是已经发生的数量。",
    wrong="网络申请数12件，信函申请数−2件，收到申请数10件（合计虽然相等，负数仍然是错的）。",
    right="网络申请数8件，信函申请数2件，收到申请数10件。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a cell."""
    signed = case.plan.signed if case.plan else frozenset()
    for figure in case.odd:
        if figure.value is not None and figure.value < 0 and figure.code not in signed:
            yield case.finding(
                CARD,
                f"{name(figure)}填{amount(figure.value, figure.unit)}，是负数。这一格统计的数量不能小于零，请核对。",
                left=figure.value,
                right=ZERO,
                figures=(figure,),
            )


RULE = Rule(CARD, judge, always)
