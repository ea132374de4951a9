"""How is Chinese text cut so that every piece of a sentence can be found?

Text is folded (width, case, traditional characters are left as they are) and split at everything that is neither letter nor digit;
each unbroken run becomes its overlapping pairs of characters, then its last character alone, then a mark. A run of two or more
characters stands in a text exactly where its pairs stand in order, so a phrase finds what a scan of the text would find, no more and no less.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

END = "\u241e"
"""Stands after every run, so that pairs on both sides of it are never taken for neighbours."""
RUN_LIMIT = 4000
"""Longer runs are no language; they are cut, overlapping by one character."""


def folded(text: str) -> str:
    """Text as it is compared: compatibility forms and case made equal. One character may become several."""
    return unicodedata.normalize("NFKC", text).casefold()


def runs(text: str) -> Iterator[str]:
    """The unbroken runs of letters and digits of a folded text."""
    made: list[str] = []
    for character in folded(text):
        if character.isalnum() or unicodedata.category(character) in {"Mn", "Mc"}:
            made.append(character)
            if len(made) == RUN_LIMIT:
                yield "".join(made)
                made = made[-1:]
        elif made:
            yield "".join(made)
            made = []
    if made:
        yield "".join(made)


def indexed(text: str) -> str:
    """The tokens of a text, separated by spaces, as the index takes them."""
    tokens: list[str] = []
    for run in runs(text):
        tokens.extend(run[i : i + 2] for i in range(len(run) - 1))
        tokens.append(run[-1])
        tokens.append(END)
    return " ".join(tokens)


def phrase(run: str) -> list[str | tuple[int, str]]:
    """The pairs, with their offsets, that prove a run of two or more characters: every second one and the last."""
    last = len(run) - 2
    offsets = [*range(0, last, 2), last]
    return [(i, run[i : i + 2]) for i in offsets]
