"""Is a word written with a wrong character, as official texts often have it?"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from gongkai.errors import BadData
from gongkai.screening.hits import Certainty
from gongkai.screening.kind import Card, Kind, Stretch, each_passage
from gongkai.screening.lookup import Lookup
from gongkai.screening.passages import Passage
from gongkai.screening.settings import Settings

CARD = Card(
    key="miswritten_word",
    code="T206",
    name="常见错别字",
    finds="公文里常见的写错的词和多写的字，如“布署”“既使”“做为”“人民政府府”。",
    leaves="用得对不对要看上下文的字（的、地、得，截止、截至的一部分）。",
    todo="核对上下文；确实写错的，改为提示的写法。",
    wrong="统一布署，扎实推进。",
    right="统一部署，扎实推进。",
)
_FILE = Path(__file__).with_name("miswritten_words.toml")


def _loaded() -> dict[str, str]:
    words: dict[str, str] = tomllib.loads(_FILE.read_text(encoding="utf-8"))["words"]
    for wrong, right in words.items():
        if not wrong or wrong == right or wrong in right:
            raise BadData(f"错别字表“{_FILE.name}”里的“{wrong}”一条不对：错的写法不能等于正确的写法，也不能是它的一部分。")
    return words


WORDS = _loaded()
_LOOKUP = Lookup(WORDS)


def find(passage: Passage, settings: Settings) -> Iterator[Stretch]:
    """Every word of the list."""
    del settings
    for start, end, word in _LOOKUP.among(passage.text):
        yield Stretch(start, end, f"“{word}”可能应写作“{WORDS[word]}”。请核对上下文。", Certainty.LOW)


KIND = Kind(CARD, each_passage(find))
