"""Into which pages is what a screen shows divided?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai_web.outlets.access import OnScreen, ScreenView
from gongkai_web.outlets.models import Form
from gongkai_web.publishing.access import PublicItem
from gongkai_web.publishing.differences import paragraphs

LINE = 38
"""Characters of a line of text across a wide screen, at the size that is read from some steps away; an upright one has more lines."""
TITLE, LONG_TITLE = 24, 31
"""Characters of a line of a title, and of one that is too long for that and is set smaller."""
LINES, FEWEST = 7, 3
"""Lines of a page with those of its title, and how many are left to the text in any case."""


@dataclass(frozen=True, slots=True)
class ScreenPage:
    """One page of a screen: an item and the part of its words that fits; ``part`` of ``parts``."""

    item: PublicItem
    lines: tuple[str, ...]
    part: int
    parts: int
    is_long: bool


def pages(screen: ScreenView) -> tuple[ScreenPage, ...]:
    """All pages of a screen, in the order in which they are shown."""
    return tuple(page for shown in screen.items for page in _pages(shown))


def _pages(shown: OnScreen) -> Iterator[ScreenPage]:
    item = shown.item
    lines = room(item)
    match shown.form:
        case Form.TEXT:
            parts = tuple(_divided(paragraphs(item.html), lines))
        case Form.SUMMARY:
            parts = tuple(_divided([item.summary] if item.summary else [], lines))
        case _:
            parts = ()
    parts = parts or ((),)
    for number, part in enumerate(parts, start=1):
        yield ScreenPage(item, part, number, len(parts), len(item.title) > TITLE)


def room(item: PublicItem) -> int:
    """How many lines of text fit below the title and the document's number."""
    title = -(-len(item.title) // LONG_TITLE) if len(item.title) > TITLE else 1
    return max(FEWEST, LINES - title - bool(item.document_number))


def _divided(texts: list[str], lines: int) -> Iterator[tuple[str, ...]]:
    """Paragraphs by pages; one that is longer than what is left goes on overleaf."""
    page: list[str] = []
    left = lines
    for text in texts:
        rest = text
        while rest:
            room = left * LINE - 2  # two characters are the indent
            if len(rest) <= room:
                page.append(rest)
                left -= -(-(len(rest) + 2) // LINE)
                rest = ""
            elif left > lines // 2:
                page.append(rest[:room])
                rest = rest[room:]
                left = 0
            else:
                left = 0
            if left <= 0:
                yield tuple(page)
                page, left = [], lines
    if page:
        yield tuple(page)
