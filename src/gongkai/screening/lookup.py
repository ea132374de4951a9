"""Where do any of many words stand in a text, found in one walk over it?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


class Lookup:
    """Words by their first character. The time of a walk grows with the text and hardly with the number of words."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {first: tuple(sorted(some, reverse=True)) for first, some in lengths.items()}
        self._first = re.compile("[" + "".join(map(re.escape, self._lengths)) + "]")

    def among(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and word of every find, the longest at each spot, none inside another."""
        after = 0
        for found in self._first.finditer(text):
            start = found.start()
            if start < after:
                continue
            for length in self._lengths[found[0]]:
                word = text[start : start + length]
                if word in self._words:
                    yield start, start + length, word
                    after = start + length
                    break
