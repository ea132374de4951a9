"""Is a sum that the text writes out right?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.checking.case import ZERO, Case
from gongkai.checking.rule import Rule
from gongkai.checking.wording import addition, plain
from gongkai.kernel import Finding, RuleCard, Status

CARD = RuleCard(
    code="R409",
    status=Status.FAIL,
    title="文中写出的算式成立",
    statement="正文写出加法算式的，等号两边应当相等。",
    basis="加法。",
    wrong="正文写“12+5+3=21件”。",
    right="正文写“12+5+3=20件”。",
)
_NUMBER = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_SUM = re.compile(
    rf"(?<![0-9A-Za-z.=×xX*/(（-])(?P<parts>{_NUMBER}[件条人次元万项份篇]{{0,2}}(?:\s*[+＋]\s*{_NUMBER}[件条人次元万项份篇]{{0,2}})+)\s*[=＝]\s*(?P<total>{_NUMBER})(?![0-9.]|\s*[+＋×xX*/-])"
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a sum."""
    for passage in case.text.passages:
        if "=" not in passage.text and "＝" not in passage.text:
            continue
        for match in _SUM.finditer(passage.text):
            values = [Decimal(n.replace(",", "")) for n in re.findall(_NUMBER, match["parts"])]
            total, stated = sum(values, ZERO), Decimal(match["total"].replace(",", ""))
            if total != stated:
                yield case.finding(
                    CARD,
                    f"正文写“{match[0]}”，各数相加{addition(values, total, None)}，不是{plain(stated)}。请改正。",
                    left=stated,
                    right=total,
                    spots=(passage.spot(match.start(), match.end()),),
                    subject=(match[0],),
                )


def applies(case: Case) -> bool:
    """Whether the text writes any sum out."""
    return any(("=" in p.text or "＝" in p.text) and _SUM.search(p.text) for p in case.text.passages)


RULE = Rule(CARD, judge, applies)
