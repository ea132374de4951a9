"""Does the table hold something of which the text says there was none?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import ZERO, Case
from gongkai.checking.prose import Stated, said
from gongkai.checking.rule import Rule
from gongkai.checking.wording import amount, names
from gongkai.kernel import Finding, RuleCard, Status

CARD = RuleCard(
    code="R302",
    status=Status.FAIL,
    title="文中说没有的，表内为零",
    statement="正文写“未收到”“无”“尚无”“未发生”的事项，统计表里同一项应当为零。",
    basis="《政府信息公开条例》第五十条：正文和统计表说明的是同一年度的同一情况。",
    wrong="正文写“未发生因政府信息公开引起的行政复议”，表内行政复议总计2件。",
    right="正文写“发生因政府信息公开引起的行政复议2件”，表内行政复议总计2件。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding an item denied, however often the text denies it."""
    denied: dict[str, list[Stated]] = {}
    for one, total, _ in case.prose.compared:
        if one.denied and one.is_certain and total > 0:
            denied.setdefault(one.claim.label, []).append(one)
    for those in denied.values():
        figures = case.prose.figures(those[0].cells)
        total = case.prose.sum(those[0].cells) or ZERO
        yield case.finding(
            CARD,
            f"正文写{said(those[0].claim)}，表内{names(figures)}{'相加' if len(those[0].cells) > 1 else '填'}"
            f"{amount(total, figures[0].unit if figures else None)}。请核对是正文漏写，还是表内误填。",
            left=ZERO,
            right=total,
            claims=tuple(s.claim for s in those),
            figures=figures,
        )


def applies(case: Case) -> bool:
    """Whether the text denies anything that the table counts."""
    if case.edition is None or not case.report.claims:
        return False
    return any(s.denied and s.is_certain for s, _, _ in case.prose.compared)


RULE = Rule(CARD, judge, applies)
