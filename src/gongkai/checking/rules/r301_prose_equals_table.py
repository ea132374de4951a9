"""Does the text state the number that the table holds?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.checking.case import Case
from gongkai.checking.prose import Stated, agrees, said
from gongkai.checking.rule import Rule
from gongkai.checking.rules.r303_parts_as_in_table import told
from gongkai.checking.wording import amount, names
from gongkai.kernel import Finding, RuleCard, Status

CARD = RuleCard(
    code="R301",
    status=Status.FAIL,
    title="文中数字与表内数字一致",
    statement="正文写明的数字与统计表里同一项的数字应当相等。受理数可以等于本年新收数，也可以加上上年结转数；"
    "半年、历年累计、其他范围、备案件数等与表内口径不同的数字不作比较。",
    basis="《政府信息公开条例》第五十条：正文和统计表说明的是同一年度的同一情况。",
    wrong="正文写“收到政府信息公开申请35件”，表内本年新收53件、上年结转0件。",
    right="正文写“收到政府信息公开申请53件”，表内本年新收53件。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding for each number the text states wrongly, however often it states it."""
    elsewhere = told(case)
    wrong: dict[tuple[str, Decimal], list[Stated]] = {}
    sums: dict[tuple[str, Decimal], Decimal] = {}
    for one, total, others in case.prose.compared:
        value = case.prose.in_unit_of(one.claim, one.cells)
        if not one.is_certain or one.denied or id(one.claim) in elsewhere:
            continue
        if not any(agrees(one.claim, value, other) for other in (total, *others)):
            wrong.setdefault((one.claim.label, value), []).append(one)
            sums[one.claim.label, value] = total
    for (label, value), those in wrong.items():
        figures = case.prose.figures(those[0].cells)
        total = sums[label, value]
        unit = figures[0].unit if figures else those[0].claim.unit
        together = "相加" if len(those[0].cells) > 1 else "填"
        yield case.finding(
            CARD,
            f"正文写{said(those[0].claim)}，表内{names(figures)}{together}{amount(total, unit)}，两数不等。请核对哪一个对，改正另一个。",
            left=value,
            right=total,
            claims=tuple(s.claim for s in those),
            figures=figures,
        )


def applies(case: Case) -> bool:
    """Whether any number of the text can be compared with certainty."""
    if case.edition is None or not case.report.claims:
        return False
    return any(s.is_certain and not s.denied for s, _, _ in case.prose.compared)


RULE = Rule(CARD, judge, applies)
