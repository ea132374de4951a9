"""Does a report that gathers others hold the sum of their figures?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.checking.case import ZERO, Case
from gongkai.checking.rule import Rule
from gongkai.checking.wording import amount, name
from gongkai.kernel import Figure, Finding, RuleCard, Status

CARD = RuleCard(
    code="R206",
    status=Status.UNCERTAIN,
    title="汇总数等于各单位之和",
    statement="汇总的年报每一项应当等于所属各单位年报同一项之和；单位没有收齐、移送的申请重复计算、联合发文重复计算的，会不相等，请核对。",
    basis="各级汇总年报由所属单位的数据逐格相加而成，不取平均，合计重新计算。",
    wrong="三个单位的本年新收分别是3件、4件、5件，汇总年报填13件。",
    right="三个单位的本年新收分别是3件、4件、5件，汇总年报填12件。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a cell. A child of another edition or year stands in the way of everything and is told first."""
    misfits = [
        c
        for c in case.children
        if c.edition is None or case.edition is None or c.edition.key != case.edition.key or c.year != case.report.year
    ]
    if misfits:
        those = "、".join(c.agency or c.source or "单位不详" for c in misfits)
        message = f"“{CARD.title}”这一条无法判断：{those}的年报与汇总年报格式或者年度不同。"
        yield case.finding(CARD, message, status=Status.NOT_ASSESSABLE)
        return
    for figure in case.report.figures:
        if figure.code is None or figure.value is None:
            continue
        parts = [c.figure(figure.code) for c in case.children]
        values = [p.value for p in parts if p is not None and p.value is not None]
        total = sum(values, ZERO)
        if len(values) == len(parts) and total != figure.value:
            yield _differs(case, figure, total, len(parts))


def _differs(case: Case, figure: Figure, total: Decimal, many: int) -> Finding:
    return case.finding(
        CARD,
        f"汇总年报{name(figure)}填{amount(figure.value or ZERO, figure.unit)}，所属{many}个单位相加是{amount(total, figure.unit)}。"
        "请核对单位是不是收齐，有没有重复计算。",
        left=figure.value,
        right=total,
        figures=(figure,),
    )


def applies(case: Case) -> bool:
    """Whether the reports of the bodies below are given."""
    return bool(case.children) and case.edition is not None


RULE = Rule(CARD, judge, applies)
