"""Is a number that a narrow column broke over two lines one number only where the sums prove it?"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.kernel import State
from gongkai.reading.reports import read_source
from gongkai.returns import Report, blank_report, edition
from tests.core.reading.printing import grid_source, merged

LARGE = {"reviews.upheld": 1850, "reviews.corrected": 1180, "reviews.other": 2020, "reviews.pending": 36, "reviews": 5086}
PARTS = {"reviews.upheld": 88, "reviews.corrected": 18, "reviews.other": 28, "reviews.pending": 36, "reviews": 170}


def table(parts: dict[str, int] = PARTS, **texts: str) -> Report:
    """The report with its reviews filled in; ``texts`` are other wordings of their cells, by the end of the code."""
    form = blank_report(edition("2021"), "甲市司法局", 2022)
    figures = []
    for figure in form.figures:
        number = parts.get(figure.code or "", 0)
        text = texts.get((figure.code or "").rpartition(".")[2], str(number)) if figure.code in parts else str(number)
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


def test_number__with_a_space_between_its_thousands_is_one_where_the_sum_carries_over_it() -> None:
    texts = {"upheld": "1 850", "corrected": "1\u00a0180", "reviews": "5 086"}
    found = read(table(LARGE, **texts))

    assert {f.code: f.value for f in found.figures if f.code in LARGE} == LARGE
    told = [f for f in found.findings if f.rule in ("R909", "R921")]
    assert [f.rule for f in told] == ["R921"] * 2  # 086 is no number of its own, so that cell needs no proof
    assert all("用空格隔开" in f.message for f in told)


@pytest.mark.parametrize("between", [" ", "\n", "\u3000", "  "])
def test_numbers__two_in_every_cell_stay_words_although_their_digits_add_up_in_a_row(between: str) -> None:
    first = {"upheld": 1, "corrected": 2, "other": 1, "pending": 3, "reviews": 7}
    second = {"upheld": 120, "corrected": 210, "other": 130, "pending": 240, "reviews": 700}
    found = read(table(**{key: f"{first[key]}{between}{second[key]}" for key in first}))

    assert {f.code: (f.state, f.value) for f in found.figures if f.code in PARTS} == dict.fromkeys(PARTS, (State.TEXT, None))
    assert [f.rule for f in found.findings if f.rule in ("R909", "R921")] == ["R909"] * 5


def test_number__with_two_groups_in_one_part_and_the_sum_alone_stays_words() -> None:
    parts = {**dict.fromkeys(PARTS, 0), "reviews.upheld": 36120, "reviews": 36120}
    found = read(table(parts, upheld="36\n120", reviews="36\n120"))

    assert [f.text for f in found.figures if f.state is State.TEXT] == ["36\n120"] * 2
    messages = [f.message for f in found.findings if f.rule == "R909"]
    assert ["“36 120”" in message for message in messages] == [True, True]
