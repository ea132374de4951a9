"""What is a rule: a card for people, a question whether it applies, and a judgement?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gongkai.checking.case import Case, Unknown
from gongkai.checking.wording import names
from gongkai.kernel import Finding, RuleCard, Status
from gongkai.returns import Kind


@dataclass(frozen=True, slots=True)
class Rule:
    """``judge`` gives findings of the card's status, and NOT_ASSESSABLE where something stood in the way; nothing
    when all is well. ``applies`` says whether the report's edition knows what the rule speaks of.
    """

    card: RuleCard
    judge: Callable[[Case], Iterator[Finding]]
    applies: Callable[[Case], bool]


def always(case: Case) -> bool:
    """For rules that apply to every report whose edition is known."""
    return case.edition is not None


def knows(kind: Kind, *, hard: bool, in_grid: bool | None = None) -> Callable[[Case], bool]:
    """For rules over one kind of relation: whether the edition has any (in a grid, outside one, or anywhere)."""

    def applies(case: Case) -> bool:
        if case.plan is None:
            return False
        families = case.plan.families
        if in_grid is None:
            return (kind, hard, True) in families or (kind, hard, False) in families
        return (kind, hard, in_grid) in families

    return applies


def not_assessable(case: Case, card: RuleCard, unknown: tuple[Unknown, ...]) -> Iterator[Finding]:
    """One finding for all relations of a rule that could not be judged, with the reasons and the cells in the way."""
    if not unknown:
        return
    reasons: dict[str, int] = {}
    codes: dict[str, None] = {}
    for u in unknown:
        reasons[u.why] = reasons.get(u.why, 0) + 1
        codes.update(dict.fromkeys(u.codes))
    figures = tuple(f for c in codes if (f := case.report.figure(c)) is not None)
    why = "；".join(f"{why}（{count}处）" if len(reasons) > 1 else why for why, count in reasons.items())
    cells = f"：{names(figures, 3)}" if figures else ""
    places = "" if case.incomparable in reasons else f"有{len(unknown)}处"
    message = f"“{card.title}”这一条{places}无法判断：{why}{cells}。"
    subject = tuple(u.relation.identity.key for u in unknown)
    yield case.finding(card, message, figures=figures, subject=subject, status=Status.NOT_ASSESSABLE)


def passed(case: Case, card: RuleCard) -> Finding:
    """The item of a rule that found nothing wrong."""
    return Finding(card.code, Status.PASS, f"“{card.title}”：核对无误。", subject=case.who)
