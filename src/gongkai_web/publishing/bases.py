"""Which obligations to publish can a category rest on, and on which grounds may information be withheld?"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from gongkai.procedure.outcomes import Outcome, outcomes

DATA = Path(__file__).parent / "data"
ORDINANCE = "《中华人民共和国政府信息公开条例》"
GROUND_OF_SECRECY = "refused.state_secret"
_WITHHOLDING = ("第十四条", "第十五条", "第十六条")
_CITES = re.compile(
    r"(?<![一二三四五六七八九十百])十[四五六]\s*条|(?<![0-9０-９])[1１]\s*[456４５６]\s*条|国家秘密|商业秘密|个人隐私|内部事务信息|过程性信息|执法案卷"
    r"|第三方(?:的)?(?:合法)?(?:权益|利益)|(?:危及|影响|损害)(?:国家安全|公共安全|经济安全|社会稳定)"
)


@dataclass(frozen=True, slots=True)
class Basis:
    """One obligation: ``code``, its article, its words, and for which bodies (see bases.toml)."""

    code: str
    article: str
    title: str
    applies: str

    @property
    def citation(self) -> str:
        """As it is printed."""
        return f"{ORDINANCE}{self.article}"


@dataclass(frozen=True, slots=True)
class ThemeClass:
    """One of the 22 theme classes with its parts; written class, backslash, part."""

    number: int
    name: str
    parts: tuple[str, ...]

    @property
    def values(self) -> tuple[str, ...]:
        """What a document's theme may be: the class itself only where it has no parts."""
        return tuple(f"{self.name}\\{part}" for part in self.parts) or (self.name,)


@lru_cache(maxsize=1)
def bases() -> tuple[Basis, ...]:
    """All obligations, in the order of the articles."""
    entries = tomllib.loads((DATA / "bases.toml").read_text(encoding="utf-8"))["basis"]
    return tuple(Basis(e["code"], e["article"], e["title"], e["for"]) for e in entries)


@lru_cache(maxsize=1)
def themes() -> tuple[ThemeClass, ...]:
    """The 22 theme classes."""
    entries = tomllib.loads((DATA / "themes.toml").read_text(encoding="utf-8"))["class"]
    return tuple(ThemeClass(n, e["name"], tuple(e["parts"])) for n, e in enumerate(entries, start=1))


def basis(code: str) -> Basis | None:
    """The obligation of a code."""
    return next((b for b in bases() if b.code == code), None)


def is_theme(written: str) -> bool:
    """Whether a theme is one of the 22 classes with one of its parts."""
    return any(written in t.values for t in themes())


def grounds() -> tuple[Outcome, ...]:
    """The closed list of grounds on which information is withheld: those of arts 14–16."""
    return tuple(o for o in outcomes() if o.article.startswith(_WITHHOLDING))


def ground(code: str) -> Outcome | None:
    """The ground of a code."""
    return next((g for g in grounds() if g.code == code), None)


def cites_withholding(reason: str) -> bool:
    """Whether a reason leans on arts 14–16, which only 不予公开 may."""
    return _CITES.search(reason) is not None
