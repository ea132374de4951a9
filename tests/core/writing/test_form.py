"""Can a clerk fill in the blank form, and nothing but the form's cells?"""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter

from gongkai.returns import Edition, edition, editions
from gongkai.writing import form
from gongkai.writing.form import FIELDS_SHEET, NOTES_SHEET

every_edition = pytest.mark.parametrize("of", editions(), ids=lambda e: e.key)


def sheets(of: Edition, agency: str | None = None, year: int | None = None):
    book = load_workbook(io.BytesIO(form(of, agency, year)))
    return book, [s for s in book if s.title not in (FIELDS_SHEET, NOTES_SHEET)]


def is_open(cell) -> bool:
    return not isinstance(cell, MergedCell) and not cell.protection.locked


@every_edition
def test_form__opens_exactly_the_cells_of_the_edition(of: Edition) -> None:
    _, tables = sheets(of)
    opened = [cell for sheet in tables for row in sheet.iter_rows() for cell in row if is_open(cell)]
    assert len(opened) == len([c for c in of.cells.values() if not c.optional])
    assert all(cell.value is None for cell in opened)
    assert all(cell.fill.fgColor.rgb in ("FFFFF7DB", "FFE4F0E0") for cell in opened)


@every_edition
def test_form__is_locked_against_slips_without_a_password(of: Edition) -> None:
    book, _ = sheets(of)
    for sheet in book:
        assert sheet.protection.sheet
        assert sheet.protection.password is None


@every_edition
def test_form__prints_every_label_as_the_edition_has_it(of: Edition) -> None:
    _, tables = sheets(of)
    words = {cell.value for sheet in tables for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}
    for cell in of.cells.values():
        if not cell.optional:
            assert cell.row[-1:] == () or cell.row[-1] in words
            assert set(cell.column) <= words


@every_edition
def test_form__computes_nothing_in_the_sheet(of: Edition) -> None:
    book, _ = sheets(of)
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@every_edition
def test_form__warns_in_chinese_of_what_is_no_count_and_lets_it_stand(of: Edition) -> None:
    _, tables = sheets(of)
    for sheet in tables:
        covered = {c for v in sheet.data_validations.dataValidation for r in v.sqref.ranges for c in _addresses(r)}
        opened = {c.coordinate for row in sheet.iter_rows() for c in row if is_open(c)}
        assert covered == opened
        for rule in sheet.data_validations.dataValidation:
            assert rule.errorStyle == "warning"
            assert rule.allow_blank
            assert rule.error.endswith("？")


def _addresses(cells) -> list[str]:
    return [
        f"{get_column_letter(c)}{r}"
        for r in range(cells.min_row, cells.max_row + 1)
        for c in range(cells.min_col, cells.max_col + 1)
    ]


def test_form__signed_and_money_cells_have_their_own_rules() -> None:
    _, tables = sheets(edition("2019"))
    kinds = {(v.type, v.formula1) for v in tables[0].data_validations.dataValidation}
    assert kinds == {("whole", "0"), ("whole", "-999999"), ("decimal", "0")}


def test_form__carries_the_body_the_year_and_the_foot_fields() -> None:
    book, _ = sheets(edition("2014"), "青岚县司法局", 2016)
    rows = {row[0].value: row[1] for row in book[FIELDS_SHEET].iter_rows(min_row=3) if row[0].value}
    assert rows["填报单位"].value == "青岚县司法局"
    assert rows["年度"].value == 2016
    assert list(rows) == ["填报单位", "年度", *edition("2014").foot]
    assert not any(cell.protection.locked for cell in rows.values())


@every_edition
def test_form__prints_on_a4_as_wide_as_the_page(of: Edition) -> None:
    book, tables = sheets(of)
    for sheet in book:
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    for sheet in tables:
        if "复议" not in sheet.title:
            assert sheet.freeze_panes
        assert all(d.width > 3 for d in sheet.column_dimensions.values())


def test_form__says_that_totals_may_be_left_blank() -> None:
    book, _ = sheets(edition("2021"))
    notes = "".join(str(c.value) for row in book[NOTES_SHEET].iter_rows() for c in row if c.value)
    assert "合计可以填，也可以空着" in notes
    assert "不改动" in notes


def test_form__head_of_the_request_table_is_merged_as_printed() -> None:
    _, tables = sheets(edition("2021"))
    merged = {str(r) for r in tables[1].merged_cells.ranges}
    assert {"A3:C5", "D3:J3", "E4:I4", "J4:J5", "A8:A29"} <= merged


def test_form__tells_the_hard_relations_in_words() -> None:
    book, _ = sheets(edition("2021"))
    notes = [c.value for row in book[NOTES_SHEET].iter_rows() for c in row if c.value]
    assert "2. “（七）总计”等于各分项之和。" in notes
    assert "4. “二、上年结转政府信息公开申请数量”等于上一年度年报的“四、结转下年度继续办理”。" in notes


@every_edition
def test_form__rows_are_high_enough_for_their_text(of: Edition) -> None:
    book, _ = sheets(of)
    for sheet in book:
        for row in sheet.iter_rows():
            if any(cell.value for cell in row):
                assert (sheet.row_dimensions[row[0].row].height or 0) >= 20
