"""Which shares does the text give, of which part in which total, and what would they be if recomputed?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongkai.checking.prose import Prose, approximate
from gongkai.kernel import Claim

_IN_TURN = re.compile(r"分别")


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage with the part and the total it is taken from; ``off`` is the difference in units of its last digit.

    ``confirmed`` when at least two other shares of the same total come out right, so that the total is the one meant.
    """

    claim: Claim
    part: Claim
    total: Claim
    computed: Decimal
    off: Decimal
    confirmed: bool


def shares(prose: Prose) -> tuple[Share, ...]:
    """Every share whose part stands right before it and whose total is known."""
    found: list[tuple[Claim, Claim, Claim]] = []
    before: Claim | None = None
    run: list[Claim] = []  # the parts right above, for shares that a sentence lists after them: 占比分别为…
    rates: list[Claim] = []
    totals = {id(p): b.total for b in prose.breakdowns for p in b.parts}
    for one in prose.stated:
        claim = one.claim
        if claim.unit == "%" and "分别" in claim.sentence and (rates or _IN_TURN.search(claim.place.quote)):
            rates.append(claim)
            continue
        if rates:
            found += _in_turn(run, rates, totals)
            run, rates = [], []
        if claim.unit != "%":
            run = [*run, claim] if run and claim.sentence == run[-1].sentence else [claim]
        if claim.unit == "%" and "占" in claim.scope and before is not None and claim.label == before.label:
            total = totals.get(id(before))
            if total is not None and claim.value is not None and not approximate(claim):
                found.append((claim, before, total))
        elif claim.unit != "%":
            before = claim
    return tuple(_weighed([*found, *_in_turn(run, rates, totals)]))


def _in_turn(run: list[Claim], rates: list[Claim], totals: dict[int, Claim]) -> list[tuple[Claim, Claim, Claim]]:
    """Shares listed after their parts, each with its own; none where there are not as many of them as parts."""
    parts = [c for c in run if id(c) in totals]
    if len(parts) != len(rates) or any(c.value is None or approximate(c) for c in rates):
        return []
    return [(rate, part, totals[id(part)]) for rate, part in zip(rates, parts, strict=True)]


def _weighed(found: list[tuple[Claim, Claim, Claim]]) -> Iterator[Share]:
    offs = [off(claim, part.value, total.value) for claim, part, total in found]
    for (claim, part, total), (computed, away) in zip(found, offs, strict=True):
        if computed is None:
            continue
        others = sum(t is total and c is not claim and o <= 1 for (c, _, t), (_, o) in zip(found, offs, strict=True))
        yield Share(claim, part, total, computed, away, others >= 2)


def off(claim: Claim, part: Decimal | None, total: Decimal | None) -> tuple[Decimal | None, Decimal]:
    """The share of a part as it would be written, and how far the written one is from it in units of its last digit."""
    if not total or part is None or claim.value is None:
        return None, Decimal(0)
    exponent = claim.value.as_tuple().exponent
    unit = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    share = part / total * 100
    return share.quantize(unit), abs(share - claim.value) / unit
