"""Do the parts listed in the text add up to more than their total?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate

from gongkai.checking.case import ZERO, Case
from gongkai.checking.prose import Breakdown, approximate, said
from gongkai.checking.rule import Rule
from gongkai.checking.rules.r303_parts_as_in_table import told
from gongkai.checking.rules.r401_part_exceeds_total import exceeding
from gongkai.checking.wording import addition
from gongkai.kernel import Finding, RuleCard, Status
from gongkai.reading.claims_lexicon import scope_kind

CARD = RuleCard(
    code="R402",
    status=Status.UNCERTAIN,
    title="文中各项之和不大于总数",
    statement="正文写出总数并分类列出各项的，各项相加通常不大于总数；同一条信息可以在几个渠道公开，渠道之间不作此核对。列出占比、合起来是全部的，各项之和应当等于总数。",
    basis="分类互不重叠时，部分之和不能大于整体；类别重叠的，应当说明。",
    wrong="正文写“受理咨询300人次，其中现场260人次，电话60人次”。",
    right="正文写“受理咨询320人次，其中现场260人次，电话60人次”。",
)
_NEARLY_ALL = Decimal(97)


def judge(case: Case) -> Iterator[Finding]:
    """One finding a list; none where a single part is already too large, or where a list ends before an afterthought."""
    seen: set[tuple[str, Decimal | None]] = set()
    for those in listed(case):
        key = (those.total.label, those.total.value)
        values = [p.value for p in those.parts if p.value is not None]
        total = sum(values, ZERO)
        value = those.total.value or ZERO
        if key in seen or total == value or value in accumulate(values):
            continue
        if total > value or is_whole(case, those):
            seen.add(key)
            yield case.finding(
                CARD,
                f"正文写{said(those.total)}，所列{len(values)}项相加{addition(values, total, those.total.unit)}，"
                f"{'大于' if total > value else '小于'}总数。请核对总数和各项；类别有重叠的，请说明。",
                left=value,
                right=total,
                claims=(those.total, *those.parts),
            )


def listed(case: Case) -> Iterator[Breakdown]:
    """The lists of two or more parts that exclude each other: exact numbers, no channels, no outcomes of other years."""
    elsewhere = told(case)
    for those in case.prose.breakdowns:
        parts = those.parts
        if any(id(p) in elsewhere for p in parts):
            continue
        if len(parts) < 2 or approximate(those.total) or any(approximate(p) for p in parts) or exceeding(those):
            continue
        if any(scope_kind(word) in {"channel", "carried"} and word not in _PLACES for p in parts for word in p.scope):
            continue
        yield those


_PLACES = frozenset({"现场", "电话", "当面", "网络", "信函", "传真"})


def is_whole(case: Case, those: Breakdown) -> bool:
    """Whether shares given beside the parts say that the list is complete."""
    labels = {p.label for p in those.parts}
    shares = [
        c.value for c in case.report.claims if c.unit == "%" and "占" in c.scope and c.label in labels and c.value is not None
    ]
    return len(shares) == len(those.parts) and abs(sum(shares, ZERO) - 100) <= 100 - _NEARLY_ALL


def applies(case: Case) -> bool:
    """Whether the text has any such list."""
    return bool(case.report.claims) and any(True for _ in listed(case))


RULE = Rule(CARD, judge, applies)
