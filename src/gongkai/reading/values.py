"""What does a cell of a table say: a number in the cell's unit, nothing, a dash, "not applicable", or only words?

Nothing is rounded or guessed: what is not certainly a number stays text, two numbers beside each other too. "无" stays text too – whoever writes it may mean
zero, "does not apply" or "nobody asked".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gongkai.kernel import State
from gongkai.reading.remembered import remembered

MONEY = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
COUNTS = frozenset(
    "条 件 次 篇 个 人 人次 项 份 部 场 场次 期 起 例 宗 处 册 页 家 户 名 批 批次 类 种 点击 件次 条次 人天".split()
)
UNITS = COUNTS | MONEY.keys()

ZERO_HIDDEN = "〔显示为空白或横线〕"
"""What a workbook's reader sets after a stored zero that the sheet shows as a blank or a dash."""

_STORED = re.compile("〔保存的是[^〕]*〕$")

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
_RAISED = re.compile("[⁰¹²³⁴-⁹₀-₉]+")
_POWER = re.compile(r"(?<![0-9])10[⁰¹²³⁴-⁹]")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SIGNS = {ord(ch): "-" for ch in "‐‑‒–—―−─﹣－"} | {ord("﹢"): "+", ord("､"): ",", ord("，"): ",", ord("．"): "."}
_SPACES = " \t\r\n\v\f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_SPACE = re.compile(f"[{_SPACES}]+")
_DASHES = re.compile(r"[-~_]+")
_NOT_APPLICABLE = frozenset({"/", "\\", "//", "不适用", "无此项", "不涉及", "无此项业务", "无此项职能", "n/a", "na"})
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?:(?P<word>增加?|减少?))?"
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?P<fraction>\.[0-9]+)?"
    r"(?P<scale>[十百千]?[万亿]|千)?(?P<unit>[^0-9.,+%-]{0,3})"
)
_YUAN = re.compile(r"(?P<sign>[+-]?) ?[¥￥] ?(?=[0-9+-])")
_ONE_NUMBER = re.compile(
    r"[1-9][0-9]{0,2}(?:[\u2009\u202f][0-9]{3})+"  # the narrow spaces that only set thousands apart
    r"|[1-9][0-9]{0,2}(?:[ \u00a0][0-9]{3})*[ \u00a0]0[0-9]{2}(?:[ \u00a0][0-9]{3})*"  # no number of its own begins with 0
)
_DIGITS = re.compile(r"[0-9](?:[^.]*[0-9])?")
_LOOSE = re.compile(r"(?<=[+-]) | (?=[^0-9.,])|(?<=[^0-9.,]) ")
_SCALES = {
    "千": Decimal(1000), "万": Decimal(10_000), "十万": Decimal(100_000), "百万": Decimal(1_000_000),
    "千万": Decimal(10_000_000), "亿": Decimal(100_000_000), "十亿": Decimal(10**9), "百亿": Decimal(10**10),
    "千亿": Decimal(10**11), "万亿": Decimal(10**12),
}  # fmt: skip
_APPROXIMATE = re.compile(r"约|近|余|多|左右|以上|以下|不足|超过|至|~|几")
_LOST = re.compile("[?？\ufffd]|锟斤拷|烫烫|屯屯")


class Doubt(StrEnum):
    """Why a cell's words are not simply a number; each doubt is told in a Finding."""

    LOST = "lost"
    APPROXIMATE = "approximate"
    MALFORMED = "malformed"
    WORDS = "words"
    HIDDEN = "hidden"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Value:
    """A cell understood: ``text`` as written without outer white space, ``value`` in the cell's unit when it is a number.

    ``unit_given`` is the unit the cell itself names, None when it names none.
    """

    text: str
    value: Decimal | None
    state: State
    doubt: Doubt | None = None
    unit_given: str | None = None


def stored_as(shown: str, stored: str) -> str:
    """The words for a cell that shows something else than the number which is stored: neither is certainly meant."""
    return f"{shown or '空白'}〔保存的是{stored}〕"


def visible(text: str) -> str:
    """The text without zero-width characters and without outer white space of any kind."""
    return _INVISIBLE.sub("", text).strip(" \t\r\n\v\f\u00a0\u2002\u2003\u2009\u202f\u3000")


@remembered
def plain(text: str) -> str:
    """The text with half-width forms, one kind of dash, single spaces, and without raised figures and invisible characters."""
    text = _RAISED.sub("", _INVISIBLE.sub("", text)).translate(_SIGNS).translate(_WIDE)
    return _SPACE.sub(" ", text).strip()


def value_of(text: str, unit: str | None) -> Value:
    """Understand a cell whose form asks for ``unit`` ("万元", "条" …; None when the form names none)."""
    shown = visible(text)
    words = plain(text)
    close = words.replace(" ", "")
    if not close:
        return Value("", None, State.BLANK) if not _RAISED.search(shown) else Value(shown, None, State.TEXT, Doubt.MALFORMED)
    if ZERO_HIDDEN in shown:
        return Value(shown, None, State.TEXT, Doubt.HIDDEN)
    if _POWER.search(shown):
        return Value(shown, None, State.TEXT, Doubt.MALFORMED)
    if _DASHES.fullmatch(close):
        return Value(shown, None, State.DASH if "_" not in close else State.TEXT, None if "_" not in close else Doubt.WORDS)
    if close.lower() in _NOT_APPLICABLE:
        return Value(shown, None, State.NOT_APPLICABLE)
    if _LOST.search(shown):
        return Value(shown, None, State.TEXT, Doubt.LOST)
    return _number(shown, words, unit) or Value(shown, None, State.TEXT, _doubt(close))


def is_marked(text: str) -> bool:
    """Whether a raised figure stands beside the cell's own."""
    return _RAISED.search(text) is not None


@remembered
def is_value(text: str) -> bool:
    """Whether a piece of flat text can be a table's value (a number however written, blank, dash, "not applicable", 无)."""
    close = _STORED.sub("", plain(text).replace(" ", "").removesuffix(ZERO_HIDDEN))
    if len(close) > 16:
        return False
    if not close or _DASHES.fullmatch(close) or close.lower() in _NOT_APPLICABLE or close in {"无", "零", "〇"}:
        return True
    if _LOST.search(close):
        return all(ch in "?？\ufffd锟斤拷烫屯" for ch in close)
    if not any("0" <= ch <= "9" for ch in close):
        return False
    rest = re.sub(r"[0-9.,+%/~¥￥-]|约|近|余|多|左右|以上|[十百千万亿]|增加?|减少?|[oOlI]", "", close)
    return not rest or rest in UNITS


def _number(shown: str, words: str, unit: str | None) -> Value | None:
    if words in {"零", "〇"}:
        return Value(shown, Decimal(0), State.NUMBER)
    money = _YUAN.match(words)
    match = _NUMBER.fullmatch(_LOOSE.sub("", _YUAN.sub(r"\g<sign>", words)))
    if match is None or (match["sign"] and match["word"]):
        return None
    if " " in match["digits"] and not _is_one_number(shown):
        return None
    value = Decimal(re.sub("[, ]", "", match["digits"]) + (match["fraction"] or ""))
    if match["sign"] == "-" or (match["word"] or "").startswith("减"):
        value = -value
    own = match["unit"] or ("元" if money else "")
    scale = match["scale"]
    if (own == "元" and scale is not None) or (own == "" and scale is not None and unit in MONEY):
        own, value, scale = "元", value * _SCALES[scale], None
    if scale is not None:
        value *= _SCALES[scale]
    if own and own not in UNITS:
        return None
    if own and (own in MONEY) != (unit in MONEY):
        return Value(shown, None, State.TEXT, Doubt.UNIT)
    if own in MONEY and unit in MONEY:
        value = value * MONEY[own] / MONEY[unit or "元"]
    return Value(shown, value, State.NUMBER, None, own or None)


def _is_one_number(shown: str) -> bool:
    """Whether digits with spaces between them are one number with its thousands set apart, and not two numbers in one cell."""
    digits = _DIGITS.search(shown.translate(_WIDE))
    return digits is not None and _ONE_NUMBER.fullmatch(digits.group()) is not None


def _doubt(close: str) -> Doubt:
    if not any("0" <= ch <= "9" for ch in close):
        return Doubt.WORDS
    return Doubt.APPROXIMATE if _APPROXIMATE.search(close) else Doubt.MALFORMED


def converted(value: Decimal, given: str, wanted: str | None) -> Decimal | None:
    """A number in the unit ``given`` as a number in the unit ``wanted``; None when one counts and the other is money."""
    if given in MONEY and wanted in MONEY:
        return value * MONEY[given] / MONEY[wanted or "元"]
    if (given in MONEY) != (wanted in MONEY):
        return None
    return value
