"""How wide is a word on a terminal, where a Chinese character takes two columns?"""

from __future__ import annotations

from unicodedata import east_asian_width


def width(text: str) -> int:
    """Columns the text takes."""
    return sum(2 if east_asian_width(c) in "WFA" else 1 for c in text)


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """The text with spaces up to so many columns, after it or (``right``) before it."""
    space = " " * max(0, columns - width(text))
    return space + text if right else text + space
