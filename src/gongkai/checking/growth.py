"""Which growth does the text state where it also states both years' numbers, so that it can be recomputed from the sentence alone?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from gongkai.checking.bases import RATES, approximate
from gongkai.kernel import Claim

_MOVE = r"(?:增加|增长|增多|上升|上涨|提高|提升|减少|下降|回落|降低|增幅|降幅|减幅)"
_MOVED = re.compile(_MOVE)
_LESS = re.compile(r"减少|下降|回落|降低|降幅|减幅")
_OVER = r"(?:同比|[比较与](?:20[0-9]{2}年|[上去]一?年)度?(?:同期)?(?:相比)?)"
_RATE = re.compile(rf"(?:[，、；（]|{_OVER}|分别|总量|数量|总体|申请量)*(?:大幅|有所|略有)?{_MOVE}(?:了|为|达|率为)?[0-9]")
_CHANGE = re.compile(rf"[，、（]?{_OVER}(?:净|共)?{_MOVE}(?:了)?[0-9]")
_MONTH = re.compile(r"环比|百分点")
_THEN = re.compile(
    r"[，、（]?(?:(?:[比较与]|而|相比)?(?:20[0-9]{2}年|[上去]一?年)度?(?:同期|全年)?|[上去]年)(?:的|为|是|共|有|收到|受理|发布|公开|数量)*[0-9]"
)
_FROM_TO = re.compile(
    r"(?:由|从)[^，。；0-9]{0,14}(?:20[0-9]{2}年度?[^，。；0-9]{0,4})?(?P<then>[0-9][0-9,]*)(?P<unit>[件条篇份次起宗])[^，。；0-9]{0,6}?"
    r"(?:增|升|减|降|涨|增加|增长|上升|提高|减少|下降|降低|回落)(?:至|到|为)(?:20[0-9]{2}年度?[^，。；0-9]{0,4})?(?P<now>[0-9][0-9,]*)(?P=unit)"
)


@dataclass(frozen=True, slots=True)
class Growth:
    """A stated growth, in per cent or in things, with the two years' numbers that the same sentence states.

    ``stated`` is the growth as stated, negative where it fell.
    """

    change: Claim
    stated: Decimal
    now: Decimal
    then: Decimal


def growths(claims: Sequence[Claim]) -> Iterator[Growth]:
    """Every growth whose two numbers stand in its own sentence."""
    for sentence, those in groupby(claims, key=lambda c: c.sentence):
        if _MOVED.search(sentence) is not None:
            known = tuple(those)
            yield from _from_to(sentence, known) or _in_turn(known)


def _from_to(sentence: str, claims: tuple[Claim, ...]) -> tuple[Growth, ...]:
    """The one rate of a sentence that says from which number to which its subject went."""
    found = tuple(_FROM_TO.finditer("".join(sentence.split())))
    rates = [c for c in claims if c.unit == "%"]
    if len(found) != 1 or len(rates) != 1 or rates[0].value is None or approximate(rates[0]) or not _is(_MOVED, rates[0]):
        return ()
    now, then = (Decimal(found[0][name].replace(",", "")) for name in ("now", "then"))
    return (Growth(rates[0], _signed(rates[0]), now, then),)


def _in_turn(claims: tuple[Claim, ...]) -> Iterator[Growth]:
    """Growth after the numbers it follows from: this year's, and last year's as stated or as what the number grew by leaves."""
    now: Claim | None = None
    then: Decimal | None = None
    for claim in claims:
        if claim.value is None or approximate(claim) or _is(_MONTH, claim):
            now, then = None, None
        elif claim.unit in RATES:
            if now is not None and now.value is not None and then is not None and _starts(_RATE, claim):
                yield Growth(claim, _signed(claim), now.value, then)
            now, then = None, None
        elif _starts(_CHANGE, claim):
            if now is not None and now.unit == claim.unit and now.value is not None:
                if then is not None:
                    yield Growth(claim, _signed(claim), now.value, then)
                then = now.value - _signed(claim) if then is None else then
        elif _starts(_THEN, claim) and now is not None and now.unit == claim.unit:
            then = claim.value
        else:
            now, then = claim, _last_year(now, claim)


def _last_year(before: Claim | None, claim: Claim) -> Decimal | None:
    """The number right before, where it is of the same thing and the years stated make it the year before's."""
    if before is None or before.unit != claim.unit or before.label != claim.label:
        return None
    years = [int(word[:4]) for c in (before, claim) for word in c.scope if re.fullmatch(r"20[0-9]{2}年", word)]
    return before.value if len(years) == 2 and years[0] == years[1] - 1 else None


def _quote(claim: Claim) -> str:
    return "".join(claim.place.quote.split())


def _is(words: re.Pattern[str], claim: Claim) -> bool:
    return words.search(_quote(claim)) is not None


def _starts(words: re.Pattern[str], claim: Claim) -> bool:
    return words.match(_quote(claim)) is not None


def _signed(claim: Claim) -> Decimal:
    value = claim.value or Decimal(0)
    return -value if _is(_LESS, claim) else value
