"""Does the report plan for a year that is already over?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule
from gongkai.kernel import Finding, RuleCard, Status

CARD = RuleCard(
    code="R501",
    status=Status.UNCERTAIN,
    title="改进计划的年份在报告年度之后",
    statement="年度报告里“某年将……”的打算，应当是报告年度的下一年；写成报告年度或者更早的，多半是沿用旧稿忘了改。",
    basis="《政府信息公开条例》第五十条：年度报告写明改进情况。",
    wrong="2016年度报告写“2016年，我局将进一步拓宽公开渠道”。",
    right="2016年度报告写“2017年，我局将进一步拓宽公开渠道”。",
)
_PLAN = re.compile(
    r"^[^。]{0,12}?(?P<year>20[0-9]{2})年(?:度)?[，,、]?[^，,。；“《]{0,16}?(?<!必)(?<!即)(?:将(?!于|在|会议|其|信息|政|公开|依|此|原|全|各|工作|该|本)|拟|计划(?!生育|类)|打算)"
)
_NO_PLAN = re.compile(r"以来|已|截[至止]|原计划|规划")


def judge(case: Case) -> Iterator[Finding]:
    """One finding a sentence."""
    year = case.report.year
    if year is None:
        return
    for passage, start, sentence in case.text.sentences:
        if "年" not in sentence or not ("将" in sentence or "拟" in sentence or "计划" in sentence or "打算" in sentence):
            continue
        found = _PLAN.search(sentence.strip())
        if found and int(found["year"]) <= year and not _NO_PLAN.search(found[0]):
            yield case.finding(
                CARD,
                f"{year}年度的报告写“{found[0].strip()}……”，打算的是已经过去的一年。请核对是不是{year + 1}年。",
                left=f"{found['year']}年",
                right=f"{year + 1}年",
                spots=(passage.spot(start, start + len(sentence)),),
                subject=("年份", found[0].strip()),
            )


def applies(case: Case) -> bool:
    """Whether the report has a year and text."""
    return case.report.year is not None and bool(case.report.sections)


RULE = Rule(CARD, judge, applies)
