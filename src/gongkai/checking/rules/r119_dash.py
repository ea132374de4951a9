"""Does a cell that must add up hold a dash or "not applicable"?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule
from gongkai.checking.tables import by_table
from gongkai.checking.wording import names
from gongkai.kernel import Finding, RuleCard, State, Status

CARD = RuleCard(
    code="R119",
    status=Status.REMARK,
    title="要合计的格里填数字",
    statement="参加合计和勾稽的格应填数字，没有发生的填0；填“-”“/”或“不适用”，就不能确定是零还是没有统计，合计也无法核对。",
    basis="国办公开办函〔2021〕30号、〔2019〕60号所附格式印明了勾稽关系，各格都要参加计算。",
    wrong="申请办理情况表里，没有发生的格填“-”。",
    right="申请办理情况表里，没有发生的格填“0”。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a table."""
    additive = case.plan.additive if case.plan else frozenset()
    dashes = [f for f in case.unfilled if f.state in (State.DASH, State.NOT_APPLICABLE) and f.code in additive]
    for _, figures in by_table(case, dashes):
        yield case.finding(
            CARD,
            f"{names(figures)}填的是“{figures[0].text}”，不是数字，所在的合计无法核对。没有发生的请填0。",
            left=figures[0].text,
            right="数字",
            figures=figures,
        )


def _adds_up(case: Case) -> bool:
    return case.plan is not None and bool(case.plan.additive)


RULE = Rule(CARD, judge, _adds_up)
