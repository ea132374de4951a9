"""Is a number that a narrow column broke over two lines one number only where the sums prove it?"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.kernel import State
from gongkai.reading.reports import read_source
from gongkai.returns import Report, blank_report, edition
from tests.core.reading.printing import grid_source, merged

PARTS = {"reviews.upheld": 88, "reviews.corrected": 18, "reviews.other": 28, "reviews.pending": 36, "reviews": 170}


def table(**texts: str) -> Report:
    """The report with its reviews filled in; ``texts`` are other wordings of their cells, by the end of the code."""
    form = blank_report(edition("2021"), "甲市司法局", 2022)
    figures = []
    for figure in form.figures:
        number = PARTS.get(figure.code or "", 0)
        text = texts.get((figure.code or "").rpartition(".")[2], str(number)) if figure.code in PARTS else str(number)
        figures.append(replace(figure, value=Decimal(number), text=text, state=State.NUMBER))
    return replace(form, figures=tuple(figures))


def read(report: Report) -> Report:
    (found,) = read_source(grid_source(report, merged))
    return found


@pytest.mark.parametrize("texts", [{"reviews": "17\n0"}, {"upheld": "8\n8"}, {"reviews": "1\n7\n0", "upheld": "8\n8"}])
def test_number__on_two_lines_that_makes_the_sum_come_out_is_one_and_told(texts: dict[str, str]) -> None:
    found = read(table(**texts))

    assert {f.code: f.value for f in found.figures if f.code in PARTS} == PARTS
    assert [f.rule for f in found.findings if f.rule in ("R909", "R921")] == ["R921"] * len(texts)


@pytest.mark.parametrize("texts", [{"reviews": "17\n1"}, {"upheld": "8\n9"}, {"reviews": "170\n3"}, {"upheld": "0\n88"}])
def test_numbers__on_two_lines_that_no_sum_proves_stay_words(texts: dict[str, str]) -> None:
    found = read(table(**texts))
    (end,) = texts
    code = end if end == "reviews" else f"reviews.{end}"

    assert next(f for f in found.figures if f.code == code).state is State.TEXT
    assert "R909" in [f.rule for f in found.findings]
