"""What do our Jinja2 templates know beside what a view gives them?"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import jinja2
from django.templatetags.static import static
from django.urls import reverse

from gongkai.kernel import STATUS_WORDS, Status
from gongkai.returns import Edition, edition

BEIJING = ZoneInfo("Asia/Shanghai")


def environment(**options: Any) -> jinja2.Environment:
    """The one environment of all templates: a missing variable is an error, everything is escaped."""
    made = jinja2.Environment(
        **{**options, "autoescape": True, "undefined": jinja2.StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    )
    made.globals.update(static=cache(static), url=_url, status_word=_status_word, edition_word=_edition_word)
    made.filters.update(number=number, filesize=filesize, when=when, moment=moment)
    return made


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args, kwargs=kwargs)


def _status_word(status: Status | str) -> str:
    return STATUS_WORDS[Status(status)]


def _edition_word(named: Edition | str | None) -> str:
    """An edition as people know it: by the years it was in force; local ones say so."""
    if not named:
        return "没有认出"
    found = edition(named) if isinstance(named, str) else named
    first, last = found.first_year, found.last_year
    if last is None:
        years = f"{first}年度起"
    elif first is None:
        years = f"{last}年度"
    else:
        years = f"{first}年度" if first == last else f"{first}—{last}年度"
    return f"{years}{'' if found.key.startswith('cn') else '地方'}格式"


def number(value: Decimal | str | None) -> str:
    """A value as people write it: no exponent, no trailing zeros; words stay words; None is a dash."""
    if value is None:
        return "—"
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


def when(moment: float) -> str:
    """A moment (seconds since 1970) in Beijing time."""
    return dt.datetime.fromtimestamp(moment, BEIJING).strftime("%m月%d日 %H:%M")


def moment(instant: dt.datetime) -> str:
    """An instant in Beijing time, to the second."""
    return instant.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S")


def filesize(size: int) -> str:
    """A size in the unit people know."""
    if size < 1024:
        return f"{size} 字节"
    return f"{size / 1024:.0f} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.0f} MB"
