"""Which characters of a page are none of its figures: raised marks of notes, what is struck out, what is cut by a line?

A small figure that stands higher or lower than the character it touches is a note's mark. A line through the middle of
characters strikes them out. A number that runs over the wall of its cell belongs to neither cell as a number. All are set
apart, so that no reader of numbers takes them for digits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from gongkai.reading.pdf_chars import Char, Rule
from gongkai.reading.raised import STRUCK, raised

_NARROW = 0.92
"""Widths of the figure it stands beside: a mark's figure is narrower."""
_NARROW_BESIDE_WORDS = 0.46
"""Widths of the ideograph it stands beside; an ordinary figure takes half of it."""
_OFF = 0.09
_MOST_OFF = 0.75
"""How far a mark's base line lies from its neighbour's, in widths of an ideograph or twice those of a figure."""
_TOUCH = 0.35
_CELL = 16.0
_OF_NUMBERS = frozenset("0123456789.,")
_COVERED = 0.8


def without_marks(chars: Sequence[Char]) -> list[Char]:
    """The characters with marks of notes as raised figures on their neighbour's line."""
    digits = [char for char in chars if char.text.isdigit()]
    if len({round(char.base, 1) for char in digits}) < 2:
        return list(chars)
    near: dict[tuple[int, int], list[Char]] = defaultdict(list)
    for char in chars:
        near[int(char.right // _CELL), int(char.base // _CELL)].append(char)
    mended: dict[int, Char] = {}
    for char in sorted(digits, key=lambda ch: ch.left):
        for other in _left_of(char, near):
            whole = mended.get(id(other), other)
            after_mark = whole is not other and _is_level(char, other)
            if after_mark or _is_mark(char, other):
                mended[id(char)] = replace(char, text=raised(char.text), base=whole.base)
                break
    return [mended.get(id(char), char) for char in chars]


def _left_of(char: Char, near: dict[tuple[int, int], list[Char]]) -> Iterator[Char]:
    """The characters that end where a character begins, on about its line."""
    column, row = int(char.left // _CELL), int(char.base // _CELL)
    for x in (column - 1, column, column + 1):
        for y in (row - 1, row, row + 1):
            for other in near.get((x, y), ()):
                gap = char.left - other.right
                if (
                    other is not char
                    and abs(gap) <= _TOUCH * _em(other)
                    and abs(char.base - other.base) <= _MOST_OFF * _em(other)
                ):
                    yield other


def _em(char: Char) -> float:
    """The width of an ideograph of a character's size, by its own width: what fonts state of their size differs."""
    wide = char.right - char.left
    return 2 * wide if char.text.isascii() else wide


def _is_level(char: Char, other: Char) -> bool:
    return abs(char.base - other.base) <= _OFF / 2 * _em(other)


def _is_mark(char: Char, other: Char) -> bool:
    """Whether a figure is a mark beside another character: narrower than its figures, and on another line."""
    wide = char.right - char.left
    most = _NARROW if other.text.isdigit() else _NARROW_BESIDE_WORDS
    if not other.text.isdigit() and other.text.isascii():
        return False
    return wide <= most * (other.right - other.left) and abs(char.base - other.base) >= _OFF * _em(other)


def without_struck(chars: Sequence[Char], rules: Iterable[Rule]) -> list[Char]:
    """The characters with each run that a line strikes out as one mark for it."""
    lines = sorted(rules, key=lambda rule: rule.at)
    if not lines:
        return list(chars)
    struck = {id(char) for char in chars if _is_struck(char, lines)}
    if not struck:
        return list(chars)
    out = []
    previous: Char | None = None
    for char in chars:
        if id(char) not in struck:
            out.append(char)
        elif previous is None or id(previous) not in struck or abs(previous.base - char.base) > _em(char) / 2:
            out.append(replace(char, text=STRUCK))
        previous = char
    return out


def _is_struck(char: Char, lines: Sequence[Rule]) -> bool:
    em = _em(char)
    low, high = char.base - 0.5 * em, char.base - 0.2 * em
    for rule in lines:
        if rule.at > high:
            return False
        if rule.at >= low and min(rule.end, char.right) - max(rule.start, char.left) >= _COVERED * (char.right - char.left):
            return True
    return False


def numbers(chars: Iterable[Char]) -> Iterator[list[Char]]:
    """The runs of digits that touch one another on one line."""
    run: list[Char] = []
    for char in sorted((ch for ch in chars if ch.text in _OF_NUMBERS), key=lambda ch: (round(ch.base, 1), ch.left)):
        em = _em(char)  # nothing wide in a damaged font
        if run and (not _is_level(char, run[-1]) or not -_TOUCH * em <= char.left - run[-1].right <= _TOUCH / 2 * em):
            yield run
            run = []
        run.append(char)
    if run:
        yield run


def cut(char: Char) -> Char:
    """The first character of a number in a cell when the number runs on over its wall."""
    return replace(char, text=f"…{char.text}")
