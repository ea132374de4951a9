"""Is the number of documents in force last year's number, plus those made, less those repealed?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule, knows, not_assessable
from gongkai.checking.wording import amount, plain, row_name, sentence
from gongkai.kernel import Finding, RuleCard, Status
from gongkai.returns import Kind

CARD = RuleCard(
    code="R202",
    status=Status.UNCERTAIN,
    title="现行有效件数与上一年衔接",
    statement="本年现行有效件数通常等于上一年现行有效件数加本年制发件数减本年废止件数。",
    basis="国办公开办函〔2021〕30号所附格式第二十条第（一）项的表式；文件到期失效、机构合并分立也会使件数变动，所以只作为存疑。",
    wrong="上一年现行有效20件，本年制发3件、废止1件，现行有效填25件，报告里没有说明。",
    right="上一年现行有效20件，本年制发3件、废止1件，现行有效填22件。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a kind of document."""
    outcome = case.outcome(Kind.STOCK, hard=False)
    for breach in outcome.breaches:
        now, then, made, repealed = figures = case.figures((*breach.relation.identity.left, *breach.relation.identity.right))
        terms = [plain(f.value) for f in (then, made, repealed) if f.value is not None]
        yield case.finding(
            CARD,
            f"“{row_name(now)}”现行有效填{amount(breach.left, now.unit)}；上一年现行有效加本年制发减本年废止为"
            f"{terms[0]}+{terms[1]}−{terms[2]}={amount(breach.right, now.unit)}，两数不等。"
            f"请核对。{sentence(breach.relation.identity.note)}",
            left=breach.left,
            right=breach.right,
            figures=figures,
            subject=breach.relation.left,
        )
    yield from not_assessable(case, CARD, outcome.unknown)


RULE = Rule(CARD, judge, knows(Kind.STOCK, hard=False))
