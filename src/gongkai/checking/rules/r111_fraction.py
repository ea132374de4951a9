"""Is any count not a whole number?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule, always
from gongkai.checking.wording import amount, name
from gongkai.kernel import Finding, RuleCard, Status

CARD = RuleCard(
    code="R111",
    status=Status.FAIL,
    title="件数是整数",
    statement="件、条、次、人、个、项、人次都应填整数；只有金额（万元、元）可以有小数。每一格单独看，不因为合计对得上就放过。",
    basis="统计表的含义：各格统计的是可以逐件清点的数量。",
    wrong="网络申请数8.5件，信函申请数1.5件，收到申请数10件。",
    right="网络申请数8件，信函申请数2件，收到申请数10件。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a cell."""
    whole = case.plan.whole if case.plan else frozenset()
    for figure in case.odd:
        value = figure.value
        if value is not None and figure.code in whole and value != value.to_integral_value():
            yield case.finding(
                CARD,
                f"{name(figure)}填{amount(value, figure.unit)}，不是整数。这一格按{figure.unit or '个数'}清点，不会有小数，请核对。",
                left=value,
                right="整数",
                figures=(figure,),
            )


RULE = Rule(CARD, judge, always)
