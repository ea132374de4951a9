"""How can a content item of an application end, and under which article?"""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from gongkai.errors import BadData, BadInput
from gongkai.kernel import Citation, Mark
from gongkai.law import Law

FILE = Path(__file__).parent / "outcomes.toml"
NO_ARTICLE = "-"
# The rule whose instrument tells which regulation governs an application: articles of outcomes are those of that instrument.
GOVERNING = "reply.limit"


class Family(StrEnum):
    """The heads under which the return counts outcomes."""

    GRANTED = "予以公开"
    PARTIAL = "部分公开"
    REFUSED = "不予公开"
    UNABLE = "无法提供"
    NOT_PROCESSED = "不予处理"
    OTHER = "其他处理"


class Remedy(StrEnum):
    """Which remedies an outcome opens; the file outcomes.toml says what each letter means."""

    REFUSAL = "A"
    ORDINARY = "B"
    PARTIAL = "A+B"
    DOUBTFUL = "B2"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way to end. ``article`` is of the regulation of 2019, ``article_2007`` of the one before; see outcomes.toml."""

    code: str
    sign: str
    title: str
    family: Family
    article: str
    words: str
    article_2007: str
    row: str
    remedy: Remedy
    reasons: bool
    no_suit_2011: bool

    def citation(self, regime_day: dt.date, law: Law) -> Citation | None:
        """The article under the regulation that governs the application; None where only the printed form knows the outcome."""
        governing = law.at(regime_day, GOVERNING)
        first = governing.instrument.id == law.history(GOVERNING)[0].instrument.id
        article = self.article_2007 if first else self.article
        if not article or article == NO_ARTICLE:
            return None
        return Citation(governing.instrument.name, article, Mark.RELAYED if first else Mark.READ)

    def existed(self, regime_day: dt.date, law: Law) -> bool:
        """Whether the regulation that governs the application knew this outcome."""
        first = law.at(regime_day, GOVERNING).instrument.id == law.history(GOVERNING)[0].instrument.id
        return bool(self.article_2007) or not first


@lru_cache(maxsize=1)
def outcomes() -> tuple[Outcome, ...]:
    """The closed list, in the order of the return. Raises BadData when the file contradicts itself."""
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))["outcome"]
    listed = tuple(Outcome(**{**e, "family": Family(e["family"]), "remedy": Remedy(e["remedy"])}) for e in entries)
    names = [name for o in listed for name in (o.code, o.sign)]
    if len(set(names)) != len(names):
        raise BadData(f"{FILE.name}：有两种处理结果用了同一个代码，请改正。")
    return listed


def outcome(name: str) -> Outcome:
    """The outcome with this code or sign. Raises BadInput with the closed list."""
    for o in outcomes():
        if name in {o.code, o.sign}:
            return o
    choices = "、".join(f"{o.sign}（{o.title}）" for o in outcomes())
    raise BadInput(f"没有“{name}”这种处理结果，只能从下面选一种：{choices}。")
