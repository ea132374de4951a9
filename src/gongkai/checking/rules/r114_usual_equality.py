"""Are two figures equal that usually are, though a true report may let them differ?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule, not_assessable
from gongkai.checking.wording import addition, amount, name, sentence
from gongkai.kernel import Figure, Finding, RuleCard, Status
from gongkai.returns import Kind

CARD = RuleCard(
    code="R114",
    status=Status.UNCERTAIN,
    title="通常相等的两数",
    statement="有的总项与分项之和、有的两项之间通常相等，但也有正当的例外（例如撤回、未审结没有单独一行）。不相等时请确认有没有原因。",
    basis="统计表的结构；表上没有印明，所以只作为存疑，由填报单位说明。",
    wrong="申请办结数6件，申请答复数4件，报告里没有说明。",
    right="申请办结数6件，申请答复数6件；或者不相等而在报告里写明了原因。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a relation; none over a figure that a hard relation has already caught."""
    outcomes = [case.outcome(kind, hard=False) for kind in (Kind.SUM, Kind.SAME)]
    for outcome in outcomes:
        for breach in outcome.breaches:
            left, right = case.figures(breach.relation.identity.left), case.figures(breach.relation.identity.right)
            yield case.finding(
                CARD,
                f"{name(left[0])}填{amount(breach.left, left[0].unit)}，{_other_side(right)}，通常应当相等。"
                f"请确认有没有原因，有的在报告里说明。{sentence(breach.relation.identity.note)}",
                left=breach.left,
                right=breach.right,
                figures=(*left, *right),
            )
    yield from not_assessable(case, CARD, tuple(u for outcome in outcomes for u in outcome.unknown))


def _other_side(figures: tuple[Figure, ...]) -> str:
    values = [f.value for f in figures if f.value is not None]
    if len(values) == 1:
        return f"{name(figures[0])}填{amount(values[0], figures[0].unit)}"
    return f"所列分项相加为{addition(values, sum(values[1:], values[0]), figures[0].unit)}"


def _applies(case: Case) -> bool:
    return case.plan is not None and bool(case.plan.of(Kind.SUM, hard=False) or case.plan.of(Kind.SAME, hard=False))


RULE = Rule(CARD, judge, _applies)
