"""Do text and table count the same thing in the same unit?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.prose import said
from gongkai.checking.rule import Rule
from gongkai.checking.wording import name
from gongkai.kernel import Finding, RuleCard, Status
from gongkai.reading.values import MONEY

CARD = RuleCard(
    code="R315",
    status=Status.REMARK,
    title="同一项的单位前后一致",
    statement="同一项在正文和统计表里应当用同一个单位，例如申请用“件”，信息用“条”。",
    basis="国务院办公厅印发的各年统计表格式规定了每一项的计量单位。",
    wrong="正文写“收到6条信息公开申请”，表内单位是件。",
    right="正文写“收到6件信息公开申请”，表内单位是件。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding for each pair of units: a form that counts requests in 条 says so once."""
    told: set[tuple[str, str]] = set()
    for one, _, _ in case.prose.compared:
        if not one.is_certain or one.denied:
            continue
        (figure, *_) = case.prose.figures(one.cells)
        unit = figure.unit
        if one.claim.unit and unit and one.claim.unit != unit and one.claim.unit not in MONEY:
            if (one.claim.unit, unit) in told:
                continue
            told.add((one.claim.unit, unit))
            yield case.finding(
                CARD,
                f"正文写{said(one.claim)}，单位是“{one.claim.unit}”；表内{name(figure)}的单位是“{unit}”。请统一为“{unit}”。",
                left=one.claim.unit,
                right=unit,
                claims=(one.claim,),
                figures=(figure,),
            )


def applies(case: Case) -> bool:
    """Whether text and table have anything in common."""
    return case.edition is not None and bool(case.report.claims) and any(s.strength == "exact" for s, _, _ in case.prose.compared)


RULE = Rule(CARD, judge, applies)
