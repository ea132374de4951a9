"""Can the body that must correct its report read from the list what is wrong, where, and fill in what it did?"""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import docx as python_docx
import openpyxl
import pytest
from docx.enum.section import WD_ORIENT
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import FileFormat, OpenXmlValidator

from gongkai.checking import Ruling, Verdict, check
from gongkai.errors import BadInput
from gongkai.kernel import Finding, Place, Status
from gongkai.reading import read
from gongkai.returns import Report
from gongkai.writing import corrections_docx, findings_docx, findings_xlsx
from gongkai.writing.corrections import HEADINGS, corrections, preface

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
REPORT = Report("云漪市司法局", 2024, None, source="某处/年报.docx")
QUOTED = (
    Place(quote="收到 申请 20 件", line=7, start=2, end=9),
    *(Place(quote="总计", table=2, row=5, column=c) for c in (4, 5, 6, 9)),
)
FINDINGS = (
    Finding("R120", Status.REMARK, "请看一眼。"),
    Finding("R101", Status.PASS, "核对无误。"),
    Finding("R101", Status.FAIL, "=总计不等。", Decimal("32.0"), Decimal(33), QUOTED, ("云漪市司法局", "2024", "x")),
    Finding("R112", Status.UNCERTAIN, "合计\x07空白。", "空白", None),
    Finding("R118", Status.NOT_ASSESSABLE, "无法判断。"),
)
SETTLED = {f.fingerprint: Verdict(f.fingerprint, Ruling.EXPLAINED, "另有一件") for f in FINDINGS[2:3]}


def faulty() -> tuple[Report, tuple[Finding, ...]]:
    path = next((SAMPLES / "cn2021").glob("2024-差错一.docx"))
    report = read(path.read_bytes(), path.name)[0]
    return report, check(report)


def table(sheet: Worksheet) -> list[list[object]]:
    """The sheet's rows from the headings on."""
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    top = next(n for n, row in enumerate(rows) if "序号" in row or "结论" in row)
    return rows[top:]


def test_corrections__gravest_first_and_what_passed_or_could_not_be_judged_left_out() -> None:
    assert [(row.number, row.level) for row in corrections(FINDINGS)] == [(1, "错误"), (2, "存疑"), (3, "提示")]


def test_corrections__a_row_says_where_with_the_passage_and_both_sides() -> None:
    row = corrections(FINDINGS, SETTLED)[0]
    assert row.places == ("第7行：“收到 申请 20 件”", "表2第5行第4至6、9列：“总计”")
    assert (row.left, row.right) == ("32", "33")
    assert row.explanation == "处理：有说明。另有一件。"
    assert row.rule.startswith("R101 ")


def test_settled__asks_for_no_correction_and_the_preface_says_how_many() -> None:
    assert [row.cells[-1] for row in corrections(FINDINGS, SETTLED)] == ["不需更正", "", ""]
    told = preface(REPORT, FINDINGS, SETTLED)
    assert "列表如下，其中1项已有说明或者经复核不成立，不需更正。“存疑”" in told
    assert "请查明原因并更正" not in told
    confirmed = {f.fingerprint: Verdict(f.fingerprint, Ruling.CONFIRMED, "") for f in FINDINGS}
    assert preface(REPORT, FINDINGS, confirmed) == preface(REPORT, FINDINGS)
    dismissed = {f.fingerprint: Verdict(f.fingerprint, Ruling.DISMISSED, "误读") for f in FINDINGS}
    assert preface(REPORT, FINDINGS, dismissed).endswith("列表如下，都已有说明或者经复核不成立，不需更正。")


def test_xlsx__of_one_report_holds_every_row_and_an_empty_column_to_fill_in() -> None:
    report, findings = faulty()
    sheet = openpyxl.load_workbook(io.BytesIO(findings_xlsx([(report, findings)]))).active
    assert isinstance(sheet, Worksheet)
    headings, *rows = table(sheet)
    assert headings == list(HEADINGS)
    assert [row[2] for row in rows] == [row.rule for row in corrections(findings)]
    assert [row[3] for row in rows] == [row.what for row in corrections(findings)]
    assert {row[-1] for row in rows} == {None}
    assert sheet.freeze_panes is not None
    assert sheet.page_setup.orientation == "landscape"
    assert str(report.agency) in str(sheet["A1"].value)


def test_xlsx__numbers_are_numbers_and_what_begins_with_an_equals_sign_is_no_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(findings_xlsx([(REPORT, FINDINGS)], SETTLED)))
    row = table(book["整改清单"])[1]
    assert row[:2] == [1, "错误"]
    assert row[3] == "=总计不等。"
    assert row[5:8] == [32, 33, "处理：有说明。另有一件。"]
    assert {cell.data_type for line in book["整改清单"].iter_rows() for cell in line} <= {"s", "n"}


def test_xlsx__of_many_reports_has_a_summary_and_names_the_body_in_every_row() -> None:
    book = openpyxl.load_workbook(io.BytesIO(findings_xlsx([(REPORT, FINDINGS), (Report(None, None, None), ())])))
    assert book.sheetnames == ["汇总", "整改清单"]
    summary = table(book["汇总"])[1:]
    assert [row[3:6] for row in summary] == [[1, 1, 1], [0, 0, 0]]
    assert summary[1][0] == "（没有读到）"
    assert [row[:3] for row in table(book["整改清单"])[1:]] == [["云漪市司法局", 2024, "某处/年报.docx"]] * 3


def test_docx__is_an_annex_across_the_page_with_title_preface_and_table(tmp_path: Path) -> None:
    data = findings_docx([(REPORT, FINDINGS)], SETTLED)
    path = tmp_path / "annex.docx"
    path.write_bytes(data)
    assert [e.description for e in OpenXmlValidator(FileFormat.OFFICE_2010).validate(path).errors] == []
    document = python_docx.Document(io.BytesIO(data))
    texts = [p.text for p in document.paragraphs]
    assert texts[:4] == ["附件", "云漪市司法局", "2024年政府信息公开工作年度报告", "核对意见和整改情况表"]
    assert any("有错误1项、存疑1项、提示1项" in text for text in texts)
    assert "核对的文件：年报.docx" in texts
    assert document.sections[0].orientation == WD_ORIENT.LANDSCAPE
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == list(HEADINGS)
    assert rows[1] == list(corrections(FINDINGS, SETTLED)[0].cells)
    assert rows[2][3] == "合计空白。"
    assert [row[-1] for row in rows[1:]] == ["不需更正", "", ""]


def test_docx__of_many_reports_is_one_annex_each_and_a_clean_one_says_so() -> None:
    document = python_docx.Document(io.BytesIO(findings_docx([(REPORT, FINDINGS), (REPORT, ())])))
    texts = [p.text for p in document.paragraphs]
    assert "附件1" in texts
    assert "附件2" in texts
    assert any(text.endswith("没有发现需要整改的问题。") for text in texts)
    assert len(document.tables) == 1


def test_docx__too_many_rows_are_refused_with_another_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corrections_docx, "_MOST", 2)
    with pytest.raises(BadInput, match="请改用 --format xlsx"):
        findings_docx([(REPORT, FINDINGS)])


def test_files__same_findings_give_the_same_bytes() -> None:
    results = [(REPORT, FINDINGS)]
    assert findings_docx(results) == findings_docx(results)
    assert findings_xlsx(results) == findings_xlsx(results)
