"""How does running text become sentences whose every character still knows where it stood?

Lines that a page or a column broke are joined again; a heading stays alone and is remembered for the sentences below it.
A sentence is held twice: as it stands, and half-width with the same number of characters, so that offsets agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from gongkai.kernel import Place
from gongkai.reading.blocks import Paragraph

_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    0xA0: 0x20,
    0x2002: 0x20,
    0x2003: 0x20,
    0x2009: 0x20,
}
_KEPT = "，。；：？！（）"
_PLAIN = {code: to for code, to in _HALF.items() if chr(code) not in _KEPT} | {
    ord(a): ord(b) for a, b in zip(",;:?!()", _KEPT[0] + _KEPT[2:], strict=False)
}
_SENTENCE = re.compile(
    r"[^。！？!?]{1,1500}(?:[。！？!?]{1,9}[”’』」)）]?)?|[。！？!?]+"
)  # a page without a full stop is cut, not searched whole
_STATES = re.compile("[0-9０-９一二两三四五六七八九十百千万亿零〇廿卅壹贰叁肆伍陆柒捌玖拾佰仟无未没不]")
"""What a sentence that states a figure, or that there was none, cannot do without."""
_NUMBERED = re.compile(
    r"\s*(?:[(（][一二三四五六七八九十0-9]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．\s]|[0-9]{1,2}[、.．)）](?![0-9])|图\s*[0-9]|附件|表)"
)
_END = "。！？!?；;：:"
_WRAPPED = 18
_LONGEST_HEADING = 42
_LONGEST_RUN = 40


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: ``text`` as it stands, ``plain`` half-width with equal offsets; ``heading`` is the nearest above it.

    ``opening`` when it is the first of its paragraph. ``marks`` are (offset, paragraph, offset within that paragraph).
    """

    text: str
    plain: str
    heading: str
    opening: bool
    marks: tuple[tuple[int, Paragraph, int], ...]

    def place(self, start: int, end: int) -> Place:
        """The place of the characters from ``start`` to before ``end``; of its last line when they run over several."""
        at, paragraph, inside = next(mark for mark in reversed(self.marks) if mark[0] < end)
        first = max(start, at)
        return replace(
            paragraph.place,
            quote=self.text[start:end].strip(),
            start=paragraph.offset(inside + first - at),
            end=paragraph.offset(inside + end - 1 - at) + 1,
        )


def sentences(paragraphs: Sequence[Paragraph]) -> Iterator[Sentence]:
    """The sentences of the paragraphs that may state a figure or deny one, in order; headings are not among them."""
    heading = ""
    for run in _runs(paragraphs):
        if len(run) == 1 and _is_heading(run[0]):
            heading = run[0].text.strip()
            continue
        text = "".join(p.text for p in run)
        if not _STATES.search(text):
            continue
        starts = [0, *accumulate(len(p.text) for p in run)][: len(run)]
        opening = True
        for match in _SENTENCE.finditer(text):
            if not match[0].strip():
                continue
            if _STATES.search(match[0]):
                yield Sentence(match[0], _plain(match[0]), heading, opening, _marks(run, starts, match.start(), match.end()))
            opening = False


def _plain(text: str) -> str:
    return text.translate(_PLAIN)


def _marks(run: Sequence[Paragraph], starts: Sequence[int], first: int, last: int) -> tuple[tuple[int, Paragraph, int], ...]:
    out = []
    for paragraph, start in zip(run, starts, strict=True):
        if start < last and start + len(paragraph.text) > first:
            out.append((max(start - first, 0), paragraph, max(first - start, 0)))
    return tuple(out)


def _runs(paragraphs: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    """Paragraphs, those broken inside a sentence together."""
    run: list[Paragraph] = []
    for paragraph in paragraphs:
        if not paragraph.text.strip():
            continue
        if run and len(run) < _LONGEST_RUN and _goes_on(run[-1], paragraph):
            run.append(paragraph)
        else:
            if run:
                yield run
            run = [paragraph]
    if run:
        yield run


def _goes_on(before: Paragraph, after: Paragraph) -> bool:
    text = before.text.rstrip()
    if _is_heading(before) or _is_heading(after) or _NUMBERED.match(after.text):
        return False
    return len(text.strip()) >= _WRAPPED and text[-1] not in _END + "”）)" and not after.heading


def _is_heading(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip()
    if paragraph.heading:
        return True
    return bool(_NUMBERED.match(text)) and len(text) <= _LONGEST_HEADING and text[-1] not in _END + ",，、"
