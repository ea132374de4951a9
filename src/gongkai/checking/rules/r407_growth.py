"""Does a growth rate, or a growth, follow from this year's and last year's numbers?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.checking.case import Case
from gongkai.checking.growth import Growth
from gongkai.checking.prose import Stated, approximate, said
from gongkai.checking.rule import Rule
from gongkai.checking.wording import plain
from gongkai.kernel import Claim, Finding, RuleCard, Status

CARD = RuleCard(
    code="R407",
    status=Status.UNCERTAIN,
    title="增减幅度能由两年的数字算出",
    statement="正文写“同比增长”“较上年下降”百分之几或者多少件的，应当能由本年和上一年的数字算出；同一句里写明两年数字的，按句中的数字算，没有写明的，对照上一年的年报。",
    basis="增减的数量等于两年之差，增减幅度等于两年之差除以上一年的数字。",
    wrong="上一年收到申请50件，本年60件，正文写“同比增长30%”。",
    right="上一年收到申请50件，本年60件，正文写“同比增长20%”。",
)
_MOVED = re.compile(r"增加|增长|上升|减少|下降|回落|降低")
_LESS = re.compile(r"下降|回落|减少|降低")


def judge(case: Case) -> Iterator[Finding]:
    """One finding a rate or a difference; compared with the sentence's own numbers, else with the report of the year before."""
    told: set[int] = set()
    for growth in case.prose.growths:
        told.add(id(growth.change))
        yield from _in_words(case, growth)
    yield from _differences(case, told)
    for rate, count, now, then in _rates(case):
        if not then or rate.unit != "%" or id(rate) in told:
            continue
        unit = _last_digit(rate)
        stated = -(rate.value or Decimal(0)) if any(_LESS.search(word) for word in rate.scope) else rate.value or Decimal(0)
        actual = (now - then) / then * 100
        if abs(actual - stated) > unit:
            yield case.finding(
                CARD,
                f"正文写{said(rate)}；本年{said(count)}，上一年年报是{plain(then)}，计算是{plain(actual.quantize(unit))}%。请核对。",
                left=stated,
                right=actual.quantize(unit),
                claims=(rate, count),
            )


def _in_words(case: Case, growth: Growth) -> Iterator[Finding]:
    """What the two numbers in the sentence itself say of the growth stated beside them."""
    change, now, then = growth.change, growth.now, growth.then
    actual = now - then
    unit = _last_digit(change) if change.unit == "%" else Decimal(0)
    if change.unit == "%":
        if not then:
            return
        actual = actual / then * 100
    if abs(actual - growth.stated) > unit:
        shown = f"{plain(actual.quantize(unit))}%" if unit else plain(actual)
        yield case.finding(
            CARD,
            f"正文写{said(change)}；按同一句里本年的{plain(now)}和上一年的{plain(then)}计算，{'增减' if unit else '相差'}{shown}。请核对哪一个数字写错了。",
            left=growth.stated,
            right=actual.quantize(unit) if unit else actual,
            claims=(change,),
        )


def _last_digit(claim: Claim) -> Decimal:
    exponent = (claim.value or Decimal(0)).as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _differences(case: Case, told: set[int]) -> Iterator[Finding]:
    for change, count, now, then in _rates(case):
        if id(change) not in told and change.unit != "%" and change.value is not None:
            stated = -change.value if any(_LESS.search(word) for word in change.scope) else change.value
            if stated != now - then:
                yield case.finding(
                    CARD,
                    f"正文写{said(change)}；本年{said(count)}，上一年年报是{plain(then)}，相差{plain(now - then)}。请核对。",
                    left=stated,
                    right=now - then,
                    claims=(change, count),
                )


def _rates(case: Case) -> Iterator[tuple[Claim, Claim, Decimal, Decimal]]:
    """Growth with the count before them, this year's number and last year's."""
    if case.previous is None or case.incomparable is not None:
        return
    before: Stated | None = None
    for one in case.prose.stated:
        claim = one.claim
        if claim.unit != "%" and not (before is not None and _is_change(claim, before.claim)):
            before = one
            continue
        if before is None or claim.value is None or approximate(claim) or not {"同比", "增长"} & _words(claim):
            continue
        now, then = before.claim.value, _last_year(case, before)
        if now is not None and then is not None and claim.sentence == before.claim.sentence:
            yield claim, before.claim, now, then


def _is_change(claim: Claim, count: Claim) -> bool:
    """Whether a number is by how much the count before it grew: 收到20件，较上年增加3件."""
    moved = any(_MOVED.search(word) for word in claim.scope)
    return claim.unit == count.unit and claim.sentence == count.sentence and moved and bool(_words(claim))


def _words(claim: Claim) -> set[str]:
    last = any(re.match(r"[较比](?:上|去)", word) for word in claim.scope)
    return {"同比"} if last or "同比" in claim.scope else set()


def _last_year(case: Case, one: Stated) -> Decimal | None:
    """Last year's number: the cells of last year's report, where they are the same."""
    previous = case.previous
    if previous is None or previous.edition is None or one.concept is None or one.strength != "exact":
        return None
    cells = one.concept.sum(previous.edition)
    values = [previous.value(code) for code in cells]
    return sum((v for v in values if v is not None), Decimal(0)) if cells and None not in values else None


def applies(case: Case) -> bool:
    """Whether the text gives growth that its own sentence or last year's report lets one recompute."""
    return bool(case.report.claims) and (bool(case.prose.growths) or any(True for _ in _rates(case)))


RULE = Rule(CARD, judge, applies)
