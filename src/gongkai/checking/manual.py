"""How does the reference page of all rules read?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.check import cards
from gongkai.checking.output import rule_page
from gongkai.checking.rules import RULES
from gongkai.kernel import STATUS_WORDS, RuleCard

_LEAD = """# 核对规则

这一页由规则的说明生成，与 `gongkai rule 编号` 和帮助里的说明是同一份文字。

级别由规则决定，与报告无关：**错误**（FAIL）是表内数字、文表之间或者正文自身的数字不能同时为真，必须改正；**存疑**（UNCERTAIN）是很可能有误，请核对；**提示**（REMARK）是有正当原因的也不少，请确认；
**无法判断**（NOT_ASSESSABLE）是缺少所需的数字。所述的项都核对过并且无误的，列为**通过**（PASS）。年报的格式里没有所述的表的，该规则不列出。

一处错误只说一次：总计一列（行）的差正好是各列（行）之差相加的，只列各列（行）；所涉数字已经列为错误的，不再列存疑或提示；空白的格不当作零，已填的分项之和超过总项的才算错误。"""


def rules_page() -> str:
    """docs/reference/rules.md: every rule of the check, then every note the reader may make."""
    ours = tuple(r.card for r in RULES)
    notes = tuple(c for c in cards() if c not in ours)
    parts = [_LEAD, _table(ours), *map(_section, ours)]
    if notes:
        parts += ["# 读取说明\n\n读取文件时可能给出的说明。", _table(notes), *map(_section, notes)]
    return "\n\n".join(parts) + "\n"


def _table(those: tuple[RuleCard, ...]) -> str:
    return "\n".join(("| 编号 | 级别 | 规则 |", "|---|---|---|", *(_line(c) for c in those)))


def _line(card: RuleCard) -> str:
    return f"| {card.code} | {STATUS_WORDS[card.status]} | {card.title} |"


def _section(card: RuleCard) -> str:
    return "\n".join(_deeper(rule_page(card)))


def _deeper(page: str) -> Iterator[str]:
    for line in page.splitlines():
        yield f"#{line}" if line.startswith("#") else line
