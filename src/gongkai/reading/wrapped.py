"""Which cells hold one number that a narrow column broke over two lines?

Two lines of digits may be one number or two. They are one where the form's own sums prove it, together with the other
numbers of the table; else the cell stays text.
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


def unwrapped(
    edition: Edition, figures: Sequence[Figure], findings: Sequence[Finding]
) -> tuple[tuple[Figure, ...], list[Finding]]:
    """The figures with broken numbers put together where that is proved, and the findings with what was done."""
    broken = {f.code: f for f in figures if f.code is not None and f.state is State.TEXT and _WRAPPED.fullmatch(f.text)}
    whole = _proved(edition, figures, {code: Decimal("".join(f.text.split())) for code, f in broken.items()})
    if not whole:
        return tuple(figures), list(findings)
    out = tuple(
        replace(f, value=whole[f.code], text=str(whole[f.code]), state=State.NUMBER) if f.code in whole else f for f in figures
    )
    kept = [f for f in findings if f.rule != "R909" or not f.subject or f.subject[0] not in whole]
    return out, kept + [_told(broken[code], value) for code, value in whole.items()]


def _proved(edition: Edition, figures: Sequence[Figure], doubtful: dict[str, Decimal]) -> dict[str, Decimal]:
    """The doubtful numbers that stand in an equation of the form which comes out, and in none that does not."""
    sure = {f.code: f.value for f in figures if f.code is not None and f.value is not None}
    within = [i for i in edition.identities if i.kind in EQUALITIES - ACROSS_YEARS]
    left = dict(doubtful)
    while left:
        right: set[str] = set()
        wrong: set[str] = set()
        for identity in within:
            codes = {term.code for term in (*identity.left, *identity.right)}
            if codes & left.keys() and codes <= sure.keys() | left.keys():
                (right if _comes_out(identity, sure | left) else wrong).update(codes & left.keys())
        kept = {code: value for code, value in left.items() if code in right - wrong}
        if len(kept) == len(left):
            return kept
        left = kept
    return {}


def _comes_out(identity: Identity, values: dict[str, Decimal]) -> bool:
    left, right = (sum((values[t.code] * t.sign for t in side), Decimal(0)) for side in (identity.left, identity.right))
    return left == right


def _told(figure: Figure, value: Decimal) -> Finding:
    shown = "、".join(figure.text.split())
    message = (
        f"“{figure.label()}”的数字在一格里折成了几行（{shown}），拼合为{value}后与表内的合计相符，按一个数读取；请对照原文核对。"
    )
    return note("R921", message, [figure.place], [figure.code or "", str(value)])
