"""Does the text state two numbers for the same thing?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.prose import Stated, approximate, said
from gongkai.checking.rule import Rule
from gongkai.kernel import Finding, RuleCard, Status
from gongkai.reading.claims import ASIDE
from gongkai.reading.values import MONEY

CARD = RuleCard(
    code="R408",
    status=Status.UNCERTAIN,
    title="同一件事前后只有一个数字",
    statement="正文几处写同一件事的，数字应当相同；不同的，请确认说的是不是同一件事。",
    basis="同一年度同一事项只有一个数字。",
    wrong="概述写“主动公开政府信息300条”，第二部分写“主动公开政府信息330条”。",
    right="概述和第二部分都写“主动公开政府信息330条”。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a thing, where the table does not already decide which number is right."""
    by_label: dict[str, list[Stated]] = {}
    for one in _firm(case):
        by_label.setdefault(one.claim.label, []).append(one)
    for those in by_label.values():
        values = list(dict.fromkeys(s.claim.value for s in those))
        if len(values) > 1:
            first = [next(s.claim for s in those if s.claim.value == value) for value in values]
            yield case.finding(
                CARD,
                f"正文{'，又写'.join(f'写{said(c)}' if n == 0 else said(c) for n, c in enumerate(first))}，数字不同。请确认说的是不是同一件事；是的，请改为一致。",
                left=values[0],
                right=values[1],
                claims=tuple(first),
            )


def _firm(case: Case) -> Iterator[Stated]:
    for one in case.prose.stated:
        told = bool(one.cells) and case.prose.sum(one.cells) is not None
        exact = one.is_certain and not one.concept_follows
        if (
            exact
            and not told
            and one.claim.unit not in MONEY
            and ASIDE not in one.claim.scope
            and one.claim.value is not None
            and not approximate(one.claim)
            and one.parent is None
        ):
            yield one


def applies(case: Case) -> bool:
    """Whether anything the tables do not hold is stated with certainty."""
    return bool(case.report.claims) and any(True for _ in _firm(case))


RULE = Rule(CARD, judge, applies)
