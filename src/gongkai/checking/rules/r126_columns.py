"""Does a column that adds up the bodies beside it come to their sum?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.checking.case import Case
from gongkai.checking.columns import columns, summed
from gongkai.checking.rule import Rule
from gongkai.checking.wording import addition, amount, row_name
from gongkai.kernel import Finding, RuleCard, Status

CARD = RuleCard(
    code="R126",
    status=Status.FAIL,
    title="合计列等于各单位之和",
    statement="一张表里并列几个单位、又有“合计”一列的，每一行的合计应等于各单位相加的数。",
    basis="表的结构：合计是同一行各列相加的数。",
    wrong="区政府10条、区直单位20条、乡镇（街道）5条，合计填36条。",
    right="区政府10条、区直单位20条、乡镇（街道）5条，合计填35条。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a row."""
    found = summed(columns(case.report), case.report)
    if found is None:
        return
    total, parts = found
    for figure in total.report.figures:
        code = figure.code or ""
        own = [f for part in parts if (f := part.report.figure(code)) is not None]
        values = [f.value for f in own if f.value is not None]
        added = sum(values, Decimal(0))
        if figure.value is not None and len(values) == len(parts) and added != figure.value:
            yield case.finding(
                CARD,
                f"“{row_name(figure)}”一行，“{total.heading}”填{amount(figure.value, figure.unit)}，"
                f"各列相加为{addition(values, added, figure.unit)}，两数不等。请核对这一行的各列和合计。",
                left=figure.value,
                right=added,
                figures=(figure, *own),
                subject=("column total", code),
            )


def _applies(case: Case) -> bool:
    return summed(columns(case.report), case.report) is not None


RULE = Rule(CARD, judge, _applies)
