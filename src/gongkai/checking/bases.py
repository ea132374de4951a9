"""Of what is a number the whole, and of what only a part: which base do the words before it name?

A table counts one body's requests of one year. A sentence may count those of another office, of a kind, of a part it has just
named, or something that is no request at all; such a number says nothing about the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.kernel import Claim
from gongkai.reading.claims import ASIDE
from gongkai.reading.claims_lexicon import Concept, scope_kind
from gongkai.returns import Report

APPROXIMATE = frozenset(
    {"约", "大约", "近", "将近", "接近", "余", "多", "来", "几", "超", "超过", "逾", "突破", "不足", "至少", "至多", "最多"}
)
RATES = frozenset({"%", "百分点"})
_REQUESTS = ("requests.", "outcome.", "replies")
_SUBJECT = re.compile(
    r"依申请公开|申请(?!人|行政复议|复议|行政诉讼)|复议|诉讼|提案|议案|代表建议|人大建议|建议(?=[0-9])|信访(?!举报|类)|来信|来电|留言|热线|诉求|投诉(?!类)"
    r"|电话咨询|网上咨询|现场咨询|来访咨询|在线咨询|接受咨询|咨询(?=[0-9件电])"
)
"""Every alternative begins with a character of its own, so that the search skips all others quickly."""
_NEAR = 16
_REMEDIES = ("复议", "诉讼")
_BRACKETS = re.compile(r"（[^（）]*）")
_ONE_OF_THEM = re.compile(r"[^，。；0-9]{0,14}中[，,：:]")
_INFORMATION = re.compile(r"信息公开|依申请|政府信息")
_OF_INFORMATION = re.compile(
    r"[^。；，（]{0,8}[，（]?其中[：，]?[^，。；、0-9]{0,8}(?:信息公开|政府信息)[^，。；0-9]{0,8}[0-9一二两三四五六七八九十]"
)
_FORMER = re.compile(r"[上去](?:一)?年(?:度)?(?:同期|的|为|是|共|收到|受理|发布|公开)")
_SETTLED = re.compile(r"(?<!未)[审办了]结[^，；。（]*$")
_CLAUSE = re.compile(r"[，；：。！？]")
_STAGE = re.compile(r"办结|答复|结转|延期|补正|撤回|采纳|审结|新增|注销|废止|转办|办理|未")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a claim stands in its sentence: ``end`` is behind its last character.

    ``first`` when it is the sentence's first claim; ``parted`` when a semicolon parts it from the claim before it;
    ``of_something_else`` when the words up to it last spoke of remedies, letters, proposals or enquiries and not of requests.
    """

    sentence: str
    end: int
    first: bool
    parted: bool
    of_something_else: bool

    @property
    def before(self) -> str:
        """The words up to the end of the claim."""
        return self.sentence[: self.end]

    @property
    def after(self) -> str:
        """The words behind the claim."""
        return self.sentence[self.end :]

    @property
    def clause(self) -> str:
        """The clause the claim ends in, up to its end."""
        return _CLAUSE.split(self.before)[-1]


def spots(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Spot]]:
    """Each claim with its spot, in order."""
    sentence, end, settled, other = "", 0, 0, False
    for claim in claims:
        first = claim.sentence != sentence
        if first:
            sentence, end, settled, other = claim.sentence, 0, 0, False
        at = sentence.find(claim.place.quote, end)
        until = at + len(claim.place.quote) if at >= 0 else end
        now = _subject(sentence[settled:until], other)
        yield claim, Spot(sentence, until, first, sentence.find("；", end, until) >= 0, now)
        end = until
        if ASIDE not in claim.scope:  # what stands in brackets is no subject of what follows them
            settled, other = until, now


def approximate(claim: Claim) -> bool:
    """Whether the claim says itself that its number is not exact."""
    return any(word in APPROXIMATE for word in claim.scope)


def is_total(claim: Claim) -> bool:
    """Whether an 其中 after this number may break it down: not by how much something grew, an average, or last year's."""
    if any(scope_kind(word) in {"growth", "average", "share"} for word in claim.scope):
        return False
    quote = claim.place.quote
    return not ("上" in quote or "去" in quote) or "结转" in quote or _FORMER.search("".join(quote.split())) is None


def speaks_of_requests(concept: Concept, cells: Sequence[str]) -> bool:
    """Whether a concept counts requests for information, or what came of them."""
    return not concept.after and bool(cells) and cells[0].startswith(_REQUESTS)


def _subject(words: str, other: bool) -> bool:
    """Whether words last speak of something that is no request; as before when they speak of neither."""
    if "（" in words:
        words = _BRACKETS.sub("", words)
    for found in _SUBJECT.finditer(words):
        other = found[0][0] not in "依申" or words.endswith(_REMEDIES, 0, found.start())  # 复议申请 is a review
    return other


def is_settled(concept: Concept, before: str) -> bool:
    """Whether remedies are counted by when they were settled, whoever brought them in which year: 审结复议7件、诉讼3件."""
    return concept.key in {"reviews", "litigation"} and _SETTLED.search(before) is not None


def is_merged(claim: Claim, before: str) -> bool:
    """Whether answers are counted after several requests were answered in one: 2件合并答复，实际答复13份."""
    return "答复" in claim.label and "合并" in before


def is_wider(quote: str, spot: Spot) -> bool:
    """Whether a number is told of all kinds, those about information being given right after it: 23件，其中信息公开类1件."""
    if spot.sentence.find("其中", spot.end) < 0:
        return False
    return _OF_INFORMATION.match(spot.after) is not None and _INFORMATION.search(quote) is None


def is_base(spot: Spot) -> bool:
    """Whether what follows a number is told of these alone: 乡镇24件申请中，予以公开12件."""
    return spot.sentence.find("中", spot.end, spot.end + _NEAR) >= 0 and _ONE_OF_THEM.match(spot.after) is not None


def is_whole_of_requests(report: Report, value: Decimal | None) -> bool:
    """Whether a number is one of the totals of the table of requests, so that its parts are the table's."""
    return value is not None and value in wholes_of_requests(report)


def wholes_of_requests(report: Report) -> frozenset[Decimal]:
    """The totals of the table of requests: those received, with those carried over, those handled."""
    new, carried, total = (report.value(c) for c in ("requests.new", "requests.carried_in", "outcome.total"))
    wholes = {new, total, None if new is None or carried is None else new + carried, report.value("replies")}
    return frozenset(w for w in wholes if w is not None)


def held(heads: Sequence[Claim], parts: Sequence[Claim]) -> Claim | None:
    """The total that a list of parts breaks down, of the numbers of its unit before it; None when that is open.

    The nearest that is their sum; else the nearest, unless one before it or several together could hold what it cannot.
    """
    values = [p.value for p in parts if p.value is not None]
    total, largest = sum(values, Decimal(0)), max(values, default=Decimal(0))
    for head in reversed(heads):
        if head.value == total:
            return head
    last = heads[-1]
    if last.value is None or last.value >= total:
        return last
    together = last.value
    if _STAGE.search(last.place.quote) is None:
        for head in reversed(heads[:-1]):
            together += head.value or Decimal(0)
            if together >= total:
                return None
            if _STAGE.search(head.place.quote):
                break
    if last.value < largest and any(h.value is not None and h.value >= largest for h in heads[:-1]):
        return None
    return last
