"""Does a table across two reports that stand side by side go to the one whose year its caption names?"""

from __future__ import annotations

from pathlib import Path

import typst
from pylopdf_fonts_zh_cn import __file__ as fonts_module

from gongkai.reading import read
from gongkai.reading.pdf_across import without_beneath
from gongkai.reading.pdf_chars import Char, Rule
from gongkai.returns import Report

PAGE = '#set page(width: 800pt, height: 560pt, margin: 40pt)\n#set text(font: "Noto Sans CJK SC", size: 7pt)\n'
DOCUMENTS = ("第二十条第（一）项", "信息内容,本年制发件数,本年废止件数,现行有效件数", "规章,{0},0,0", "行政规范性文件,{0},1,9")
CASES = ("第二十条第（六）项", "信息内容,本年处理决定数量,,", "行政处罚,{0},,", "行政强制,{0},,")
FEES = ("第二十条第（八）项", "信息内容,本年收费金额（单位：万元）,,", "行政事业性收费,{0},,")
REQUESTS = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "四、结转下年度继续办理")
KINDS = "商业企业,科研机构,社会公益组织,法律服务机构,其他"
PARTS = "结果维持,结果纠正,其他结果,尚未审结,总计"


def cells(rows: list[str], columns: int) -> str:
    out = [
        f"table.cell(colspan: {columns})[{row}]" if "," not in row else "".join(f"[{c}]," for c in row.split(",")) for row in rows
    ]
    return f"#table(columns: (1fr,) * {columns}, {', '.join(part.rstrip(',') for part in out)})\n"


def half(year: int, value: str) -> str:
    heads = "table.cell(rowspan: 3)[], table.cell(colspan: 7)[申请人情况], table.cell(rowspan: 2)[自然人], "
    heads += "table.cell(colspan: 5)[法人或其他组织], table.cell(rowspan: 2)[总计], " + "".join(
        f"[{kind}], " for kind in KINDS.split(",")
    )
    heads += "".join(f"[{label}], [{value}], {'[0], ' * 5}[{value}], " for label in REQUESTS)
    documents = cells([row.format(value) for row in (*DOCUMENTS, *CASES, *FEES)], 4)
    return f"[{year}年政府信息公开工作年度报告\n\n{documents}#table(columns: (3fr,) + (1fr,) * 7, {heads})\n]"


def wide(caption: str, values: str) -> str:
    """A table of reviews and suits over the whole sheet."""
    heads = "table.cell(colspan: 5)[行政复议], table.cell(colspan: 10)[行政诉讼], "
    heads += "".join(f"table.cell(rowspan: 2)[{p}], " for p in PARTS.split(","))
    heads += "table.cell(colspan: 5)[未经复议直接起诉], table.cell(colspan: 5)[复议后起诉], "
    heads += "".join(f"[{p}], " for p in 2 * PARTS.split(","))
    return f"#align(center)[{caption}]\n#table(columns: (1fr,) * 15, {heads}{''.join(f'[{v}], ' for v in values.split())})\n"


FIRST, SECOND = "3 0 1 0 4 2 0 0 1 3 6 0 2 4 12", "5 1 1 0 7 0 0 0 0 0 1 0 0 1 2"


def sheets(*captions: str, between: str = "") -> tuple[Report, ...]:
    source = f"{PAGE}#grid(columns: (1fr, 1fr), gutter: 30pt, {half(2022, '2')}, {half(2023, '3')})\n#pagebreak()\n"
    source += between + "".join(wide(caption, values) for caption, values in zip(captions, (SECOND, FIRST), strict=True))
    data = typst.compile(source.encode(), font_paths=[Path(fonts_module).parent])
    return read(data, "a.pdf")


def reviews(report: Report) -> list[str]:
    return [f.text for f in report.figures if (f.code or "").startswith(("reviews", "litigation"))]


def test_table_across__goes_to_the_report_whose_year_its_caption_names() -> None:
    left, right = sheets("2023年报告", "2022年报告")

    assert [(r.year, reviews(r)) for r in (left, right)] == [(2022, FIRST.split()), (2023, SECOND.split())]
    assert sum(f.rule == "S116" for f in left.findings) == 2
    assert not any(f.rule == "S113" for f in left.findings)


def test_table_across__without_a_caption_or_of_another_year_belongs_to_neither() -> None:
    for captions in (("复议和诉讼", "复议和诉讼"), ("2020年报告", "2021年报告")):
        found = sheets(*captions)

        assert [reviews(r) for r in found] == [[], []]
        assert all(any(f.rule == "S113" for f in r.findings) for r in found)


def test_table_across__above_the_first_caption_is_left_out_and_told() -> None:
    left, right = sheets("2023年报告", "2022年报告", between=wide("对比", FIRST))

    assert [reviews(r) for r in (left, right)] == [FIRST.split(), SECOND.split()]
    assert any(f.rule == "S113" and "第2页" in f.message for f in left.findings)


def test_heading_printed_beneath_a_row__is_not_mixed_into_its_cells() -> None:
    """A run of letters through the walls of a table, over which the row's numbers are printed, is no text of the cells."""
    heading = [Char(ch, 40 + 10 * n, 50 + 10 * n, 60, 10) for n, ch in enumerate("四、政府信息公开情况")]
    numbers = [Char(ch, x, x + 6, 60, 10) for ch, x in (("8", 55), ("7", 95), ("3", 125))]
    walls = [Rule(at, 50, 70) for at in (38, 75, 110, 142)]

    assert list(without_beneath([*heading, *numbers], walls)) == numbers
    assert list(without_beneath(heading, walls)) == heading
    assert list(without_beneath([*heading[:3], *numbers], walls)) == [*heading[:3], *numbers]
