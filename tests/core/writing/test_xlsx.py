"""Does the workbook keep every writing of a figure?"""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from gongkai.errors import BadInput
from gongkai.kernel import State
from gongkai.returns import Section, edition
from gongkai.writing import write
from tests.core.writing.given_reports import filled


def written(**changes: tuple[str, Decimal | None, State]):
    report = filled(edition("2021"))
    figures = tuple(
        replace(f, text=changes[key][0], value=changes[key][1], state=changes[key][2])
        if (key := (f.code or "").replace(".", "_")) in changes
        else f
        for f in report.figures
    )
    return load_workbook(io.BytesIO(write(replace(report, figures=figures), "xlsx")))


def values(book) -> list[object]:
    return [cell.value for row in book["主动公开政府信息情况"].iter_rows() for cell in row if cell.value is not None]


def test_xlsx__plain_numbers_are_numbers_and_other_writings_stay_text() -> None:
    book = written(
        documents_rule_made=("12", Decimal(12), State.NUMBER),
        documents_rule_repealed=("1,204", Decimal(1204), State.NUMBER),
        documents_rule_in_force=("０", Decimal(0), State.NUMBER),
        fees_amount=("18.4719", Decimal("18.4719"), State.NUMBER),
        licence_decisions=("007", Decimal(7), State.NUMBER),
        penalty_decisions=("——", None, State.DASH),
        coercion_decisions=("3.50", Decimal("3.5"), State.NUMBER),
    )
    found = values(book)
    for expected in (12, "1,204", "０", 18.4719, "007", "——", "3.50"):
        assert expected in found


def test_xlsx__text_that_looks_like_a_formula_is_text() -> None:
    book = written(documents_rule_made=("=1+1", None, State.TEXT))
    (cell,) = [c for row in book["主动公开政府信息情况"].iter_rows() for c in row if c.value == "=1+1"]
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_xlsx__blank_cell_is_empty() -> None:
    book = written(documents_rule_made=("", None, State.BLANK))
    row = next(row for row in book["主动公开政府信息情况"].iter_rows() if row[0].value == "规章")
    assert row[1].value is None


def test_xlsx__text_stands_on_a_sheet_of_its_own() -> None:
    report = replace(filled(edition("2021")), sections=(Section("一、总体情况", ("=甲", "乙")),))
    sheet = load_workbook(io.BytesIO(write(report, "xlsx")))["正文"]
    assert [c.value for c in sheet["A"]] == ["一、总体情况", "=甲", "乙"]
    assert {c.data_type for c in sheet["A"]} == {"s"}


def test_xlsx__paragraph_too_long_for_a_cell_is_refused_and_not_cut() -> None:
    report = replace(filled(edition("2021")), sections=(Section("一、总体情况", ("甲" * 32_768,)),))
    with pytest.raises(BadInput, match="32768个字"):
        write(report, "xlsx")
