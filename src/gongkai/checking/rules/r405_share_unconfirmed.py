"""Does a share differ from the numbers beside it, though another total may be meant?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.bases import is_whole_of_requests, wholes_of_requests
from gongkai.checking.case import Case
from gongkai.checking.prose import said
from gongkai.checking.rule import Rule
from gongkai.checking.shares import Share, off, shares
from gongkai.checking.wording import plain
from gongkai.kernel import Finding, RuleCard, Status

CARD = RuleCard(
    code="R405",
    status=Status.UNCERTAIN,
    title="占比能由所列数字算出",
    statement="正文写出件数和占比的，占比通常由所写的总数算出；算不出的，可能是总数另有所指，也可能是算错了。",
    basis="占比等于部分除以总数。",
    wrong="正文写“共办结80件，其中予以公开20件，占35%”。",
    right="正文写“共办结80件，其中予以公开20件，占25%”。",
)
_ROUNDING = 1
_SURE = 3


def judge(case: Case) -> Iterator[Finding]:
    """One finding a share, unless its total is confirmed and the difference too large to be a matter of rounding."""
    for share in _doubtful(case):
        yield case.finding(
            CARD,
            f"正文写{said(share.claim)}，按{said(share.part)}和{said(share.total)}计算是{plain(share.computed)}%。请核对；以别的总数计算的，请写明。",
            left=share.claim.value,
            right=share.computed,
            claims=(share.claim, share.part, share.total),
        )


def _doubtful(case: Case) -> Iterator[Share]:
    for share in shares(case.prose):
        if share.off > _ROUNDING and not (share.confirmed and share.off > _SURE) and not _of_the_table(case, share):
            yield share


def _of_the_table(case: Case, share: Share) -> bool:
    """Whether the share is right of another total of requests, all of which the table holds: those handled, not those received."""
    if share.part.value is None or not is_whole_of_requests(case.report, share.total.value):
        return False
    return any(off(share.claim, share.part.value, whole)[1] <= _ROUNDING for whole in wholes_of_requests(case.report))


def applies(case: Case) -> bool:
    """Whether the text has any shares."""
    return bool(case.report.claims) and bool(shares(case.prose))


RULE = Rule(CARD, judge, applies)
