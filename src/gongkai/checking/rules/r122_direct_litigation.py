"""Were suits brought without prior review after review became compulsory for refusals?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import ZERO, Case
from gongkai.checking.rule import Rule
from gongkai.checking.wording import amount, name
from gongkai.kernel import Finding, RuleCard, Status

CARD = RuleCard(
    code="R122",
    status=Status.REMARK,
    title="复议前置以后的直接起诉",
    statement="从2024年起，对不予公开决定不服的要先申请行政复议。“未经复议直接起诉”只会是无法提供、不予处理等情形，或者以前年度的案件；有这类案件时请核对分类。",
    basis="《行政复议法》（2023年修订，2024年1月1日起施行）第二十三条第一款第（四）项。",
    wrong="2024年的报告，把经过复议的2件诉讼填在“未经复议直接起诉”。",
    right="2024年的报告，经过复议的2件诉讼填在“复议后起诉”，直接起诉填0。",
)
_FIRST_YEAR = 2024  # the revised 行政复议法 came into force on its first day
_CELL = "litigation.direct"


def judge(case: Case) -> Iterator[Finding]:
    """One finding a report."""
    figure = case.report.figure(_CELL)
    if figure is not None and figure.value is not None and figure.value > 0:
        yield case.finding(
            CARD,
            f"{name(figure)}填{amount(figure.value, figure.unit)}。从2024年起，对不予公开决定不服的要先申请行政复议，"
            "请核对这些案件是不是无法提供、不予处理等情形，或者是以前年度的案件。",
            left=figure.value,
            right=ZERO,
            figures=(figure,),
        )


def _applies(case: Case) -> bool:
    return (
        case.edition is not None
        and _CELL in case.edition.cells
        and case.report.year is not None
        and case.report.year >= _FIRST_YEAR
    )


RULE = Rule(CARD, judge, _applies)
