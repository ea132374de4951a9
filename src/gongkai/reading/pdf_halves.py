"""Which pages hold two pages, or two reports, side by side, and in which order are the halves read?

Two pages on one sheet are read left, then right. Where both halves show the same labels they are two reports set beside
one another: all left halves make one, all right halves the other, and a table across both belongs to the one whose year its caption names, else to neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from gongkai.kernel import Finding, Place
from gongkai.reading.labels import core_of
from gongkai.reading.pdf_across import Across, across, years
from gongkai.reading.pdf_chars import Char, Rule
from gongkai.reading.pdf_lines import Line, cell_text, lines
from gongkai.reading.pdf_page import Page
from gongkai.reading.pdf_tables import Lattices, Ruled, lattices
from gongkai.reading.source_notes import note

_STEPS = (0.5, 0.49, 0.51, 0.48, 0.52, 0.47, 0.53, 0.46, 0.54)
"""Where the gap between two halves may lie, in widths of the page."""
_CLEAR = 6.0
"""Points left and right of the gap's middle in which nothing stands."""
_LOOKED_AT = 60
_WIDE = 1.15
_LINES = 3
_CHARS = 8
_SHORTEST = 4
_FEWEST = 5
_SHARED = 0.6
_SLACK = 2.0
_FRAME = 3


@dataclass(frozen=True, slots=True)
class Sheets:
    """The pages in reading order, halves as pages of their own, and what had to be said.

    ``second`` is the page, by index, with which the report on the right begins, None where there is one report.
    """

    pages: tuple[Page, ...]
    findings: tuple[Finding, ...] = ()
    second: int | None = None


def halves(pages: Sequence[Page]) -> Sheets:
    """The pages as they are, or, where they certainly hold two side by side, their halves."""
    gap = _gap(pages[:_LOOKED_AT])
    if gap is None:
        return Sheets(tuple(pages))
    cut = [(page, gap * page.width) for page in pages]
    if any(_are_twins(*_split(page, x, ())) for page, x in cut[:_LOOKED_AT] if _is_clear(page, x)):
        return _beside(cut)
    if all(page.width > _WIDE * page.height and _is_clear(page, x) for page, x in cut if page.chars):
        return Sheets(tuple(half for page, x in cut for half in _split(page, x, ()) if half.chars or not page.chars))
    return Sheets(tuple(pages))


def _gap(pages: Sequence[Page]) -> float | None:
    """Where, in widths of a page, a gap divides a page into two halves that are both filled; None when there is none."""
    for page in pages:
        for step in _STEPS if page.chars else ():
            x = step * page.width
            if _is_clear(page, x) and all(_is_filled(half) for half in _split(page, x, ())):
                return step
    return None


def _is_clear(page: Page, x: float) -> bool:
    """Whether no character and no table reaches over the gap."""
    if any(c.left < x + _CLEAR and c.right > x - _CLEAR for c in page.chars):
        return False
    return not any(_crosses(rule, x) and any(_touch(rule, v) for v in page.vertical) for rule in page.horizontal)


def _crosses(rule: Rule, x: float) -> bool:
    return rule.start < x - _SLACK and rule.end > x + _SLACK


def _touch(across: Rule, down: Rule) -> bool:
    """Whether two rules meet, so that the first is no mere line under a heading."""
    within = across.start - _SLACK <= down.at <= across.end + _SLACK
    return within and down.start - _SLACK <= across.at <= down.end + _SLACK


def _is_filled(half: Page) -> bool:
    found = lattices(half)
    long = [line for line in _lines(found) if sum(not ch.isdigit() for ch in line.text) >= _CHARS]
    return bool(found.tables) or len(long) >= _LINES


def _lines(found: Lattices) -> list[Line]:
    return lines(found.outside)


def _are_twins(left: Page, right: Page) -> bool:
    """Whether both halves show the same labels."""
    first, second = _labels(left), _labels(right)
    shared = len(first & second)
    return shared >= _FEWEST and shared >= _SHARED * min(len(first), len(second))


def _labels(half: Page) -> set[str]:
    found = lattices(half)
    texts = [cell_text(box.chars) for table in found.tables for box in table.boxes]
    texts += [line.segments[0].text for line in _lines(found) if len(line.segments) > 1]
    return {core for text in texts if len(core := core_of(text)) >= _SHORTEST and not core.isdigit()}


_Zone = tuple[float, float]


def _beside(cut: Sequence[tuple[Page, float]]) -> Sheets:
    """All left halves, then all right halves; a line over both stands with the left, a table over both goes to the one its caption names, or is left out and told."""
    wide = [[table for table in lattices(page).tables if _reaches_over(table, x)] for page, x in cut]
    split = [_split(page, x, list(_over(page.chars, x))) for page, x in cut]
    parts, named = _named(cut, split, wide) if any(wide) else ([], (set(), set()))
    sides: tuple[list[Page], list[Page]] = ([], [])
    dropped: list[int] = []
    given: list[int] = []
    for (page, _), halved, over in zip(cut, split, wide, strict=True):
        if not over:
            for side, half in zip(sides, halved, strict=True):
                side.append(half)
            continue
        own = [part for part in parts if part.page.number == page.number and part.year in named[0] | named[1]]
        for side, wanted in zip(sides, named, strict=True):
            side += [part.page for part in own if part.year in wanted]
        given += [page.number] * bool(own)
        if any(not any(part.top <= table.top < part.bottom for part in own) for table in over):
            dropped.append(page.number)
    message = "文件里有两份报告左右并排，已分别读取：左边为一份，右边为另一份；请对照原文核对。"
    told = [note("S116", message, *(Place(page=page.number) for page, _ in cut[:1]))]
    if given:
        words = "、".join(map(str, given))
        message = f"第{words}页有横跨左右两份报告的表格，表格上方各写明年度，已按年度归入左边或者右边的一份；请对照原文核对。"
        told.append(note("S116", message, *(Place(page=number) for number in given), subject=tuple(map(str, given))))
    if dropped:
        words = "、".join(map(str, dropped))
        message = f"第{words}页有横跨左右两份报告的表格，不能确定属于哪一份，这些表格没有读取；请把两份报告分开后再读。"
        told.append(note("S113", message, *(Place(page=number) for number in dropped), subject=tuple(map(str, dropped))))
    return Sheets((*sides[0], *sides[1]), tuple(told), len(sides[0]))


def _named(
    cut: Sequence[tuple[Page, float]], split: Sequence[tuple[Page, Page]], wide: Sequence[Sequence[Ruled]]
) -> tuple[list[Across], tuple[set[int], set[int]]]:
    """The parts below captions across the gap, and the years that captions in each half name; no parts where the years do not tell."""
    halved = [pair for pair, over in zip(split, wide, strict=True) if not over]
    named = years(left for left, _ in halved), years(right for _, right in halved)
    told = all(named) and named[0].isdisjoint(named[1])
    return (list(across([page for page, _ in cut], [x for _, x in cut])) if told else []), named


def _reaches_over(table: Ruled, x: float) -> bool:
    """Whether a table stands in both halves; a frame around a few headings is none."""
    return table.left < x - _CLEAR and table.right > x + _CLEAR and len(table.boxes) > _FRAME


def _over(chars: Sequence[Char], x: float) -> Iterator[_Zone]:
    """The rows of characters that run on over the gap, with less than a character's room at it, as their upper and lower ends."""
    ordered = sorted(chars, key=lambda char: round(char.base))
    for _, group in groupby(ordered, key=lambda char: round(char.base)):
        row = list(group)
        before = max((char.right for char in row if char.middle[0] < x), default=0.0)
        after = min((char.left for char in row if char.middle[0] >= x), default=2 * x)
        if after - before < max(_CLEAR, 1.5 * max(char.size for char in row)):
            yield min(char.top for char in row), max(char.bottom for char in row)


def _split(page: Page, x: float, over: Sequence[_Zone]) -> tuple[Page, Page]:
    """The halves of a page as pages; rows ``over`` the gap stand in the left one. The right one is moved to the left edge."""
    kept = [char for char in page.chars if any(top <= char.middle[1] <= bottom for top, bottom in over)]
    ids = set(map(id, kept))
    rest = [char for char in page.chars if id(char) not in ids]
    left = replace(
        page,
        chars=(*kept, *(char for char in rest if char.middle[0] < x)),
        horizontal=tuple(rule for rule in page.horizontal if rule.end <= x + _SLACK),
        vertical=tuple(rule for rule in page.vertical if rule.at <= x),
        filled_horizontal=tuple(_clipped(page.filled_horizontal, 0.0, x)),
        filled_vertical=tuple(rule for rule in page.filled_vertical if rule.at <= x),
    )
    right = replace(
        page,
        chars=tuple(replace(c, left=c.left - x, right=c.right - x) for c in rest if c.middle[0] >= x),
        horizontal=tuple(_moved(rule, x) for rule in page.horizontal if rule.start >= x - _SLACK),
        vertical=tuple(replace(rule, at=rule.at - x) for rule in page.vertical if rule.at > x),
        filled_horizontal=tuple(_moved(rule, x) for rule in _clipped(page.filled_horizontal, x, page.width)),
        filled_vertical=tuple(replace(rule, at=rule.at - x) for rule in page.filled_vertical if rule.at > x),
        shift=x,
    )
    return left, right


def _clipped(rules: Iterable[Rule], left: float, right: float) -> Iterator[Rule]:
    for rule in rules:
        if rule.start < right and rule.end > left:
            yield Rule(rule.at, max(rule.start, left), min(rule.end, right))


def _moved(rule: Rule, x: float) -> Rule:
    return Rule(rule.at, rule.start - x, rule.end - x)
