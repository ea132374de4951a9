"""Is a de-duplicated total at least as large as each of its channels?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Breach, Case
from gongkai.checking.rule import Rule, knows, not_assessable
from gongkai.checking.wording import amount, name, sentence
from gongkai.kernel import Finding, RuleCard, Status
from gongkai.returns import Kind

CARD = RuleCard(
    code="R106",
    status=Status.FAIL,
    title="去重总数不小于任何一个渠道",
    statement="同一条信息在几个渠道公开只计一条，所以主动公开的总数可以小于各渠道之和，但不能小于其中任何一个渠道的条数。",
    basis="国办发〔2014〕32号所附统计表在该行印明“不同渠道和方式公开相同信息计1条”；其他格式按同样的结构。",
    wrong="主动公开政府信息数20条，政府网站15条，政务微博30条。",
    right="主动公开政府信息数32条，政府网站15条，政务微博30条。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a total, naming every channel that is larger; the largest is the right-hand side."""
    outcome = case.outcome(Kind.UNION_FLOOR, hard=True)
    by_total: dict[str, list[Breach]] = {}
    for breach in outcome.breaches:
        by_total.setdefault(breach.relation.right[0], []).append(breach)
    for breaches in by_total.values():
        (total,) = case.figures(breaches[0].relation.identity.right)
        channels = tuple(f for b in breaches for f in case.figures(b.relation.identity.left))
        larger = "、".join(f"{name(f)}的{amount(f.value, f.unit)}" for f in channels if f.value is not None)
        yield case.finding(
            CARD,
            f"{name(total)}填{amount(breaches[0].right, total.unit)}，小于{larger}。"
            f"请核对总数是不是漏计了这{'些' if len(channels) > 1 else '个'}渠道。{sentence(breaches[0].relation.identity.note)}",
            left=breaches[0].right,
            right=max(b.left for b in breaches),
            figures=(total, *channels),
        )
    yield from not_assessable(case, CARD, outcome.unknown)


RULE = Rule(CARD, judge, knows(Kind.UNION_FLOOR, hard=True))
