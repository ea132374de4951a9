"""Does the text carry a classification marking?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.kernel import Place
from gongkai.reading.blocks import Source
from gongkai.reading.secrecy import Marking, classification_marking, marking_among
from gongkai.screening.hits import Certainty
from gongkai.screening.kind import Card, Found, Kind
from gongkai.screening.passages import FILE_NAME, HEADER, Passage
from gongkai.screening.settings import Settings

CARD = Card(
    key="classification",
    code="T110",
    name="密级标志",
    finds="标在版头、页眉或者“密级”后面的绝密、机密、秘密，带★和保密期限的，以及单独写在文件开头的。",
    leaves="正文里说到国家秘密、保密工作的。",
    todo="立即停止处理，不要保存、转发，报告本机关保密工作机构。确属误标的，由确定密级的机关更正后再处理。",
    wrong="机密★10年",
    right="（不标密级）",
)


def find(passages: Sequence[Passage], settings: Settings) -> Iterator[Found]:
    """The first marking of the file's name, headers and footers, and the first of the text."""
    del settings
    for index, passage in enumerate(passages):
        marking = _beside(passage)
        if marking is not None:
            yield _found(marking, index, passage.text)
            break
    if marking := marking_among(_lines(passages)):
        index = marking.place.line or 0
        yield _found(marking, index, passages[index].text)


def _beside(passage: Passage) -> Marking | None:
    if passage.part == HEADER:
        return marking_among([(passage.text, Place())])
    return classification_marking(Source(passage.text, "text", ())) if passage.part == FILE_NAME else None


def _lines(passages: Sequence[Passage]) -> Iterator[tuple[str, Place]]:
    """The lines, each with its passage's index for a place; a cell after 密级 as one line with that word."""
    named = False
    for index, passage in enumerate(passages):
        if passage.part:
            continue
        if passage.is_cell:
            text = passage.text.strip()
            yield (f"密级：{text}" if named else text), Place(line=index)
            named = "".join(text.split()).rstrip(":：") == "密级"
            continue
        named = False
        for line in passage.text.split("\n"):
            yield line, Place(line=index)


def _found(marking: Marking, index: int, text: str) -> Found:
    level = re.search(rf"{marking.level[0]}\s*{marking.level[1]}", text)
    start, end = level.span() if level else (0, len(text))
    if marking.term and marking.term in text[end:]:
        end = text.index(marking.term, end) + len(marking.term)
    return Found(
        index,
        start,
        end,
        f"这里标着密级“{marking.level}{'★' + marking.term if marking.term else ''}”。请立即停止处理，报告保密工作机构。",
        Certainty.HIGH,
    )


KIND = Kind(CARD, find)
