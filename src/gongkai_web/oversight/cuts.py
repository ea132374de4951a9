"""Which part of which page shows the places of a finding, with what outlined?

Lengths are points from the page's upper left corner, as the places' boxes are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.kernel import Place
from gongkai_web.oversight.marks import Marks, Numbered

Box = tuple[float, float, float, float]

AROUND = 40.0  # what is shown above and below the places
MARGIN = 0.09  # of a page's width, at either side: papers of public bodies leave more
INSIDE = 6.0  # between a place and the strip's edge when the place stands in the margin
APART = 110.0  # places of one page further apart than this get a cut each


@dataclass(frozen=True, slots=True)
class Outline:
    """A rectangle to be drawn: left, top, width, height; with the numbers of the findings it belongs to and the gravest's status."""

    left: float
    top: float
    width: float
    height: float
    numbers: tuple[int, ...] = ()
    status: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """A strip of a page without its margins: where it begins, how wide and high it is, and what is outlined in it."""

    page: int
    width: float
    height: float
    left: float
    top: float
    wide: float
    high: float
    outlines: tuple[Outline, ...]


def cuts(places: Iterable[Place], pages: Sequence[tuple[float, float]]) -> tuple[Cut, ...]:
    """The strips of pages in which these places stand, page by page from the top."""
    found = sorted(
        {(p.page, p.box[1], p.box) for p in places if p.page is not None and p.box is not None and p.page <= len(pages)}
    )
    strips: list[tuple[int, list[Box]]] = []
    for page, top, box in found:
        if strips and strips[-1][0] == page and top - max(b[3] for b in strips[-1][1]) < APART:
            strips[-1][1].append(box)
        else:
            strips.append((page, [box]))
    return tuple(_cut(page, boxes, *pages[page - 1]) for page, boxes in strips)


def _cut(page: int, boxes: Sequence[Box], width: float, height: float) -> Cut:
    top = max(0.0, min(b[1] for b in boxes) - AROUND)
    bottom = min(height, max(b[3] for b in boxes) + AROUND)
    left = max(0.0, min(MARGIN * width, min(b[0] for b in boxes) - INSIDE))
    right = min(width, max(width - MARGIN * width, max(b[2] for b in boxes) + INSIDE))
    return Cut(page, width, height, left, top, max(1.0, right - left), max(1.0, bottom - top), tuple(_outline(b) for b in boxes))


def _outline(box: Box, numbers: tuple[int, ...] = (), status: str = "") -> Outline:
    left, top, right, bottom = box
    return Outline(left, top, max(1.0, right - left), max(1.0, bottom - top), numbers, status)


def on_page(marks: Marks, page: int) -> tuple[Numbered, ...]:
    """The findings that have a place on a page."""
    return tuple(m for m in marks.numbered if any(p.page == page and p.box is not None for p in m.places))


def outlines(found: Iterable[Numbered], page: int) -> tuple[Outline, ...]:
    """Everything the findings outline on a page, each place once with the numbers of all findings that name it."""
    holders: dict[Box, list[Numbered]] = {}
    for mark in found:
        for box in dict.fromkeys(p.box for p in mark.places if p.page == page and p.box is not None):
            holders.setdefault(box, []).append(mark)
    return tuple(
        _outline(box, tuple(m.number for m in holding), holding[0].finding.status.value) for box, holding in holders.items()
    )
