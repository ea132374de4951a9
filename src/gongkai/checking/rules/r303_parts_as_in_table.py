"""Are the parts of a total, which the text takes from the table, those of the table too?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.prose import Stated, approximate, said
from gongkai.checking.rule import Rule
from gongkai.checking.wording import amount, name, plain
from gongkai.kernel import Claim, Finding, RuleCard, Status

CARD = RuleCard(
    code="R303",
    status=Status.FAIL,
    title="文中分列的各项与表内各项一致",
    statement="正文写出总数并分列各项，总数正好等于统计表里这几项之和，说明两处统计的是同一批信息；这时各项的数字也应当与表内逐项相等。",
    basis="总数相同而分项不同，至少有一处写错。",
    wrong="正文写“两个渠道共发布50条，其中微信45条，微博5条”，表内政务微信30条、政务微博20条。",
    right="正文写“两个渠道共发布50条，其中微信30条，微博20条”，表内政务微信30条、政务微博20条。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a part that differs."""
    for total, parts in _lists(case):
        for part in parts:
            (figure,) = case.prose.figures(part.cells)
            if figure.value is not None and part.claim.value != figure.value:
                sums = "+".join(plain(case.report.value(p.cells[0]) or figure.value) for p in parts)
                yield case.finding(
                    CARD,
                    f"正文写{said(part.claim)}，表内{name(figure)}填{amount(figure.value, figure.unit)}；"
                    f"而正文的总数{said(total)}正好是表内这几项之和（{sums}）。请核对正文分列的数字。",
                    left=part.claim.value,
                    right=figure.value,
                    claims=(part.claim,),
                    figures=(figure,),
                )


def told(case: Case) -> frozenset[int]:
    """The claims (by identity) that this rule judges, so that others leave them alone."""
    return frozenset(id(p.claim) for _, parts in _lists(case) for p in parts)


def _lists(case: Case) -> Iterator[tuple[Claim, tuple[Stated, ...]]]:
    """Totals with their parts, where the total is the sum of the cells of two or more parts."""
    by_parent: dict[int, list[Stated]] = {}
    for one in case.prose.stated:
        if one.parent is not None and len(one.cells) == 1 and one.claim.value is not None and not one.denied:
            by_parent.setdefault(id(one.parent), []).append(one)
    for parts in by_parent.values():
        total = parts[0].parent
        cells = tuple(p.cells[0] for p in parts)
        if total is None or total.value is None or len(set(cells)) < 2 or len(set(cells)) < len(cells) or approximate(total):
            continue
        if total.value > 0 and case.prose.sum(cells) == total.value:
            yield total, tuple(parts)


def applies(case: Case) -> bool:
    """Whether the text breaks down a total that the table has too."""
    return case.edition is not None and bool(case.report.claims) and any(True for _ in _lists(case))


RULE = Rule(CARD, judge, applies)
