"""How is Chinese text cut so that every piece of a sentence can be found?

Text is folded (width, case, traditional characters are left as they are) and split at everything that is neither letter nor digit;
each unbroken run becomes its overlapping pairs of characters, then its last character alone, then a mark. A run of two or more
characters stands in a text exactly where its pairs stand in order, so a phrase finds what a scan of the text would find, no more and no less.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from operator import add

END = "\u241e"
"""Stands after every run, so that pairs on both sides of it are never taken for neighbours."""
RUN_LIMIT = 4000
"""Longer runs are no language; they are cut, overlapping by one character."""

_LETTERS = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """Text as it is compared: compatibility forms and case made equal. One character may become several."""
    return unicodedata.normalize("NFKC", text).casefold()


def runs(text: str) -> Iterator[str]:
    """The unbroken runs of letters and digits of a folded text."""
    shown, marks = folded(text), _marks()
    found = _LETTERS if marks.isdisjoint(shown) else _letters_and_marks()
    for run in found.findall(shown):
        while len(run) >= RUN_LIMIT:
            yield run[:RUN_LIMIT]
            run = run[RUN_LIMIT - 1 :]
        yield run


@cache
def _marks() -> frozenset[str]:
    """The marks that belong to the letter before them (Mn, Mc); there are none in Chinese."""
    planes = (*range(0x20000), *range(0xE0000, 0xE1000))
    return frozenset(chr(n) for n in planes if unicodedata.category(chr(n)) in {"Mn", "Mc"})


@cache
def _letters_and_marks() -> re.Pattern[str]:
    """A run in which marks stand; slower than one of letters alone."""
    return re.compile(f"(?:{_LETTERS.pattern}|[{''.join(sorted(_marks()))}]+)+")


def indexed(text: str) -> str:
    """The tokens of a text, separated by spaces, as the index takes them."""
    tokens: list[str] = []
    for run in runs(text):
        tokens += map(add, run, run[1:])
        tokens += (run[-1], END)
    return " ".join(tokens)


def phrase(run: str) -> list[str | tuple[int, str]]:
    """The pairs, with their offsets, that prove a run of two or more characters: every second one and the last."""
    last = len(run) - 2
    offsets = [*range(0, last, 2), last]
    return [(i, run[i : i + 2]) for i in offsets]
