"""Does a share differ from the part and the total it stands beside?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.prose import said
from gongkai.checking.rule import Rule
from gongkai.checking.shares import shares
from gongkai.checking.wording import plain
from gongkai.kernel import Finding, RuleCard, Status

CARD = RuleCard(
    code="R404",
    status=Status.FAIL,
    title="占比与所列数字一致",
    statement="正文列出各项的件数和占比，其他各项的占比都以同一个总数为准时，每一项的占比也应当由同一个总数算出。",
    basis="占比等于部分除以总数；四舍五入、截尾之差不算。",
    wrong="总数200条，其中甲类100条（50%），乙类60条（30%），丙类40条（24%）。",
    right="总数200条，其中甲类100条（50%），乙类60条（30%），丙类40条（20%）。",
)
_SLACK = 3


def judge(case: Case) -> Iterator[Finding]:
    """One finding a share, where at least two others confirm the total."""
    for share in shares(case.prose):
        if share.confirmed and share.off > _SLACK:
            yield case.finding(
                CARD,
                f"正文写{said(share.claim)}，按{said(share.part)}和总数{said(share.total)}计算是{plain(share.computed)}%。请核对占比或者件数。",
                left=share.claim.value,
                right=share.computed,
                claims=(share.claim, share.part, share.total),
            )


def applies(case: Case) -> bool:
    """Whether the text has shares whose total is confirmed."""
    return bool(case.report.claims) and any(s.confirmed for s in shares(case.prose))


RULE = Rule(CARD, judge, applies)
