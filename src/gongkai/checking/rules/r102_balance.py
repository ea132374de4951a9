"""Does what came in equal what was dealt with and what is carried over, in every column?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule, knows, not_assessable
from gongkai.checking.wording import amount, column_name, name, plain, row_name
from gongkai.kernel import Figure, Finding, RuleCard, Status
from gongkai.returns import Kind

CARD = RuleCard(
    code="R102",
    status=Status.FAIL,
    title="勾稽关系：新收加上年结转等于办理总计加结转下年",
    statement="申请办理情况表的每一列，本年新收与上年结转之和，应等于办理结果总计与结转下年度继续办理之和。",
    basis="国办公开办函〔2021〕30号、〔2019〕60号所附格式在表内印明：“本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和”。",
    wrong="自然人一列：新收3件、上年结转0件，办理结果总计2件、结转下年度0件（3不等于2）。",
    right="自然人一列：新收3件、上年结转0件，办理结果总计2件、结转下年度1件（3等于3）。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a column; the total column is left out when it only adds up the differences of its columns."""
    outcome = case.outcome(Kind.BALANCE, hard=True)
    for breach in outcome.breaches:
        left, right = case.figures(breach.relation.identity.left), case.figures(breach.relation.identity.right)
        unit = (*left, *right)[0].unit
        tail = "；空白的格不可能是负数，所以两边不会相等" if breach.partial else "，两数不等"
        yield case.finding(
            CARD,
            f"“{column_name((*left, *right)[0])}”一列，{_side(left)}，合{amount(breach.left, unit)}；"
            f"{_side(right)}，合{amount(breach.right, unit)}{tail}。"
            "表内印明第一项加第二项应等于第三项加第四项，请核对这四个数。",
            left=breach.left,
            right=breach.right,
            figures=(*left, *right),
        )
    yield from not_assessable(case, CARD, outcome.unknown)


def _side(figures: tuple[Figure, ...]) -> str:
    return "加".join(f"“{row_name(f)}”{plain(f.value)}" if f.value is not None else f"{name(f)}空白" for f in figures)


RULE = Rule(CARD, judge, knows(Kind.BALANCE, hard=True))
