"""Which figures of a report's text may be compared with its tables and with each other, and how firmly?

The words around a number decide before the number does. *Firm* claims count exactly what the cells count; *soft* ones most
likely do, so that a difference is a question; all others are not compared: a part of the year, a stand since the beginning,
one office of a whole district, cases filed, another year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from gongkai.checking.bases import (
    APPROXIMATE,
    Spot,
    held,
    is_base,
    is_merged,
    is_settled,
    is_total,
    is_whole_of_requests,
    is_wider,
    speaks_of_requests,
    spots,
)
from gongkai.checking.bases import (
    RATES as RATES,
)
from gongkai.checking.bases import (
    approximate as approximate,
)
from gongkai.checking.growth import Growth, growths
from gongkai.kernel import Claim, Figure
from gongkai.reading.claims import ASIDE
from gongkai.reading.claims_lexicon import Concept, concept_of, scope_kind
from gongkai.reading.claims_none import is_plain
from gongkai.reading.values import MONEY
from gongkai.returns import Edition, Report

ZERO = Decimal(0)
_NEVER = frozenset({"period", "years", "filed", "average", "growth", "share"})
_LEVEL = re.compile(r"(?P<level>[省市州盟区县旗镇乡]|街道)(?:人民政府)?(?:办公室|办公厅|办事处)?$")
_OWN_OFFICE = re.compile(r"办公[室厅]$")
_YEAR = re.compile(r"(20[0-9]{2})年")
_THIS_YEAR = re.compile(r"全年|本年度?|今年|年内|(?:20[0-9]{2})年")
_OF_WHICH = "其中"
_DOER = re.compile(
    r"(?:20[0-9]{2}年度?|截[至止].{2,12}?[日底]|其中|另|[，、])*"
    r"(?P<who>[\u4e00-\u9fff]{2,18}?(?:局|委|委员会|办公室|办|镇|乡|街道|办事处|中心|公司|学校|医院|区|县|市|政府|分局|部门|单位))"
    r"(?:20[0-9]{2}年度?)?(?:[上下]半年|[前第]?[一二三四]季度|(?:[0-9]{1,2}月?[-—至~])?[0-9]{1,2}月)?(?:全年|年内|本年度|今年)?(?:共计|总共|累计|均|共|新)*(?:依法)?(?:收到|受理|接到|接收|收办|办结|答复|处理|发生|主动公开|办理|作出|做出|实施|制发|印发|未|无|没有)"
)
_OWN = re.compile(r"[我本]|全年|年度|各级|有关|该")
_OURS = re.compile(r"(?:20[0-9]{2}年度?|[，、])*[我本][\u4e00-\u9fff]")
_SEAT = re.compile(r"(?:人民政府|政府)?(?:办公室|办公厅|办事处)?$")
_BREAKS_DOWN = re.compile(r"其中|在[^，,。]{2,24}中[，,]")
_NEAR = 2
_INNER = {ord("“"): "‘", ord("”"): "’"}


class Firmness(StrEnum):
    """How firmly a claim may be compared with the cells of its concept."""

    FIRM = "firm"
    SOFT = "soft"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim understood. ``parent`` is the claim it is a part of (其中); ``cells`` are the edition's cells of its concept;
    ``during`` when nothing but a part of the year (上半年) keeps it from being held against them.
    """

    claim: Claim
    concept: Concept | None
    firmness: Firmness
    parent: Claim | None
    cells: tuple[str, ...]
    during: bool = False

    @property
    def denied(self) -> bool:
        """Whether the text says there was none, in words."""
        return self.claim.value == 0 and not any(ch.isdigit() or ch in "零〇" for ch in self.claim.text)

    @property
    def concept_follows(self) -> bool:
        """Whether what it counts is only known from the number before it."""
        return self.concept is not None and bool(self.concept.after)

    @property
    def strength(self) -> str:
        """The concept's strength, empty without one."""
        return self.concept.strength if self.concept is not None else ""

    @property
    def is_certain(self) -> bool:
        """Whether it states exactly what its cells hold, and firmly: such a number can be called wrong."""
        return self.strength == "exact" and self.firmness is Firmness.FIRM


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total stated in prose and the parts listed under it, in their order."""

    total: Claim
    parts: tuple[Claim, ...]


@dataclass(frozen=True)
class Prose:
    """What one report's text states, understood once for all rules."""

    report: Report

    @cached_property
    def stated(self) -> tuple[Stated, ...]:
        """Every claim with its concept, firmness and parent, in the order of the text."""
        out: list[Stated] = []
        heads: list[Stated] = []
        elsewhere = False
        base: Claim | None = None
        for claim, spot in spots(self.report.claims):
            if spot.first:
                elsewhere, base = False, None
            doer = self._doer(claim.place.quote if claim.value else spot.clause)
            elsewhere = elsewhere if doer is None else doer
            inside = _OF_WHICH in claim.scope
            parent = heads[-1] if inside and heads and _adjoins(heads[-1].claim, claim) else None
            one = self._stated(claim, parent)
            if (one.during or one.firmness is not Firmness.NOT) and (elsewhere or self._is_aside(one, spot, base)):
                one = replace(one, firmness=Firmness.NOT, during=False)
            if one.firmness is Firmness.FIRM and _is_denied_of_some(one, spot):
                one = replace(one, firmness=Firmness.SOFT)
            out.append(one)
            if is_base(spot):
                base = claim
            if parent is not None:
                self._heads[id(claim)] = tuple(h.claim for h in heads)
            if not inside and ASIDE not in claim.scope and claim.unit not in RATES and not one.denied:
                if heads and (heads[-1].claim.sentence != claim.sentence or spot.parted):
                    heads.clear()
                if (is_total(claim) and self.in_own_year(claim)) or not heads:
                    heads.append(one)
        return tuple(out)

    @cached_property
    def compared(self) -> tuple[tuple[Stated, Decimal, tuple[Decimal, ...]], ...]:
        """Stated figures whose cells all hold numbers: the figure, their sum, and the other sums that make it true as well."""
        out = []
        for one in self.stated:
            if one.cells and one.firmness is not Firmness.NOT and one.claim.value is not None:
                total = self.sum(one.cells)
                if total is not None:
                    out.append((one, total, self.others(one)))
        return tuple(out)

    @cached_property
    def breakdowns(self) -> tuple[Breakdown, ...]:
        """The lists of parts, each under its total; parts counted in another unit are left out."""
        parts: dict[int, list[Claim]] = {}
        for one in self.stated:
            parent = one.parent
            if parent is None or parent.value is None or one.claim.value is None or one.denied or not is_total(one.claim):
                continue
            if one.claim.unit == parent.unit and parent.unit not in RATES and is_total(parent):
                parts.setdefault(id(parent), []).append(one.claim)
        found = []
        for claims in parts.values():
            heads = [h for h in self._heads[id(claims[0])] if h.unit == claims[0].unit]
            total = held(heads, claims)
            if total is not None:
                found.append(Breakdown(total, tuple(claims)))
        return tuple(found)

    @cached_property
    def growths(self) -> tuple[Growth, ...]:
        """Growth stated beside both years' numbers."""
        return tuple(growths(self.report.claims))

    def figures(self, cells: tuple[str, ...]) -> tuple[Figure, ...]:
        """The figures of these cells that were read; of a sum only those that are not zero, or the first."""
        found = [f for code in cells if (f := self.report.figure(code.removeprefix("-"))) is not None]
        return tuple(found) if len(found) < 3 else tuple(f for f in found if f.value) or tuple(found[:1])

    def sum(self, cells: tuple[str, ...]) -> Decimal | None:
        """The sum of cells ("-" takes off); None when one of them holds no number."""
        total = ZERO
        for code in cells:
            value = self.report.value(code.removeprefix("-"))
            if value is None:
                return None
            total += -value if code.startswith("-") else value
        return total

    def in_unit_of(self, claim: Claim, cells: tuple[str, ...]) -> Decimal:
        """The claim's number in the unit of the cells (money only; counts are as they are)."""
        value = claim.value if claim.value is not None else ZERO
        unit = self.report.edition.cells[cells[0].removeprefix("-")].unit if self.report.edition is not None else None
        if claim.unit in MONEY and unit in MONEY:
            return value * MONEY[claim.unit or "元"] / MONEY[unit or "元"]
        return value

    def in_own_year(self, claim: Claim) -> bool:
        """Whether a claim speaks of the report's year, as far as its words tell."""
        years = [int(m[1]) for word in claim.scope if word.startswith("20") and (m := _YEAR.fullmatch(word))]
        return not years or self.report.year is None or years[-1] == self.report.year

    def others(self, one: Stated) -> tuple[Decimal, ...]:
        """The other sums of the table that make a statement true as well."""
        if one.concept is None or self.report.edition is None or any(scope_kind(word) == "new" for word in one.claim.scope):
            return ()
        sums = (self.sum(cells) for cells in meaning(one.claim.label, self.report.edition)[2])
        return tuple(s for s in sums if s is not None)

    @cached_property
    def _heads(self) -> dict[int, tuple[Claim, ...]]:
        """The numbers that a part's list may break down, by the part's identity, the nearest last."""
        return {}

    def _is_aside(self, one: Stated, spot: Spot, base: Claim | None) -> bool:
        """Whether the words around a number say that it is none of the table's, or only a part of one of them."""
        if is_wider(one.claim.place.quote, spot):
            return True
        if one.concept is not None and is_settled(one.concept, spot.before):
            return True
        if one.concept is None or not speaks_of_requests(one.concept, one.cells):
            return False
        if spot.of_something_else or is_merged(one.claim, spot.before):
            return True
        return base is not None and base is not one.claim and not is_whole_of_requests(self.report, base.value)

    def _stated(self, claim: Claim, parent: Stated | None) -> Stated:
        concept, cells, _ = meaning(claim.label, self.report.edition)
        firmness = self._firmness(claim)
        if parent is not None and concept is not None and not concept.after and "结转" not in claim.label:
            if parent.strength != "exact" or parent.firmness is Firmness.NOT or _could_be_of(parent, claim):
                firmness = Firmness.NOT
            elif parent.firmness is Firmness.SOFT:
                firmness = min(firmness, Firmness.SOFT, key=_ORDER.index)
        during = firmness is Firmness.NOT and parent is None and self._is_during(claim)
        return Stated(claim, concept, firmness, None if parent is None else parent.claim, cells, during)

    def _is_during(self, claim: Claim) -> bool:
        """Whether it would be firm but for the part of the year it speaks of."""
        if not any(scope_kind(word) == "period" for word in claim.scope):
            return False
        rest = tuple(word for word in claim.scope if scope_kind(word) != "period")
        return self._firmness(replace(claim, scope=rest)) is Firmness.FIRM

    def _firmness(self, claim: Claim) -> Firmness:
        kinds = {kind for word in claim.scope if (kind := scope_kind(word)) is not None}
        if kinds & _NEVER or claim.unit in RATES or not self.in_own_year(claim):
            return Firmness.NOT
        soft = "as_of" in kinds or any(word in APPROXIMATE for word in claim.scope)
        if "cumulative" in kinds:
            if "as_of" in kinds or not _THIS_YEAR.search(claim.sentence.partition(claim.place.quote)[0] + claim.place.quote):
                return Firmness.NOT
            soft = True
        if "jurisdiction" in kinds:
            if not self._whole(claim):
                return Firmness.NOT
            soft = soft or self._level not in {"镇", "乡", "街道"}
        if "office" in kinds:
            if not _OWN_OFFICE.search(self.report.agency or ""):
                return Firmness.NOT
            soft = True
        if "carried" in kinds and "结转" not in claim.label:
            soft = True
        return Firmness.SOFT if soft else Firmness.FIRM

    @cached_property
    def _level(self) -> str:
        found = _LEVEL.search(self.report.agency or "")
        return found["level"] if found is not None else ""

    def _whole(self, claim: Claim) -> bool:
        """Whether the area a claim speaks of is the area of the report's own government."""
        areas = [word for word in claim.scope if scope_kind(word) == "jurisdiction"]
        return bool(self._level) and all(word[0] in "全我本" and word[1:] == self._level for word in areas)

    def _doer(self, words: str) -> bool | None:
        """Whether the words of a claim name who did it, and that is plainly not the report's own body (区住建局收到…); None when it names none."""
        quote = "".join(words.split()) if " " in words else words
        found = _DOER.match(quote)
        if found is None:
            return False if _OURS.match(quote) else None
        if _OWN.match(found["who"]):
            return False
        agency = _SEAT.sub("", "".join((self.report.agency or "").split()))
        return bool(agency) and not agency.endswith(_SEAT.sub("", found["who"]))


def _could_be_of(parent: Stated, claim: Claim) -> bool:
    """Whether a number is a part of those carried over only, whose outcomes are not the year's."""
    if "结转" not in parent.claim.label or parent.claim.value is None or claim.value is None:
        return False
    return claim.value <= parent.claim.value


Meaning = tuple[Concept | None, tuple[str, ...], tuple[tuple[str, ...], ...]]
_MEANINGS: dict[str, tuple[Edition, dict[str, Meaning]]] = {}


def meaning(label: str, edition: Edition | None) -> Meaning:
    """The concept of a label, its cells in an edition and the other sums that make it true; kept, as all reports of a form share them."""
    if edition is None:
        return concept_of(label, None), (), ()
    kept = _MEANINGS.get(edition.key)
    if kept is None or kept[0] is not edition:
        kept = _MEANINGS[edition.key] = (edition, {})
    found = kept[1].get(label)
    if found is None:
        concept = concept_of(label, edition)
        if concept is None:  # the words of a sentence are without number, those of the lexicon are not
            return None, (), ()
        found = kept[1][label] = (concept, concept.sum(edition), concept.others(edition))
    return found


def _is_denied_of_some(one: Stated, spot: Spot) -> bool:
    """Whether a denial of an outcome may be meant of a kind that the words before it name: 自然人申请中，没有不予公开的情况."""
    if not one.denied or one.concept is None or not one.concept.none_whole:
        return False
    return not is_plain(spot.before.removesuffix(one.claim.place.quote))


def _adjoins(total: Claim, part: Claim) -> bool:
    """Whether a part stands in its total's sentence, or in a sentence right below it that begins by breaking it down."""
    if total.sentence == part.sentence:
        return True
    lines = total.place.line, part.place.line
    near = lines[0] is None or lines[1] is None or 0 <= lines[1] - lines[0] <= _NEAR
    return near and _BREAKS_DOWN.match(part.sentence) is not None


_ORDER = (Firmness.NOT, Firmness.SOFT, Firmness.FIRM)


def agrees(claim: Claim, value: Decimal, other: Decimal) -> bool:
    """Whether a stated number (in the unit of ``other``) is what the other says, within what its own words leave open."""
    if value == other:
        return True
    if not approximate(claim):
        return False
    return abs(value - other) <= max(abs(other) / 5, Decimal(1))


def said(claim: Claim, most: int = 36) -> str:
    """The words of a claim for a sentence, cut at the front when long."""
    quote = ("".join(claim.place.quote.split()) or claim.text).translate(_INNER)
    return f"“{quote}”" if len(quote) <= most else f"“……{quote[-most:]}”"
