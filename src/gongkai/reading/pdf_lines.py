"""How do characters scattered over a page become lines, and lines paragraphs?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from gongkai.reading.pdf_page import Char

_WIDE_GAPS = (0.8, 1.3, 2.3)
"""In widths of a character: a gap this wide divides a line into segments, as the columns of a table without rules –
between two digits, beside one digit, and between words, which titles set apart by up to two spaces (“概  述”)."""
_WORD_GAP = 0.45
_LATIN = re.compile(r"[!-~]")


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters of one line without a wide gap."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its segments from left to right, its vertical extent and the size of its characters."""

    segments: tuple[Segment, ...]
    top: float
    bottom: float
    size: float

    @property
    def text(self) -> str:
        """The line with a tab between its segments."""
        return "\t".join(segment.text for segment in self.segments)

    @property
    def left(self) -> float:
        return self.segments[0].left

    @property
    def right(self) -> float:
        return self.segments[-1].right


def lines(chars: Iterable[Char]) -> list[Line]:
    """The characters as lines from top to bottom: one line are those whose base lines lie within a third of their size."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda ch: ch.base):
        if rows and char.base - rows[-1][0].base < 0.35 * max(char.size, rows[-1][0].size):
            rows[-1].append(char)
        else:
            rows.append([char])
    return [_line(row) for row in rows]


def _line(chars: list[Char]) -> Line:
    chars.sort(key=lambda ch: ch.left)
    size = median(char.size for char in chars)
    segments: list[Segment] = []
    text, left, right = chars[0].text, chars[0].left, chars[0].right
    for previous, char in pairwise(chars):
        gap = char.left - max(right, previous.right)
        if gap > _wide_gap(previous, char) * size:
            segments.append(Segment(text, left, right))
            text, left = char.text, char.left
        else:
            both_latin = _LATIN.match(previous.text) and _LATIN.match(char.text)
            spaced = gap > (0.18 if both_latin else _WORD_GAP + 0.3) * size
            text += (" " if spaced else "") + char.text
        right = max(right, char.right)
    segments.append(Segment(text, left, right))
    return Line(tuple(segments), min(char.top for char in chars), max(char.bottom for char in chars), size)


def _wide_gap(previous: Char, char: Char) -> float:
    """The gap that divides, for two neighbours; narrow punctuation leaves part of its square empty."""
    digits = previous.text.isdigit() + char.text.isdigit()
    loose = 0.6 if previous.text in "，。、；：）》”’」』】" or char.text in "（《“‘「『【" else 0.0
    return _WIDE_GAPS[2 - digits] + loose


def cell_text(chars: Iterable[Char]) -> str:
    """The text of a ruled cell: its lines, one below the other; gaps inside a line are a space."""
    return "\n".join(" ".join(segment.text for segment in line.segments) for line in lines(chars))


def margins(page_lines: Sequence[Line]) -> tuple[float, float]:
    """Left and right edge of the running text: where most long lines begin and end."""
    if not page_lines:
        return 0.0, 0.0
    longest = max(line.right - line.left for line in page_lines)
    long = [line for line in page_lines if line.right - line.left > 0.7 * longest]
    return min(line.left for line in long), max(line.right for line in long)


def goes_on(line: Line, following: Line, edges: tuple[float, float]) -> bool:
    """Whether a paragraph runs from one line on to the next: the first is full, the second is not indented."""
    left, right = edges
    if len(line.segments) > 1 or len(following.segments) > 1 or abs(line.size - following.size) > 0.15 * line.size:
        return False
    full = right - line.right < 1.7 * line.size
    return full and abs(following.left - left) < 1.2 * line.size and line.left - left < 4.5 * line.size


def in_columns(page_lines: Sequence[Line]) -> list[Line]:
    """The lines of a page in reading order, prose set in two columns taken apart.

    Two columns are certain when many lines have two long segments and nothing crosses the gap between them.
    """
    pairs = [line for line in page_lines if len(line.segments) == 2 and min(len(s.text) for s in line.segments) >= 8]
    if len(pairs) < 6:
        return list(page_lines)
    gutter_left = max(line.segments[0].right for line in pairs)
    gutter_right = min(line.segments[1].left for line in pairs)
    first, last = pairs[0].top, pairs[-1].bottom
    body = [line for line in page_lines if first <= line.top <= last]
    if gutter_right - gutter_left < 4 or any(
        segment.left < gutter_left and segment.right > gutter_right for line in body for segment in line.segments
    ):
        return list(page_lines)
    middle = (gutter_left + gutter_right) / 2

    def half(line: Line, *, right: bool) -> list[Line]:
        kept = tuple(segment for segment in line.segments if (segment.left > middle) == right)
        return [Line(kept, line.top, line.bottom, line.size)] if kept else []

    before = [line for line in page_lines if line.top < first]
    after = [line for line in page_lines if line.top > last]
    return [
        *before,
        *(h for line in body for h in half(line, right=False)),
        *(h for line in body for h in half(line, right=True)),
        *after,
    ]
