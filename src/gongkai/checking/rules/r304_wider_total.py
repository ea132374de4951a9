"""Is a total over more than the table counts at least as large as the table's?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.prose import Firmness, approximate, said
from gongkai.checking.rule import Rule
from gongkai.checking.wording import amount, names
from gongkai.kernel import Finding, RuleCard, Status

CARD = RuleCard(
    code="R304",
    status=Status.FAIL,
    title="范围更大的总数不小于表内总数",
    statement="正文写“通过各类渠道公开各类信息”的总数，范围不小于主动公开的政府信息，数字也不能小于统计表里主动公开政府信息的总数。",
    basis="主动公开的政府信息都包括在各类渠道公开的各类信息之内。",
    wrong="正文写“全年通过各类渠道公开各类信息90条”，表内主动公开政府信息数95条。",
    right="正文写“全年通过各类渠道公开各类信息120条”，表内主动公开政府信息数95条。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a total."""
    for one, total, _ in case.prose.compared:
        value = one.claim.value
        if one.strength == "wider" and one.firmness is Firmness.FIRM and value is not None and value < total:
            if approximate(one.claim):
                continue
            figures = case.prose.figures(one.cells)
            yield case.finding(
                CARD,
                f"正文写{said(one.claim)}，范围包括全部主动公开的政府信息，却小于表内{names(figures)}的{amount(total, figures[0].unit)}。"
                "请核对哪一个数字对。",
                left=value,
                right=total,
                claims=(one.claim,),
                figures=figures,
            )


def applies(case: Case) -> bool:
    """Whether the text states such a total."""
    return case.edition is not None and bool(case.report.claims) and any(s.strength == "wider" for s, _, _ in case.prose.compared)


RULE = Rule(CARD, judge, applies)
