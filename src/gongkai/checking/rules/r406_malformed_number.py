"""Is a number of the text no number at all?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.prose import said
from gongkai.checking.rule import Rule
from gongkai.kernel import Finding, RuleCard, Status

CARD = RuleCard(
    code="R406",
    status=Status.UNCERTAIN,
    title="文中数字书写正确",
    statement="正文里的数字有两个小数点等写法错误的，读不出数值，请改正。",
    basis="数字用法的一般规则。",
    wrong="正文写“占总数的45.6.0%”。",
    right="正文写“占总数的45.6%”。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a number."""
    for claim in case.report.claims:
        if claim.value is None:
            yield case.finding(
                CARD,
                f"正文写{said(claim)}，“{claim.text}”不是一个正确的数字。请改正。",
                left=claim.text,
                claims=(claim,),
            )


def applies(case: Case) -> bool:
    """Whether the text states any figures."""
    return bool(case.report.claims)


RULE = Rule(CARD, judge, applies)
