"""Are the figures of the text those of the report's own year?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.prose import Stated, said
from gongkai.checking.rule import Rule
from gongkai.kernel import Claim, Finding, RuleCard, Status

CARD = RuleCard(
    code="R509",
    status=Status.UNCERTAIN,
    title="文中数字是报告年度的数字",
    statement="正文写明的年份是以前年度、又没有同一项报告年度数字的，多半是沿用旧稿忘了改年份；两年对比的不算。",
    basis="《政府信息公开条例》第五十条：年度报告说明本年度的情况。",
    wrong="2022年度报告写“2021年，共收到政府信息公开申请8件”，全文没有2022年的申请数。",
    right="2022年度报告写“2022年，共收到政府信息公开申请8件”。",
)
_YEAR = re.compile(r"(20[0-9]{2})年")
_COMPARES = re.compile(r"同比|环比|[较比](?:上|去|20)|上年|去年|以来|至今")


def judge(case: Case) -> Iterator[Finding]:
    """One finding a sentence."""
    own = {s.claim.label for s in _stated(case) if case.prose.in_own_year(s.claim)}
    told: set[str] = set()
    for one in _stated(case):
        claim, year = one.claim, _year(one)
        if year is None or case.report.year is None or year >= case.report.year or claim.label in own:
            continue
        if claim.sentence in told or _COMPARES.search(claim.sentence) or _is_carried(claim, year, case.report.year):
            continue
        if any(_sets_beside(claim, other, case) for other in case.report.claims):
            continue
        told.add(claim.sentence)
        yield case.finding(
            CARD,
            f"{case.report.year}年度的报告写{said(claim)}，所在的句子说的是{year}年。请核对年份，或者补上{case.report.year}年的数字。",
            left=f"{year}年",
            right=f"{case.report.year}年",
            claims=(claim,),
            subject=("年份", claim.label, str(year)),
        )


def _stated(case: Case) -> Iterator[Stated]:
    return (s for s in case.prose.stated if s.concept is not None and s.strength in {"exact", "near"} and s.parent is None)


def _is_carried(claim: Claim, year: int, own: int) -> bool:
    """Whether the year only says from when something was carried over: 含2023年结转8件."""
    quote = "".join(claim.place.quote.split())
    return year == own - 1 and re.search(rf"(?:{year}年度?|^).{{0,4}}(?:结转|转入|未审结)", quote) is not None


def _sets_beside(claim: Claim, other: Claim, case: Case) -> bool:
    """Whether another number of the same sentence and unit is the report's own year's: two years set side by side."""
    mine = f"{case.report.year}年" in other.scope
    return other is not claim and mine and other.sentence == claim.sentence and other.unit == claim.unit


def _year(one: Stated) -> int | None:
    found = [int(m[1]) for word in one.claim.scope if (m := _YEAR.fullmatch(word))]
    return found[-1] if found else None


def applies(case: Case) -> bool:
    """Whether the report has a year and states anything the lexicon knows."""
    return case.report.year is not None and bool(case.report.claims) and any(True for _ in _stated(case))


RULE = Rule(CARD, judge, applies)
