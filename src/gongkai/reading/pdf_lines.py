"""How do characters scattered over a page become lines, and lines paragraphs?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from gongkai.reading.pdf_chars import Char

_WIDE_GAPS = (0.8, 1.3, 2.3)
"""In widths of a character: a gap this wide divides a line into segments, as the columns of a table without rules –
between two digits, beside one digit, and between words, which titles set apart by up to two spaces (“概  述”)."""
_WORD_GAP = 0.45
_DIGIT_GAP = 0.12
_FIGURE = re.compile(r"[-+−－]?[0-9０-９][0-9０-９,.，．]*$|[-—–−/／]{1,2}$")
_MIN_TRACKS = 5
_TRACK_GAP = 0.3
_MIN_FULL_ROWS = 3
_MIN_COLUMN_ROWS = 6
_MIN_COLUMN_CHARS = 8
_MAX_COLUMN_CHARS = 10_000
_GUTTER_STEPS = 90
_LATIN = re.compile(r"[!-~]")
_HEADED = re.compile(r"(?:第?[一二三四五六七八九十]{1,3}[、章条]|[（(][一二三四五六七八九十]{1,3}[)）])")


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
    """The characters as lines in reading order: from top to bottom, prose set in two columns one column after the other."""
    rows = _rows(chars)
    band = _two_columns(rows)
    if band is None:
        return _figures_in_place(rows, [_line(row) for row in rows])
    first, last, gutter = band
    out = [_line(row) for row in rows[:first]]
    for right in (False, True):
        halves = ([char for char in row if (char.left > gutter) == right] for row in rows[first:last])
        out += [_line(half) for half in halves if half]
    return out + [_line(row) for row in rows[last:]]


def _figures_in_place(rows: Sequence[Sequence[Char]], made: list[Line]) -> list[Line]:
    """The lines, with an empty segment where a row of figures has none under a column that its neighbours fill.

    Only for wide tables (five columns of figures and more) whose columns at least three full rows show; a row takes part
    when it fills half of them. So a blank in a table without rules stays a blank and moves no figure.
    """
    tracks = _tracks(made)
    if not tracks:
        return made
    return [_tracked(row, tracks) or line for row, line in zip(rows, made, strict=True)]


def _tracks(made: Sequence[Line]) -> list[tuple[float, float]]:
    """Left and right edge of each column of figures; none unless certain."""
    rows = [[segment for segment in line.segments if _FIGURE.match(segment.text)] for line in made]
    counts = Counter(len(row) for row in rows if len(row) >= _MIN_TRACKS)
    wide = max((count for count, times in counts.items() if times >= _MIN_FULL_ROWS), default=0)
    full = [row for row in rows if len(row) == wide]
    tracks = [(min(row[i].left for row in full), max(row[i].right for row in full)) for i in range(wide)]
    size = median(line.size for line in made) if made else 0.0
    return tracks if all(b[0] - a[1] > _TRACK_GAP * size for a, b in pairwise(tracks)) else []


def _tracked(row: Sequence[Char], tracks: Sequence[tuple[float, float]]) -> Line | None:
    """A row's label and one segment for each column; None when something stands between or over columns, or half are empty."""
    near = 0.25 * row[0].size
    held: list[list[Char]] = [[] for _ in tracks]
    label: list[Char] = []
    for run in _runs(row):
        over = [i for i, (left, right) in enumerate(tracks) if run[0].left <= right + near and run[-1].right >= left - near]
        if not over and run[-1].right < tracks[0][0] and not any(held):
            label += run
        elif len(over) == 1 and not held[over[0]]:
            held[over[0]] = run
        else:
            return None
    texts = ["".join(char.text for char in chars) for chars in held]
    if 2 * sum(map(bool, texts)) < len(texts) or not all(_FIGURE.match(text) for text in texts if text):
        return None
    named = _line(label).segments if label else ()
    figures = tuple(Segment(text, *track) for text, track in zip(texts, tracks, strict=True))
    size = median(char.size for char in row)
    return Line((*named, *figures), min(char.top for char in row), max(char.bottom for char in row), size)


def _runs(row: Sequence[Char]) -> Iterator[list[Char]]:
    """Characters of a row that touch one another."""
    run = [row[0]]
    for previous, char in pairwise(row):
        if char.left - previous.right > _TRACK_GAP * char.size:
            yield run
            run = []
        run.append(char)
    yield run


def _rows(chars: Iterable[Char]) -> list[list[Char]]:
    """One row are the characters whose base lines lie within a third of their size; each from left to right."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda ch: ch.base):
        if rows and char.base - rows[-1][0].base < 0.35 * max(char.size, rows[-1][0].size):
            rows[-1].append(char)
        else:
            rows.append([char])
    for row in rows:
        row.sort(key=lambda ch: ch.left)
    return rows


def _two_columns(rows: Sequence[Sequence[Char]]) -> tuple[int, int, float] | None:
    """A run of rows that one gap divides all the way down: its first row, the row after its last, and the gap's middle.

    Two columns are certain when at least six rows have long text on both sides of the gap. A table without rules has
    short figures on one side.
    """
    if len(rows) < _MIN_COLUMN_ROWS or sum(map(len, rows)) > _MAX_COLUMN_CHARS:
        return None
    left, right = min(row[0].left for row in rows), max(char.right for row in rows for char in row[-1:])
    best: tuple[int, int, int, float] | None = None
    for step in range(_GUTTER_STEPS):
        x = left + (right - left) * (1 + step / _GUTTER_STEPS) / 3
        start = long = 0
        for index, row in enumerate((*rows, None)):
            sides = None if row is None else _sides(row, x)
            if sides is not None:
                long += min(sides) >= _MIN_COLUMN_CHARS
                continue
            if long >= _MIN_COLUMN_ROWS and (best is None or long > best[0]):
                best = (long, start, index, x)
            start, long = index + 1, 0
    return None if best is None else best[1:]


def _sides(row: Sequence[Char], x: float) -> tuple[int, int] | None:
    """How many characters other than digits stand left and right of ``x``; None when one crosses it or the gap is narrow."""
    before = [char for char in row if char.left < x]
    after = row[len(before) :]
    if before and before[-1].right > x:
        return None
    if before and after and after[0].left - before[-1].right < 0.8 * before[-1].size:
        return None
    return sum(not char.text.isdigit() for char in before), sum(not char.text.isdigit() for char in after)


def _line(chars: list[Char]) -> Line:
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
            if not spaced and gap > _DIGIT_GAP * size and previous.text.isdigit() and char.text.isdigit():
                spaced = gap > _DIGIT_GAP * size + _least_digit_gap(chars)
            text += (" " if spaced else "") + char.text
        right = max(right, char.right)
    segments.append(Segment(text, left, right))
    return Line(tuple(segments), min(char.top for char in chars), max(char.bottom for char in chars), size)


def _least_digit_gap(chars: Sequence[Char]) -> float:
    """The smallest gap between two digits of a line that stand beside each other: what belongs to letters set wide."""
    pairs = [b.left - a.right for a, b in pairwise(chars) if a.text.isdigit() and b.text.isdigit()]
    return max(0.0, min(pairs))


def _wide_gap(previous: Char, char: Char) -> float:
    """The gap that divides, for two neighbours; narrow punctuation leaves part of its square empty."""
    digits = previous.text.isdigit() + char.text.isdigit()
    loose = 0.6 if previous.text in "，。、；：）》”’」』】" or char.text in "（《“‘「『【" else 0.0
    return _WIDE_GAPS[2 - digits] + loose


def cell_text(chars: Iterable[Char]) -> str:
    """The text of a ruled cell: its lines, one below the other; gaps inside a line are a space."""
    return "\n".join(" ".join(segments) for segments in segmented(chars))


def segmented(chars: Iterable[Char]) -> Iterator[list[str]]:
    """The texts of each line of some characters that wide gaps set apart."""
    for row in _rows(chars):
        yield [segment.text for segment in _line(row).segments]


def margins(page_lines: Sequence[Line]) -> tuple[float, float]:
    """Left and right edge of the running text: where most long lines begin and end."""
    if not page_lines:
        return 0.0, 0.0
    longest = max(line.right - line.left for line in page_lines)
    long = [line for line in page_lines if line.right - line.left >= 0.7 * longest] or page_lines  # widths below zero are met
    return min(line.left for line in long), max(line.right for line in long)


def is_heading(text: str) -> bool:
    """Whether a line begins with the number of a section."""
    return _HEADED.match(text) is not None


def goes_on(line: Line, following: Line, edges: tuple[float, float]) -> bool:
    """Whether a paragraph runs from one line on to the next: the first is full, the second is neither indented nor a heading."""
    left, right = edges
    if line.text.endswith(("。", "；", "：")) and is_heading(following.text):
        return False
    if len(line.segments) > 1 or len(following.segments) > 1 or abs(line.size - following.size) > 0.15 * line.size:
        return False
    full = right - line.right < 1.7 * line.size
    return full and abs(following.left - left) < 1.2 * line.size and line.left - left < 4.5 * line.size
