"""Does the report have as many parts as its preface says?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule
from gongkai.checking.wording import plain
from gongkai.kernel import Finding, Place, RuleCard, Status
from gongkai.reading.claims_quantities import PARTS, han_value
from gongkai.reading.labels import han_number

CARD = RuleCard(
    code="R505",
    status=Status.REMARK,
    title="报告部分数与前言所说一致",
    statement="前言写明报告由几部分组成的，正文各部分的序号应当正好到这个数。",
    basis="公文的一般规则。",
    wrong="前言写“全文由五部分组成”，正文的序号到六。",
    right="前言写“全文由六部分组成”，正文的序号到六。",
)
_TITLE = re.compile(r"\s*(?P<n>[一二三四五六七八九十]{1,3})\s*[、.．\s]\s*\S")
_ASPECTS = re.compile(
    r"(?:从|分)(?:以下)?(?P<n>[一二三四五六七八九十]{1,3})(?:个)?(?:方面|部分)[^。，]{0,24}(?:报告|汇报|进行|公布|组成)"
)


def judge(case: Case) -> Iterator[Finding]:
    """At most one finding a report."""
    stated = _stated(case)
    numbered = [n for p in case.text.passages if len(p.text) < 42 and (m := _TITLE.match(p.text)) and (n := han_number(m["n"]))]
    if stated is None or not numbered:
        return
    number, words, spot = stated
    last = max(numbered)
    if last != number:
        yield case.finding(
            CARD,
            f"前言写“{words}”，正文各部分的序号只到{last}。请核对部分数和各部分的序号。"
            if last < number
            else f"前言写“{words}”，正文各部分的序号却到{last}。请核对部分数和各部分的序号。",
            left=plain(number),
            right=str(last),
            spots=(spot,),
            subject=("部分数",),
        )


def _stated(case: Case) -> tuple[Decimal, str, Place] | None:
    """The number the preface names, its words and its spot."""
    for claim in case.report.claims:
        if claim.unit == PARTS and claim.value is not None:
            return claim.value, claim.place.quote[-12:], claim.place
    for passage, start, sentence in case.text.sentences:
        found = _ASPECTS.search(sentence)
        if found and (value := han_value(found["n"])) is not None:
            return value, found[0], passage.spot(start + found.start(), start + found.end())
    return None


def applies(case: Case) -> bool:
    """Whether the preface names a number of parts and the parts are numbered."""
    return bool(case.report.sections) and _stated(case) is not None


RULE = Rule(CARD, judge, applies)
