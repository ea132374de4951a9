"""Is every table laid out as it is printed?"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from gongkai.kernel import Figure, State
from gongkai.returns import Edition, Report, blank_report, edition, editions
from gongkai.returns.superset import superset
from gongkai.writing.layout import PAPER, PrintedTable, Role, printed_tables

every_edition = pytest.mark.parametrize("form", editions(), ids=lambda e: e.key)


def table(report: Report, key: str) -> PrintedTable:
    return next(t for t in printed_tables(report) if key in t.keys)


@every_edition
def test_printed_table__every_position_belongs_to_exactly_one_cell(form: Edition) -> None:
    for printed in printed_tables(blank_report(form)):
        taken = [
            (row, column)
            for cell in printed.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        ]
        assert sorted(taken) == [(r, c) for r in range(printed.rows) for c in range(printed.columns)]


@every_edition
def test_printed_table__widths_fill_the_page_between_its_margins(form: Edition) -> None:
    for printed in printed_tables(blank_report(form)):
        assert len(printed.widths) == printed.columns
        assert sum(printed.widths) == pytest.approx(PAPER)


@every_edition
def test_printed_tables__every_cell_of_the_form_stands_once(form: Edition) -> None:
    report = blank_report(form)
    placed = [c.cell.code for t in printed_tables(report) for c in t.cells if c.cell is not None]
    assert placed == [f.code for f in report.figures]


@every_edition
def test_headers_of__name_the_whole_path_of_a_cell(form: Edition) -> None:
    for printed in printed_tables(blank_report(form)):
        for cell in printed.cells:
            if cell.cell is None or printed.layout.value == "list":
                continue
            words = {head.text for head in printed.headers_of(cell)}
            assert words == {*cell.cell.row, *cell.cell.column}


def test_blocks_of_article_20__are_one_table_with_a_last_column_to_the_edge() -> None:
    printed = table(blank_report(edition("2019")), "documents_20_8")
    assert printed.keys == ("documents_20_1", "documents_20_5", "documents_20_6", "documents_20_8", "documents_20_9")
    headings = [(c.text, c.column, c.column_span) for c in printed.cells if c.block == 3 and c.role is Role.HEADING]
    assert headings == [("上一年项目数量", 1, 1), ("本年增/减", 2, 2)]


def test_request_table__has_three_label_columns_and_a_three_level_head() -> None:
    printed = table(blank_report(edition("2021")), "requests")
    assert (printed.columns, printed.header_rows) == (10, 3)
    by_text = {c.text: c for c in printed.cells}
    assert (by_text["三、本年度办理结果"].column, by_text["三、本年度办理结果"].row_span) == (0, 22)
    assert (by_text["（三）不予公开"].column, by_text["（三）不予公开"].row_span) == (1, 8)
    assert by_text["一、本年新收政府信息公开申请数量"].column_span == 3
    assert by_text["（一）予以公开"].column_span == 2
    assert (by_text["法人或其他组织"].column_span, by_text["自然人"].row_span) == (5, 2)
    corner = printed.cells[0]
    assert corner.text.startswith("（本列数据的勾稽关系为")
    assert (corner.row_span, corner.column_span) == (3, 3)


def test_litigation_table__is_one_row_under_three_levels() -> None:
    printed = table(blank_report(edition("2021")), "reviews_and_litigation")
    assert (printed.rows, printed.columns, printed.header_rows) == (4, 15, 3)


def test_list__rows_of_which_stand_under_the_words_after_the_mark() -> None:
    printed = table(blank_report(edition("2014")), "statistics")
    indents = {c.text: c.indent for c in printed.cells if c.role is Role.LABEL}
    assert indents["涉及商业秘密"] == indents["其中：涉及国家秘密"] + 3
    assert indents["5.不属于本行政机关公开数"] < indents["其中：涉及国家秘密"]


def test_local_row__stands_where_it_stood() -> None:
    report = blank_report(edition("2014"), year=2016)
    own = Figure(None, ("一、主动公开情况", "6.政务公开栏公开数"), (), Decimal(3), "3", State.NUMBER, "条")
    at = next(i for i, f in enumerate(report.figures) if f.code == "proactive.other")
    report = replace(report, figures=(*report.figures[: at + 1], own, *report.figures[at + 1 :]))
    printed = table(report, "statistics")
    labels = [c.text for c in printed.cells if c.role is Role.LABEL]
    assert labels[labels.index("6.政务公开栏公开数") - 1] == "5.其他方式公开政府信息数"
    assert [c.text for c in printed.row_cells()[labels.index("6.政务公开栏公开数") + 1]] == ["6.政务公开栏公开数", "条", "3"]


def test_local_row_of_a_grid__takes_the_columns_its_figures_name() -> None:
    form = edition("2021")
    report = blank_report(form)
    column = form.table("documents_20_6").columns[0].path
    own = Figure(None, ("第二十条第（六）项", "行政检查"), column, Decimal(9), "9", State.NUMBER, "件")
    at = next(i for i, f in enumerate(report.figures) if f.code == "coercion.decisions")
    report = replace(report, figures=(*report.figures[: at + 1], own, *report.figures[at + 1 :]))
    printed = table(report, "documents_20_6")
    row = next(cells for cells in printed.row_cells() if cells[0].text == "行政检查")
    assert [(c.text, c.column_span) for c in row] == [("行政检查", 1), ("9", 3)]


def test_table_without_figures__is_left_out() -> None:
    report = blank_report(edition("2021"))
    report = replace(report, figures=tuple(f for f in report.figures if not (f.code or "").startswith(("reviews", "litigation"))))
    assert [t.key for t in printed_tables(report)] == ["documents_20_1", "requests"]


def test_optional_row__is_printed_when_the_report_has_it() -> None:
    form = edition("2004")
    report = blank_report(form)
    optional = next(c for c in form.cells.values() if c.optional)
    assert optional.row[-1] not in {c.text for t in printed_tables(report) for c in t.cells}
    own = Figure(optional.code, optional.row, optional.column, Decimal(2), "2", State.NUMBER, optional.unit)
    at = list(form.cells).index(optional.code)
    report = replace(report, figures=(*report.figures[:at], own, *report.figures[at:]))
    assert optional.row[-1] in {c.text for t in printed_tables(report) for c in t.cells}


def test_figures_of_no_known_edition__are_still_printed_as_a_list() -> None:
    own = Figure(None, ("接待群众",), (), Decimal(4), "4", State.NUMBER, "人次")
    (printed,) = printed_tables(Report(None, None, None, (own,)))
    assert [c.text for c in printed.cells] == ["指标", "单位", "数量", "接待群众", "人次", "4"]


def test_list_with_a_body_s_own_columns__keeps_its_rows_and_units(tmp_path: Path) -> None:
    path = tmp_path / "local.toml"
    path.write_text(
        'extends = "cn2014"\nname = "district"\n'
        '[[column]]\ntable = "statistics"\ncode = "local.government"\nlabel = ["区政府"]\n'
        '[[column]]\ntable = "statistics"\ncode = "local.townships"\nlabel = ["乡镇街道"]\n',
        encoding="utf-8",
    )
    own = superset(path)
    printed = table(blank_report(own), "statistics")
    assert [c.text for c in printed.row_cells()[0]] == ["统计指标", "单位", "统计数", "区政府", "乡镇街道"]
    assert [c.text for c in printed.row_cells()[1]] == ["一、主动公开情况", "——", "", "", ""]
    assert printed.rows == len(own.table("statistics").rows) + 1
    placed = [c.cell.code for c in printed.cells if c.cell is not None]
    assert placed == [f.code for f in blank_report(own).figures]
