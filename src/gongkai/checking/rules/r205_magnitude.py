"""Did an amount jump by a factor that smells of 元 written for 万元?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule
from gongkai.checking.wording import amount, name
from gongkai.kernel import Figure, Finding, RuleCard, Status
from gongkai.returns import Report

CARD = RuleCard(
    code="R205",
    status=Status.UNCERTAIN,
    title="金额与上一年没有万倍之差",
    statement="同一项金额与上一年相差约一万倍，多半是一年按元、一年按万元填写。",
    basis="国办公开办函〔2021〕30号、〔2019〕60号和国办发〔2014〕32号所附格式规定了金额的单位。",
    wrong="上一年收费金额12.5万元，本年在单位为万元的格里填118000。",
    right="上一年收费金额12.5万元，本年在单位为万元的格里填11.8。",
)
_YUAN = {"元": Decimal(1), "万元": Decimal(10000)}
_LOW, _HIGH = Decimal(2000), Decimal(50000)


def judge(case: Case) -> Iterator[Finding]:
    """One finding an amount; amounts of another edition are compared in 元."""
    if case.incomparable is not None or case.previous is None:
        message = f"“{CARD.title}”这一条无法判断：{case.incomparable}。"
        yield case.finding(CARD, message, status=Status.NOT_ASSESSABLE)
        return
    for now in _amounts(case.report):
        then = case.previous.figure(now.code or "")
        if then is None or not then.value or then.unit not in _YUAN or now.value is None:
            continue
        ratio = now.value * _YUAN[now.unit or ""] / (then.value * _YUAN[then.unit])
        if _LOW <= ratio <= _HIGH or _LOW <= 1 / ratio <= _HIGH:
            yield case.finding(
                CARD,
                f"{name(now)}填{amount(now.value, now.unit)}，上一年是{amount(then.value, then.unit)}，相差约一万倍。"
                "请核对是不是把元当作万元，或者把万元当作元填了。",
                left=now.value,
                right=then.value,
                figures=(now, then),
                subject=(now.code or "",),
            )


def _amounts(report: Report) -> tuple[Figure, ...]:
    return tuple(f for f in report.figures if f.unit in _YUAN and f.code is not None and f.value)


def _has_amounts(case: Case) -> bool:
    return case.edition is not None and any(c.unit in _YUAN for c in case.edition.cells.values())


RULE = Rule(CARD, judge, _has_amounts)
