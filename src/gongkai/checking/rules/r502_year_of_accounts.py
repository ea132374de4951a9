"""Does the report say that accounts were published which could not yet exist?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule
from gongkai.kernel import Finding, RuleCard, Status

CARD = RuleCard(
    code="R502",
    status=Status.UNCERTAIN,
    title="决算的年份在报告年度之前",
    statement="某年的部门决算在下一年才编成和公开。报告年度内公开的应当是上一年的决算；写成报告年度的决算，多半是年份写错。",
    basis="《预算法》：决算在预算年度终了后编制、批准和公开。",
    wrong="2016年度报告写“公开了2016年部门决算”。",
    right="2016年度报告写“公开了2015年部门决算”。",
)
_ACCOUNTS = re.compile(r"(?P<year>20[0-9]{2})年(?:度)?(?:部门|单位|财政|政府|本级|收支|[^，。；、]{0,6}?)决算(?!编制)")
_LATER = re.compile(r"将|拟|计划|下一步|下步")


def judge(case: Case) -> Iterator[Finding]:
    """One finding a mention."""
    year = case.report.year
    for passage, start, sentence in case.text.sentences:
        if year is None or "决算" not in sentence or _LATER.search(sentence):
            continue
        for found in _ACCOUNTS.finditer(sentence):
            if int(found["year"]) >= year and "预算" not in found[0]:
                yield case.finding(
                    CARD,
                    f"{year}年度的报告说公开了“{found[0]}”；{found['year']}年的决算要到{int(found['year']) + 1}年才编成。请核对年份。",
                    left=f"{found['year']}年",
                    right=f"{year - 1}年",
                    spots=(passage.spot(start + found.start(), start + found.end()),),
                    subject=("决算", found[0]),
                )


def applies(case: Case) -> bool:
    """Whether the report has a year and text."""
    return case.report.year is not None and bool(case.report.sections)


RULE = Rule(CARD, judge, applies)
