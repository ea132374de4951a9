"""Which lines or grids set two reports side by side, and what does each side hold?

A comparison sheet prints every label twice in a row, once for each year or body, each time with its own values. Where most
rows do so the left halves make one report and the right halves another; what belongs to neither half alone – a title over
both, a row whose halves differ – is given to neither, and told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from gongkai.kernel import Finding, Place
from gongkai.reading.blocks import Block, Grid, GridCell, Paragraph, Source
from gongkai.reading.labels import core_of
from gongkai.reading.source_notes import note
from gongkai.reading.values import is_value, visible

_FEWEST = 5
_MOST_OTHERS = 0.4
_SHORTEST = 2
_LONGEST = 1000
_WIDEST = 200
_TRIES = 6
_DIGITS = re.compile(r"[0-9]+")
_SEPARATORS = (re.compile(r"[|｜]"), re.compile(r"\t"), re.compile(r"\u3000+| {3,}|\u00a0{3,}"), re.compile(r" +"))
_DIVIDED = frozenset({"pdf"})  # formats whose reader divides pages itself

Span = tuple[int, int]
"""Where a cell of a line begins and ends."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line cut into cells; ``cut`` is where its second half begins, None where its halves do not answer each other."""

    spans: tuple[Span, ...]
    loose: bool
    cut: int | None
    filled: bool


def divided_halves(source: Source) -> Source:
    """The source, or, where it sets two reports side by side, its left halves and below them its right ones."""
    if source.format in _DIVIDED or source.parts:
        return source
    lines = {i: _line(b) for i, b in enumerate(source.blocks) if isinstance(b, Paragraph) and len(b.text) <= _LONGEST}
    lines = _with_bare_values(source, lines)
    grids = {i: found for i, b in enumerate(source.blocks) if isinstance(b, Grid) and (found := _halves(b)) is not None}
    twins = sum(line.cut is not None and line.filled for line in lines.values()) + sum(g.twins for g in grids.values())
    others = sum(line.cut is None and line.filled for line in lines.values()) + sum(g.others for g in grids.values())
    if twins < _FEWEST or others > _MOST_OTHERS * twins:
        return source
    left: list[Block] = []
    right: list[Block] = []
    lost: list[Place] = []
    for index, block in enumerate(source.blocks):
        halves = (
            _halves_of_grid(block, grids.get(index), lost)
            if isinstance(block, Grid)
            else _halves_of_line(block, lines.get(index), lost)
        )
        left += halves[0]
        right += halves[1]
    return replace(source, blocks=(*left, *right), parts=(len(left),), findings=(*source.findings, *_told([*left, *right], lost)))


def _told(blocks: Sequence[Block], lost: Sequence[Place]) -> list[Finding]:
    message = "文件里有两份报告左右并排，已分别读取：左边为一份，右边为另一份；请对照原文核对。"
    told = [note("S116", message, *(block.place for block in blocks[:1]))]
    if lost:
        message = (
            f"有{len(lost)}处文字或者数据横跨左右两份报告，或者左右对不上，不能确定属于哪一份，没有读取；请把两份报告分开后再读。"
        )
        told.append(note("S113", message, *lost[:40]))
    return told


# ---- lines of text


def _line(paragraph: Paragraph) -> _Line:
    text = paragraph.text
    for separator in _SEPARATORS:
        if separator.search(text.strip()):
            spans = _cells(text, separator)
            filled = any(is_value(text[a:b]) and visible(text[a:b]) for a, b in spans)
            filled &= any(not is_value(text[a:b]) for a, b in spans)
            return _Line(spans, separator is _SEPARATORS[-1], _second_half([text[a:b] for a, b in spans]), filled)
    return _Line(((0, len(text)),), True, None, False)


def _with_bare_values(source: Source, lines: dict[int, _Line]) -> dict[int, _Line]:
    """The lines, a row of values alone cut in the middle right below headings that have two halves."""
    out: dict[int, _Line] = {}
    above: int | None = None
    for index, line in lines.items():
        block = source.blocks[index]
        texts = [block.text[slice(*span)] for span in line.spans] if isinstance(block, Paragraph) else []
        bare = len(texts) > 1 and all(map(is_value, texts)) and any(map(visible, texts))
        if line.cut is None and bare and above is not None:
            half, odd = divmod(len(texts), 2)
            if half >= above and (not odd or not visible(texts[half])):
                line = replace(line, cut=half + odd)
        above = line.cut if line.cut is not None and not bare else None
        out[index] = line
    return out


def _cells(text: str, separator: re.Pattern[str]) -> tuple[Span, ...]:
    ends = [m.start() for m in separator.finditer(text)]
    starts = [0, *(m.end() for m in separator.finditer(text))]
    spans = list(zip(starts, [*ends, len(text)], strict=True))
    if separator is _SEPARATORS[0] or separator is _SEPARATORS[-1]:
        while spans and not text[slice(*spans[0])].strip():
            spans = spans[1:]
        while spans and not text[slice(*spans[-1])].strip():
            spans = spans[:-1]
    return tuple(spans)


def _second_half(texts: Sequence[str]) -> int | None:
    """The cell with which a row's second half begins, when it says what the first says, with values of its own."""
    for skipped in (0, 1):
        half, rest = divmod(len(texts) - skipped, 2)
        if rest or not half or (skipped and texts[half].strip()):
            continue
        if _answers(texts[:half], texts[half + skipped :]):
            return half + skipped
    return None


def _answers(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two halves of a row have the same labels and, in the same places, values."""
    labels = 0
    for a, b in zip(one, other, strict=True):
        if is_value(a) and is_value(b):
            continue
        if is_value(a) != is_value(b) or _masked(a) != _masked(b):
            return False
        labels += len(_masked(a)) >= _SHORTEST
    return labels > 0


def _masked(text: str) -> str:
    """The core of a label without its digits: titles of two years are the same."""
    return _DIGITS.sub("", core_of(text))


def _halves_of_line(block: Paragraph, line: _Line | None, lost: list[Place]) -> tuple[Sequence[Block], Sequence[Block]]:
    if line is None:
        return _common(block, lost)
    if line.cut is not None:
        return [_part(block, line.spans[: line.cut])], [_part(block, line.spans[line.cut :])]
    if len(line.spans) == 2 and not line.loose and not line.filled:
        first, second = ([_part(block, [span])] if block.text[slice(*span)].strip() else [] for span in line.spans)
        return first, second
    return _common(block, lost)


def _common(block: Block, lost: list[Place]) -> tuple[Sequence[Block], Sequence[Block]]:
    """What stands over both halves, or beside nothing: it belongs to neither."""
    if not isinstance(block, Paragraph) or visible(block.text):
        lost.append(block.place)
    return [], []


def _part(paragraph: Paragraph, spans: Sequence[Span]) -> Paragraph:
    """The cells of a line as a line of their own."""
    start, end = spans[0][0], spans[-1][1]
    text = paragraph.text[start:end]
    place = replace(paragraph.place, quote=text.strip(), start=paragraph.offset(start), end=paragraph.offset(end))
    cuts = tuple((at - start, length) for at, length in paragraph.cuts if start < at <= end)
    closing = " |" if "|" in paragraph.text else ""  # the bar that closes the half, so that it reads as a row does
    return replace(paragraph, text=f"{text.rstrip()}{closing}" if closing else text, place=place, cuts=cuts)


# ---- grids


@dataclass(frozen=True, slots=True)
class _Halves:
    """A grid that may have two halves: the column the right one begins with, and how many rows with values say so or do not."""

    column: int
    twins: int
    others: int


def _halves(grid: Grid) -> _Halves | None:
    """Where a grid's right half begins, None where no row says the same twice."""
    rows: dict[int, list[GridCell]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell)
    found: Counter[int] = Counter()
    filled: Counter[int] = Counter()
    labelled = 0
    for cells in rows.values():
        cells.sort(key=lambda cell: cell.column)
        words = [c for c in cells if visible(c.text) and not is_value(c.text)]
        has_values = bool(words) and any(is_value(c.text) and visible(c.text) for c in cells)
        labelled += has_values
        same = (c.column - words[0].column for c in words[1:_WIDEST] if _masked(c.text) == _masked(words[0].text))
        cut = next((column for column in islice(same, _TRIES) if _answer(cells, column)), None)
        if cut is not None:
            found[cut] += 1
            filled[cut] += has_values
    if not found:
        return None
    column = max(found, key=lambda c: (filled[c], found[c], c))
    return _Halves(column, filled[column], labelled - filled[column])


def _answer(cells: Sequence[GridCell], cut: int) -> bool:
    """Whether the cells right of a column say what those left of it say, in the same places."""
    one = [c for c in cells if c.column + c.column_span <= cut]
    other = [c for c in cells if c.column >= cut]
    if len(one) != len(other) or len(one) + len(other) != len(cells):
        return False
    moved = all(b.column - a.column == cut for a, b in zip(one, other, strict=True))
    return moved and _answers([c.text for c in one], [c.text for c in other])


def _halves_of_grid(grid: Grid, found: _Halves | None, lost: list[Place]) -> tuple[Sequence[Block], Sequence[Block]]:
    if found is None:
        return _common(grid, lost)
    cut = found.column
    left = [c for c in grid.cells if c.column + c.column_span <= cut]
    right = [replace(c, column=c.column - cut) for c in grid.cells if c.column >= cut]
    over = [c for c in grid.cells if c.column < cut < c.column + c.column_span and visible(c.text)]
    lost += [c.place for c in over]
    return (
        [Grid(tuple(left), grid.rows, cut, grid.place)],
        [Grid(tuple(right), grid.rows, grid.columns - cut, grid.place)],
    )
