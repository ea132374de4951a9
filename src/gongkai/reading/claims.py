"""Which figures does the text of a report state, what does each count, and which words limit it?

A claim is never guessed: a number whose unit does not count anything, or whose digits a bad conversion has torn apart, is
no claim; what it counts gets a cell code only where the words say so. Numbers keep their own words (约, 余, 20多万), their scope
(全市, 累计, 其中, 备案, 2018年 …) and their spot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from gongkai.kernel import Claim, Place
from gongkai.reading.blocks import Paragraph
from gongkai.reading.claims_labels import label_of
from gongkai.reading.claims_lexicon import Concept, concepts, scopes
from gongkai.reading.claims_none import Denial, denials
from gongkai.reading.claims_quantities import PARTS, PERCENT, POINTS, Quantity, quantities
from gongkai.reading.claims_sentences import Sentence, sentences
from gongkai.returns import Edition, Report

_SPACE = re.compile(r"\s+")
_BOUNDARY = re.compile(r"[，；。：！？]")
_GROUP = re.compile(r"其中|在[^，。；]{2,24}中[，,]|包括|包含|分别为|分别是|分为|含(?=上|申)")
_LEAVES = re.compile(
    r"另|此外|同时|通过|截至|全年|(?<!公)共(?!同)|累计|均|办结|答复|受理|收到|结转|顺延|转[下入]|召开|举办|(?<![他它会益团])组织|开展|回复|办理|(?<!不予)(?<!其他)(?<!其它)处理|印发|发放|接待|解答|制作|编制|整改|已"
)
_DEED = re.compile(r"发布|公开(?!类|情况|工作|指南|目录|年报)|推送|刊登|发送|更新|转发")
_WHOLE_YEAR = re.compile(r"全年|年内共|本年度共")
_WRITTEN_SUM = re.compile(r"[0-9][0-9.,]*[^0-9，。；+＋=＝]{0,3}(?:\s*[+＋]\s*[0-9][0-9.,]*[^0-9，。；+＋=＝]{0,3})+[=＝]\s*$")
_LONGEST_SUM = 200
"""Characters of a written sum: a row of digits of any length is looked at no further back."""
_YEAR = re.compile(r"(?<![0-9〔\[])(20[0-9]{2})年(?:度)?(?![^，。；]{0,4}修订)")
_QUOTED = re.compile(r"《[^》]*》|〔[^〕]*〕")
_BRACKETS = re.compile(r"（[^（）]*）")
_AFTER_END = re.compile(r"[，；。：！？（）]")
_LONGEST_AFTER = 26
_OF_WHICH = "其中"
ASIDE = "括注"
"""The one word of scope that does not stand in the text: the number stands in brackets, as a note on the one before."""
_MANY = 9
_OF_TIME = frozenset({"period", "as_of"})
"""Kinds of limit that 全年 ends: what follows it is the whole year's again."""
_MAIN = frozenset({"reviews", "litigation", "proactive"})


def claims(paragraphs: Sequence[Paragraph], edition: Edition | None) -> tuple[Claim, ...]:
    """The claims of a report's paragraphs in their order; codes are cells of ``edition``, null where it has none."""
    out: list[Claim] = []
    for sentence in sentences(paragraphs):
        _Reader(sentence, edition, out).read()
    return tuple(out)


def with_claims(report: Report) -> Report:
    """A report made without a source (typed in, read from our JSON) with the claims of its sections' text.

    Their places count the paragraphs of the text from 1 as lines, headings too.
    """
    lines: list[Paragraph] = []
    for section in report.sections:
        if section.title:
            lines.append(Paragraph(section.title, Place(line=len(lines) + 1), heading=True))
        for text in section.paragraphs:
            lines.append(Paragraph(text, Place(line=len(lines) + 1)))
    return replace(report, claims=claims(lines, report.edition))


class _Reader:
    """Reads one sentence; what came before it (``out``) tells what an 其中 breaks down."""

    def __init__(self, sentence: Sentence, edition: Edition | None, out: list[Claim]) -> None:
        self.sentence, self.edition, self.out = sentence, edition, out
        self.numbers = quantities(sentence.text, sentence.plain)
        self.parts = False
        self.last_key = _key_of(out[-1]) if out and sentence.plain.lstrip().startswith(_OF_WHICH) else ""
        self.last_label = out[-1].label if out else ""

    def read(self) -> None:
        found: list[tuple[int, Claim]] = [(d.start, self._denied(d)) for d in denials(self.sentence)]
        for at, number in enumerate(self.numbers):
            claim = self._claim(at, number)
            if claim is not None:
                found.append((number.start, claim))
        self.out += [claim for _, claim in sorted(found, key=lambda pair: pair[0])]

    def _denied(self, denial: Denial) -> Claim:
        concept = denial.concept
        before = self.sentence.plain[: denial.start]
        return Claim(
            code=_code(concept, self.edition),
            label=concept.label,
            value=Decimal(0),
            text=denial.text,
            unit=concept.units[0],
            scope=tuple(self._scope(before, "")),
            place=self.sentence.place(denial.start, denial.end),
            sentence=self.sentence.text.strip(),
        )

    def _claim(self, at: int, number: Quantity) -> Claim | None:
        plain = self.sentence.plain
        previous = self.numbers[at - 1].end if at else 0
        start = max([previous, *(m.end() for m in _BOUNDARY.finditer(plain, previous, number.start))])
        opened = plain.rfind("（", start, number.start)
        if opened >= 0 and "）" not in plain[opened : number.start]:
            start = opened + 1
        following = self.numbers[at + 1].start if at + 1 < len(self.numbers) else len(plain)
        ending = _AFTER_END.search(plain, number.end)
        stop = min(following, number.end + _LONGEST_AFTER, ending.start() if ending else len(plain))
        before, after = plain[start : number.start], plain[number.end : stop]
        self._group(plain[previous : number.start], before, at)
        before = before[:-_LONGEST_SUM] + _WRITTEN_SUM.sub("", before[-_LONGEST_SUM:])
        clause = _SPACE.sub("", f"{before}#{after}").lstrip("、和及与")
        concept = self._concept(clause, number)
        named = concept is not None and concept.strength != "part"
        label = concept.label if concept is not None and named else label_of(before, after, self.last_label, number)
        if number.han and not _counts(number, before, concept):
            return None
        if not label:
            return None
        if concept is not None and concept.key in _MAIN and not _GROUP.search(before):
            self.parts = False
        scope = list(self._scope(plain[: number.start], before))
        if self.parts and _OF_WHICH not in scope and number.unit not in {PERCENT, POINTS, PARTS}:
            scope.append(_OF_WHICH)
        if number.unit == PERCENT and opened >= 0 and start == opened + 1 and not before.strip() and "占" not in scope:
            scope.append("占")
        if plain.rfind("（", 0, number.start) > plain.rfind("）", 0, number.start):
            scope.append(ASIDE)
        scope += number.approximate
        if concept is not None and concept.key:
            self.last_key = concept.key
        if number.unit not in {PERCENT, POINTS}:
            self.last_label = label
        first = start + len(before) - len(before.lstrip("、 \t"))
        return Claim(
            code=_code(concept, self.edition) if concept is not None else None,
            label=label,
            value=number.value,
            text=number.text.strip(),
            unit=number.unit or None,
            scope=tuple(dict.fromkeys(scope)),
            place=self.sentence.place(first, number.end),
            sentence=self.sentence.text.strip(),
        )

    def _group(self, between: str, before: str, at: int) -> None:
        """Whether the number is one of the parts an 其中 lists."""
        if _GROUP.search(between) or (at and between.lstrip().startswith("：")):
            self.parts = True
        elif self.parts and at:
            anew = "；" in between and _DEED.search(before) is not None
            self.parts = not (anew or _LEAVES.search(before) or between.lstrip().startswith("）"))

    def _concept(self, clause: str, number: Quantity) -> Concept | None:
        if number.unit in {PERCENT, POINTS}:
            return None
        context = f"{self.sentence.heading}{self.sentence.plain}"
        first = None
        for concept in concepts():
            if number.unit not in concept.units or (concept.after and concept.after != self.last_key):
                continue
            if not any(pattern.search(clause) for pattern in concept.phrase):
                continue
            if concept.never is not None and concept.never.search(clause):
                continue
            if concept.context is not None and not concept.context.search(context):
                continue
            if self.edition is None or concept.sum(self.edition):
                return concept
            first = first or concept
        return first

    def _scope(self, sofar: str, before: str) -> Iterator[str]:
        text = _QUOTED.sub("", sofar)
        years = _YEAR.findall(_BRACKETS.sub("", text))  # a year in brackets is that of the number beside it alone
        if years:
            yield f"{years[-1]}年"
        spoken = max((m.start() for m in _WHOLE_YEAR.finditer(text)), default=0)
        for scope in scopes():
            reach = before if not scope.wide else text[spoken:] if scope.name in _OF_TIME else text
            words = [m[0] for m in scope.words.finditer(_SPACE.sub("", reach))]
            yield from dict.fromkeys(words)


def _code(concept: Concept, edition: Edition | None) -> str | None:
    """The one cell that a concept is in an edition; None when it is a sum of cells or none."""
    cells = concept.sum(edition) if edition is not None else ()
    return cells[0] if len(cells) == 1 else None


def _key_of(claim: Claim) -> str:
    return next((c.key for c in concepts() if c.label == claim.label and c.key), "")


def _counts(number: Quantity, before: str, concept: Concept | None) -> bool:
    """Whether Chinese numerals count something: 一 and, outside known phrases, 三项 are mostly manners of speaking."""
    if number.value == 1:
        return concept is not None and re.search(r"收到|受理|新收|接到|共|发生|诉讼|复议", before) is not None
    return concept is not None or number.unit not in {"项", "名", "人", "部", "个", "次", "件"} or (number.value or 0) > _MANY
