"""What does a workbook show for a stored number, and does it show the number that is stored?"""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import NamedTuple

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from gongkai.reading.values import ZERO_HIDDEN

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DIGITS = re.compile(r"[#0?]")


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
    """The text of a stored number under a number format.

    Digits are never lost: where the format would round, the stored number is given and ``differs`` is True; a zero shown
    as a blank or a dash is given in words, being neither certainly. Percentages and dates are given as shown.
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
    body = _LITERAL.sub("", section)
    if value == 0 and "0" not in body:
        return Shown(f"0{ZERO_HIDDEN}", differs=True)
    if not _DIGITS.search(body):
        return Shown(text, differs=True)
    decimals = len(_DIGITS.findall(body.partition(".")[2])) if "." in body else 0
    percent = "%" in body
    thousands = re.search(r"[#0?],[#0?]", body) is not None
    if re.search(r",\s*(?:\.|$|%)", body) or "/" in body or "e" in body.lower():
        return Shown(text, differs=True)
    scaled = value * 100 if percent else value
    rounded = scaled.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    if rounded != scaled and not percent:
        return Shown(text, differs=True)
    out = format(abs(rounded), ",f" if thousands else "f")
    optional = len(re.findall(r"[#?]", body.partition(".")[2]))
    while optional and out.endswith("0"):
        out, optional = out[:-1], optional - 1
    out = out.removesuffix(".")
    sign = "-" if rounded < 0 and not (signed and "(" not in section and "-" not in section) else ""
    return Shown(sign + out + ("%" if percent else ""), differs=False)


def _section(code: str, value: Decimal) -> tuple[str, bool]:
    """The part of a format that applies to ``value``, and whether it is a part of its own for negative numbers."""
    parts = _split(code)
    if value < 0 and len(parts) > 1 and not parts[0].startswith("["):
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
