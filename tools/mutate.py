"""How many wrong numbers in the tables and sentences of correct reports does the check find?

Every number is made wrong in several ways, one at a time. A mutant is found when the check gives an error or a doubt it did not give
before; what is only noted, and what is only said to be no longer decidable, counts apart. ``python -m tools.mutate REPORT…`` takes files
and, with ``--made 3``, three made reports of each edition whose text states their figures; ``--years`` gives each the report of the year
before that it follows.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from gongkai.checking import check
from gongkai.errors import GongkaiError
from gongkai.kernel import Claim, Figure, State, Status
from gongkai.reading import read, with_claims
from gongkai.reading.claims_lexicon import concept_of, scope_kind
from gongkai.returns import Edition, Identity, Kind, Report, Section, Term, editions
from gongkai.returns.model import EQUALITIES
from tests.core.checking.worded import worded, year_before

_HAN = "〇一二三四五六七八九"
_HALF = Decimal("0.5")
Numbers = Mapping[str, Decimal | None]


@dataclass
class Tally:
    """What became of the mutants of one kind.

    ``consistent`` were not found because nothing in them contradicts anything: another true report could say the same. ``missed`` names
    those that do and were not found.
    """

    found: int = 0
    noted: int = 0
    undecided: int = 0
    consistent: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def all(self) -> int:
        """How many there were."""
        return self.found + self.noted + self.undecided + len(self.consistent) + len(self.missed)

    @property
    def share(self) -> float:
        """The share that gave an error or a doubt."""
        return self.found / self.all if self.all else 1.0

    @property
    def share_told(self) -> float:
        """The share of those that contradict something of which anything at all is said."""
        against = self.all - len(self.consistent)
        return (against - len(self.missed)) / against if against else 1.0


@dataclass(frozen=True, slots=True)
class Mutant:
    """A report with one thing wrong in it: of which kind, and in words what."""

    kind: str
    words: str
    report: Report
    changed: frozenset[str] = frozenset()


def han(value: int) -> str:
    """A number below ten thousand in Chinese numerals."""
    out = ""
    for scale, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, scale)
        if digit:
            out += _HAN[digit] + word
        elif out and value and not out.endswith("〇"):
            out += "〇"
    return (out or "零").replace("〇", "零")


# ---- the text --------------------------------------------------------------------------------------------------------------


def wrong_numbers(claim: Claim) -> Iterator[tuple[str, str]]:
    """The claim's number made wrong, as (kind, the text to put in its place)."""
    if claim.value is None or not any(ch.isdigit() for ch in claim.text):
        return
    digits, tail = _parts(claim)
    if claim.unit == "%":
        yield "share", f"{claim.value + Decimal('10.1')}{tail}"
        return
    if not digits or claim.value != claim.value.to_integral_value() or claim.value > 9999:
        return
    value = int(claim.value)
    yield "one more", f"{value + 1}{tail}"
    if value:
        yield "one less", f"{value - 1}{tail}"
    yield "ten times", f"{value * 10 or 10}{tail}"
    yield "thousands", f"{value + 1000:,}{tail}"
    yield "Chinese numerals", f"{han(value + 10)}{tail}"
    yield "fractional", f"{value + _HALF}{tail}"


def _parts(claim: Claim) -> tuple[str, str]:
    """The digits of a claim's text, and what follows them."""
    digits = "".join(ch for ch in claim.text if ch.isdigit() or ch in ".,")
    return (digits, claim.text[claim.text.index(digits) + len(digits) :]) if digits in claim.text else ("", "")


def with_words(report: Report, claim: Claim, words: str) -> Report:
    """The report with other words where a claim's number stands."""
    return _read_again(_put(report, claim, words))


def _put(report: Report, claim: Claim, words: str) -> Report:
    line, end = (claim.place.line or 1) - 1, claim.place.end or 0
    sections: list[Section] = []
    at = 0
    for section in report.sections:
        at += bool(section.title)
        paragraphs = list(section.paragraphs)
        if at <= line < at + len(paragraphs):
            text = paragraphs[line - at]
            start = text.rindex(claim.text, 0, end)
            paragraphs[line - at] = text[:start] + words + text[start + len(claim.text) :]
        at += len(paragraphs)
        sections.append(replace(section, paragraphs=tuple(paragraphs)))
    return replace(report, sections=tuple(sections))


def _read_again(report: Report) -> Report:
    return with_claims(replace(report, claims=()))


def prose_mutants(report: Report) -> Iterator[Mutant]:
    """Every number of the text made wrong; each exchanged with the next of its paragraph."""
    for claim in report.claims:
        for kind, words in wrong_numbers(claim):
            yield Mutant(kind, f"{claim.place.quote} → {words}", with_words(report, claim, words))
    for claim, after in pairwise(report.claims):
        if claim.place.line == after.place.line and claim.value != after.value and "" not in (_parts(claim)[0], _parts(after)[0]):
            (one, tail), (other, end) = _parts(claim), _parts(after)
            if (claim.place.end or 0) <= (after.place.end or 0) - len(after.text):
                swapped = _put(_put(report, after, one + end), claim, other + tail)
                yield Mutant("exchanged", f"{claim.place.quote} ↔ {after.text}", _read_again(swapped))


# ---- the tables --------------------------------------------------------------------------------------------------------------


def with_cell(report: Report, figure: Figure, value: Decimal) -> Report:
    """The report with another number in a cell."""
    return with_cells(report, {figure: value})


def with_cells(report: Report, values: dict[Figure, Decimal | None]) -> Report:
    """The report with other numbers in cells; None leaves a cell blank."""
    return replace(report, figures=tuple(_other(f, values[f]) if f in values else f for f in report.figures))


def _other(figure: Figure, value: Decimal | None) -> Figure:
    if value is None:
        return replace(figure, value=None, text="", state=State.BLANK)
    return replace(figure, value=value, text=format(value, "f"))


def cell_mutants(report: Report) -> Iterator[Mutant]:
    """Every number of the tables made wrong."""
    cells = [f for f in report.figures if f.state is State.NUMBER and f.value is not None and f.code is not None]
    by_code = {f.code: f for f in cells}
    below = {(_row(cell), cell.column): after for cell, after in _neighbours(cells)}
    for cell in cells:
        value = cell.value or Decimal(0)
        ways: dict[str, dict[Figure, Decimal | None]] = {
            "cell, one more": {cell: value + 1},
            "cell, ten times": {cell: value * 10 or Decimal(10)},
            "cell, negative": {cell: -value - 1},
            "cell, fractional": {cell: value + _HALF},
            "cell, blanked": {cell: None},
        }
        after = below.get((_row(cell), cell.column))
        if after is not None and after.value != cell.value:
            ways["cell, exchanged"] = {cell: after.value, after: cell.value}
        ways |= _compensated(report, cell, by_code)
        for kind, values in ways.items():
            if kind == "cell, fractional" and cell.unit in ("元", "万元"):
                continue  # money has fractions
            words = "，".join(f"{f.code} {f.text} → {'blank' if v is None else v}" for f, v in values.items())
            changed = frozenset(f.code for f in values if f.code is not None)
            yield Mutant(kind, words, with_cells(report, values), changed)


def _row(cell: Figure) -> tuple[str, ...]:
    return cell.row


def _neighbours(cells: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Each cell with the next one of its row, or, in a list, with the cell of the row below."""
    for cell, after in pairwise(cells):
        if cell.row == after.row or cell.column == after.column:
            yield cell, after


def _compensated(report: Report, cell: Figure, cells: dict[str | None, Figure]) -> dict[str, dict[Figure, Decimal | None]]:
    """One more in the cell, and in a second cell what keeps one relation true that it takes part in."""
    assert report.edition is not None
    for identity in report.edition.identities:
        terms = [(t.sign, t.code) for t in identity.left] + [(-t.sign, t.code) for t in identity.right]
        own = next((sign for sign, code in terms if code == cell.code), None)
        if own is None or not _holds(identity, cells):
            continue
        for sign, code in reversed(terms):
            other = cells.get(code)
            if other is not None and other is not cell and other.value is not None and cell.value is not None:
                step = -own * sign
                if other.value + step >= 0:
                    return {"cell, compensated": {cell: cell.value + 1, other: other.value + step}}
    return {}


def _holds(identity: Identity, cells: dict[str | None, Figure]) -> bool:
    """Whether both sides of an equality within one year are numbers and equal."""
    if identity.kind not in EQUALITIES or any(t.previous for t in (*identity.left, *identity.right)):
        return False
    terms = [(t.sign, t.code) for t in identity.left] + [(-t.sign, t.code) for t in identity.right]
    values = [sign * (cells[code].value or 0) for sign, code in terms if code in cells]
    return len(values) == len(terms) and sum(values) == 0


# ---- what could be true --------------------------------------------------------------------------------------------------------


def could_be_true(mutant: Mutant, report: Report, previous: Report | None) -> bool:
    """Whether every sentence over the changed cells and every relation of the form says no more against the mutant than against the
    ``report`` it was made of: judged without the checker's rules.
    """
    made, edition = mutant.report, mutant.report.edition
    assert edition is not None
    now, before, then = _numbers(made), _numbers(report), _numbers(previous)
    if any(_denies(claim, edition, now, mutant.changed) for claim in made.claims):
        return False
    for identity in edition.identities:
        if mutant.changed.isdisjoint(t.code for t in (*identity.left, *identity.right) if not t.previous):
            continue
        left, right = (_sum(terms, now, then) for terms in (identity.left, identity.right))
        if (left, right) == tuple(_sum(terms, before, then) for terms in (identity.left, identity.right)):
            continue  # a usual equality that did not hold before is no more broken than it was
        if left is not None and right is not None and not _agrees(identity.kind, left, right):
            return False
    values = [now.get(code) for code in mutant.changed]
    return all(v is not None and (v >= 0 or edition.cells[c].signed) for v, c in zip(values, mutant.changed, strict=True))


def _numbers(report: Report | None) -> Numbers:
    return {f.code: f.value for f in report.figures if f.code is not None} if report is not None else {}


def _denies(claim: Claim, edition: Edition, now: Numbers, changed: frozenset[str]) -> bool:
    """Whether a sentence states a changed cell, alone or in a sum, and in none of its meanings the number that now stands there."""
    concept = concept_of(claim.label, edition)
    own = concept.sum(edition) if concept is not None else ()
    if concept is None or changed.isdisjoint(code.removeprefix("-") for code in own):
        return False
    wider = () if any(scope_kind(word) == "new" for word in claim.scope) else concept.others(edition)
    return claim.value not in {_sum(_terms(codes), now, {}) for codes in (own, *wider)}


def _terms(codes: Sequence[str]) -> tuple[Term, ...]:
    """A concept's cells as terms: those with a hyphen before them are taken off."""
    return tuple(Term(code.removeprefix("-"), -1 if code.startswith("-") else 1) for code in codes)


def _sum(terms: Sequence[Term], now: Numbers, then: Numbers) -> Decimal | None:
    values = [(t.sign, (then if t.previous else now).get(t.code)) for t in terms]
    known = [sign * value for sign, value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None


def _agrees(kind: Kind, left: Decimal, right: Decimal) -> bool:
    if kind in EQUALITIES:
        return left == right
    if kind is Kind.FLOOR:
        return left >= 0
    if kind is Kind.ZERO_TOGETHER:
        return bool(left) == bool(right)
    return right > 0 or left <= 0 if kind is Kind.IMPLIES else left <= right


# ---- the counting ------------------------------------------------------------------------------------------------------------


_LEVELS = ((Status.FAIL, Status.UNCERTAIN), (Status.REMARK,), (Status.NOT_ASSESSABLE,))


def told(report: Report, previous: Report | None) -> tuple[set[str], ...]:
    """The fingerprints of what the check says, level by level."""
    findings = check(report, previous)
    return tuple({f.fingerprint for f in findings if f.status in level} for level in _LEVELS)


def tallied(mutants: Iterator[Mutant], report: Report, previous: Report | None = None) -> dict[str, Tally]:
    """What becomes of the mutants of a report, by kind."""
    known = told(report, previous)
    out: dict[str, Tally] = {}
    for mutant in mutants:
        tally = out.setdefault(mutant.kind, Tally())
        news = [bool(new - old) for new, old in zip(told(mutant.report, previous), known, strict=True)]
        if news[0]:
            tally.found += 1
        elif news[1]:
            tally.noted += 1
        elif news[2]:
            tally.undecided += 1
        elif mutant.changed and could_be_true(mutant, report, previous):
            tally.consistent.append(mutant.words)
        else:
            tally.missed.append(mutant.words)
    return out


def mutated_prose(report: Report, previous: Report | None = None) -> dict[str, Tally]:
    """What becomes of every wrong number in the text."""
    report = with_claims(report)
    return tallied(prose_mutants(report), report, previous)


def mutated_cells(report: Report, previous: Report | None = None) -> dict[str, Tally]:
    """What becomes of every wrong number in the tables."""
    return tallied(cell_mutants(report), report, previous) if report.edition is not None else {}


def merged(tallies: list[dict[str, Tally]]) -> dict[str, Tally]:
    """The tallies of several reports together."""
    out: dict[str, Tally] = {}
    for each in tallies:
        for kind, tally in each.items():
            total = out.setdefault(kind, Tally())
            total.found += tally.found
            total.noted += tally.noted
            total.undecided += tally.undecided
            total.consistent += tally.consistent
            total.missed += tally.missed
    return out


def _reports(files: Sequence[Path], made: int) -> Iterator[Report]:
    for path in files:
        try:
            yield from read(path.read_bytes(), path.name)
        except GongkaiError as error:
            print(f"{path}: {error}")
    for form in editions():
        yield from (worded(form, seed) for seed in range(made))


def main(argv: Sequence[str] | None = None) -> int:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--made", type=int, default=0, help="so many made reports of each edition besides")
    parser.add_argument("--years", action="store_true", help="check each beside the year before")
    parser.add_argument("--missed", action="store_true", help="list what was not found")
    args = parser.parse_args(argv)
    tallies = []
    for report in _reports(args.files, args.made):
        previous = year_before(report) if args.years and report.edition is not None and report.year is not None else None
        tallies += [mutated_prose(report, previous), mutated_cells(report, previous)]
    whole = merged([{"all": tally} for each in tallies for tally in each.values()])
    print(
        "| kind | mutants | found | noted | undecided | could be true | missed | told of what contradicts |\n|---|" + "---:|" * 7
    )
    for kind, tally in (merged(tallies) | whole).items():
        print(
            f"| {kind} | {tally.all} | {tally.share:.1%} | {tally.noted} | {tally.undecided} | {len(tally.consistent)} | {len(tally.missed)} | {tally.share_told:.1%} |"
        )
        if args.missed and kind != "all":
            print("".join(f"    missed: {words}\n" for words in tally.missed), end="")
            print("".join(f"    could be true: {words}\n" for words in tally.consistent), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
