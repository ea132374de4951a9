"""What do the figures of one report say about each relation of its edition?

Three things keep one fault from being told twice: a relation in the total column whose difference is only the
sum of the differences of its columns is a consequence; a soft relation over a cell that a hard one has already
caught is not judged; a blank total is told by its own rule and not also as a sum that could not be made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from gongkai.checking.local_rows import local_rows, may_explain
from gongkai.checking.plan import Plan, Relation, plan
from gongkai.checking.prose import Prose
from gongkai.checking.text import Text
from gongkai.kernel import Claim, Figure, Finding, Place, RuleCard, State, Status
from gongkai.returns import Edition, Kind, Report, Term
from gongkai.returns.model import ACROSS_YEARS, EQUALITIES, TOTALS

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Breach:
    """A relation that does not hold: both sides as computed. ``partial`` when a blank part was left out of a sum."""

    relation: Relation
    left: Decimal
    right: Decimal
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """A relation that could not be judged: the cells that stood in the way, and why in Chinese (no full stop)."""

    relation: Relation
    codes: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What all relations of one kind gave. ``blank_totals`` are totals left blank whose parts are all numbers."""

    breaches: tuple[Breach, ...]
    unknown: tuple[Unknown, ...]
    blank_totals: tuple[Relation, ...]


@dataclass(frozen=True)
class Case:
    """One report under check, with the report of the year before and the reports of the bodies below when there are any.

    ``computed`` are the cells of a form whose blank totals the program has computed before judging.
    """

    report: Report
    previous: Report | None = None
    children: tuple[Report, ...] = ()
    computed: tuple[str, ...] = ()

    @cached_property
    def prose(self) -> Prose:
        """What the report's text states in figures."""
        return Prose(self.report)

    @cached_property
    def text(self) -> Text:
        """The report's text: sections, paragraphs, sentences."""
        return Text(self.report)

    @cached_property
    def edition(self) -> Edition | None:
        """The edition's tables, None when the source held none."""
        return self.report.edition

    @cached_property
    def plan(self) -> Plan | None:
        """What there is to judge."""
        return None if self.report.edition is None else plan(self.report.edition)

    @cached_property
    def values(self) -> dict[str, Decimal | None]:
        """The number in every cell of the edition, None where there is none."""
        found: dict[str, Decimal | None] = dict(self.plan.empty) if self.plan else {}
        for figure in self.report.figures:
            if figure.code is not None:
                found[figure.code] = figure.value
        return found

    @cached_property
    def _uncommon(self) -> tuple[list[Figure], list[Figure], list[Figure]]:
        """The edition's odd, unfilled and worded figures, in one pass: most cells hold a plain whole number."""
        odd, unfilled, worded = [], [], []
        for figure in self.report.figures:
            value = figure.value
            if value is None:
                if figure.code is not None:
                    unfilled.append(figure)
                continue
            if value and (value < 0 or value != value.to_integral_value()) and figure.code is not None:
                odd.append(figure)
            if not figure.text.isdecimal() and figure.code is not None:
                worded.append(figure)
        return odd, unfilled, worded

    @property
    def odd(self) -> list[Figure]:
        """The edition's figures that are negative or have a fraction."""
        return self._uncommon[0]

    @property
    def unfilled(self) -> list[Figure]:
        """The edition's figures that hold no number."""
        return self._uncommon[1]

    @property
    def worded(self) -> list[Figure]:
        """The edition's numbers that are written with more than digits."""
        return self._uncommon[2]

    @cached_property
    def incomparable(self) -> str | None:
        """Why last year's report cannot be compared, in Chinese without a full stop; None when it can."""
        if self.previous is None:
            return "没有提供上一年的年报"
        if self.misfit is not None:
            return "所给的上一年年报对不上，见R204"
        return None

    @cached_property
    def misfit(self) -> str | None:
        """What is wrong with the report given as last year's, in Chinese without a full stop."""
        previous, report = self.previous, self.report
        if previous is None:
            return None
        if previous.edition is None:
            return "所给的上一年年报里没有认出任何一种格式的表格"
        for which, those in (("本报告", report), ("所给的上一年年报", previous)):
            if any(note.rule == "R927" for note in those.findings):
                return f"{which}只是半年或者季度的报告，不是全年的年报"
        if report.year is None or previous.year is None:
            which = "本报告" if report.year is None else "所给的上一年年报"
            return f"{which}没有写明年份，不能确定两份年报是不是前后相连的两年"
        if previous.year != report.year - 1:
            return f"本报告是{report.year}年，所给的上一年年报却是{previous.year}年，不是前后相连的两年"
        if report.agency and previous.agency and not _same_body(report.agency, previous.agency):
            return f"本报告的单位是“{report.agency}”，所给的上一年年报的单位是“{previous.agency}”，不是同一个单位"
        return None

    @cached_property
    def _outcomes(self) -> dict[tuple[Kind, bool], Outcome]:
        return {}

    def outcome(self, kind: Kind, *, hard: bool) -> Outcome:
        """What the relations of a kind and hardness gave; judged once."""
        made = self._outcomes.get((kind, hard))
        if made is None:
            made = self._outcomes[kind, hard] = self._judged(kind, hard=hard)
        return made

    @cached_property
    def doubted(self) -> frozenset[str]:
        """Codes of cells that a hard relation or the sign or wholeness of a count has already caught."""
        if self.plan is None:
            return frozenset()
        caught = {f.code for f in self.odd if f.code and is_odd(f, self.plan)}
        for kind, hard in self.plan.relations:
            if hard and kind not in ACROSS_YEARS:
                for breach in self.outcome(kind, hard=True).breaches:
                    caught.update(breach.relation.left, breach.relation.right)
        return frozenset(caught)

    def _judged(self, kind: Kind, *, hard: bool) -> Outcome:
        relations = self.plan.of(kind, hard=hard) if self.plan else ()
        values = self.values
        if kind in ACROSS_YEARS:
            if self.incomparable is not None:
                return Outcome((), tuple(Unknown(r, (), self.incomparable) for r in relations), ())
            suspects = relations
        else:
            suspects = tuple(r for r in relations if not _plainly_holds(kind, r, values))
        breaches: list[Breach] = []
        unknown: list[Unknown] = []
        blank: list[Relation] = []
        for relation in suspects:
            found = self._weighed(relation)
            if isinstance(found, Breach):
                breaches.append(found)
            elif hard and kind in TOTALS and self._is_blank_total(relation):
                blank.append(relation)
            elif found is not None:
                unknown.append(found)
        sums = self.plan.of(Kind.SUM, hard=True) if self.plan and kind is Kind.ACROSS else ()
        return Outcome(_without_consequences(breaches, sums), tuple(unknown), tuple(blank))

    def _weighed(self, relation: Relation) -> Breach | Unknown | None:
        kind = relation.identity.kind
        if kind in ACROSS_YEARS and (why := self._not_across(relation)):
            return Unknown(relation, (), why)
        left, right = self._side(relation.identity.left), self._side(relation.identity.right)
        verdict = _verdict(kind, left, right)
        if verdict is None:
            missing = (*left.missing, *right.missing)
            return Unknown(relation, missing, "有单元格没有数字，不能当作零来算")
        if verdict:
            return None
        if not relation.identity.hard and not self.doubted.isdisjoint((*relation.left, *relation.right)):
            return Unknown(relation, (), "所涉数字已经有错，改正后再核对")
        breach = Breach(relation, left.known, right.known, partial=bool(left.missing or right.missing))
        extra = local_rows(self.report, relation) if relation.plain else ()
        if extra and not breach.partial:
            explained = may_explain(relation, left.known - right.known, extra)
            if explained is None:
                return Unknown(relation, (), "有本地增加的行，不能确定是否计入合计")
            return None if explained else breach
        return breach

    def _not_across(self, relation: Relation) -> str | None:
        if self.incomparable is not None or self.previous is None or self.previous.edition is None:
            return self.incomparable
        cells = self.previous.edition.cells
        terms = (*relation.identity.left, *relation.identity.right)
        if any(t.previous and t.code not in cells for t in terms):
            return "上一年年报用的是另一种格式，没有对应的项目"
        return None

    def _side(self, terms: tuple[Term, ...]) -> _Side:
        signed = self.plan.signed if self.plan else frozenset[str]()
        known, missing, floor = ZERO, [], True
        for term in terms:
            value = self.previous.value(term.code) if term.previous and self.previous else self.values[term.code]
            if value is not None:
                known += term.sign * value
            else:
                missing.append(term.code)
                floor = floor and term.sign == 1 and not term.previous and term.code not in signed
        return _Side(known, tuple(missing), floor)

    def _is_blank_total(self, relation: Relation) -> bool:
        total = self.report.figure(relation.left[0])
        values = self.values
        return total is not None and total.state is State.BLANK and all(values[c] is not None for c in relation.right)

    def figures(self, terms: tuple[Term, ...]) -> tuple[Figure, ...]:
        """The figures of an identity's terms, this year's or last year's as each term says; absent ones left out."""
        found = (self.previous.figure(t.code) if t.previous and self.previous else self.report.figure(t.code) for t in terms)
        return tuple(f for f in found if f is not None)

    def finding(
        self,
        card: RuleCard,
        message: str,
        *,
        left: Decimal | str | None = None,
        right: Decimal | str | None = None,
        claims: tuple[Claim, ...] = (),
        figures: tuple[Figure, ...] = (),
        spots: tuple[Place, ...] = (),
        subject: tuple[str, ...] = (),
        status: Status | None = None,
    ) -> Finding:
        """A finding of a rule over these claims and figures; its subject is the body, the year, the cells' codes and the
        claims' labels. ``spots`` are places in the text that are neither.
        """
        if not (claims or spots or figures):  # most items say that a rule found nothing
            return Finding(card.code, status or card.status, message, left, right, (), (*self.who, *subject))
        names = (*(f.code for f in figures if f.code is not None), *dict.fromkeys(c.label for c in claims))
        places = (*dict.fromkeys(c.place for c in claims), *spots, *(_placed(f) for f in figures))
        return Finding(card.code, status or card.status, message, left, right, places, (*self.who, *(subject or names)))

    @cached_property
    def who(self) -> tuple[str, str]:
        """The body and the year, as every finding's subject begins."""
        return (self.report.agency or "", "" if self.report.year is None else str(self.report.year))


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a relation: the sum of its numbers, the cells without one, and whether it can only grow with them."""

    known: Decimal
    missing: tuple[str, ...]
    floor: bool


def is_odd(figure: Figure, plan: Plan) -> bool:
    """Whether an odd figure breaks the form: negative where nothing can be, or a fraction of a thing counted."""
    value = figure.value or ZERO
    return (value < 0 and figure.code not in plan.signed) or (value != value.to_integral_value() and figure.code in plan.whole)


def _plainly_holds(kind: Kind, relation: Relation, values: Mapping[str, Any]) -> bool:
    """The quick way: both sides are sums of numbers only, and the relation holds. Anything else is weighed with care."""
    if not relation.plain or kind is Kind.IMPLIES:
        return False
    take = values.__getitem__
    try:
        left, right = sum(map(take, relation.left)), sum(map(take, relation.right))
    except TypeError:  # a cell without a number
        return False
    if kind in EQUALITIES:
        return bool(left == right)
    if kind is Kind.ZERO_TOGETHER:
        return bool((left == 0) == (right == 0))
    return bool(left >= 0 if kind is Kind.FLOOR else left <= right)


def _verdict(kind: Kind, left: _Side, right: _Side) -> bool | None:
    """Whether a relation holds; None when blanks leave it open. A blank cell cannot be negative, so a sum of the
    filled parts that already exceeds the other side settles the matter.
    """
    if kind in EQUALITIES:
        return _equal(left, right)
    if kind is Kind.ZERO_TOGETHER:
        return None if left.missing or right.missing else (left.known == 0) == (right.known == 0)
    if kind is Kind.IMPLIES:
        return _implied(left, right)
    if kind is Kind.FLOOR:
        return None if left.missing else left.known >= 0
    return _at_most(left, right)


def _equal(left: _Side, right: _Side) -> bool | None:
    if not left.missing and not right.missing:
        return left.known == right.known
    if not left.missing and right.floor and right.known > left.known:
        return False
    if not right.missing and left.floor and left.known > max(right.known, ZERO):
        return False
    return None


def _at_most(left: _Side, right: _Side) -> bool | None:
    if not right.missing:
        if not left.missing:
            return left.known <= right.known
        return False if left.floor and left.known > max(right.known, ZERO) else None
    return True if not left.missing and right.floor and left.known <= right.known else None


def _implied(left: _Side, right: _Side) -> bool | None:
    if right.known > 0 or (not left.missing and left.known == 0):
        return True
    return None if left.missing or right.missing else False


def _without_consequences(breaches: list[Breach], sums: tuple[Relation, ...]) -> tuple[Breach, ...]:
    """Leave out what only repeats other breaches: the total column's when its columns add up to the same difference,
    and the total row's (``sums`` name its parts) when its rows do.
    """
    if not breaches:
        return ()
    columns: dict[str, Decimal] = {}
    for b in breaches:
        if not b.relation.in_total:
            columns[b.relation.family] = columns.get(b.relation.family, ZERO) + b.left - b.right
    rows = {b.relation.left[0]: b.left - b.right for b in breaches} if sums else {}
    parts = {r.left[0]: sum((rows.get(c, ZERO) for c in r.right), ZERO) for r in sums}
    return tuple(
        b
        for b in breaches
        if not (b.relation.in_total and columns.get(b.relation.family) == b.left - b.right)
        and not (sums and parts.get(b.relation.left[0], ZERO) == b.left - b.right)
    )


def _same_body(one: str, other: str) -> bool:
    """Whether two names may be one body's: equal, or one the end of the other (某市某局, 某局)."""
    one, other = "".join(one.split()), "".join(other.split())
    return one.endswith(other) or other.endswith(one)


def _placed(figure: Figure) -> Place:
    return figure.place if figure.place.quote else replace(figure.place, quote=figure.label())
