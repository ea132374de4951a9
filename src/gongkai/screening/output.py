"""How are hits shown: as text on a terminal, as JSON for programs, and a kind's card as a page?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gongkai.kernel import place_json
from gongkai.screening.hits import CERTAINTY_WORDS, Hit, Screened
from gongkai.screening.kind import Card
from gongkai.screening.kinds import card

_LONG = 11
_FEW = 2


def masked(text: str) -> str:
    """The text with its middle replaced by stars: three and four characters stay of a long one, one each side of a short one."""
    if len(text) <= _FEW:
        return text[:1] + "*" * (len(text) - 1)
    left, right = (3, 4) if len(text) >= _LONG else (1, 1)
    return text[:left] + "*" * (len(text) - left - right) + text[len(text) - right :]


def shown(hit: Hit, *, show: bool = False) -> str:
    """A hit's words as a person may see them: personal ones masked unless ``show``."""
    return hit.text if show or not card(hit.kind).is_personal else masked(hit.text)


def screened_text(name: str, screened: Screened, *, show: bool = False) -> str:
    """One file's outcome for a terminal: a heading, the hits by kind, what could not be checked."""
    return "\n".join(_text(name, screened, show))


def _text(name: str, screened: Screened, show: bool) -> Iterator[str]:
    yield f"{name}：{_summary(screened)}。"
    for key in dict.fromkeys(hit.kind for hit in screened.hits):
        those = screened.of(key)
        about = card(key)
        yield f"\n{about.code} {about.name}（{len(those)}处）"
        for hit in those:
            where = hit.in_words()
            spot = f"（{where}）" if where else ""
            yield f"  {CERTAINTY_WORDS[hit.certainty]}：{_one_line(shown(hit, show=show))}{spot}"
            yield f"    {hit.why}"
    if screened.unchecked:
        yield "\n未能检查，请由人看过原文："
        for part in screened.unchecked:
            where = part.place.in_words()
            yield f"  {f'{where}：' if where else ''}{part.why}"


def _summary(screened: Screened) -> str:
    found = f"查出{len(screened.hits)}处" if screened.hits else ""
    lost = f"有{len(screened.unchecked)}处未能检查" if screened.unchecked else ""
    return "，".join(filter(None, (found, lost))) or "没有查出问题"


def screened_json(name: str, screened: Screened, *, show: bool = False) -> dict[str, Any]:
    """One file's element of the list that ``gongkai scan --json`` prints (screened.schema.json)."""
    return {
        "source": name,
        "hits": [_hit(hit, show) for hit in screened.hits],
        "unchecked": [{"place": _place(part), "why": part.why} for part in screened.unchecked],
    }


def _hit(hit: Hit, show: bool) -> dict[str, Any]:
    return {
        "kind": hit.kind,
        "code": card(hit.kind).code,
        "text": shown(hit, show=show),
        "start": hit.start,
        "end": hit.end,
        "place": _place(hit),
        "part": hit.part,
        "why": hit.why,
        "certainty": hit.certainty.value,
        "fingerprint": hit.fingerprint,
    }


def _place(item: Any) -> dict[str, Any]:
    return {key: value for key, value in place_json(item.place).items() if key != "quote"}


def kind_page(about: Card) -> str:
    """A kind's page in Markdown, as ``gongkai rule`` prints it and as it stands in the reference."""
    return "\n".join(
        (
            f"# {about.code} {about.name}",
            "",
            "## 查出什么",
            "",
            about.finds,
            "",
            "## 不查出什么",
            "",
            about.leaves,
            "",
            "## 怎么办",
            "",
            about.todo,
            "",
            "## 错例",
            "",
            about.wrong,
            "",
            "## 正例",
            "",
            about.right,
        )
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
