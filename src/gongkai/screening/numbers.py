"""Where does a text write long numbers, in one piece or in groups, and do their check digits hold?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_CHAIN = re.compile(r"[0-9]+(?:[ -]{1,2}[0-9]+)*")
_GROUP = re.compile(r"[0-9]+")
_GROUPS = 6
_GLUED = re.compile(r"[0-9A-Za-z*]")
_NAMED = re.compile(r"(?:^|[^0-9A-Za-z])(?:ID|id|NO|No|no|TEL|Tel|tel|M|T|QQ|VX|vx|WX|wx)$")
_FRACTION = re.compile(r"[.][0-9]")
_ADDRESS = re.compile(r"(?:https?://|www\.)[\x21-\x7e]{1,2000}", re.IGNORECASE)


class Number(NamedTuple):
    """A number as written from ``start`` to ``end``: its digits, and how many stand in each group."""

    start: int
    end: int
    digits: str
    groups: tuple[int, ...]


def numbers(plain: str, shortest: int, longest: int) -> Iterator[Number]:
    """Every run of whole groups of digits with ``shortest`` to ``longest`` digits that is not part of a word, a fraction or a web address.

    At most six groups are parted by at most two blanks or dashes each; runs may overlap, so that a number is found beside another.
    """
    spans = [m.span() for m in _ADDRESS.finditer(plain)] if "http" in plain or "www" in plain else []
    for chain in _CHAIN.finditer(plain):
        if chain.end() - chain.start() < shortest or any(a <= chain.start() < b for a, b in spans):
            continue
        yield from _runs(plain, [m.span() for m in _GROUP.finditer(plain, *chain.span())], shortest, longest)


def _runs(plain: str, groups: list[tuple[int, int]], shortest: int, longest: int) -> Iterator[Number]:
    for first, (start, _) in enumerate(groups):
        if start and _is_glued(plain, start):
            continue
        lengths: list[int] = []
        total = 0
        for a, b in groups[first : first + _GROUPS]:
            lengths.append(b - a)
            total += b - a
            if total > longest:
                break
            if total >= shortest and not _FRACTION.match(plain, b) and plain[b : b + 1] != "*":
                yield Number(start, b, "".join(plain[x:y] for x, y in groups[first : first + len(lengths)]), tuple(lengths))


def _is_glued(plain: str, start: int) -> bool:
    """Whether what stands right before makes the number part of a word or a fraction; a short name of the number does not."""
    before = plain[max(0, start - 5) : start]
    if before.endswith("."):
        return before[-2:-1].isdigit()
    return bool(_GLUED.match(before, len(before) - 1)) and not _NAMED.search(before)


_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_CHECKS = "10X98765432"
_CREDIT_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def identity_check(first17: str) -> str:
    """GB 11643-1999: the eighteenth character of a citizen's number, from its first seventeen digits."""
    return _IDENTITY_CHECKS[sum(int(d) * w for d, w in zip(first17, _IDENTITY_WEIGHTS, strict=True)) % 11]


def luhn_holds(digits: str) -> bool:
    """ISO/IEC 7812-1: whether the last digit is the check digit of the others."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def credit_code_check(first17: str) -> str:
    """GB 32100-2015: the eighteenth character of a unified social credit code, from its first seventeen."""
    total = sum(_CREDIT_CODE.index(c) * w for c, w in zip(first17, _CREDIT_WEIGHTS, strict=True))
    return _CREDIT_CODE[(31 - total % 31) % 31]


def is_credit_code(code: str) -> bool:
    """Whether eighteen characters are a unified social credit code whose check character holds."""
    return len(code) == 18 and all(c in _CREDIT_CODE for c in code) and credit_code_check(code[:17]) == code[17]
