"""What do all rules say of a report?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gongkai.checking.case import Case
from gongkai.checking.columns import Column, columns
from gongkai.checking.rule import Rule, passed
from gongkai.checking.rules import RULES
from gongkai.errors import NotFound
from gongkai.kernel import Finding, RuleCard, Status
from gongkai.reading.notes import NOTES
from gongkai.reading.source_notes import CARDS
from gongkai.returns import Report, with_totals

_NO_TABLES = "没有认出任何一种格式的表格，表内各项无法核对。请确认文件里有年度报告的表格；只有文字的报告不作表内核对。"

_ONLY_LOCAL = "only under other headings"  # the rows are there, each number under a heading the form does not have

# What the reader has already said while reading – lost rows, an empty table, words for a number – is not said again.
_TOLD_BY_READER = {
    "R113": frozenset({"R909"}),
    "R118": frozenset({"R903", "R904", "R905", "R906", "R908", "R910", _ONLY_LOCAL}),
    "R121": frozenset({"R905", "R910"}),
}


def check(report: Report, previous: Report | None = None, children: tuple[Report, ...] = ()) -> tuple[Finding, ...]:
    """The reader's own notes on the report, then one or more items for every rule that applies to its edition.

    A rule gives its findings; or one NOT_ASSESSABLE item for what could not be judged (both may stand side by
    side); or, when everything it speaks of was judged and is right, one PASS item. Rules that speak of tables
    the edition does not have give no item, nor do rules over text where there is none. Where several bodies or years stand
    beside each other in a list, rules over its cells are asked of each column. ``previous`` is the same body's
    report of the year before, ``children`` are the reports of the bodies whose figures this one gathers. Blank totals of a form being filled in are computed first and told.
    """
    report, computed = with_totals(report) if report.form else (report, ())
    case = Case(report, previous, children, computed)
    items = list(report.findings)
    if report.edition is None:
        items.append(case.finding(rule("R118").card, _NO_TABLES, status=Status.NOT_ASSESSABLE))
    told = {note.rule for note in report.findings} | ({_ONLY_LOCAL} if report.figures and not report.by_code else set())
    beside = columns(report)
    for each in RULES:
        if each.applies(case) and told.isdisjoint(_TOLD_BY_READER.get(each.card.code, ())):
            found = each.judge(case) if not (beside and _is_of_cells(each)) else _of_columns(each, beside)
            items.extend(tuple(found) or (passed(case, each.card),))
    return tuple(items)


def _is_of_cells(each: Rule) -> bool:
    """Whether a rule weighs the cells of the form's tables against each other."""
    return each.card.code.startswith("R1") and each.card.code != "R126"


def _of_columns(each: Rule, beside: tuple[Column, ...]) -> Iterator[Finding]:
    """What a rule says of each of the reports that stand beside each other in one list."""
    for column in beside:
        for found in each.judge(Case(column.report)):
            yield replace(found, message=f"“{column.heading}”一列：{found.message}")


def rule(code: str) -> Rule:
    """The rule of a code ("R101", case does not matter); NotFound says which there are."""
    for each in RULES:
        if each.card.code == code.strip().upper():
            return each
    known = "、".join(r.card.code for r in RULES)
    raise NotFound(f"没有编号为“{code}”的规则。现有的规则是：{known}。")


def cards() -> tuple[RuleCard, ...]:
    """The card of every rule, and of every note the reader may make, in the order of their codes."""
    return (*(r.card for r in RULES), *NOTES, *CARDS)


def cells(finding: Finding) -> tuple[str, ...]:
    """The codes of the cells a finding is about (its subject without the body and the year)."""
    return finding.subject[2:]
