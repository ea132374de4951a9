"""How much of the text is last year's, word for word?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule
from gongkai.checking.text import Text
from gongkai.checking.wording import plain
from gongkai.kernel import Finding, RuleCard, Status
from gongkai.returns import Report

CARD = RuleCard(
    code="R507",
    status=Status.REMARK,
    title="文字不是照抄上一年的年报",
    statement="正文大部分句子与上一年年报逐字相同（只改数字和年份）的，没有反映本年度的情况。报告依据、统计期限等固定用语本来就相同，所以只看总的比例。",
    basis="《政府信息公开条例》第五十条；年度报告应当真实反映本年度的工作。",
    wrong="30个句子里有24个与上一年年报相同。",
    right="30个句子里有6个固定用语与上一年年报相同。",
)
_SHORTEST = 14
_FEWEST = 8
_SHARE = Decimal("0.6")
_NUMBERS = re.compile(r"[0-9０-９〇一二三四五六七八九十百千万]+")


def judge(case: Case) -> Iterator[Finding]:
    """At most one finding a report, with the share of sentences found in last year's."""
    if case.previous is None:
        return
    now, then = _kernels(case.report), set(_kernels(case.previous))
    same = [words for words in now if words in then]
    share = Decimal(len(same)) / Decimal(len(now))
    if share >= _SHARE:
        percent = (share * 100).quantize(Decimal(1))
        yield case.finding(
            CARD,
            f"正文{len(now)}个句子里有{len(same)}个与上一年年报相同（{plain(percent)}%，数字和年份不计）。请确认是否写明了本年度的情况。",
            left=f"{plain(percent)}%",
            right=None,
            subject=("照抄", str(len(same)), str(len(now))),
        )


def _kernels(report: Report) -> list[str]:
    """The sentences without numbers, marks and white space, those long enough to be nobody's accident."""
    words = (re.sub(r"\W", "", _NUMBERS.sub("", sentence)) for _, _, sentence in Text(report).sentences)
    return [w for w in words if len(w) >= _SHORTEST]


def applies(case: Case) -> bool:
    """Whether both years have enough text to compare."""
    if case.previous is None or case.misfit is not None or not case.report.sections:
        return False
    return len(_kernels(case.report)) >= _FEWEST and len(_kernels(case.previous)) >= _FEWEST


RULE = Rule(CARD, judge, applies)
