"""What is a kind of hit: a card for people, and a search over the passages?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gongkai.screening.hits import Certainty
from gongkai.screening.passages import Passage
from gongkai.screening.settings import Settings


@dataclass(frozen=True, slots=True)
class Card:
    """A kind's page, in Chinese: what it finds, what it leaves out, what to do, a wrong and a right example.

    ``key`` names the kind in programs, ``code`` for people. ``is_personal`` says that a hit is shown with its middle masked.
    """

    key: str
    code: str
    name: str
    finds: str
    leaves: str
    todo: str
    wrong: str
    right: str
    is_personal: bool = False


class Found(NamedTuple):
    """A stretch of the passage with this index, from ``start`` to ``end``; ``why`` is a whole Chinese sentence."""

    passage: int
    start: int
    end: int
    why: str
    certainty: Certainty


class Stretch(NamedTuple):
    """As :class:`Found`, within one passage."""

    start: int
    end: int
    why: str
    certainty: Certainty


Search = Callable[[Sequence[Passage], Settings], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Kind:
    """``find`` gives the stretches in the order of the passages."""

    card: Card
    find: Search


def each_passage(find: Callable[[Passage, Settings], Iterator[Stretch]], *needs: str) -> Search:
    """A search that looks at one passage at a time; with ``needs`` only at those that hold one of these strings."""

    def search(passages: Sequence[Passage], settings: Settings) -> Iterator[Found]:
        for index, passage in enumerate(passages):
            if not needs or any(need in passage.plain for need in needs):
                for stretch in find(passage, settings):
                    yield Found(index, *stretch)

    return search
