"""Is a cell of the table left blank whose number the text states?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.prose import Firmness, Stated, approximate, said
from gongkai.checking.rule import Rule
from gongkai.checking.wording import name
from gongkai.kernel import Figure, Finding, RuleCard, State, Status
from gongkai.returns import Kind

CARD = RuleCard(
    code="R316",
    status=Status.UNCERTAIN,
    title="文中写有数字的，表内不空白",
    statement="正文写明了数字、统计表里相应的一项却空白的，多半是漏填；正文写明是0的，表内也应填0。",
    basis="正文和统计表说明的是同一年度的同一情况；空白与零、与正文的数字意思都不同。",
    wrong="正文写“作出行政处罚决定41件”，表内行政处罚的本年处理决定数量空白。",
    right="正文写“作出行政处罚决定41件”，表内行政处罚的本年处理决定数量41件。",
)


def judge(case: Case) -> Iterator[Finding]:
    """One finding for each blank cell; a blank total is left to its own rule."""
    totals = {r.left[0] for kind in (Kind.SUM, Kind.ACROSS) for r in case.outcome(kind, hard=True).blank_totals}
    seen: set[str] = set()
    for one, figure in _blank(case):
        if one.cells[0] in totals or one.cells[0] in seen:
            continue
        seen.add(one.cells[0])
        nothing = one.claim.value == 0
        yield case.finding(
            CARD,
            f"正文写{said(one.claim)}，表内{name(figure)}空白。请{'填0' if nothing else '补填，或者核对正文的数字'}。",
            left=one.claim.value,
            right="空白",
            claims=(one.claim,),
            figures=(figure,),
            status=Status.REMARK if nothing else None,
        )


def _blank(case: Case) -> Iterator[tuple[Stated, Figure]]:
    """What the text states and the one cell that should hold it, where that cell shows nothing."""
    for one in _stated(case):
        figure = case.report.figure(one.cells[0])
        if figure is not None and figure.state is State.BLANK:
            yield one, figure


def _stated(case: Case) -> Iterator[Stated]:
    """What the text states exactly, of the whole body and the whole year, and one cell holds."""
    for one in case.prose.stated:
        if one.firmness is not Firmness.FIRM or one.claim.value is None or one.denied or approximate(one.claim):
            continue
        if len(one.cells) == 1 and one.strength in ("exact", "near"):
            yield one


def applies(case: Case) -> bool:
    """Whether the text states the number of any cell."""
    return case.edition is not None and bool(case.report.claims) and any(True for _ in _stated(case))


RULE = Rule(CARD, judge, applies)
