"""Which blank totals of a form being filled in has the program computed?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule
from gongkai.checking.wording import amount, name
from gongkai.kernel import Finding, RuleCard, Status

CARD = RuleCard(
    code="R124",
    status=Status.REMARK,
    title="空白报表里留空的合计由程序计算",
    statement="本程序生成的空白报表，合计可以填，也可以留空；留空的由程序按分项相加后再检查，生成年报时填入，已经填写的一个也不改。",
    basis="填报说明：合计可以填写，也可以留给程序计算。",
    wrong="行政复议结果维持2件、其余三项0件，总计留空，发布时仍然空白。",
    right="行政复议结果维持2件、其余三项0件，总计留空，程序算出2件，生成年报时填入。",
)
_MOST = 8


def judge(case: Case) -> Iterator[Finding]:
    """One finding that names the totals computed."""
    figures = tuple(case.report.by_code[code] for code in case.computed)
    if figures:
        sums = "、".join(f"{name(f)}为{amount(f.value, f.unit)}" for f in figures[:_MOST] if f.value is not None)
        more = f"等，共{len(figures)}格" if len(figures) > _MOST else ""
        yield case.finding(CARD, f"留空的合计由程序计算：{sums}{more}。生成年报时照此填入，请核对。", figures=figures)


def _is_form(case: Case) -> bool:
    return case.report.form


RULE = Rule(CARD, judge, _is_form)
