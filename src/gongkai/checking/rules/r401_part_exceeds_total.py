"""Is a part stated in the text larger than its own total?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.checking.case import ZERO, Case
from gongkai.checking.prose import Breakdown, approximate, said
from gongkai.checking.rule import Rule
from gongkai.checking.wording import addition, amount
from gongkai.kernel import Claim, Finding, RuleCard, Status

CARD = RuleCard(
    code="R401",
    status=Status.FAIL,
    title="文中“其中”的一项不大于总数",
    statement="正文写出总数又写“其中”若干的，任何一项都不能大于总数。",
    basis="部分不能大于整体。",
    wrong="正文写“发布信息60篇，其中微信80篇，微博15篇”。",
    right="正文写“发布信息95篇，其中微信80篇，微博15篇”。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a total, naming every part; the sum of the parts is the right-hand side."""
    seen: set[tuple[str, Decimal | None]] = set()
    for those in case.prose.breakdowns:
        key = (those.total.label, those.total.value)
        larger = exceeding(those)
        if not larger or key in seen:
            continue
        seen.add(key)
        values = [p.value for p in those.parts if p.value is not None]
        total = sum(values, ZERO)
        summed = f"，各项相加{addition(values, total, those.total.unit)}" if len(values) > 1 else ""
        yield case.finding(
            CARD,
            f"正文写{said(those.total)}，其中{'、'.join(map(said, larger))}，部分大于总数{amount(those.total.value or ZERO, those.total.unit)}"
            f"{summed}。请核对总数和各项。",
            left=those.total.value,
            right=total,
            claims=(those.total, *those.parts),
        )


def exceeding(those: Breakdown) -> tuple[Claim, ...]:
    """The parts that are larger than the total; none where words such as 约 or 余 leave it open."""
    value = those.total.value
    if value is None or approximate(those.total):
        return ()
    return tuple(p for p in those.parts if p.value is not None and p.value > value and not approximate(p))


def applies(case: Case) -> bool:
    """Whether the text breaks any total down."""
    return bool(case.report.claims) and bool(case.prose.breakdowns)


RULE = Rule(CARD, judge, applies)
