"""How does the reference page of all kinds of hits read?"""

from __future__ import annotations

from gongkai.screening.kind import Card
from gongkai.screening.kinds import cards
from gongkai.screening.output import kind_page

_LEAD = """# 公开前检查的项目

这一页由各项目的说明生成，与 `gongkai rule 编号` 是同一份文字。

检查只找出要由人看一眼的地方，不作决定：每一处都要由人改正，或者写明理由后保留。**确定**、**很可能**、**可能**是说它有多像所说的内容。
T1开头的是个人信息、涉密和内部标志、本机关的词语表和人名表；T2开头的是差错。图片、扫描件和没有读取的部分列为“未能检查”，不算没有问题。"""


def kinds_page() -> str:
    """docs/reference/screening.md: every kind with its card."""
    table = "\n".join(("| 编号 | 项目 |", "|---|---|", *(f"| {c.code} | {c.name} |" for c in cards())))
    return "\n\n".join((_LEAD, table, *map(_section, cards()))) + "\n"


def _section(about: Card) -> str:
    return "\n".join(f"#{line}" if line.startswith("#") else line for line in kind_page(about).splitlines())
