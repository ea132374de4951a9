"""Does a cell hold words or a malformed number where a number belongs?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule, always
from gongkai.checking.wording import name
from gongkai.kernel import Finding, RuleCard, State, Status

CARD = RuleCard(
    code="R113",
    status=Status.UNCERTAIN,
    title="数字格里是可以认出的数",
    statement="应填数字的格里写了文字，或者写了不成数的数（例如多一个小数点），不能确定是多少，也就不能参加核对。",
    basis="统计表的含义：各格填写数量。",
    wrong="收到申请数填“81.8.0”，或者填“若干”。",
    right="收到申请数填“82”。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a cell."""
    for figure in case.unfilled:
        if figure.state is State.TEXT:
            yield case.finding(
                CARD,
                f"{name(figure)}写的是“{figure.text}”，认不出是多少{figure.unit or ''}。请改填一个数，没有发生的填0。",
                left=figure.text,
                right="数字",
                figures=(figure,),
            )


RULE = Rule(CARD, judge, always)
