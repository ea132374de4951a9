"""Does a cell write a unit of its own that is not the form's?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule, always
from gongkai.checking.wording import amount, name
from gongkai.kernel import Finding, RuleCard, Status

CARD = RuleCard(
    code="R123",
    status=Status.REMARK,
    title="按表内单位填写",
    statement="表内已经规定了单位，格里又自带另一个单位（例如单位是万元的格写“184719元”）时，按自带的单位换算后核对，并提示改用表内的单位。",
    basis="国办公开办函〔2021〕30号、〔2019〕60号和国办发〔2014〕32号所附格式规定的计量单位。",
    wrong="本年收费金额（单位：万元）一格写“184719元”。",
    right="本年收费金额（单位：万元）一格写“18.4719”。",
)
_OWN_UNIT = re.compile(r"\d\s*(亿元|万元|元|件|条|次|人次|人|个|项|篇|部)\s*$")


def judge(case: Case) -> Iterator[Finding]:
    """One finding a cell."""
    for figure in case.worded:
        own = _OWN_UNIT.search(figure.text)
        if own and figure.value is not None and figure.unit and own.group(1) != figure.unit:
            yield case.finding(
                CARD,
                f"{name(figure)}写的是“{figure.text}”，表内的单位是{figure.unit}，合{amount(figure.value, figure.unit)}。请改用表内的单位填写。",
                left=own.group(1),
                right=figure.unit,
                figures=(figure,),
            )


RULE = Rule(CARD, judge, always)
