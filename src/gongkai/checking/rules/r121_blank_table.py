"""Is a whole table blank?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule, always
from gongkai.checking.tables import by_table, table_name
from gongkai.kernel import Finding, RuleCard, State, Status

CARD = RuleCard(
    code="R121",
    status=Status.UNCERTAIN,
    title="没有整张空白的表",
    statement="一张表里所有的格都空白，看不出是没有发生还是没有填报。",
    basis="统计表的含义：没有发生的填0。",
    wrong="行政复议、行政诉讼情况表十五格全部空白。",
    right="行政复议、行政诉讼情况表十五格都填0。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a table; its first cell is the place."""
    if case.edition is None:
        return
    blank = [f for f in case.unfilled if f.state is State.BLANK]
    for table, figures in by_table(case, blank):
        if len(figures) == sum(c.code in case.report.by_code for c in table.cells):
            yield case.finding(
                CARD,
                f"{table_name(table, case.edition.form_title)}一表全部空白。请填写；没有发生的填0。",
                left="空白",
                right="数字",
                figures=figures[:1],
                subject=(table.key,),
            )


RULE = Rule(CARD, judge, always)
