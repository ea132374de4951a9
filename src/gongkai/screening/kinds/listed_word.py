"""Where does a word stand that the body has put on its own list?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.screening.hits import Certainty
from gongkai.screening.kind import Card, Found, Kind
from gongkai.screening.lookup import Lookup
from gongkai.screening.passages import Passage
from gongkai.screening.settings import Settings

CARD = Card(
    key="listed_word",
    code="T112",
    name="本机关词语表",
    finds="本机关列入词语表的词语，不分全角半角、大小写。",
    leaves="没有列入的词语。程序自己不带词语表。",
    todo="按词语表上写的说明处理。",
    wrong="文中出现词语表上的旧称。",
    right="改为词语表说明的现称。",
)


def find(passages: Sequence[Passage], settings: Settings) -> Iterator[Found]:
    """Every listed word, the longest where several begin at one spot."""
    if not settings.words:
        return
    notes = {word.text.casefold(): word.note for word in settings.words if word.text}
    lookup = Lookup(notes)
    for index, passage in enumerate(passages):
        for start, end, word in lookup.among(
            passage.plain.casefold() if len(passage.plain.casefold()) == len(passage.plain) else passage.plain
        ):
            note = notes[word].rstrip("。")
            yield Found(
                index,
                start,
                end,
                f"这里有本机关词语表上的“{word}”。{note + '。' if note else '请按词语表处理。'}",
                Certainty.HIGH,
            )


KIND = Kind(CARD, find)
