"""Does the total of outcomes equal the outcomes, in every column?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule, knows, not_assessable
from gongkai.checking.wording import addition, amount, column_name, row_name
from gongkai.kernel import Finding, RuleCard, Status
from gongkai.returns import Kind

CARD = RuleCard(
    code="R103",
    status=Status.FAIL,
    title="办理结果总计等于各项结果之和",
    statement="申请办理情况表的每一列，“（七）总计”应等于予以公开、部分公开、不予公开、无法提供、不予处理、其他处理各项相加的数。",
    basis="国办公开办函〔2021〕30号、〔2019〕60号所附格式的表式：第三项的“（七）总计”是（一）至（六）各项的合计。",
    wrong="自然人一列：予以公开1件、本机关不掌握相关政府信息1件，其余为0，总计填3件。",
    right="自然人一列：予以公开1件、本机关不掌握相关政府信息1件，其余为0，总计填2件。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a column; the total column is left out when it only adds up the differences of its columns."""
    outcome = case.outcome(Kind.SUM, hard=True)
    for breach in outcome.breaches:
        if not breach.relation.in_grid:
            continue
        figures = case.figures((*breach.relation.identity.left, *breach.relation.identity.right))
        total, *parts = figures
        values = [p.value for p in parts if p.value is not None]
        tail = "，已经超过总计，空白的格不可能是负数" if breach.partial else "，两数不等"
        yield case.finding(
            CARD,
            f"“{column_name(total)}”一列，“{row_name(total)}”填{amount(breach.left, total.unit)}，各项办理结果相加为"
            f"{addition(values, breach.right, total.unit)}{tail}。请核对这一列的各项结果和总计。",
            left=breach.left,
            right=breach.right,
            figures=figures,
        )
    yield from not_assessable(case, CARD, tuple(u for u in outcome.unknown if u.relation.in_grid))


RULE = Rule(CARD, judge, knows(Kind.SUM, hard=True, in_grid=True))
