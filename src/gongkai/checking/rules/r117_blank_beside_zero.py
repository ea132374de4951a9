"""Are some cells blank while their neighbours say zero?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule, always
from gongkai.checking.tables import by_table
from gongkai.checking.wording import names
from gongkai.kernel import Finding, RuleCard, State, Status
from gongkai.returns import Kind

CARD = RuleCard(
    code="R117",
    status=Status.REMARK,
    title="空白与零不混用",
    statement="同一张表里有的格填0、有的格空白，看不出空白是没有发生、没有统计还是漏填。空白与零的意思不同。",
    basis="统计表的含义：没有发生的填0；没有统计的应当说明。",
    wrong="政府公报公开政府信息数空白，政务微博公开政府信息数填0。",
    right="政府公报公开政府信息数填0，政务微博公开政府信息数填0。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a table; blank totals are left to their own rule."""
    totals = {r.left[0] for kind in (Kind.SUM, Kind.ACROSS) for r in case.outcome(kind, hard=True).blank_totals}
    blank = [f for f in case.unfilled if f.state is State.BLANK and f.code not in totals]
    for table, figures in by_table(case, blank):
        if any(case.values[c.code] == 0 for c in table.cells):
            yield case.finding(
                CARD,
                f"{names(figures)}空白，而同一张表里别的格填了0。请确认空白的格是没有发生（应填0），还是没有统计（应说明）。",
                left="空白",
                right="0",
                figures=figures,
            )


RULE = Rule(CARD, judge, always)
