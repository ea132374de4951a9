"""What comes out of cleaning a file, and what may a person have to choose first?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from gongkai.errors import GongkaiError


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned file. ``removed`` names in Chinese what was taken out, never its content; ``problems`` are whole sentences on what
    could not be taken out, or what a person must look at before the file goes out.
    """

    data: bytes
    removed: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person who hands a file in has decided where cleaning alters what the file says or proves.

    ``accept_changes`` has tracked changes accepted; ``drop_signatures`` gives electronic signatures up, which no cleaned file can keep.
    """

    accept_changes: bool = False
    drop_signatures: bool = False


class NeedsChoice(GongkaiError):
    """Cleaning would alter what the file says or proves, and nobody has decided that it may.

    ``choice`` is the name of the field of :class:`Choices`; ``details`` are lines to show, one a place.
    """

    def __init__(self, choice: str, sentence: str, details: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.choice = choice
        self.details = details


@dataclass
class Removals:
    """What was removed so far: words with how often, in the order they came up, and problems."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def add(self, word: str, times: int = 1) -> None:
        """Remember that something was removed ``times`` times; nothing when it is none."""
        if times > 0:
            self.counts[word] += times

    def problem(self, sentence: str) -> None:
        """Remember a problem, once."""
        if sentence not in self.problems:
            self.problems.append(sentence)

    def words(self) -> tuple[str, ...]:
        """The words for what was removed, with the number of places where there are several."""
        return tuple(word if times == 1 else f"{word}（{times}处）" for word, times in self.counts.items())

    def cleaned(self, data: bytes) -> Cleaned:
        """The result with what was remembered."""
        return Cleaned(data, self.words(), tuple(self.problems))
