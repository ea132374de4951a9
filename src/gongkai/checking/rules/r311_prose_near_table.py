"""Does the text state another number than the table where both most likely count the same?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.checking.case import Case
from gongkai.checking.prose import Firmness, Stated, agrees, said
from gongkai.checking.rule import Rule
from gongkai.checking.rules.r303_parts_as_in_table import told
from gongkai.checking.wording import amount, names
from gongkai.kernel import Finding, RuleCard, Status

CARD = RuleCard(
    code="R311",
    status=Status.UNCERTAIN,
    title="文中数字与表内相近的项目一致",
    statement="正文写明的数字与统计表里相近的一项通常相等；范围、时点或者叫法略有不同（如“截至”“全市”“约”、某个渠道）的，不相等时请确认是不是同一口径。",
    basis="正文和统计表多半出自同一份统计；口径不同的，应当在正文里写清楚。",
    wrong="正文写“通过政府网站公开政府信息420条”，表内政府网站公开政府信息数402条。",
    right="正文写“通过政府网站公开政府信息402条”，表内政府网站公开政府信息数402条。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding for each number that differs, however often the text states it."""
    elsewhere = told(case)
    found: dict[tuple[str, Decimal], list[Stated]] = {}
    sums: dict[tuple[str, Decimal], Decimal] = {}
    for one, total, others in _open(case):
        value = case.prose.in_unit_of(one.claim, one.cells)
        if id(one.claim) not in elsewhere and not any(agrees(one.claim, value, other) for other in (total, *others)):
            found.setdefault((one.claim.label, value), []).append(one)
            sums[one.claim.label, value] = total
    for (label, value), those in found.items():
        figures = case.prose.figures(those[0].cells)
        total = sums[label, value]
        yield case.finding(
            CARD,
            f"正文写{said(those[0].claim)}，表内{names(figures)}{'相加' if len(those[0].cells) > 1 else '填'}"
            f"{amount(total, figures[0].unit)}。请确认两处是不是同一口径；是的，请改为一致，不是的，请在正文里写明。",
            left=value,
            right=total,
            claims=tuple(s.claim for s in those),
            figures=figures,
        )


def _open(case: Case) -> Iterator[tuple[Stated, Decimal, tuple[Decimal, ...]]]:
    """What is compared as a question: near concepts, and exact ones whose words leave something open."""
    for one, total, others in case.prose.compared:
        near = one.strength == "near"
        if near or (one.strength == "exact" and one.firmness is Firmness.SOFT):
            yield one, total, others


def applies(case: Case) -> bool:
    """Whether the text states any such number."""
    return case.edition is not None and bool(case.report.claims) and any(True for _ in _open(case))


RULE = Rule(CARD, judge, applies)
