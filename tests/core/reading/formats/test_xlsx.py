"""Is a workbook read as its reader sees it, without losing or inventing a digit?"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.errors import Unreadable
from gongkai.reading.blocks import FURNITURE, Grid, Paragraph, Source
from gongkai.reading.secrecy import classification_marking
from gongkai.reading.values import ZERO_HIDDEN
from gongkai.reading.xlsx import read_xlsx
from gongkai.reading.xlsx_formats import plain, shown

THIN = Border(*(Side(style="thin"),) * 4)


def workbook(build: Callable[[Worksheet], object]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "年报"
    build(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(build: Callable[[Worksheet], object]) -> Source:
    return read_xlsx(workbook(build), "年报.xlsx")


def grid_of(source: Source) -> Grid:
    (grid,) = [block for block in source.blocks if isinstance(block, Grid)]
    return grid


def test_titles__above_and_notes_below_are_paragraphs_and_the_table_a_grid() -> None:
    def build(sheet: Worksheet) -> None:
        sheet.append(["某局2023年统计表"])
        sheet.merge_cells("A1:C1")
        sheet.append(["指标", "单位", "数量"])
        sheet.append(["甲", "件", 3])
        sheet.append(["注：数字截至年底。"])

    source = read(build)
    assert [type(block) for block in source.blocks] == [Paragraph, Grid, Paragraph]
    assert source.blocks[0].place.cell == "A1"
    assert source.blocks[0].place.sheet == "年报"
    grid = grid_of(source)
    assert [(cell.text, cell.place.cell) for cell in grid.cells][-1] == ("3", "C3")


def test_merged_cells__are_spans_and_a_bordered_heading_stays_in_the_table() -> None:
    def build(sheet: Worksheet) -> None:
        rows = [["第二十条第（一）项", None, None], ["信息内容", "数量", None], [None, "甲", "乙"], ["规章", 1, None]]
        for row in rows:
            sheet.append(row)
        for row in sheet["A1:C4"]:
            for cell in row:
                cell.border = THIN
        for area in ("A1:C1", "A2:A3", "B2:C2"):
            sheet.merge_cells(area)

    grid = grid_of(read(build))
    assert [(c.text, c.row, c.column, c.row_span, c.column_span) for c in grid.cells] == [
        ("第二十条第（一）项", 0, 0, 1, 3),
        ("信息内容", 1, 0, 2, 1),
        ("数量", 1, 1, 1, 2),
        ("甲", 2, 1, 1, 1),
        ("乙", 2, 2, 1, 1),
        ("规章", 3, 0, 1, 1),
        ("1", 3, 1, 1, 1),
        ("", 3, 2, 1, 1),
    ]


def test_blank_rows__divide_tables() -> None:
    def build(sheet: Worksheet) -> None:
        for row in (["甲", 1], ["乙", 2], [], ["丙", 3], ["丁", 4]):
            sheet.append(row)

    source = read(build)
    assert [block.rows for block in source.blocks if isinstance(block, Grid)] == [2, 2]
    assert [block.place.table for block in source.blocks] == [1, 2]


@pytest.mark.parametrize(
    ("value", "code", "text", "differs"),
    [
        ("3.0", "General", "3", False),
        ("1010", "#,##0", "1,010", False),
        ("18.4719", "0.0000", "18.4719", False),
        ("18.4719", "General", "18.4719", False),
        ("0.30000000000000004", "General", "0.3", False),
        ("0.138", "0.0%", "13.8%", False),
        ("0.1381", "0.0%", "13.8%", False),
        ("8.5", "0", "8.5", True),
        ("8.50", "0.00", "8.50", False),
        ("0", "#", f"0{ZERO_HIDDEN}", True),
        ("0", "0;-0;;@", f"0{ZERO_HIDDEN}", True),
        ("0", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"??_ ;_ @_ ', f"0{ZERO_HIDDEN}", True),
        ("-2", "0", "-2", False),
        ("-2", "0_);(0)", "-2", False),
        ("-1", "0;-0", "-1", False),
        ("44927", "yyyy-mm-dd", "2023年1月1日", False),
        ("20000", "0,", "20〔保存的是20000〕", True),
        ("1E+3", "General", "1000", False),
        ("3", '0"件"', "3件", False),
        ("3600", '#,##0.00"元"', "3,600.00元", False),
        ("3600.5", '#,##0"元"', "3600.5元", True),
        ("3600", '"¥"#,##0', "¥3,600", False),
        ("-3600", "[$¥-804]#,##0.0;[Red][$¥-804]-#,##0.0", "¥-3,600.0", False),
        ("3600", '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', "¥3,600.00", False),
        ("48", '0"万"', "48万", False),
        ("48", '"约"0', "约48", False),
        ("48", "0\\元", "48元", False),
        ("48", '"约"General', "约48", False),
        ("48", "[DBNum1]General", "48", False),
        ("36000", '0.0,"千元"', "36.0千元", False),
        ("36000", '0!.0,"万元"', "3.6万元", False),
        ("36500", '0!.0,"万元"', "3.7万元〔保存的是36500〕", True),
        ("36000", "0!.0,", "3.6〔保存的是36000〕", True),
        ("36000", "0.00,", "36.00〔保存的是36000〕", True),
        ("36000", "#,##0,.0", "36.0〔保存的是36000〕", True),
        ("36000", '[>=10000]0!.0,"万元";0"元"', "3.6万元", False),
        ("3600", '[>=10000]0!.0,"万元";0"元"', "3600元", False),
        ("-5", "0;[Red]0", "5〔保存的是-5〕", True),
        ("5", '"-"0', "-5〔保存的是5〕", True),
        ("5", ";;;", "空白〔保存的是5〕", True),
        ("123456", "000-000", "另一种写法〔保存的是123456〕", True),
        ("3600", "0.0E+00", "3600", True),
        ("3.5", "# ?/?", "3.5", True),
        ("3", "[$-804]0", "3", False),
        ("1234567", "#,##0.00", "1,234,567.00", False),
        ("3.5", "0.0#", "3.5", False),
        ("-0.0", "General", "0", False),
        ("3", '"无"', "无〔保存的是3〕", True),
    ],
)
def test_number__is_given_as_shown_but_never_rounded(value: str, code: str, text: str, differs: bool) -> None:
    assert shown(value, code, epoch_1904=False) == (text, differs)


def test_number__that_is_none_stays_text() -> None:
    assert plain("abc") is None
    assert plain("1e999999999") is None


def test_text_numbers_errors_and_blanks__stay_apart() -> None:
    def build(sheet: Worksheet) -> None:
        sheet.append(["甲", "0012", "—", "#REF!", None, " ", 0])
        sheet.append(["乙", 1, 1, 1, 1, 1, 1])
        sheet["D1"].data_type = "e"

    source = read(build)
    assert [cell.text.strip() for cell in grid_of(source).cells][:7] == ["甲", "0012", "—", "#REF!", "", "", "0"]
    assert [f.rule for f in source.findings] == ["S106"]


def test_formula__without_a_result_is_no_number_and_said() -> None:
    source = read(lambda sheet: (sheet.append(["甲", "=1+1"]), sheet.append(["乙", 2])))
    assert grid_of(source).cells[1].text == "〔公式没有结果〕"
    assert [(f.rule, f.places[0].cell) for f in source.findings] == [("S105", "B1")]


def test_formula__with_a_stored_result_gives_it() -> None:
    data = workbook(lambda sheet: (sheet.append(["甲", "=1+1"]), sheet.append(["乙", 2])))
    stored = rewritten(
        data,
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(rb"<f>1\+1</f><v\s*/>|<f>1\+1</f><v></v>", b"<f>1+1</f><v>2</v>", xml),
    )
    assert grid_of(read_xlsx(stored, "x")).cells[1].text == "2"


def test_hidden_sheets_rows_and_columns__are_left_out_and_named() -> None:
    def build(sheet: Worksheet) -> None:
        for row in (["甲", 1, "旧"], ["密", 9, "旧"], ["乙", 2, "旧"]):
            sheet.append(row)
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["C"].hidden = True
        other = sheet.parent.create_sheet("底稿")
        other["A1"] = 1
        other.sheet_state = "veryHidden"

    source = read(build)
    assert [cell.text for cell in grid_of(source).cells] == ["甲", "1", "乙", "2"]
    assert [f.rule for f in source.findings] == ["S104", "S104"]
    assert "第2行" in source.findings[0].message
    assert "底稿" in source.findings[1].message


def test_used_range__of_a_million_empty_rows_costs_nothing() -> None:
    def build(sheet: Worksheet) -> None:
        sheet.append(["甲", 1])
        sheet.append(["乙", 2])
        sheet["XFD1048576"].border = THIN
        sheet.merge_cells("D8:E9")

    data = rewritten(workbook(build), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'"D8:E9"', b'"A5000:XFD1040000"'))
    assert grid_of(read_xlsx(data, "x")).rows == 2


def test_content__beyond_the_permitted_range_is_refused_not_dropped() -> None:
    with pytest.raises(Unreadable, match="第 30000 行"):
        read(lambda sheet: sheet.cell(30_000, 1, "甲"))


def test_column_of_lines__is_paragraphs() -> None:
    source = read(lambda sheet: [sheet.append([line]) for line in ("一、总体情况", "本年公开3条。")])
    assert [block.text for block in source.blocks if isinstance(block, Paragraph)] == ["一、总体情况", "本年公开3条。"]


def test_rich_text_and_line_breaks__in_a_cell_are_one_text() -> None:
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    source = read(
        lambda sheet: (sheet.append([CellRichText("结果\n", TextBlock(InlineFont(b=True), "维持")), 1]), sheet.append(["乙", 2]))
    )
    assert grid_of(source).cells[0].text == "结果\n维持"


def rewritten(data: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == member else content)
    return out.getvalue()


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def raw_workbook(sheet: str, strings: str = "<si><t>x</t></si>", doctype: str = "") -> bytes:
    """A workbook of four parts, written by hand; ``sheet`` is the inside of its only sheet."""
    parts = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        "_rels/.rels": f"<Relationships xmlns='{PACKAGE}'><Relationship Id='r1' Type='{RELATIONS}/officeDocument' Target='xl/workbook.xml'/>"
        "</Relationships>",
        "xl/workbook.xml": f"<workbook xmlns='{SHEET}' xmlns:r='{RELATIONS}'><sheets><sheet name='表' sheetId='1' r:id='r1'/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships xmlns='{PACKAGE}'><Relationship Id='r1' Type='{RELATIONS}/worksheet' Target='worksheets/s.xml'/>"
        f"<Relationship Id='r2' Type='{RELATIONS}/sharedStrings' Target='/xl/sharedStrings.xml'/></Relationships>",
        "xl/sharedStrings.xml": f"{doctype}<sst xmlns='{SHEET}'>{strings}</sst>",
        "xl/worksheets/s.xml": f"<worksheet xmlns='{SHEET}'>{sheet}</worksheet>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def test_shared_strings__are_read_with_their_runs_and_without_phonetic_guides() -> None:
    data = raw_workbook(
        "<sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c></row><row><c><v>3</v></c><c t='b'><v>1</v></c></row></sheetData>",
        "<si><r><t>规</t></r><r><t>章</t></r><rPh sb='0' eb='1'><t>gui</t></rPh></si><si><t>一_x000D_</t></si>",
    )
    assert [cell.text for cell in grid_of(read_xlsx(data, "x")).cells] == ["规章", "一\n", "3", "TRUE"]


def test_shared_strings__with_an_entity_are_refused() -> None:
    data = raw_workbook("<sheetData/>", doctype='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
    with pytest.raises(Unreadable, match="实体"):
        read_xlsx(data, "x")


def test_printed_head_and_foot__are_kept_apart_from_the_cells() -> None:
    def build(sheet: Worksheet) -> None:
        sheet.append(["甲", 1])
        sheet.append(["乙", 2])
        sheet.oddHeader.right.text = "秘密★5年"
        sheet.oddFooter.center.text = "第 &P 页"

    source = read(build)
    assert (FURNITURE, "秘密★5年") in source.metadata
    assert all("密" not in cell.text for cell in grid_of(source).cells)
    assert classification_marking(source) is not None


def test_row__crossed_by_a_merged_label_or_with_blank_figures_stays_in_the_table() -> None:
    def build(sheet: Worksheet) -> None:
        sheet.append(["指标", "分类", "数"])
        sheet.append(["甲", "一", 1])
        sheet.append([None, "二", None])
        sheet.append(["合计", None, None])
        sheet.merge_cells("A2:A3")

    grid = grid_of(read(build))
    assert grid.rows == 4
    assert [cell.text for cell in grid.cells if cell.row == 3] == ["合计", "", ""]


def test_struck_and_raised_runs__are_not_joined_to_the_number() -> None:
    def build(sheet: Worksheet) -> None:
        sheet.append(["甲", CellRichText(TextBlock(InlineFont(strike=True), "12"), "15")])
        sheet.append(["乙", CellRichText("15", TextBlock(InlineFont(vertAlign="superscript"), "1"))])
        sheet.append(["丙", 12])
        sheet["B3"].font = Font(strike=True)

    assert [cell.text for cell in grid_of(read(build)).cells if cell.column] == ["〔划去的文字〕15", "15¹", "〔划去的文字〕"]
