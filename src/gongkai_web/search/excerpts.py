"""Which part of a text shows why it was found, with the words marked?

Works on the text the database holds now, never on what the index kept.
"""

from __future__ import annotations

import re
import unicodedata

from gongkai_web.search.grams import runs

Part = tuple[str, bool]
"""A piece of text and whether it is one of the words looked for."""


def marked(text: str, words: str) -> tuple[Part, ...]:
    """The whole text with every word marked."""
    pattern = _pattern(words)
    if pattern is None:
        return ((text, False),) if text else ()
    shown = unicodedata.normalize("NFKC", text)
    return _parts(shown, pattern)


def excerpt(text: str, words: str, width: int = 120) -> tuple[Part, ...]:
    """About ``width`` characters around the first place where the words stand, with the words marked; the beginning when they do not."""
    shown = " ".join(unicodedata.normalize("NFKC", text).split())
    pattern = _pattern(words)
    found = pattern.search(shown) if pattern is not None else None
    start = max(0, found.start() - width // 3) if found else 0
    piece = shown[start : start + width]
    parts = _parts(piece, pattern) if pattern is not None else (((piece, False),) if piece else ())
    if start:
        parts = (("…", False), *parts)
    if start + width < len(shown):
        parts = (*parts, ("…", False))
    return parts


def _pattern(words: str) -> re.Pattern[str] | None:
    found = sorted(set(runs(words)), key=len, reverse=True)
    return re.compile("|".join(re.escape(r) for r in found), re.IGNORECASE) if found else None


def _parts(text: str, pattern: re.Pattern[str]) -> tuple[Part, ...]:
    parts: list[Part] = []
    end = 0
    for found in pattern.finditer(text):
        if found.start() > end:
            parts.append((text[end : found.start()], False))
        parts.append((found.group(), True))
        end = found.end()
    if end < len(text):
        parts.append((text[end:], False))
    return tuple(parts)
