"""Can a date not be, or not be this one's?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from gongkai.screening.hits import Certainty
from gongkai.screening.kind import Card, Found, Kind
from gongkai.screening.passages import Passage
from gongkai.screening.settings import Settings

CARD = Card(
    key="wrong_year",
    code="T205",
    name="年份、日期有误",
    finds="不存在的日期（2月30日、13月），五位数的年份和离现在很远的年份（20224年、2204年），数字里夹着字母的年份（2O24年），落款日期晚于公开日或者与文件年度不同，发文字号的年份与落款不同。",
    leaves="正文里说到以前、以后年份的话。",
    todo="核对后改正。确实应当这样写的，说明理由后保留。",
    wrong="2024年2月30日",
    right="2024年2月29日",
)
_DATE = re.compile(
    r"(?<![0-9])(?P<y>[0-9]{4}|[〇○0零一二三四五六七八九]{4}) ?年 ?(?P<m>[0-9]{1,2}|[一二三四五六七八九十]{1,3}) ?月(?: ?(?P<d>[0-9]{1,2}|[一二三四五六七八九十]{1,3}) ?日)?"
)
_DASHED = re.compile(r"(?<![0-9./-])(?P<y>20[0-9]{2})(?P<s>[-./])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})(?![0-9./-])")
_ODD_YEAR = re.compile(
    r"(?<![0-9A-Za-z.])(?:(?P<five>20[0-9]{3})(?=年)|(?=[0-9]{0,3}[oOlI])(?P<letter>2[0oO][0-9oOlI]{2})(?= ?年))"
)
_YEAR = re.compile(
    r"(?<![0-9〇○零一二三四五六七八九.])(?P<y>20[0-9]{2}|二[〇○零0][〇○零一二三四五六七八九]{2}) ?年(?![ ]?[0-9一二三四五六七八九十]{1,3} ?月)"
)
_SIGNED = re.compile(
    r"\s*[0-9〇○0零一二三四五六七八九]{4} ?年 ?[0-9一二三四五六七八九十]{1,3} ?月 ?[0-9一二三四五六七八九十]{1,3} ?日\s*"
)
_NUMBERED = re.compile(r"〔(?P<y>20[0-9]{2})〕 ?第?[0-9]{1,5} ?号")
_HAN = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "0": 0}
_HEAD = 15
_FAR = 60
_AHEAD = 25
"""A year so far ahead that is not a round one, as plans have it (2060年前), is more likely two digits exchanged."""


def find(passages: Sequence[Passage], settings: Settings) -> Iterator[Found]:
    """Impossible dates anywhere; the date the text is signed with against the day, the year and the document's number."""
    number_year = _year_of_number(passages)
    signed = [i for i, p in enumerate(passages) if not p.is_cell and len(p.text) < 40 and _SIGNED.fullmatch(p.plain)]
    for index, passage in enumerate(passages):
        plain = passage.plain
        if "年" not in plain and "20" not in plain:
            continue
        yield from _impossible(index, plain, settings)
        if signed and index == signed[-1] and (found := _DATE.search(plain)) and (day := _day(found)):
            yield from _signed(index, found, day, settings, number_year)


def _impossible(index: int, plain: str, settings: Settings) -> Iterator[Found]:
    for pattern in (_DATE, _DASHED):
        for found in pattern.finditer(plain):
            year, month, day = _number(found["y"]), _number(found["m"]), _number(found["d"] or "1")
            if year is None or month is None or day is None:
                continue
            if not _exists(year, month, day):
                yield Found(index, found.start(), found.end(), f"“{found[0]}”这一天不存在。请核对后改正。", Certainty.HIGH)
            elif settings.day and year > settings.day.year + _FAR:
                yield Found(index, found.start(), found.end(), f"“{found[0]}”的年份离现在太远。请核对后改正。", Certainty.HIGH)
    for found in _YEAR.finditer(plain) if settings.day else ():
        year = _number(found["y"])
        if settings.day and year and year > settings.day.year + _AHEAD and year % 5:
            why = f"“{found[0]}”离现在很远。请核对是不是写错了；确是这一年的，说明理由后保留。"
            yield Found(index, found.start(), found.end(), why, Certainty.MEDIUM)
    for found in _ODD_YEAR.finditer(plain):
        what = "是五位数" if found["five"] else "里夹着字母"
        yield Found(index, found.start(), found.end(), f"年份“{found[0]}”{what}。请核对后改正。", Certainty.HIGH)


def _signed(index: int, found: re.Match[str], day: dt.date, settings: Settings, number_year: int | None) -> Iterator[Found]:
    if settings.day and day > settings.day:
        why = f"落款日期“{found[0]}”晚于公开的日子。请核对后改正。"
    elif number_year is not None and number_year != day.year:
        why = f"落款日期是{day.year}年，发文字号里的年份是{number_year}年。请核对哪一个对。"
    elif settings.year is not None and settings.year != day.year:
        why = f"落款日期是{day.year}年，文件的年度是{settings.year}年。请核对哪一个对。"
    else:
        return
    sure = settings.day is not None and day > settings.day
    yield Found(index, found.start(), found.end(), why, Certainty.HIGH if sure else Certainty.MEDIUM)


def _year_of_number(passages: Sequence[Passage]) -> int | None:
    """The year of the document's own number: one that makes up a short line at the head."""
    for passage in passages[:_HEAD]:
        if (
            len(passage.plain.strip()) <= 24
            and (found := _NUMBERED.search(passage.plain))
            and passage.plain.rstrip().endswith("号")
        ):
            return int(found["y"])
    return None


def _day(found: re.Match[str]) -> dt.date | None:
    year, month, day = _number(found["y"]), _number(found["m"]), _number(found["d"] or "")
    return dt.date(year, month, day) if year and month and day and _exists(year, month, day) else None


def _exists(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def _number(words: str) -> int | None:
    """The value of Arabic digits, of a year's Chinese digits, or of a Chinese number up to 31."""
    if words.isdigit() and words.isascii():
        return int(words)
    if not words:
        return None
    if "十" in words:
        tens, _, ones = words.partition("十")
        return _HAN.get(tens or "一", 0) * 10 + (_HAN.get(ones, 0) if ones else 0) if len(tens) < 2 and len(ones) < 2 else None
    digits = [_HAN.get(c) for c in words]
    return None if None in digits else int("".join(map(str, digits)))


KIND = Kind(CARD, find)
