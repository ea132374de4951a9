"""Do several numbers of the text make up the one number the table has for them?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.checking.case import ZERO, Case
from gongkai.checking.prose import Firmness, Prose, approximate, said
from gongkai.checking.rule import Rule
from gongkai.checking.wording import addition, amount, name
from gongkai.kernel import Claim, Figure, Finding, RuleCard, Status
from gongkai.reading.claims_lexicon import concepts

CARD = RuleCard(
    code="R312",
    status=Status.UNCERTAIN,
    title="文中几个数与表内一个数合得上",
    statement="统计表里的一项（如访问咨询数量、其他方式公开政府信息数）由正文里几个数字合成的，表内数字应当是其中全部之和；只等于其中一个或者都对不上的，请核对。",
    basis="表内一项包括正文所写的各个来源；漏计或者另有口径的，应当说明。",
    wrong="正文写热线咨询210件、来访330人次，表内访问咨询数量500人次。",
    right="正文写热线咨询210件、来访330人次，表内访问咨询数量540人次。",
)
_LEAST = 2


def judge(case: Case) -> Iterator[Finding]:
    """One finding a cell. A single number of the text is at most what the cell holds and is no question."""
    for figure, claims in _groups(case.prose):
        values = [c.value for c in claims if c.value is not None]
        total = sum(values, ZERO)
        if figure.value is None or total == figure.value or any(approximate(c) for c in claims):
            continue
        listed = "、".join(said(c) for c in claims)
        yield case.finding(
            CARD,
            f"正文写{listed}，合计{addition(values, total, None)}；表内{name(figure)}填{amount(figure.value, figure.unit)}。"
            "请核对表内数字是不是漏计，或者另有口径。",
            left=total,
            right=figure.value,
            claims=tuple(claims),
            figures=(figure,),
        )


def _groups(prose: Prose) -> Iterator[tuple[Figure, list[Claim]]]:
    """Cells that several claims make up; parts of a part (其中) are not counted again."""
    codes = {c.cells[0][0] for c in concepts() if c.strength == "part"}
    found: dict[str, dict[tuple[str, Decimal], Claim]] = {}
    counted: list[Claim] = []
    for one in prose.stated:
        claim = one.claim
        if (
            claim.code in codes
            and claim.value
            and prose.in_own_year(claim)
            and (one.firmness is not Firmness.NOT or one.concept is None)
        ):
            if any(one.parent is c for c in counted):
                continue
            counted.append(claim)
            found.setdefault(claim.code or "", {}).setdefault((claim.label, claim.value), claim)
    for code, claims in found.items():
        figure = prose.report.figure(code)
        if figure is not None and len(claims) >= _LEAST:
            yield figure, list(claims.values())


def applies(case: Case) -> bool:
    """Whether the text has several numbers for one cell."""
    return case.edition is not None and bool(case.report.claims) and any(True for _ in _groups(case.prose))


RULE = Rule(CARD, judge, applies)
