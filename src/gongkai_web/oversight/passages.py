"""Which passage of the source does a finding speak of, as a page can show it with the words highlighted?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.kernel import Place

AROUND = 60  # characters of a long paragraph kept on either side of the words


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the source: ``parts`` are (text, highlighted); ``where`` says in Chinese where they stand."""

    where: str
    parts: tuple[tuple[str, bool], ...]
    line: int | None = None


def passages(places: Sequence[Place], source: Sequence[dict[str, Any]]) -> tuple[Passage, ...]:
    """A passage for every place that can be found again, each once, in the order of the places."""
    made: dict[tuple[str, tuple[tuple[str, bool], ...]], Passage] = {}
    for place in places:
        for passage in _passage(place, source):
            made.setdefault((passage.where, passage.parts), passage)
    return tuple(made.values())


def _passage(place: Place, source: Sequence[dict[str, Any]]) -> Iterator[Passage]:
    if place.table is not None:
        grid = next((b for b in source if b.get("table") == place.table and b.get("sheet") in (None, place.sheet)), None)
        if grid is not None and "cells" in grid and place.row is not None:
            yield Passage(place.in_words(), _row_parts(grid["cells"], place.row - 1, place.column))
            return
    if place.line is not None:
        block = next((b for b in source if b.get("line") == place.line and "text" in b), None)
        if block is not None:
            yield Passage(place.in_words(), (*_lead(place.quote, block["text"]), *_text_parts(block["text"], place)), place.line)
            return
    if place.quote:
        yield Passage(place.in_words(), ((place.quote, True),))


def _lead(quote: str, text: str) -> tuple[tuple[str, bool], ...]:
    """The label before a figure that stands on a line of its own, as flat text has it."""
    squeezed = "".join(quote.split())
    return () if not squeezed or squeezed in "".join(text.split()) else ((f"{quote}　", False),)


def _row_parts(cells: Sequence[Sequence[Any]], row: int, column: int | None) -> tuple[tuple[str, bool], ...]:
    """The cells of a row of the source's table, the one meant highlighted."""
    parts: list[tuple[str, bool]] = []
    for at, left, height, width, text in cells:
        if at <= row < at + height and str(text).strip():
            parts.append((" ".join(str(text).split()), column is not None and left <= column - 1 < left + width))
            parts.append((" ｜ ", False))
    return tuple(parts[:-1])


def _text_parts(text: str, place: Place) -> tuple[tuple[str, bool], ...]:
    """A paragraph shortened around the words meant."""
    start, end = place.start, place.end
    if start is None or end is None or not 0 <= start < end <= len(text):
        start = text.find(place.quote) if place.quote else -1
        if start < 0:
            return ((text[: 4 * AROUND] + ("…" if len(text) > 4 * AROUND else ""), False),)
        end = start + len(place.quote)
    before, after = text[:start], text[end:]
    if len(before) > AROUND:
        before = "…" + before[-AROUND:]
    if len(after) > AROUND:
        after = after[:AROUND] + "…"
    before, after = before.lstrip(), after.rstrip()
    return tuple((t, m) for t, m in ((before, False), (text[start:end], True), (after, False)) if t)
