"""Does the text report something where the table says zero?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.prose import said
from gongkai.checking.rule import Rule
from gongkai.checking.wording import names
from gongkai.kernel import Finding, RuleCard, Status

CARD = RuleCard(
    code="R313",
    status=Status.UNCERTAIN,
    title="文中写有其事的，表内不为零",
    statement="正文写明办理过的事情（如通过微博回应网民诉求），统计表里相应的一项填零的，请确认是不是漏计，或者不属于这一项。",
    basis="正文和统计表说明的是同一年度的同一情况；不计入的，应当有理由。",
    wrong="正文写“办理政务微博网民诉求8件”，表内微博微信回应事件数0。",
    right="正文写“办理政务微博网民诉求8件”，表内微博微信回应事件数8。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a number."""
    for one, total, _ in case.prose.compared:
        if one.strength == "hint" and one.claim.value and total == 0:
            figures = case.prose.figures(one.cells)
            yield case.finding(
                CARD,
                f"正文写{said(one.claim)}，表内{names(figures)}填0。请确认是不是漏计；不属于这一项的，不必改。",
                left=one.claim.value,
                right=total,
                claims=(one.claim,),
                figures=figures,
            )


def applies(case: Case) -> bool:
    """Whether the text has any such number."""
    return case.edition is not None and bool(case.report.claims) and any(s.strength == "hint" for s, _, _ in case.prose.compared)


RULE = Rule(CARD, judge, applies)
