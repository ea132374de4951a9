"""To which of two reports printed side by side does a table belong that reaches over both?

Only where a line of its own right above it names the year (2023年报告) and each half of the sheet bears the same kind of line with its own year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gongkai.reading.pdf_chars import Char, Rule
from gongkai.reading.pdf_lines import cell_text, lines
from gongkai.reading.pdf_page import Page
from gongkai.reading.pdf_tables import NEAR, lattices
from gongkai.reading.values import plain

_CAPTION = re.compile(r"(?P<year>(?:19|20)[0-9]{2})年(?:度|年度)?(?:政府信息公开)?(?:工作)?(?:年度)?(?:报告|年报)")
_LEAST = 2
"""Walls of a table that a run of letters crosses when it is no text of a cell."""


@dataclass(frozen=True, slots=True)
class Across:
    """A part of a page, from ``top`` to ``bottom``, that holds what stands below a caption across both halves: its year and that part as a page."""

    year: int
    page: Page
    top: float
    bottom: float


def years(pages: Iterable[Page]) -> set[int]:
    """The years that captions on pages name, on lines or in cells of their own."""
    out: set[int] = set()
    for page in pages:
        found = lattices(page)
        texts = [line.text for line in lines(found.outside)]
        texts += [text for table in found.tables for box in table.boxes for text in cell_text(box.chars).split("\n")]
        out |= {int(match["year"]) for text in texts if (match := _CAPTION.fullmatch(_close(text)))}
    return out


def across(pages: Sequence[Page], gaps: Sequence[float]) -> Iterator[Across]:
    """The parts of pages in turn below captions over the ``gaps``; a part that a page breaks off goes on above the next page's first caption."""
    open_year: int | None = None
    for page, x in zip(pages, gaps, strict=True):
        heads = list(_captions(page, x))
        if heads and open_year is not None:
            yield Across(open_year, _part(page, 0.0, heads[0][1]), 0.0, heads[0][1])
        for (year, _, below), (_, end, _) in pairwise([*heads, (0, page.height, 0.0)]):
            yield Across(year, _part(page, below, end), below, end)
        open_year = heads[-1][0] if heads else None


def _captions(page: Page, x: float) -> Iterator[tuple[int, float, float]]:
    """The captions over the gap: year, upper and lower edge."""
    for line in lines(lattices(page).outside):
        found = _CAPTION.fullmatch(_close(line.text))
        if found is not None and line.left < x < line.right:
            yield int(found["year"]), line.top, line.bottom


def _part(page: Page, top: float, bottom: float) -> Page:
    """What stands between two heights of a page, as a page of its own, without letters that run through a table's walls.

    Where the page breaks a row off, its walls end together: those of a frame are drawn on below the edge of what is shown.
    """
    horizontal = tuple(rule for rule in page.horizontal if top <= rule.at <= bottom)
    vertical = tuple(_clipped(page.vertical, top, bottom))
    lowest = max((rule.at for rule in horizontal), default=bottom) + NEAR
    vertical = tuple(_clipped(vertical, top, min((rule.end for rule in vertical if rule.end > lowest), default=bottom)))
    chars = [char for char in page.chars if top <= char.middle[1] <= bottom]
    return replace(
        page,
        chars=tuple(without_beneath(chars, vertical)),
        horizontal=horizontal,
        vertical=vertical,
        filled_horizontal=tuple(rule for rule in page.filled_horizontal if top <= rule.at <= bottom),
        filled_vertical=tuple(_clipped(page.filled_vertical, top, bottom)),
    )


def _clipped(rules: Iterable[Rule], top: float, bottom: float) -> Iterator[Rule]:
    for rule in rules:
        if rule.start < bottom and rule.end > top:
            yield Rule(rule.at, max(rule.start, top), min(rule.end, bottom))


def without_beneath(chars: Sequence[Char], vertical: Sequence[Rule]) -> Iterator[Char]:
    """The characters without the runs that other characters are printed over and that cross walls as no text of a cell does."""
    runs = list(_runs(chars))
    for run in runs:
        left, right, base = run[0].left, run[-1].right, run[0].base
        walls = {round(rule.at) for rule in vertical if left < rule.at < right and rule.start < base < rule.end}
        beneath = any(
            other is not run and abs(other[0].base - base) < run[0].size / 2 and other[0].left < right and other[-1].right > left
            for other in runs
        )
        if len(walls) < _LEAST or not beneath:
            yield from run


def _runs(chars: Sequence[Char]) -> Iterator[list[Char]]:
    """Characters that were printed one after another, side by side on one base line."""
    run: list[Char] = []
    for char in chars:
        if run and (abs(char.base - run[-1].base) > 1 or not -0.5 * char.size < char.left - run[-1].right < char.size):
            yield run
            run = []
        run.append(char)
    if run:
        yield run


def _close(text: str) -> str:
    return plain(text).replace(" ", "")
