"""What does prose call the things a return counts, and which words limit a number?

The words are data (``claims_lexicon.toml``, ``claims_scope.toml``); this module checks and compiles them once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from gongkai.returns import Edition

STRENGTHS = ("exact", "near", "wider", "part", "hint")


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing counted. ``cells`` are alternatives, each a sum of cells; ``also`` other sums that make a statement true too.

    ``strength``: "exact" the same thing as its cells, "near" usually so, "wider" at least what the cells hold, "part" one of
    several numbers that make up the cells, "hint" only zero against not zero says something.
    """

    label: str
    key: str
    cells: tuple[tuple[str, ...], ...]
    also: tuple[tuple[str, ...], ...]
    strength: str
    units: tuple[str, ...]
    phrase: tuple[re.Pattern[str], ...]
    none: tuple[re.Pattern[str], ...]
    none_whole: tuple[re.Pattern[str], ...]
    never: re.Pattern[str] | None
    context: re.Pattern[str] | None
    after: str

    def sum(self, edition: Edition) -> tuple[str, ...]:
        """The cells of the edition whose sum it is; empty when the edition has none."""
        return next((found for option in self.cells if (found := _cells(option, edition))), ())

    def others(self, edition: Edition) -> tuple[tuple[str, ...], ...]:
        """The other sums that make a statement true as well; a cell led by "-" is taken off."""
        return tuple(found for option in self.also if (found := _cells(option, edition)))


@dataclass(frozen=True, slots=True)
class Scope:
    """One kind of limiting words; ``wide`` when they limit every number that follows in the sentence."""

    name: str
    wide: bool
    words: re.Pattern[str]


def _cells(option: tuple[str, ...], edition: Edition) -> tuple[str, ...]:
    out: list[str] = []
    for code in option:
        bare = code.removeprefix("-")
        if bare.endswith(".*"):
            found = _below(bare[:-2], edition)
        else:
            found = (code,) if bare in edition.cells else ()
        if not found:
            return ()
        out += found
    return tuple(out)


def _below(prefix: str, edition: Edition) -> tuple[str, ...]:
    """The cells of the total column in the rows right below a heading row."""
    depth = prefix.count(".") + 1
    rows = {row.code for table in edition.tables for row in table.rows if not row.heading}
    return tuple(c for c in edition.cells if c.startswith(f"{prefix}.") and c.count(".") == depth and c in rows)


def _data(name: str) -> dict[str, list[dict[str, object]]]:
    return tomllib.loads((resources.files("gongkai.reading") / name).read_text(encoding="utf-8"))


def _patterns(words: object) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(str(word)) for word in words) if isinstance(words, list) else ()


def _any(words: object) -> re.Pattern[str] | None:
    return re.compile("|".join(map(str, words))) if isinstance(words, list) and words else None


def _options(value: object) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(str, option)) for option in value) if isinstance(value, list) else ()


@cache
def concepts() -> tuple[Concept, ...]:
    """All concepts in the order in which they are tried."""
    out = []
    for raw in _data("claims_lexicon.toml")["concept"]:
        strength = str(raw["strength"])
        if strength not in STRENGTHS:
            raise ValueError(f"claims_lexicon.toml: {raw['label']}: strength {strength!r} is none of {STRENGTHS}")
        out.append(
            Concept(
                label=str(raw["label"]),
                key=str(raw.get("key", "")),
                cells=_options(raw["cells"]),
                also=_options(raw.get("also")),
                strength=strength,
                units=tuple(str(raw["units"]).split()),
                phrase=_patterns(raw["phrase"]),
                none=_patterns(raw.get("none")),
                none_whole=_patterns(raw.get("none_whole")),
                never=_any(raw.get("never")),
                context=re.compile(str(raw["context"])) if "context" in raw else None,
                after=str(raw.get("after", "")),
            )
        )
    return tuple(out)


@cache
def scopes() -> tuple[Scope, ...]:
    """All kinds of limiting words."""
    return tuple(
        Scope(str(raw["name"]), raw["reach"] == "sentence", re.compile("|".join(map(str, _list(raw["words"])))))
        for raw in _data("claims_scope.toml")["kind"]
    )


def _list(value: object) -> Iterable[object]:
    return value if isinstance(value, list) else ()


@cache
def _by_label() -> dict[str, tuple[Concept, ...]]:
    out: dict[str, tuple[Concept, ...]] = {}
    for concept in concepts():
        out[concept.label] = (*out.get(concept.label, ()), concept)
    return out


def concept_of(label: str, edition: Edition | None) -> Concept | None:
    """The concept a claim's label names, the one whose cells the edition has first; None when it names none."""
    found = _by_label().get(label, ())
    if edition is not None:
        return next((c for c in found if c.sum(edition)), next(iter(found), None))
    return next(iter(found), None)


@cache
def scope_kind(word: str) -> str | None:
    """Which kind of limit a scope word is ("period", "jurisdiction" …); None for a year or a word of approximation."""
    return next((scope.name for scope in scopes() if scope.words.search(word)), None)
