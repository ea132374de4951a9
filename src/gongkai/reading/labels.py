"""When are two wordings of a label the same, however numbered, bracketed, spaced or quoted?

A label is compared by its *core*: letters, digits and Chinese characters only, half-width, without its number, without
"其中". The number is kept beside it: it decides between labels whose cores are alike.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from gongkai.reading.remembered import remembered
from gongkai.reading.traditional import SIMPLIFIED, as_on_the_mainland, without_pinyin

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
_NO_LETTER = re.compile(r"[\W_]+")
_RAISED = re.compile("[⁰¹²³⁴-⁹₀-₉]+")  # marks of notes
_CIRCLED = {ord("①") + i: f"{i + 1}." for i in range(20)} | {ord("❶") + i: f"{i + 1}." for i in range(10)}
_HAN = "一二三四五六七八九十"
_NUMBERED = re.compile(
    rf"\((?P<a>[{_HAN}]{{1,3}}|[0-9]{{1,2}})\)[、.:,]?"
    rf"|(?P<b>[{_HAN}]{{1,3}})[、.:,]"
    r"|(?P<c>[0-9]{1,2})(?:[、:)]|\.(?![0-9])|,(?![0-9]{3}))"
)
_OF_WHICH = re.compile(r"其中[:、,]?")
_NOTE = re.compile(r"\([^()]*\)")
_DEEPEST = 3  # brackets within brackets
_SAME = str.maketrans({"它": "他", "帐": "账"}) | SIMPLIFIED
_HAN_VALUES = {ch: i + 1 for i, ch in enumerate(_HAN)}


class Wording(NamedTuple):
    """A label taken apart: its core and its number ("" when it carries none)."""

    core: str
    number: str


@remembered
def wording(text: str) -> Wording:
    """A label's core and number: "（三） 不予公开" is ("不予公开", "3")."""
    rest, number = _without_number(_half_width(text))
    return Wording(core_of(rest), number)


@remembered
def without_notes(text: str) -> str:
    """The core of a label without its bracketed notes: "本年收费金额（单位：万元）" is "本年收费金额"."""
    rest, _ = _without_number(_half_width(text))
    bare = rest
    for _ in range(_DEEPEST):
        bare = _NOTE.sub("", bare)
    return core_of(bare) or core_of(rest)


@remembered
def notes(text: str) -> tuple[str, ...]:
    """What stands in a label's brackets, without the brackets: ("单位:万元",)."""
    rest, _ = _without_number(_half_width(text))
    return tuple(note[1:-1] for note in _NOTE.findall(rest))


def core_of(text: str) -> str:
    """Letters, digits and Chinese characters of a text, half-width, 其它 as 其他."""
    return _core_of_label(text) if len(text) <= _LABEL else _core_of(text)


_LABEL = 64
"""Characters up to which a text may be a label: labels come again and again, long texts must not be kept in memory."""


@remembered
def _core_of_label(text: str) -> str:
    return _core_of(text)


def _core_of(text: str) -> str:
    text = without_pinyin(unicodedata.normalize("NFKC", _RAISED.sub("", text).translate(_CIRCLED)))
    return as_on_the_mainland(_NO_LETTER.sub("", text).translate(_SAME)).lower()


def han_number(text: str) -> int | None:
    """一 … 九十九 as a number; None when the text is not one."""
    if not text or any(ch not in _HAN_VALUES for ch in text):
        return None
    if "十" not in text:
        return _HAN_VALUES[text] if len(text) == 1 else None
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return None
    return (_HAN_VALUES[tens] if tens else 1) * 10 + (_HAN_VALUES[ones] if ones else 0)


def _half_width(text: str) -> str:
    text = unicodedata.normalize("NFKC", _RAISED.sub("", _INVISIBLE.sub("", text)).translate(_CIRCLED))
    text = without_pinyin("".join(text.split())).translate(SIMPLIFIED)
    return text.translate({ord("〔"): "(", ord("〕"): ")", ord("["): "(", ord("]"): ")", ord("。"): "."})


def _without_number(text: str) -> tuple[str, str]:
    number = ""
    for _ in range(3):  # "其中：（1）…" carries both, in either order
        if found := _NUMBERED.match(text):
            word = next(g for g in found.groups() if g)
            number = str(han_number(word) or word.lstrip("0"))
            text = text[found.end() :]
        elif found := _OF_WHICH.match(text):
            text = text[found.end() :]
        else:
            break
    return text, number
