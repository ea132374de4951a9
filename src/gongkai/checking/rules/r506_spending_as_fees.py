"""Does the section on fees report what the body spent instead?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule
from gongkai.kernel import Finding, RuleCard, Status

CARD = RuleCard(
    code="R506",
    status=Status.UNCERTAIN,
    title="收费部分写的是收费",
    statement="“收费及减免情况”写的是向申请人收取和减免的费用；本机关用于印制、网站、培训的支出不是收费，写在这里会使人误解，也没有回答收了多少。",
    basis="《政府信息公开条例》（2007年）第三十二条第（三）项：政府信息公开的收费及减免情况。",
    wrong="“收费及减免情况”写“用于印制资料、更新网站的费用6万元”。",
    right="“收费及减免情况”写“未收取任何费用，也没有减免”。",
)
_FEES = re.compile(r"收费|减免")
_SPENT = re.compile(r"用于|支出|花费|投入|开支|印制")
_CHARGED = re.compile(r"收取|收费|减免|免收|未发生|未产生")
_AMOUNT = re.compile(r"[0-9一二三四五六七八九十][0-9.,余多几]{0,20}\s{0,9}(?:万元|元)")


def judge(case: Case) -> Iterator[Finding]:
    """One finding a section."""
    by_section: dict[str, str] = {}
    for passage in case.text.passages:
        if not passage.is_title and _FEES.search(passage.section):
            by_section[passage.section] = by_section.get(passage.section, "") + passage.text
    for passage in case.text.passages:
        if passage.is_title or passage.section not in by_section or _CHARGED.search(by_section[passage.section]):
            continue
        amount = _AMOUNT.search(passage.text)
        if amount and _SPENT.search(passage.text):
            yield case.finding(
                CARD,
                f"“{passage.section}”写的是“{passage.text.strip()[:60]}”，这是支出，不是收费。请写明收取和减免的费用，没有的写“没有”；支出写到别处。",
                left=amount[0],
                right="收费",
                spots=(passage.spot(0, len(passage.text)),),
                subject=("收费", amount[0]),
            )


def applies(case: Case) -> bool:
    """Whether the report has a section on fees."""
    return any(_FEES.search(section.title) for section in case.report.sections)


RULE = Rule(CARD, judge, applies)
