"""How many wrong numbers in the tables and sentences of correct reports does the check find?

Every number is made wrong in several ways, one at a time; a mutant is found when the check gives an error or a doubt it did
not give before (a note counts apart). Run: ``python tools/mutate.py REPORT…``
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from gongkai.checking import check
from gongkai.errors import GongkaiError
from gongkai.kernel import Claim, Figure, State, Status
from gongkai.reading import read, with_claims
from gongkai.returns import Report, Section

_HAN = "〇一二三四五六七八九"


@dataclass
class Tally:
    """What became of the mutants of one kind; ``missed`` names those not found."""

    found: int = 0
    noted: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def all(self) -> int:
        """How many there were."""
        return self.found + self.noted + len(self.missed)

    @property
    def share(self) -> float:
        """The share that gave an error or a doubt."""
        return self.found / self.all if self.all else 1.0


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


def wrong_numbers(claim: Claim) -> Iterator[tuple[str, str]]:
    """The claim's number made wrong, as (kind, the text to put in its place)."""
    if claim.value is None or not any(ch.isdigit() for ch in claim.text):
        return
    digits = "".join(ch for ch in claim.text if ch.isdigit() or ch in ".,")
    tail = claim.text[claim.text.index(digits) + len(digits) :] if digits in claim.text else ""
    if claim.unit == "%":
        yield "share", f"{claim.value + Decimal('10.1')}{tail}"
        return
    if claim.value != claim.value.to_integral_value() or claim.value > 9999:
        return
    value = int(claim.value)
    yield "one more", f"{value + 1}{tail}"
    yield "ten times", f"{value * 10 or 10}{tail}"
    yield "thousands", f"{value + 1000:,}{tail}"
    yield "Chinese numerals", f"{han(value + 10)}{tail}"


def with_words(report: Report, claim: Claim, words: str) -> Report:
    """The report with other words where a claim's number stands."""
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
    return with_claims(replace(report, sections=tuple(sections), claims=()))


def with_cell(report: Report, figure: Figure, value: Decimal) -> Report:
    """The report with another number in a cell."""
    other = replace(figure, value=value, text=format(value, "f"))
    return replace(report, figures=tuple(other if f is figure else f for f in report.figures))


def told(report: Report, *statuses: Status) -> set[str]:
    """The fingerprints of what the check says at these levels."""
    return {f.fingerprint for f in check(report) if f.status in statuses}


def mutated_prose(report: Report) -> dict[str, Tally]:
    """What becomes of every wrong number in the text, by kind."""
    report = with_claims(report)
    hard, soft = told(report, Status.FAIL, Status.UNCERTAIN), told(report, Status.REMARK)
    out: dict[str, Tally] = {}
    for claim in report.claims:
        for kind, words in wrong_numbers(claim):
            mutant = with_words(report, claim, words)
            _count(out.setdefault(kind, Tally()), mutant, hard, soft, f"{claim.place.quote} → {words}")
    return out


def mutated_cells(report: Report) -> dict[str, Tally]:
    """What becomes of every wrong number in the tables: one more, ten times."""
    hard, soft = told(report, Status.FAIL, Status.UNCERTAIN), told(report, Status.REMARK)
    out: dict[str, Tally] = {}
    for figure in report.figures:
        if figure.state is not State.NUMBER or figure.value is None or figure.code is None:
            continue
        for kind, value in (("cell, one more", figure.value + 1), ("cell, negative", -figure.value - 1)):
            _count(out.setdefault(kind, Tally()), with_cell(report, figure, value), hard, soft, f"{figure.code} → {value}")
    return out


def _count(tally: Tally, mutant: Report, hard: set[str], soft: set[str], words: str) -> None:
    if told(mutant, Status.FAIL, Status.UNCERTAIN) - hard:
        tally.found += 1
    elif told(mutant, Status.REMARK) - soft:
        tally.noted += 1
    else:
        tally.missed.append(words)


def merged(tallies: list[dict[str, Tally]]) -> dict[str, Tally]:
    """The tallies of several reports together."""
    out: dict[str, Tally] = {}
    for each in tallies:
        for kind, tally in each.items():
            total = out.setdefault(kind, Tally())
            total.found += tally.found
            total.noted += tally.noted
            total.missed += tally.missed
    return out


def main() -> int:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--missed", action="store_true", help="list what was not found")
    args = parser.parse_args()
    tallies = []
    for path in args.files:
        try:
            reports = read(path.read_bytes(), path.name)
        except GongkaiError as error:
            print(f"{path}: {error}")
            continue
        for report in reports:
            tallies += [mutated_prose(report), mutated_cells(report)]
    for kind, tally in merged(tallies).items():
        print(
            f"{kind:<18} {tally.all:>6} mutants  {tally.share:6.1%} found  {tally.noted:>5} noted  {len(tally.missed):>5} missed"
        )
        if args.missed:
            print("".join(f"    {words}\n" for words in tally.missed), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
