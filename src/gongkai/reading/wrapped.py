"""Which cells hold one number that was broken over two lines, or written with spaces between its thousands?

Two groups of digits in a cell may be one number or two. They are one where the form's own sums prove it, together with the
other numbers of the table; else the cell stays text. Sums that come out as well for the first groups alone and the last
alone, as they do where every cell holds two years' numbers, prove nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from gongkai.kernel import Figure, Finding, State
from gongkai.reading.notes import note
from gongkai.returns import Edition, Identity
from gongkai.returns.model import ACROSS_YEARS, EQUALITIES

_WRAPPED = re.compile(r"[1-9][0-9]*(?:[ \t]*\n[ \t]*[0-9]+)+")
_SPACED = re.compile(r"[1-9][0-9]{0,2}(?:[ \u00a0][0-9]{3})+")


def unwrapped(
    edition: Edition, figures: Sequence[Figure], findings: Sequence[Finding]
) -> tuple[tuple[Figure, ...], list[Finding]]:
    """The figures with broken numbers put together where that is proved, and the findings with what was done."""
    broken = {f.code: f for f in figures if f.code is not None and f.state is State.TEXT and _is_broken(f.text)}
    whole = _proved(edition, figures, {code: f.text.split() for code, f in broken.items()})
    if not whole:
        return tuple(figures), list(findings)
    out = tuple(
        replace(f, value=whole[f.code], text=str(whole[f.code]), state=State.NUMBER) if f.code in whole else f for f in figures
    )
    kept = [f for f in findings if f.rule != "R909" or not f.subject or f.subject[0] not in whole]
    return out, kept + [_told(broken[code], value) for code, value in whole.items()]


def _is_broken(text: str) -> bool:
    return (_WRAPPED.fullmatch(text) or _SPACED.fullmatch(text)) is not None


def _proved(edition: Edition, figures: Sequence[Figure], doubtful: dict[str, list[str]]) -> dict[str, Decimal]:
    """The doubtful numbers, by their groups of digits, whose equations all come out, in a table where that tells one number from two."""
    sure = {f.code: f.value for f in figures if f.code is not None and f.value is not None}
    within = [i for i in edition.identities if i.kind in EQUALITIES - ACROSS_YEARS]
    left = {code: Decimal("".join(groups)) for code, groups in doubtful.items()}
    while left:
        right: set[str] = set()
        wrong: set[str] = set()
        telling = {edition.cells[code].table for code in left if any(group.startswith("0") for group in doubtful[code])}
        for identity in within:
            codes = {term.code for term in (*identity.left, *identity.right)}
            if codes & left.keys() and codes <= sure.keys() | left.keys():
                comes_out = _comes_out(identity, sure | left)
                (right if comes_out else wrong).update(codes & left.keys())
                if comes_out and not _comes_out_apart(identity, sure, doubtful):
                    telling |= {edition.cells[code].table for code in codes & left.keys()}
        told = {code for code in right - wrong if edition.cells[code].table in telling}
        kept = {code: value for code, value in left.items() if code in told}
        if len(kept) == len(left):
            return kept
        left = kept
    return {}


def _comes_out(identity: Identity, values: dict[str, Decimal]) -> bool:
    left, right = (sum((values[t.code] * t.sign for t in side), Decimal(0)) for side in (identity.left, identity.right))
    return left == right


def _comes_out_apart(identity: Identity, sure: dict[str, Decimal], doubtful: dict[str, list[str]]) -> bool:
    """Whether an equation comes out for each group of digits on its own, counted from the last; a number in one piece is a last group."""
    return all(
        _comes_out(identity, sure_or_none | {code: _group(groups, place) for code, groups in doubtful.items()})
        for place in range(max(map(len, doubtful.values())))
        for sure_or_none in (sure if place == 0 else dict.fromkeys(sure, Decimal(0)),)
    )


def _group(groups: Sequence[str], place: int) -> Decimal:
    return Decimal(groups[-1 - place]) if place < len(groups) else Decimal(0)


def _told(figure: Figure, value: Decimal) -> Finding:
    shown = "、".join(figure.text.split())
    how = "折成了几行" if "\n" in figure.text else "用空格隔开"
    message = f"“{figure.label()}”的数字在一格里{how}（{shown}），拼合为{value}后与表内的合计相符，按一个数读取；请对照原文核对。"
    return note("R921", message, [figure.place], [figure.code or "", str(value)])
