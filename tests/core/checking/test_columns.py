"""Is every column of bodies or years that stand beside each other in one list checked as a report of its own?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from gongkai.checking import check
from gongkai.checking.columns import columns
from gongkai.cli import main
from gongkai.corpus import why_unchecked
from gongkai.kernel import Finding, Status
from gongkai.reading import read
from gongkai.returns import Layout, Report, edition

FORM = edition("2014")
ROWS = [(row, cell) for t in FORM.tables if t.layout is Layout.LIST for row in t.rows for cell in t.cells if cell.row == row.path]


def page(headings: Sequence[str], values: Sequence[Sequence[str]]) -> str:
    """A web page with one list; ``values`` holds for each heading the cells' texts in print order."""
    texts = {cell.code: [column[n] for column in values] for n, (_, cell) in enumerate(ROWS)}
    by_path = {cell.row: cell.code for _, cell in ROWS}
    lines = []
    for table in FORM.tables:
        for row in table.rows:
            code = by_path.get(row.path)
            cells = texts[code] if code is not None else [""] * len(headings)
            lines.append([row.label, row.unit or "——", *cells])
    body = "".join(
        "<tr>" + "".join(f"<td>{text}</td>" for text in line) + "</tr>" for line in [["统计指标", "单位", *headings], *lines]
    )
    return f"<h1>云漪市人民政府2016年政府信息公开情况统计表</h1><table>{body}</table>"


def zeros(**changed: str) -> list[str]:
    return [changed.get(cell.code.replace(".", "_"), "0") for _, cell in ROWS]


def found(text: str) -> Report:
    (report,) = read(text.encode(), "表.html")
    return report


def faults(report: Report) -> list[Finding]:
    return [f for f in check(report) if f.status is Status.FAIL]


FIRST = ROWS[0][1].code.replace(".", "_")


@pytest.mark.parametrize(
    ("headings", "years"),
    [
        (["区政府", "区直单位", "乡镇（街道）"], [2016, 2016, 2016]),
        (["云漪市司法局", "云漪市民政局"], [2016, 2016]),
        (["本级", "汇总"], [2016, 2016]),
        (["2015年", "2016年度"], [2015, 2016]),
        (["本年数", "上年同期数"], [2016, 2015]),
    ],
)
def test_columns__of_bodies_or_years_are_reports_whose_cells_are_checked(headings: list[str], years: list[int]) -> None:
    report = found(page(headings, [zeros() for _ in headings]))
    assert [(c.heading, c.report.year, len(c.report.by_code)) for c in columns(report)] == [
        (heading, year, len(ROWS)) for heading, year in zip(headings, years, strict=True)
    ]
    assert why_unchecked([report]) is None
    assert not faults(report)
    assert not [f for f in report.findings if f.rule == "R908"]

    wrong = found(page(headings, [zeros(), *(zeros(**{FIRST: "-3"}) for _ in headings[1:])]))
    told = faults(wrong)
    assert {f.rule for f in told} >= {"R110"}
    assert {f.message.partition("一列")[0] for f in told if f.rule == "R110"} == {f"“{h}”" for h in headings[1:]}
    assert len({f.fingerprint for f in told}) == len(told)


def test_total__of_the_bodies_beside_it_is_their_sum_in_every_row() -> None:
    headings = ["区政府", "区直单位", "合计"]
    parts = [zeros(**{FIRST: "4"}), zeros(**{FIRST: "5"})]
    assert not [f for f in faults(found(page(headings, [*parts, zeros(**{FIRST: "9"})]))) if f.rule == "R126"]

    (fault,) = [f for f in faults(found(page(headings, [*parts, zeros(**{FIRST: "10"})]))) if f.rule == "R126"]
    assert (fault.left, fault.right, len(fault.places)) == (10, 9, 3)


def test_total__beside_a_column_of_another_kind_is_not_added_up() -> None:
    headings = ["区政府", "区直单位", "增减", "合计"]
    values = [zeros(**{FIRST: "4"}), zeros(**{FIRST: "5"}), zeros(**{FIRST: "1"}), zeros(**{FIRST: "10"})]
    assert "R126" not in {f.rule for f in check(found(page(headings, values)))}


@pytest.mark.parametrize("headings", [["一季度", "二季度"], ["计划数", "完成数"], ["本季度", "累计"]])
def test_columns__of_another_kind_are_told_as_not_checked(
    headings: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "表.html"
    path.write_text(page(headings, [zeros(**{FIRST: "7"}) for _ in headings]), encoding="utf-8")
    assert main(["check", str(path)]) == 2
    said = capsys.readouterr()
    assert f"“{headings[0]}”、“{headings[1]}”" in said.err
    assert "没有检查" in said.err
    assert "没有找到" not in said.out
