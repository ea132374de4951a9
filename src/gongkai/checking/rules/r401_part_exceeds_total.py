"""Is a part stated in the text larger than its own total?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.checking.case import ZERO, Case
from gongkai.checking.prose import Breakdown, approximate, said
from gongkai.checking.rule import Rule
from gongkai.checking.wording import addition, amount
from gongkai.kernel import Claim, Finding, RuleCard, Status
from gongkai.reading.claims_lexicon import scope_kind

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
    """The parts that are larger than the total; none where words such as 约 or 余 leave it open.

    What follows the first part is believed to be a part only while the list stays of one kind: a sentence may go on
    after its list with another channel's number.
    """
    value = those.total.value
    if value is None or approximate(those.total):
        return ()
    larger = []
    for part in those.parts:
        if _channels(part) and _channels(those.total) and not _channels(part) & _channels(those.total):
            break
        if bool(_channels(part)) != bool(_channels(those.parts[0])):
            break
        if part.value is not None and part.value > value and not approximate(part):
            larger.append(part)
    return tuple(larger)


def _channels(claim: Claim) -> set[str]:
    return {word for word in claim.scope if scope_kind(word) == "channel"}


def applies(case: Case) -> bool:
    """Whether the text breaks any total down."""
    return bool(case.report.claims) and bool(case.prose.breakdowns)


RULE = Rule(CARD, judge, applies)
