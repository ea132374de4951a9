"""In which order does a reader see the characters of a text that holds marks turning the direction of writing?"""

from __future__ import annotations

from dataclasses import dataclass, field

TURNS = "\u202e"
"""The mark behind which everything shows from right to left, whatever it is: a number typed backwards behind it reads as the number."""

_OPENS = frozenset("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")
_CLOSES = frozenset("\u202c\u2069")


@dataclass
class _Group:
    """What stands behind one mark: positions, and groups inside it, which keep an order of their own."""

    mark: str = ""
    pieces: list[list[int]] = field(default_factory=list)

    def order(self) -> list[int]:
        pieces = reversed(self.pieces) if self.mark == TURNS else self.pieces
        return [position for piece in pieces for position in piece]


def shown_order(text: str) -> tuple[int, ...] | None:
    """The positions of the characters in the order in which they show, each position once; None when no mark turns the text round.

    Embeddings and isolates leave digits and Chinese in their order, so only overrides count (Unicode Bidirectional Algorithm, X4 and L2).
    What an override turns round ends with its paragraph; of several lines each is turned by itself.
    """
    if TURNS not in text:
        return None
    found: list[int] = []
    open_marks: list[str] = []
    at = 0
    for line in text.splitlines(keepends=True):
        stack = [_Group(), *(_Group(mark) for mark in open_marks)]
        for position, character in enumerate(line.rstrip("\r\n"), start=at):
            if character in _OPENS:
                stack.append(_Group(character))
            stack[-1].pieces.append([position])
            if character in _CLOSES and len(stack) > 1:
                _close(stack)
        open_marks = [group.mark for group in stack[1:]]
        while len(stack) > 1:
            _close(stack)
        found += stack[0].order()
        end = at + len(line)
        found += range(end - (len(line) - len(line.rstrip("\r\n"))), end)
        at = end
    return tuple(found)


def as_shown(text: str) -> str:
    """The text in the order in which it shows."""
    order = shown_order(text)
    return text if order is None else "".join(text[position] for position in order)


def _close(stack: list[_Group]) -> None:
    inner = stack.pop()
    stack[-1].pieces.append(inner.order())
