"""Which numbers of a form's table does the text never mention?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule
from gongkai.checking.wording import amount, name
from gongkai.kernel import Figure, Finding, RuleCard, Status
from gongkai.returns import Layout

CARD = RuleCard(
    code="R314",
    status=Status.REMARK,
    title="表内不为零的主要数字在文中有说明",
    statement="统计表里不为零的公开条数、咨询人次，正文完全没有提到的，读者无从知道它的来历。请确认是否需要说明。",
    basis="《政府信息公开条例》（2007年）第三十二条：年度报告应当说明主动公开政府信息的情况。",
    wrong="表内提供服务类信息数75条，正文所列的类别里没有这一类，也没有提到75。",
    right="正文写“其中提供服务类信息75条”，表内提供服务类信息数75条。",
)
_ROWS = ("proactive.items", "enquiries")  # the channels of a total explain themselves
_LEAST = 10


def judge(case: Case) -> Iterator[Finding]:
    """At most one finding a report, naming the rows."""
    values = {c.value for c in case.report.claims}
    codes = {c.code for c in case.report.claims}
    silent = [f for f in _figures(case) if f.value not in values and f.code not in codes]
    if silent:
        listed = "、".join(f"{name(f)}（{amount(f.value, f.unit)}）" for f in silent if f.value is not None)
        yield case.finding(
            CARD,
            f"表内{listed}不为零，正文没有提到。请确认是否需要在正文里说明。",
            left=f"{len(silent)}项",
            figures=tuple(silent),
        )


def _figures(case: Case) -> list[Figure]:
    return [
        f
        for f in case.report.figures
        if f.value and f.value >= _LEAST and f.code is not None and (f.code in _ROWS or f.code.partition(".")[0] in _ROWS)
    ]


def applies(case: Case) -> bool:
    """Whether the form is one of those that count items, and the text has figures at all."""
    if case.edition is None or not case.report.claims:
        return False
    return any(t.layout is Layout.LIST for t in case.edition.tables) and bool(_figures(case))


RULE = Rule(CARD, judge, applies)
