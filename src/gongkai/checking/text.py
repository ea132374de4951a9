"""What does a report's text consist of: sections, paragraphs and sentences, each with its spot?"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from gongkai.kernel import Place
from gongkai.returns import Report

_SENTENCE = re.compile(r"[^。！？；]+[。！？；]?")


@dataclass(frozen=True, slots=True)
class Passage:
    """A title or paragraph: its text, its spot, the section it stands in; ``is_title`` for the section's own title."""

    text: str
    place: Place
    section: str
    is_title: bool = False

    def spot(self, start: int, end: int) -> Place:
        """The place of a part of it; offsets only where the source's line is known."""
        quote = self.text[start:end].strip()
        return replace(self.place, quote=quote)


@dataclass(frozen=True)
class Text:
    """The text of one report."""

    report: Report

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Titles and paragraphs in their order."""
        out = []
        for section in self.report.sections:
            known = len(section.places) == len(section.paragraphs) + 1
            if section.title:
                out.append(Passage(section.title, section.places[0] if known else Place(), section.title, is_title=True))
            for n, words in enumerate(section.paragraphs, 1):
                out.append(Passage(words, section.places[n] if known else Place(), section.title))
        return tuple(out)

    @cached_property
    def sentences(self) -> tuple[tuple[Passage, int, str], ...]:
        """Every sentence with its passage and where it begins there."""
        return tuple(
            (passage, match.start(), match[0])
            for passage in self.passages
            if not passage.is_title
            for match in _SENTENCE.finditer(passage.text)
            if match[0].strip()
        )
