"""Would values moved back by one cell or one row make every broken relation come out?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.displaced import Move, move
from gongkai.checking.rule import Rule
from gongkai.checking.wording import column_name, name, row_name
from gongkai.kernel import Figure, Finding, RuleCard, Status

CARD = RuleCard(
    code="R125",
    status=Status.REMARK,
    title="数字可能填错了格",
    statement="几处勾稽关系同时不符，而把相邻的两格、两行对调，或者把一行、几行数字移动一格，就全部相符，并且只有这一种移法的，提示核对是不是填错了格。数字仍按所写的读取和检查，不作改动。",
    basis="国务院办公厅印发的各年统计表格式的勾稽关系。",
    wrong="自然人3件填到了商业企业一格，商业企业的1件填到了自然人一格，两列都不平。",
    right="每个数字填在自己的行和列里。",
)
_WAYS = {
    "cells": "{first}和{last}两格对调",
    "rows": "“{top}”和“{bottom}”两行对调",
    "across": "“{top}”一行的数字移动一格",
    "down": "从“{top}”到“{bottom}”的数字移动一行",
}


def judge(case: Case) -> Iterator[Finding]:
    """At most one finding a report."""
    if case.edition is None:
        return
    found = move(case.edition, case.values, case.previous if case.incomparable is None else None)
    figures = [f for code in found.codes if (f := case.report.figure(code)) is not None] if found is not None else []
    if found is None or not figures:
        return
    yield case.finding(
        CARD,
        f"把{_way(found, figures)}，{found.mended}处不符的勾稽关系就全部相符，别的移法都不能。请核对是不是填错了格；数字没有改动。",
        left=f"{found.mended}处",
        figures=tuple(figures[:40]),
    )


def _way(found: Move, figures: list[Figure]) -> str:
    first, last = figures[0], figures[-1]
    rows = sorted(figures, key=lambda f: found.codes.index(f.code or ""))
    words = {"first": name(first), "last": name(last), "top": _row(rows[0]), "bottom": _row(rows[-1])}
    return _WAYS[found.kind].format(**words)


def _row(figure: Figure) -> str:
    return row_name(figure) or column_name(figure)


def applies(case: Case) -> bool:
    """Whether any relation of the form does not hold."""
    plan = case.plan
    return plan is not None and any(case.outcome(kind, hard=True).breaches for kind, hard in plan.relations if hard)


RULE = Rule(CARD, judge, applies)
