"""Which answers about a text are kept for when the same text comes again?

The words of a table come again and again, and are short. A long text is asked about by each form in turn and then never again, and a
process that reads thousands of files would keep thousands of them: of those only the last few are kept.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

Answer = TypeVar("Answer")

SHORT = 200
"""Characters of a short text."""
MOST = 8192
"""Short texts whose answers are kept, those last asked for."""
FEW = 4
"""Long texts whose answers are kept."""


def remembered(function: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """The function, its answers kept for many short texts and a few long ones."""
    kept, just_now = lru_cache(maxsize=MOST)(function), lru_cache(maxsize=FEW)(function)

    @wraps(function)
    def asked(text: str) -> Answer:
        return kept(text) if len(text) <= SHORT else just_now(text)

    return asked
