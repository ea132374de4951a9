"""How are a note's raised figure and struck-out words kept out of the number they stand beside?"""

from __future__ import annotations

STRUCK = "〔划去的文字〕"
"""What stands in a cell whose words are all struck out: it is neither blank nor a number."""

_RAISE = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(text: str) -> str:
    """The text with its figures as raised ones, which no reader of numbers takes for digits."""
    return text.translate(_RAISE)
