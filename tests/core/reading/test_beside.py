"""Are two reports set side by side read as two, each with its own figures, and nothing as both's?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import zip_longest

import pytest

from gongkai.kernel import Place
from gongkai.reading.blocks import Block, Grid, GridCell
from gongkai.reading.reports import read_source
from gongkai.returns import Report, edition, editions
from gongkai.writing.layout import PrintedTable
from tests.core.checking.consistent import consistent
from tests.core.reading.printing import GRID_LAYOUTS, TEXT_LAYOUTS, Line, absent, grid_source, lines, rules, text_source, wrong

AGENCY = "云漪市司法局"


def pair(key: str) -> tuple[Report, Report]:
    """Two years of one body, each consistent in itself."""
    last, first = (replace(consistent(edition(key), seed, year), agency=AGENCY) for seed, year in ((1, 2022), (2, 2023)))
    return last, first


def printed(report: Report, layout: Line) -> list[str]:
    return [f"{AGENCY}{report.year}年政府信息公开工作年度报告", *lines(report, layout)[1:]]


def beside(key: str, layout: str, between: str) -> tuple[tuple[Report, Report], list[Report]]:
    """Two reports on the same lines, and what is read of them."""
    both = pair(key)
    one, other = (printed(report, TEXT_LAYOUTS[layout]) for report in both)
    text = "\n".join(f"{a}{between}{b}" for a, b in zip_longest(one, other, fillvalue=""))
    return both, list(read_source(text_source(f"{text}\n")))


def held(both: Sequence[Report], found: Sequence[Report]) -> None:
    assert [report.year for report in found] == [2022, 2023]
    assert [wrong(truth, [report]) for truth, report in zip(both, found, strict=True)] == [[], []]
    assert [absent(truth, [report]) for truth, report in zip(both, found, strict=True)] == [set(), set()]
    assert all("S116" in rules(report) for report in found)


@pytest.mark.parametrize("key", [e.key for e in editions()])
@pytest.mark.parametrize(("layout", "between"), [("bars", " "), ("bars", "    "), ("tabs", "\t")])
def test_text__of_two_years_on_one_line_is_two_reports(key: str, layout: str, between: str) -> None:
    both, found = beside(key, layout, between)

    held(both, found)


def side_by_side(key: str, layout: Callable[[PrintedTable], Grid]) -> tuple[tuple[Report, Report], list[Report]]:
    """Two reports in the left and the right columns of the same grids."""
    both = pair(key)
    first, second = (grid_source(report, layout) for report in both)
    blocks: list[Block] = []
    for one, other in zip(first.blocks, second.blocks, strict=True):
        if isinstance(one, Grid) and isinstance(other, Grid):
            blocks.append(joined(one, other, both))
        else:
            blocks.append(one)
    return both, list(read_source(replace(first, blocks=tuple(blocks))))


def joined(one: Grid, other: Grid, both: Sequence[Report]) -> Grid:
    cells = [*_headed(one, 0, both[0]), *_headed(other, one.columns, both[1])]
    return Grid(tuple(sorted(cells, key=lambda c: (c.row, c.column))), one.rows + 1, one.columns + other.columns, Place())


def _headed(grid: Grid, shift: int, report: Report) -> list[GridCell]:
    title = GridCell(f"{AGENCY}{report.year}年政府信息公开情况统计表", 0, shift, Place(), 1, grid.columns)
    return [title, *(replace(cell, row=cell.row + 1, column=cell.column + shift) for cell in grid.cells)]


@pytest.mark.parametrize("key", [e.key for e in editions()])
@pytest.mark.parametrize("layout", GRID_LAYOUTS)
def test_grid__of_two_years_side_by_side_is_two_reports(key: str, layout: str) -> None:
    both, found = side_by_side(key, GRID_LAYOUTS[layout])

    held(both, found)


def test_title__over_both_halves_gives_neither_its_year() -> None:
    both = pair("cn2021")
    one, other = (printed(report, TEXT_LAYOUTS["tabs"])[1:] for report in both)
    text = "\n".join([f"{AGENCY}2023年政府信息公开工作年度报告", *(f"{a}\t{b}" for a, b in zip(one, other, strict=True)), ""])

    found = read_source(text_source(text))
    assert [report.year for report in found] == [None, None]
    assert "S113" in rules(found[0])
    assert [wrong(truth, [report]) for truth, report in zip(both, found, strict=True)] == [[], []]


def test_row__that_lost_a_cell_on_one_side_belongs_to_neither() -> None:
    both = pair("cn2021")
    one, other = (printed(report, TEXT_LAYOUTS["bars"]) for report in both)
    text = [f"{a} {b}" for a, b in zip(one, other, strict=True)]
    at = next(i for i, line in enumerate(text) if line.startswith("规章"))
    text[at] = text[at].rsplit(" | ", 1)[0] + " |"
    found = read_source(text_source("\n".join([*text, ""])))

    assert "S113" in rules(found[0])
    for truth, report in zip(both, found, strict=True):
        assert wrong(truth, [report]) == []
        assert {code for code in absent(truth, [report]) if code.startswith("documents.rule")}


@pytest.mark.parametrize("key", [e.key for e in editions()])
def test_one_report__is_never_taken_for_two(key: str) -> None:
    report = pair(key)[0]
    for layout in TEXT_LAYOUTS.values():
        (found,) = read_source(text_source("\n".join(printed(report, layout))))
        assert "S116" not in rules(found)


def test_place__in_the_right_half_is_where_the_number_stands() -> None:
    _, found = beside("cn2021", "tabs", "\t")
    one, other = (printed(report, TEXT_LAYOUTS["tabs"]) for report in pair("cn2021"))

    figure = next(f for f in found[1].figures if f.code == "licence.decisions")
    line = f"{one[figure.place.line - 1]}\t{other[figure.place.line - 1]}" if figure.place.line else ""
    assert line[figure.place.start : figure.place.end] == figure.text
    assert (figure.place.start or 0) > line.index("\t行政许可")


def test_prose__on_both_sides_goes_to_its_own_side() -> None:
    both = pair("cn2021")
    one, other = (printed(report, TEXT_LAYOUTS["tabs"]) for report in both)
    text = [f"{a}\t{b}" for a, b in zip(one, other, strict=True)]
    text[1:1] = ["主动公开政府信息11条。\t主动公开政府信息12条。"]
    found = read_source(text_source("\n".join([*text, ""])))

    assert [[c.value for c in report.claims if c.label == "主动公开政府信息"] for report in found] == [[11], [12]]


def test_paragraph__cut_in_two_keeps_what_a_converter_left_out() -> None:
    both = pair("cn2021")
    one, other = (printed(report, TEXT_LAYOUTS["tabs"]) for report in both)
    text = "\n".join(f"{a}\t{b}" for a, b in zip(one, other, strict=True)).replace("行政许可", "行政[image: C:/a.png]许可")
    found = read_source(text_source(text + "\n"))

    figure = next(f for f in found[1].figures if f.code == "licence.decisions")
    assert text.split("\n")[(figure.place.line or 1) - 1][figure.place.start : figure.place.end] == figure.text
