"""Which passages of the source does a finding speak of, as a page can show them with the words highlighted?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.kernel import Place

AROUND = 60  # characters of a long paragraph kept on either side of the words

Parts = tuple[tuple[str, bool], ...]
Spot = tuple[str | None, int | None, int | None, int | None, str]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the source: ``parts`` are (text, highlighted); ``where`` says in Chinese where they stand."""

    where: str
    parts: Parts


def passages(places: Sequence[Place], source: Sequence[dict[str, Any]]) -> tuple[Passage, ...]:
    """The rows and lines the places stand in, each once with all its words marked, in the order of the places."""
    together: dict[Spot, list[Place]] = {}
    for place in places:
        together.setdefault(_spot(place), []).append(place)
    return tuple(p for group in together.values() if (p := _passage(group, source)) is not None)


def _spot(place: Place) -> Spot:
    """What must be the same for two places to be shown as one passage."""
    if place.table is not None and place.row is not None:
        return (place.sheet, place.table, place.row, None, "")
    if place.line is not None:
        return (None, None, None, place.line, "")
    return (place.sheet, None, None, None, f"{place.in_words()}{place.quote}")


def _passage(group: Sequence[Place], source: Sequence[dict[str, Any]]) -> Passage | None:
    first = group[0]
    if first.table is not None and first.row is not None:
        grid = next((b for b in source if b.get("table") == first.table and b.get("sheet") in (None, first.sheet)), None)
        if grid is not None and "cells" in grid:
            return Passage(_where(group), _row_parts(grid["cells"], first.row - 1, {p.column for p in group}))
    if first.line is not None:
        block = next((b for b in source if b.get("line") == first.line and "text" in b), None)
        if block is not None:
            return Passage(_where(group), (*_lead(first.quote, block["text"]), *_text_parts(block["text"], group)))
    return Passage(first.in_words(), ((first.quote, True),)) if first.quote else None


def _where(group: Sequence[Place]) -> str:
    """One place in full; several of one row without their columns."""
    words = group[0].in_words()
    if len(group) == 1 or group[0].column is None:
        return words
    return words.removesuffix(f"第{group[0].column}列")


def _lead(quote: str, text: str) -> Parts:
    """The label before a figure that stands on a line of its own, as flat text has it."""
    squeezed = "".join(quote.split())
    return () if not squeezed or squeezed in "".join(text.split()) else ((f"{quote}　", False),)


def _row_parts(cells: Sequence[Sequence[Any]], row: int, columns: Iterable[int | None]) -> Parts:
    """The cells of a row of the source's table, those meant highlighted."""
    meant = {c - 1 for c in columns if c is not None}
    parts: list[tuple[str, bool]] = []
    for at, left, height, width, text in cells:
        if at <= row < at + height and str(text).strip():
            parts.append((" ".join(str(text).split()), any(left <= c < left + width for c in meant)))
            parts.append((" ｜ ", False))
    return tuple(parts[:-1])


def _text_parts(text: str, group: Sequence[Place]) -> Parts:
    """A paragraph shortened around the words meant."""
    spans = sorted({span for place in group if (span := _span(text, place)) is not None})
    if not spans:
        return ((text[: 4 * AROUND] + ("…" if len(text) > 4 * AROUND else ""), False),)
    parts: list[tuple[str, bool]] = []
    at = max(0, spans[0][0] - AROUND)
    if at:
        parts.append(("…", False))
    for start, end in spans:
        if end <= at and parts and parts[-1][1]:
            continue
        parts += [(text[at:start], False), (text[max(at, start) : end], True)]
        at = end
    rest = text[at : at + AROUND]
    parts.append((rest.rstrip() + ("…" if len(text) > at + AROUND else ""), False))
    return tuple((words, meant) for words, meant in parts if words.strip() or words == "　")


def _span(text: str, place: Place) -> tuple[int, int] | None:
    """Where in the paragraph the words stand: by their offsets, else by their wording."""
    if place.start is not None and place.end is not None and 0 <= place.start < place.end <= len(text):
        return place.start, place.end
    start = text.find(place.quote) if place.quote else -1
    return (start, start + len(place.quote)) if start >= 0 else None
