"""What does a body tell the scan of itself: its day, its own numbers and addresses, its lists of words and names?"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import NamedTuple

_NO_DIGIT = re.compile(r"[^0-9]+")
_AREA = re.compile(r"^(?:0086|86)?(?:0(?:10|2[0-9]|[3-9][0-9]{2}))(?=[2-9][0-9]{6,7}$)")
_BLANK = re.compile(r"[\s,，、]+")


class Word(NamedTuple):
    """An entry of a body's own list: the word, and what a person who meets it is told (may be empty)."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a scan is made. Everything may be left out.

    ``day`` is the day on which the text is to become public, ``year`` the year the document speaks of. ``numbers``,
    ``addresses`` and ``mails`` are the body's own, which are meant to be public; ``words`` and ``names`` are its own lists.
    ``key`` is a secret of the installation that goes into fingerprints, so that a number cannot be tried against them.
    """

    day: dt.date | None = None
    year: int | None = None
    numbers: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    words: tuple[Word, ...] = ()
    names: tuple[str, ...] = ()
    key: str = ""

    def allows_number(self, digits: str) -> bool:
        """Whether a telephone number, given as digits with or without area code, is the body's own."""
        wanted = _without_area(digits)
        return any(
            wanted == _without_area(own) or _NO_DIGIT.sub("", own) == digits for own in self.numbers if _NO_DIGIT.sub("", own)
        )

    def allows_address(self, address: str) -> bool:
        """Whether an address is, holds, or is the end of one of the body's own."""
        wanted = _BLANK.sub("", address)
        own = [_BLANK.sub("", each) for each in self.addresses]
        return any(each and (each in wanted or wanted in each) for each in own)

    def allows_mail(self, mail: str) -> bool:
        """Whether a mail address, or its whole domain given as "@example.cn", is the body's own."""
        wanted = mail.lower()
        return any(wanted == own.lower() or (own.startswith("@") and wanted.endswith(own.lower())) for own in self.mails)


def _without_area(number: str) -> str:
    return _AREA.sub("", _NO_DIGIT.sub("", number))
