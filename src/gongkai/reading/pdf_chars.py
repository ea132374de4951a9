"""What is a character and what is a ruled line of a page, in points from the page's upper left corner?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Char:
    """A visible character in points from the page's upper left corner: the room it takes across, and its base line."""

    text: str
    left: float
    right: float
    base: float
    size: float

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the square that an ideograph fills; marks and digits have the same as their neighbours."""
        return (self.left + self.right) / 2, self.base - 0.35 * self.size

    @property
    def top(self) -> float:
        return self.base - 0.85 * self.size

    @property
    def bottom(self) -> float:
        return self.base + 0.15 * self.size


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight ruled line, ``at`` its position across, from ``start`` to ``end`` along; all in points."""

    at: float
    start: float
    end: float
