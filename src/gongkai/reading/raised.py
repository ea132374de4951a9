"""How are a note's raised figure and struck-out words kept out of the number they stand beside?"""

from __future__ import annotations

STRUCK = "〔划去的文字〕"
"""What stands in a cell whose words are all struck out: it is neither blank nor a number."""

_RAISE = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_DROP = dict.fromkeys(map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def raised(text: str) -> str:
    """The text with its figures as raised ones, which no reader of numbers takes for digits."""
    return text.translate(_RAISE)


def settled(text: str) -> str:
    """A paragraph's text; where nothing but raised figures stands in it, they are its words and no mark of a note."""
    return text if text.translate(_DROP).strip() else text.translate(_LOWER)
