"""How is the list of what must be corrected written as the annex of an official letter, to be filled in and sent back?"""

from __future__ import annotations

import io
from collections.abc import Sequence

from lxml import etree

from gongkai.checking import Verdicts
from gongkai.errors import BadInput
from gongkai.writing import docx_styles as styles
from gongkai.writing.corrections import HEADINGS, Correction, Results, corrections, preface, title
from gongkai.writing.docx import package_of, paragraph_of
from gongkai.writing.docx_tables import cell_of, row_of, table_of, twips
from gongkai.writing.package import stable
from gongkai.writing.plain import printable

_PADDING = 70  # twentieths of a point
_SHADE = "F2F4F7"
_WIDTHS = (12.0, 14.0, 27.0, 59.0, 42.0, 16.0, 16.0, 25.0, 32.0)  # millimetres, of HEADINGS, between the margins of A4 across
_CENTRED = frozenset({"序号", "级别", "核对数（左）", "核对数（右）"})
_SIGN = (("填表单位（盖章）", "　" * 7), ("填表人", "　" * 4), ("联系电话", "　" * 5), ("填表日期", "　　年　　月　　日"))
_MOST = 5_000
"""Rows one document may have; office programs take minutes to open longer tables."""


def findings_docx(results: Results, verdicts: Verdicts | None = None) -> bytes:
    """The findings as DOCX, A4 across, one annex a report; ``verdicts`` fill the column 说明. BadInput when there are too many."""
    listed = [(report, items, corrections(items, verdicts)) for report, items in results]
    rows = sum(len(found) for _, _, found in listed)
    if rows > _MOST:
        raise BadInput(f"核对意见有 {rows} 条，超过一个文档的上限 {_MOST} 条。请改用 --format xlsx，或者分批检查。")
    package = package_of("年度报告核对意见和整改情况表", "政府信息公开工作年度报告核对", landscape=True)
    end = package.element.body.sectPr
    for number, (report, items, found) in enumerate(listed, start=1):
        mark = "附件" if len(listed) == 1 else f"附件{number}"
        made = [paragraph_of(mark, styles.MARK), *(paragraph_of(line, styles.TITLE) for line in title(report))]
        made += [paragraph_of("", styles.GAP), paragraph_of(preface(report, items, verdicts), styles.BODY)]
        if report.source:
            file = printable(report.source).rsplit("/", 1)[-1]  # where it lies is nothing to the body
            made.append(paragraph_of(f"核对的文件：{file}", styles.FIELD))
        if found:
            made += [_table(found), paragraph_of("　　".join(f"{name}：{space}" for name, space in _SIGN), styles.FIELD)]
        for element in made:
            end.addprevious(element)
    out = io.BytesIO()
    package.save(out)
    return stable(out.getvalue())


def _table(rows: Sequence[Correction]) -> etree._Element:
    widths = [twips(width) for width in _WIDTHS]
    table = table_of(widths, _PADDING, "核对意见和整改情况表")
    _row(table, HEADINGS, widths, header=True)
    for row in rows:
        _row(table, row.cells, widths)
    return table


def _row(table: etree._Element, texts: Sequence[str], widths: Sequence[int], header: bool = False) -> None:
    row = row_of(table, header=header)
    for heading, text, width in zip(HEADINGS, texts, widths, strict=True):
        cell = cell_of(row, width, shade=_SHADE if header else "")
        align = "center" if header or heading in _CENTRED else "left"
        for line in text.split("\n"):
            cell.append(paragraph_of(line, styles.CELL, align))
