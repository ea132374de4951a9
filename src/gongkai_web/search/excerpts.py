"""Which part of a text shows why it was found, with the words marked?

Works on the text the database holds now, never on what the index kept, and shows it as it stands: only the comparison is folded.
"""

from __future__ import annotations

import re

from gongkai_web.search.grams import folded, runs

Part = tuple[str, bool]
"""A piece of text and whether it is one of the words looked for."""
Span = tuple[int, int]


def marked(text: str, words: str) -> tuple[Part, ...]:
    """The whole text with every word marked."""
    return _parts(text, _spans(text, words))


def excerpt(text: str, words: str, width: int = 120) -> tuple[Part, ...]:
    """About ``width`` characters around the first place where the words stand, with the words marked; the beginning when they do not."""
    shown = " ".join(text.split())
    spans = _spans(shown, words)
    start = max(0, spans[0][0] - width // 3) if spans else 0
    end = start + width
    inside = [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start]
    parts = _parts(shown[start:end], inside)
    if start:
        parts = (("…", False), *parts)
    if end < len(shown):
        parts = (*parts, ("…", False))
    return parts


class _Folding(dict[int, str]):
    """What each character becomes when text is compared, worked out when it is first met."""

    def __missing__(self, character: int) -> str:
        self[character] = folded(chr(character))
        return self[character]


_FOLDED = _Folding()


def _spans(text: str, words: str) -> list[Span]:
    """Where the words stand, as places in the text itself."""
    found = sorted(set(runs(words)), key=len, reverse=True)
    if not found:
        return []
    pattern = re.compile("|".join(re.escape(r) for r in found))
    compared = text.translate(_FOLDED)
    if len(compared) == len(text):  # no character became several
        return [m.span() for m in pattern.finditer(compared)]
    places = [place for place, character in enumerate(text) for _ in _FOLDED[ord(character)]]
    return [(places[m.start()], places[m.end() - 1] + 1) for m in pattern.finditer(compared)]


def _parts(text: str, spans: list[Span]) -> tuple[Part, ...]:
    parts: list[Part] = []
    end = 0
    for a, b in spans:
        if a > end:
            parts.append((text[end:a], False))
        if b > end:
            parts.append((text[max(a, end) : b], True))
            end = b
    if end < len(text):
        parts.append((text[end:], False))
    return tuple(parts)
