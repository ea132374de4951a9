"""How does plain text become blocks: one paragraph a line, with what converters left between the words taken out?"""

from __future__ import annotations

import re
from itertools import pairwise

from gongkai.errors import Unreadable
from gongkai.kernel import Place
from gongkai.reading.blocks import OPEN_END, Block, Paragraph, Source
from gongkai.reading.direction import TURNS
from gongkai.reading.encodings import decoded, is_text
from gongkai.reading.limits import MAX_BLOCKS, MAX_TEXT, check_size

_MARKER = re.compile(r"\[(?:bookmark|image): ?[^\]\n]{0,500}\]")
_LINE = re.compile(r"\r\n|\r|\n")
_BREAKS = "\f\v\x1c\x1d\x1e\x85\u2028\u2029"
_PIECE = re.compile(f"[{_BREAKS}]|[^{_BREAKS}]+")
_ZERO_WIDTH = re.compile("[\ufeff\u200b-\u200f\u2060\u00ad]+")
_BIDI_AND_ZERO_WIDTH = re.compile("[\ufeff\u200b-\u200f\u202a-\u202e\u2060\u00ad]+")


def read_text(data: bytes, name: str) -> Source:
    """Plain text (also pipes, tabs, one cell per line): every line that is not empty, as it stands."""
    check_size(data, MAX_TEXT)
    found = decoded(data)
    if not is_text(found.text):
        raise Unreadable(f"“{name}”不是可读取的文件格式；请交来 .docx、.xlsx、.html、.txt 或带文字层的 .pdf 文件。")
    metadata = () if _ends_apart(found.text) else ((OPEN_END, ""),)
    return Source(name, "text", tuple(paragraphs(found.text)), findings=found.findings, metadata=metadata)


def _ends_apart(text: str) -> bool:
    """Whether a text ends as its lines do that empty lines set apart; a line break alone may have been set after a cut."""
    lines = [not line.strip() for line in _LINE.split(text)]
    shown = lines.count(False)
    apart = sum(not here and below for here, below in pairwise(lines))
    return len(lines) > 1 and lines[-1] and lines[-2] and apart > 0.5 * shown


def paragraphs(text: str, first_line: int = 1) -> list[Block]:
    """The lines of ``text`` as paragraphs; a form feed ends a line and, where one stands, pages are counted."""
    out: list[Block] = []
    page = 1 if "\f" in text else None
    for number, line in enumerate(_LINE.split(text), start=first_line):
        for piece in _PIECE.finditer(line):
            if piece.group() == "\f" and page is not None:
                page += 1
            elif piece.group()[0] not in _BREAKS:
                out.append(_paragraph(piece.group(), number, piece.start(), page))
        if len(out) > MAX_BLOCKS:
            raise Unreadable(f"文件超过 {MAX_BLOCKS} 行，不像一份年度报告，没有读取；请只保留报告本身后再试。")
    return out


def _paragraph(line: str, number: int, start: int, page: int | None) -> Paragraph:
    """A line without markers and invisible characters, its cuts remembered."""
    kept: list[str] = []
    cuts: list[tuple[int, int]] = []
    position = length = 0
    # What is turned round shows in another order than it is written: the marks stay, so that a scan can see what shows.
    unseen = _ZERO_WIDTH if TURNS in line else _BIDI_AND_ZERO_WIDTH
    for match in sorted((*_MARKER.finditer(line), *unseen.finditer(line)), key=lambda m: m.start()):
        if match.start() < position:
            continue
        kept.append(line[position : match.start()])
        length += match.start() - position
        cuts.append((length, match.end() - match.start()))
        position = match.end()
    kept.append(line[position:])
    text = "".join(kept)
    place = Place(quote=text.strip(), line=number, page=page, start=start, end=start + len(line))
    return Paragraph(text, place, cuts=tuple(cuts))
