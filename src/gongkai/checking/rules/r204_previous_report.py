"""Is the report given as last year's really the same body's report of the year before?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule
from gongkai.kernel import Finding, RuleCard, Status

CARD = RuleCard(
    code="R204",
    status=Status.NOT_ASSESSABLE,
    title="所给的上一年年报对得上",
    statement="跨年核对要用同一个单位、前一个年度的年报；单位不同、年份不相连或者看不出年份的，不作跨年核对。",
    basis="结转、现行有效件数等只在同一单位前后两年之间衔接。",
    wrong="核对某局2023年年报，给出的上一年年报是该局2021年的。",
    right="核对某局2023年年报，给出的上一年年报是该局2022年的。",
)


def judge(case: Case) -> Iterator[Finding]:
    """At most one finding a report."""
    if case.misfit is not None and case.previous is not None:
        year = case.previous.year
        yield case.finding(
            CARD,
            f"{case.misfit}，跨年的各项没有核对。请给出同一单位前一个年度的年报。",
            left=str(case.report.year or "未写年份"),
            right=str(year or "未写年份"),
            subject=(case.previous.agency or "",),
        )


def _is_given(case: Case) -> bool:
    return case.edition is not None and case.previous is not None


RULE = Rule(CARD, judge, _is_given)
