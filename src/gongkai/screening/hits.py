"""What does a scan give: hits with their places, and what could not be checked?"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from gongkai.kernel import Place


class Certainty(StrEnum):
    """How sure a hit is what its kind says. The words are what a person reads."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


CERTAINTY_WORDS = {Certainty.HIGH: "确定", Certainty.MEDIUM: "很可能", Certainty.LOW: "可能"}


@dataclass(frozen=True, slots=True)
class Hit:
    """One spot a person has to decide on.

    ``kind`` is a kind's key, ``text`` the passage's own characters from ``start`` to ``end`` (offsets in the paragraph or
    cell as given), ``place`` where that paragraph or cell stands (without its wording), ``why`` a whole Chinese sentence
    that never repeats a personal number. ``part`` names a place outside the body (页眉或页脚, 脚注 …). ``fingerprint`` stays the same while the hit and the few characters around it do.
    """

    kind: str
    text: str
    start: int
    end: int
    place: Place
    why: str
    certainty: Certainty
    fingerprint: str
    part: str = ""

    def in_words(self) -> str:
        """Where to look, in Chinese words; empty when nothing is known."""
        return self.part or self.place.in_words()


@dataclass(frozen=True, slots=True)
class Unchecked:
    """What of a text could not be had, so that a person must look: where it stands and why, as a whole Chinese sentence."""

    place: Place
    why: str


@dataclass(frozen=True, slots=True)
class Screened:
    """The outcome of one scan. It is clean only when nothing was hit and everything could be looked at."""

    hits: tuple[Hit, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()

    @property
    def is_clean(self) -> bool:
        return not self.hits and not self.unchecked

    def of(self, kind: str) -> tuple[Hit, ...]:
        """The hits of one kind."""
        return tuple(hit for hit in self.hits if hit.kind == kind)

    def __add__(self, other: Screened) -> Screened:
        return Screened((*self.hits, *other.hits), (*self.unchecked, *other.unchecked))


def fingerprint(key: str, parts: Iterable[str]) -> str:
    """Sixteen hexadecimal digits over the parts; with a key nobody without it can try numbers against them."""
    return hmac.new(key.encode(), "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()[:16]
