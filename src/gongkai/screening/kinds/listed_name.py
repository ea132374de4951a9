"""Where does a person's name stand that the body has put on its own list?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.screening.hits import Certainty
from gongkai.screening.kind import Card, Found, Kind
from gongkai.screening.lookup import Lookup
from gongkai.screening.passages import Passage
from gongkai.screening.settings import Settings

CARD = Card(
    key="listed_name",
    code="T113",
    name="本机关人名表",
    finds="本机关列入人名表的姓名（例如案件当事人、举报人），两个字的姓名中间空格的也算。",
    leaves="没有列入的姓名；遮盖了的姓名。",
    todo="不应当公开的，改为“张某”这样的写法，或者删去。",
    wrong="列入人名表的举报人姓名写在通报里。",
    right="举报人张某。",
    is_personal=True,
)


def find(passages: Sequence[Passage], settings: Settings) -> Iterator[Found]:
    """Every listed name; a short one may be part of a longer word, so it is likely and not certain."""
    names = {"".join(name.split()) for name in settings.names} - {""}
    if not names:
        return
    spaced = {f"{n[0]}{' ' * blanks}{n[1]}" for n in names if len(n) == 2 for blanks in (1, 2)}
    lookup = Lookup({*names, *spaced})
    for index, passage in enumerate(passages):
        for start, end, name in lookup.among(passage.plain):
            yield Found(
                index,
                start,
                end,
                "这里有本机关人名表上的姓名。请核对能不能公开；不能的，改为“张某”这样的写法。",
                Certainty.HIGH if len(name.replace(" ", "")) > 2 else Certainty.MEDIUM,
            )


KIND = Kind(CARD, find)
