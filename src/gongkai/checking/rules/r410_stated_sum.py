"""Is a total stated after its items the sum of them?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, groupby, pairwise

from gongkai.checking.bases import is_total
from gongkai.checking.case import ZERO, Case
from gongkai.checking.prose import RATES, Stated, approximate, said
from gongkai.checking.rule import Rule
from gongkai.checking.wording import addition
from gongkai.kernel import Claim, Finding, RuleCard, Status
from gongkai.reading.claims import ASIDE
from gongkai.reading.claims_labels import TOGETHER
from gongkai.reading.claims_lexicon import scope_kind

CARD = RuleCard(
    code="R410",
    status=Status.UNCERTAIN,
    title="文中合计等于所列各项之和",
    statement="正文先列各项、再写“共计”“合计”的，合计应当等于各项之和；总数“其中”只分上年结转和本年新收两项的，两项之和应当等于总数；"
    "上半年和下半年之和应当等于同一句里的全年数。",
    basis="加法；申请不是上年结转就是本年新收。",
    wrong="正文写“办理建议7件、提案12件，共计21件”。",
    right="正文写“办理建议7件、提案12件，共计19件”。",
)
_OVERLAP = re.compile(r"去重|重复|扣除|剔除|合并|交叉|其余|其他|左右|以上")
_MAY = re.compile(r"合计|总计|共计|共[0-9]|下半年|结转")
_WHOLE_YEAR = re.compile(r"^(?:全年|年度)(?:累计|总共|共计|合计|共)")


def judge(case: Case) -> Iterator[Finding]:
    """One finding a total."""
    for items, total in _sums(case):
        values = [i.value for i in items if i.value is not None]
        added = sum(values, ZERO)
        if added != total.value:
            yield case.finding(
                CARD,
                f"正文写{'、'.join(map(said, items))}，相加{addition(values, added, total.unit)}；又写{said(total)}。请核对合计和各项。",
                left=total.value,
                right=added,
                claims=(*items, total),
            )


def _sums(case: Case) -> Iterator[tuple[tuple[Claim, ...], Claim]]:
    for sentence, those in groupby(case.prose.stated, key=lambda s: s.claim.sentence):
        known = tuple(those)
        if len(known) > 2 and _MAY.search(sentence) is not None and _OVERLAP.search(sentence) is None:
            yield from _listed(known)
            yield from _halves(known)
            yield from _old_and_new(known)


def _listed(those: tuple[Stated, ...]) -> Iterator[tuple[tuple[Claim, ...], Claim]]:
    """Two or more items and the bare total right after them; where the total is one that some of them make, all is well."""
    items: list[Claim] = []
    for one in those:
        claim = one.claim
        if claim.label == TOGETHER and len(items) > 1 and items[0].unit == claim.unit and _is_plain(one):
            values = [i.value or ZERO for i in items]
            if claim.value not in {*values, *accumulate(reversed(values))}:
                yield tuple(items), claim
            items = []
        elif not _is_plain(one) or one.parent is not None or (items and items[0].unit != claim.unit):
            items = []
        else:
            items.append(claim)


def _halves(those: tuple[Stated, ...]) -> Iterator[tuple[tuple[Claim, ...], Claim]]:
    """The two halves of the year and the whole year right after them."""
    for first, second, whole in zip(those, those[1:], those[2:], strict=False):
        in_turn = "上半年" in first.claim.scope and "下半年" in second.claim.scope
        same = first.claim.unit == second.claim.unit == whole.claim.unit
        quote = "".join(whole.claim.place.quote.split())
        if in_turn and same and _WHOLE_YEAR.match(quote) and all(map(_is_plain, (first, second, whole))):
            yield (first.claim, second.claim), whole.claim


def _old_and_new(those: tuple[Stated, ...]) -> Iterator[tuple[tuple[Claim, ...], Claim]]:
    """Requests broken down into those carried over and those received, which are all there are."""
    for first, second in pairwise(those):
        parent = first.parent
        kinds = {_age(first.claim), _age(second.claim)}
        if parent is None or second.parent is not parent or kinds != {"old", "new"} or not is_total(parent):
            continue
        alone = sum(one.parent is parent for one in those) == 2
        if alone and parent.unit == first.claim.unit == second.claim.unit and _is_plain(first) and _is_plain(second):
            yield (first.claim, second.claim), parent


def _age(claim: Claim) -> str:
    quote = "".join(claim.place.quote.split())
    if re.search(r"(?:[上去]一?年|20[0-9]{2}年)度?结转", quote):
        return "old"
    return "new" if re.search(r"新收|新增|本年(?:度)?收到|当年(?:度)?收到", quote) else ""


def _is_plain(one: Stated) -> bool:
    claim = one.claim
    if claim.value is None or one.denied or approximate(claim) or claim.unit in RATES or ASIDE in claim.scope:
        return False
    return is_total(claim) and all(scope_kind(word) not in {"cumulative", "years"} for word in claim.scope)


def applies(case: Case) -> bool:
    """Whether the text states any such total."""
    return bool(case.report.claims) and any(True for _ in _sums(case))


RULE = Rule(CARD, judge, applies)
