"""Is a row that may have lost a cell, so that its values stand one place too far, told as doubtful?"""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.kernel import Figure, State
from gongkai.reading import read
from gongkai.reading.shifted import shifted
from gongkai.returns import Report, blank_report, edition
from gongkai.returns.report import figure_of
from tests.core.reading.printing import TEXT_LAYOUTS, lines

FORM = edition("cn2021")
NEW = ["5", "1", "0", "0", "0", "2", "8"]
REVIEWS = ["3", "0", "1", "0", "4", "2", "0", "0", "1", "3", "6", "0", "2", "4", "12"]


def figures(**rows: list[str]) -> tuple[Figure, ...]:
    """A return of noughts in which the rows whose first cell's code is named hold these texts, "" for a blank."""
    out = [figure_of(FORM.cells[f.code or ""], "0", Decimal(0), State.NUMBER) for f in blank_report(FORM).figures]
    for name, texts in rows.items():
        start = next(at for at, f in enumerate(out) if f.code == name.replace("__", "."))
        for at, text in enumerate(texts, start):
            cell = FORM.cells[out[at].code or ""]
            out[at] = figure_of(cell, text, Decimal(text) if text else None, State.NUMBER if text else State.BLANK)
    return tuple(out)


def codes(found: tuple[Figure, ...]) -> list[str]:
    return [finding.subject[0] for finding in shifted(FORM, found)]


def test_whole_rows__are_not_doubted() -> None:
    assert codes(figures(requests__new__natural_person=NEW, reviews__upheld=REVIEWS)) == []


@pytest.mark.parametrize("lost", range(6))
def test_row_that_lost_a_part__is_doubted(lost: int) -> None:
    short = [text for at, text in enumerate(NEW) if at != lost]

    assert codes(figures(requests__new__natural_person=[*short, ""])) == ["requests.new.natural_person"]


@pytest.mark.parametrize("lost", range(14))
def test_reviews_and_suits__row_that_lost_a_cell_is_doubted(lost: int) -> None:
    short = [text for at, text in enumerate(REVIEWS) if at != lost]

    assert codes(figures(reviews__upheld=[*short, ""])) == ["reviews.upheld"]


def test_total_left_out__is_no_lost_cell_when_the_last_part_is_too_small_for_a_total() -> None:
    assert codes(figures(requests__new__natural_person=[*NEW[:-1], ""])) == []
    assert codes(figures(reviews__upheld=[*REVIEWS[:-1], ""])) == []


def test_row_with_blanks_that_lost_a_cell__is_doubted_when_its_last_part_may_be_the_total() -> None:
    assert codes(figures(requests__new__natural_person=["3", "", "", "", "", "3", ""])) == ["requests.new.natural_person"]
    assert codes(figures(requests__new__natural_person=["3", "", "", "", "", "2", ""])) == []
    assert codes(figures(requests__new__natural_person=["3", "", "", "", "2", "", ""])) == []


def test_totals_left_to_the_program__are_not_doubted() -> None:
    empty = {f.code for f in blank_report(FORM).figures if f.column[-1] == "总计"}
    found = [
        figure_of(FORM.cells[f.code or ""], "", None, State.BLANK) if f.code in empty else f
        for f in figures(requests__new__natural_person=NEW)
    ]

    assert codes(tuple(found)) == []


def test_doubt__stands_with_the_report_and_names_the_row() -> None:
    report = Report("甲县司法局", 2022, FORM, figures(requests__new__natural_person=[*NEW[1:], ""]))

    (found,) = read("\n".join([*lines(report, TEXT_LAYOUTS["tabs"]), ""]).encode(), "a.txt")

    (doubt,) = (f for f in found.findings if f.rule == "R925")
    assert "一、本年新收政府信息公开申请数量" in doubt.message
    assert found.value("requests.new.natural_person") == 1
