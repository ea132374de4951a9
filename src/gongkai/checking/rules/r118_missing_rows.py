"""Is a table or a row of the form not there at all?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule, always
from gongkai.checking.tables import table_name
from gongkai.checking.wording import name, row_name
from gongkai.kernel import Finding, RuleCard, Status
from gongkai.returns import Cell, Table

CARD = RuleCard(
    code="R118",
    status=Status.UNCERTAIN,
    title="表格和行齐全",
    statement="格式规定的每张表、每一行都应出现在报告里；没有发生的填0，不能删去表或行。",
    basis="国办公开办函〔2021〕30号、〔2019〕60号和国办发〔2014〕32号所附格式：表式是统一的。",
    wrong="报告删去了行政复议、行政诉讼情况表，只写“未发生”。",
    right="报告保留行政复议、行政诉讼情况表，各格填0。",
)
_MOST = 5


def judge(case: Case) -> Iterator[Finding]:
    """One finding a table. Cells that the reader left out with a note of its own are not told again."""
    if case.edition is None or case.plan is None:
        return
    absent = case.plan.required - case.report.by_code.keys()
    if not absent:
        return
    noted = {word for note in case.report.findings for word in note.subject}
    for table in case.edition.tables:
        cells = [c for c in table.cells if c.code in absent and c.code not in noted]
        if cells:
            yield case.finding(
                CARD,
                _message(table, cells, case.edition.form_title),
                left="缺少",
                right=None,
                subject=tuple(c.code for c in cells),
            )


def _message(table: Table, cells: list[Cell], form_title: str | None) -> str:
    title = table_name(table, form_title)
    if len(cells) == sum(not c.optional for c in table.cells):
        return f"没有找到{title}一表。请确认报告是不是漏了这张表；没有发生的也应保留表格，各格填0。"
    rows = {c.row_index for c in cells}
    whole = table.rows and all(c.code in {x.code for x in cells} for c in table.cells if c.row_index in rows and not c.optional)
    words = list(dict.fromkeys(f"“{row_name(c)}”" if whole else name(c) for c in cells))
    more = f"等，共{len(words)}{'行' if whole else '格'}" if len(words) > _MOST else ""
    return f"{title}一表里没有找到{'、'.join(words[:_MOST])}{more}。请确认是不是漏了；没有发生的应填0，不应删去。"


RULE = Rule(CARD, judge, always)
