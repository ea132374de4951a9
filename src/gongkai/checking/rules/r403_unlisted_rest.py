"""Does a list of parts leave a rest that the text does not explain?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.checking.case import ZERO, Case
from gongkai.checking.prose import said
from gongkai.checking.rule import Rule
from gongkai.checking.rules.r402_parts_exceed_total import is_whole, listed
from gongkai.checking.wording import addition, amount
from gongkai.kernel import Finding, RuleCard, Status

CARD = RuleCard(
    code="R403",
    status=Status.REMARK,
    title="文中各项之和与总数之间没有不明的余数",
    statement="“其中”所列的各项不必列全；但列出的已占大部分、剩下的又没有说明的，读者会以为是算错了。请确认是否需要列出其余。",
    basis="正文的总数和分项应当让人看得懂。",
    wrong="正文写“主动公开150条。其中：机构职能类5条；业务类130条”，其余15条没有说明。",
    right="正文写“主动公开150条。其中：机构职能类5条；业务类130条；其他15条”。",
)
_MOST_LISTED = Decimal("0.5")


def judge(case: Case) -> Iterator[Finding]:
    """One finding a list."""
    seen: set[tuple[str, Decimal | None]] = set()
    for those in listed(case):
        values = [p.value for p in those.parts if p.value is not None]
        total, value = sum(values, ZERO), those.total.value or ZERO
        key = (those.total.label, those.total.value)
        if key in seen or is_whole(case, those) or not value * _MOST_LISTED <= total < value:
            continue
        seen.add(key)
        yield case.finding(
            CARD,
            f"正文写{said(those.total)}，所列{len(values)}项相加{addition(values, total, those.total.unit)}，"
            f"还有{amount(value - total, those.total.unit)}没有列出。请确认是否需要说明其余。",
            left=value,
            right=total,
            claims=(those.total, *those.parts),
        )


def applies(case: Case) -> bool:
    """Whether the text has any list of parts."""
    return bool(case.report.claims) and any(True for _ in listed(case))


RULE = Rule(CARD, judge, applies)
