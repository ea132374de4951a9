"""What do a report's first sentences say of its year and its body, where no title does?

Only sentences that announce the report itself count (现将××局2023年度政府信息公开工作情况报告如下, 本报告由××局编制), and the year that the first
section opens with when nothing in the text speaks of another one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from gongkai.kernel import Place
from gongkai.reading.traditional import in_simplified, without_pinyin
from gongkai.reading.values import plain

LINES = 12
"""Lines at the top of a report that count as its opening."""
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_NAME = r"[\u4e00-\u9fff()·]"
_ANNOUNCED = re.compile(
    rf"(?:现将|特(?:此)?(?:向社会)?(?:公众)?公布|现[^。;:]{{0,60}}?(?:汇报|报告|公布))(?P<body>{_NAME}{{0,30}}?){_YEAR}年度?"
    r"(?:政府|政务)信息公开(?:工作)?(?:年度)?(?:情况|报告|年报|工作|公告|如下|[。,;]|$)"
)
_CITED = re.compile(r"《[^》]*》")
_MADE_BY = re.compile(rf"报告[^。;]{{0,60}}?由(?P<body>{_NAME}{{2,30}}?)(?:负责)?(?:编制|编写)")
_OFFICE = re.compile(r"(?<=局|委|院|厅)(?:综合|政务公开)*办公室$|(?<=镇人民政府|乡人民政府)(?:党政|综合|政务公开)*(?:办公室|办)$")
_FIRST_HEADING = re.compile(r"(?:一、|1[.、])(?:总体|基本|概述|概况|工作(?:总体|基本)?|主动)*(?:情况|概述|概况)?:?")
_SUBHEADING = re.compile(r"\(一\).{2,10}")
_LATER = r"(?![0-9]|年?底|年?末|年?初|年以来|年[0-9]|年[上下]半|年第)"
_OPENS = re.compile(rf"{_YEAR}{_LATER}年度?")
_SPOKEN_OF = re.compile(rf"(?:^|[。;]){_YEAR}{_LATER}年")


class Said(NamedTuple):
    """A year or a body (as it is written) that an opening names, and where."""

    year: int | None
    body: str | None
    place: Place


class Opening:
    """The first lines of a report, as they are written and as they are compared: close, simplified, without readings in brackets."""

    def __init__(self, lines: Sequence[tuple[str, Place]]) -> None:
        self.written = [without_pinyin(_close(text)) for text, _ in lines[:LINES]]
        self.compared = [in_simplified(text) for text in self.written]
        self.places = [place for _, place in lines[:LINES]]
        self.rest = lines[LINES:]

    def announced(self, body_of: Callable[[str], str | None]) -> Iterator[Said]:
        """What sentences that announce the report name; ``body_of`` makes a body of a piece of text."""
        for text, written, place in zip(self.compared, self.written, self.places, strict=True):
            for found in _ANNOUNCED.finditer(_CITED.sub(lambda cited: "《" * len(cited[0]), text)):
                body = body_of(found["body"]) if found["body"] else None
                yield Said(int(found["year"]), _as_written(body, text, written), place)
            if made := _MADE_BY.search(text):
                body = body_of(_OFFICE.sub("", made["body"]))
                if body is not None and not body.endswith(("办公室", "办")):
                    yield Said(None, _as_written(body, text, written), place)

    def opened(self) -> Said | None:
        """The year that the first section opens with, when no sentence of the text begins with another."""
        for at, text in enumerate(self.compared[:-1]):
            if _FIRST_HEADING.fullmatch(text) and len(text) > len("一、"):
                below = at + 1 + (at + 2 < len(self.compared) and _SUBHEADING.fullmatch(self.compared[at + 1]) is not None)
                found = _OPENS.match(self.compared[below])
                if found is None or "公开" not in self.compared[below]:
                    return None
                texts = (*self.compared, *(in_simplified(_close(text)) for text, _ in self.rest))
                years = {spoken["year"] for text in texts for spoken in _SPOKEN_OF.finditer(text)}
                return Said(int(found["year"]), None, self.places[below]) if years == {found["year"]} else None
        return None


def _close(text: str) -> str:
    return plain(text).replace(" ", "")


def _as_written(body: str | None, compared: str, written: str) -> str | None:
    """A body's name in the characters the source has."""
    if body is None or len(compared) != len(written):
        return body
    at = compared.find(body)
    return body if at < 0 else written[at : at + len(body)]
