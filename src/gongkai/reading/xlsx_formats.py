"""What does a workbook show for a stored number, and does it show the number that is stored?"""

from __future__ import annotations

import datetime as dt
import operator as op
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import NamedTuple

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from gongkai.reading.values import ZERO_HIDDEN, stored_as

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[[^\]]*\]'
    r"|(?P<general>General|G/通用格式)|(?P<digit>[#0?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<power>[Ee][+-])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)\]")
_QUOTED = re.compile('"[^"]*"')
_COMPARE = {"<": op.lt, "<=": op.le, ">": op.gt, ">=": op.ge, "=": op.eq, "<>": op.ne}
_SCALED = re.compile("[千万亿元]")


class Shown(NamedTuple):
    """The text of a cell and whether the workbook shows another number than the one given here."""

    text: str
    differs: bool


def builtin(number: int) -> str:
    """A built-in number format by its id; General when unknown."""
    return BUILTIN_FORMATS.get(number, "General")


def plain(raw: str) -> str | None:
    """A stored number with the fifteen digits a spreadsheet keeps: "3.0" is "3", "0.30000000000000004" is "0.3"."""
    try:
        value = Decimal(raw.strip())
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value.adjusted()) > 30:
        return None
    value = _rounded(value)
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _rounded(value: Decimal) -> Decimal:
    return Decimal(f"{value:.15g}") if value else Decimal(0)


def shown(raw: str, code: str, epoch_1904: bool) -> Shown:
    """The text of a stored number under a number format, with the words and units that the format sets beside it.

    Digits are never lost: where the format would round, the stored number is given and ``differs`` is True. A zero shown
    as a blank or a dash, and a number that is shown as another one, are given in words, being neither certainly.
    Percentages and dates are given as shown.
    """
    text = plain(raw)
    if text is None:
        return Shown(raw.strip(), differs=False)
    if code in ("", "General", "@") or code.lower() == "g/通用格式":
        return Shown(text, differs=False)
    if is_date_format(code):
        return Shown(_date(text, code, epoch_1904), differs=False)
    value = Decimal(text)
    section, signed = _section(code, value)
    format_of = _parsed(section)
    if format_of.general:
        return Shown(format_of.before + text + format_of.after, differs=False)
    if value == 0 and "0" not in format_of.digits:
        return Shown(f"0{ZERO_HIDDEN}", differs=True)
    if not format_of.digits or format_of.broken:
        words = "另一种写法" if format_of.digits else format_of.before + format_of.after
        return Shown(stored_as(words, text), differs=True)
    if format_of.power:
        return Shown(text, differs=True)
    return _set(value, text, format_of, signed)


@dataclass(frozen=True, slots=True)
class _Format:
    """One section of a number format: the words before and after the digits, the placeholders, and what is done to the number.

    ``decimals`` are the placeholders after the point; ``divided`` is by what the number is divided before it is shown;
    ``power`` when it is shown as a power or a fraction; ``broken`` when words stand between its digits.
    """

    before: str
    after: str
    digits: str
    decimals: str
    divided: int
    thousands: bool
    percent: bool
    power: bool
    general: bool
    broken: bool


def _parsed(section: str) -> _Format:
    tokens = [(match.lastgroup, match[match.lastgroup]) for match in _TOKEN.finditer(section) if match.lastgroup is not None]
    at = [n for n, (kind, _) in enumerate(tokens) if kind in ("digit", "general")]
    first, last = (at[0], at[-1]) if at else (len(tokens), len(tokens))
    before, within, after = tokens[:first], tokens[first : last + 1], tokens[last + 1 :]
    ends = [n for n, (kind, text) in enumerate(within) if kind == "point" or (kind in ("quoted", "escaped") and text == ".")]
    point = ends[0] if ends else len(within)
    decimals = "".join(text for kind, text in within[point:] if kind == "digit")
    shift = len(decimals) if ends and within[point][0] != "point" else 0  # a point that is written, not counted: 万 shown as 12.5
    behind = len(within[:point]) - len([*_without_commas(within[:point])]) + _commas(after)
    words = [text for kind, text in within if kind in ("quoted", "escaped", "money", "other") and text.strip() not in ("", ".")]
    return _Format(
        _words(before),
        _words(after),
        "".join(text for kind, text in tokens if kind == "digit"),
        decimals,
        1000**behind * 10**shift,
        any(kind == "comma" for kind, _ in _without_commas(within[:point])),
        any(kind == "percent" for kind, _ in tokens),
        any(kind == "power" for kind, _ in tokens) or words == ["/"],
        any(kind == "general" for kind, _ in tokens),
        len(ends) > 1 or (bool(words) and words != ["/"]),
    )


def _without_commas(tokens: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Tokens without the commas at their end, each of which divides what is shown by a thousand."""
    end = len(tokens)
    while end and tokens[end - 1][0] == "comma":
        end -= 1
    return tokens[:end]


def _commas(tokens: list[tuple[str, str]]) -> int:
    """How many commas stand at the beginning of tokens."""
    return next((n for n, (kind, _) in enumerate(tokens) if kind != "comma"), len(tokens))


def _words(tokens: list[tuple[str, str]]) -> str:
    shown = "".join(text for kind, text in tokens if kind in ("quoted", "escaped", "money", "other"))
    return "".join(shown.split())


def _set(value: Decimal, text: str, form: _Format, signed: bool) -> Shown:
    """A number as a format with digits sets it."""
    before, after = form.before, form.after
    bracketed = signed and ("(" in before + after or "-" in before + after)
    if bracketed:
        before, after = (re.sub("[-()]", "", words) for words in (before, after))
    scaled = value * 100 if form.percent else value / form.divided
    rounded = scaled.quantize(Decimal(1).scaleb(-len(form.decimals)), ROUND_HALF_UP)
    out = format(abs(rounded), ",f" if form.thousands else "f")
    optional = len(re.findall(r"[#?]", form.decimals))
    while optional and out.endswith("0"):
        out, optional = out[:-1], optional - 1
    out = before + ("-" if rounded < 0 and (bracketed or not signed) else "") + out.removesuffix(".")
    out += ("%" if form.percent else "") + after
    exact = form.percent or rounded == scaled
    named = form.divided == 1 or _SCALED.search(before + after) is not None
    if (signed and not bracketed) or (form.divided != 1 and not (exact and named)) or (not signed and "-" in before):
        return Shown(stored_as(out, text), differs=True)
    return Shown(out, differs=False) if exact else Shown(before + text + after, differs=True)


def _section(code: str, value: Decimal) -> tuple[str, bool]:
    """The part of a format that applies to ``value``, and whether it is a part of its own for negative numbers."""
    parts = _split(code)
    conditions = [_CONDITION.search(_QUOTED.sub("", part)) for part in parts[:2]]
    if any(conditions):
        for part, condition in zip(parts, conditions, strict=False):
            if condition is None or _COMPARE[condition[1]](value, Decimal(condition[2])):
                return part, False
        return parts[min(2, len(parts) - 1)], False
    if value < 0 and len(parts) > 1:
        return parts[1], True
    if value == 0 and len(parts) > 2:
        return parts[2], False
    return parts[0], False


def _split(code: str) -> list[str]:
    """The sections of a format, divided by semicolons outside quotes."""
    parts = [""]
    quoted = False
    for ch in code:
        if ch == '"':
            quoted = not quoted
        if ch == ";" and not quoted:
            parts.append("")
        else:
            parts[-1] += ch
    return parts


def _date(text: str, code: str, epoch_1904: bool) -> str:
    """A date or time in words that can never be taken for a count; the number itself when it is no date."""
    try:
        moment = from_excel(float(text), CALENDAR_MAC_1904 if epoch_1904 else CALENDAR_WINDOWS_1900)
    except (ValueError, OverflowError, TypeError):
        return f"{text}（日期格式）"
    if isinstance(moment, dt.datetime):
        day = f"{moment.year}年{moment.month}月{moment.day}日"
        lowered = _LITERAL.sub("", code).lower()
        if "d" not in lowered and "h" not in lowered:
            day = f"{moment.year}年{moment.month}月" if "m" in lowered else f"{moment.year}年"
        return day
    return f"{moment}" if isinstance(moment, dt.time) else f"{text}（时间格式）"
