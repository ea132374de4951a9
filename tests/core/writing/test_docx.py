"""Is the DOCX valid, and set in the manner of official documents?"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx as python_docx
import pytest
from docx.oxml.ns import qn
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from gongkai.errors import BadInput
from gongkai.returns import Edition, Section, blank_report, edition, editions
from gongkai.writing import write
from tests.core.writing.given_reports import AGENCY, filled, year_of

every_edition = pytest.mark.parametrize("form", editions(), ids=lambda e: e.key)


def package(data: bytes) -> python_docx.document.Document:
    return python_docx.Document(io.BytesIO(data))


@every_edition
def test_docx__keeps_the_ooxml_schema(form: Edition, tmp_path: Path) -> None:
    year = year_of(form)
    history = [filled(form, seed, year - seed) for seed in (1, 2, 3, 4)]
    path = tmp_path / "report.docx"
    path.write_bytes(write(filled(form), "docx", history=history, dated=dt.date(year + 1, 1, 20)))
    result = OpenXmlValidator(FileFormat.OFFICE_2010).validate(path)
    assert [f"{e.path}: {e.description}" for e in result.errors] == []


def test_schema_check__does_see_an_element_out_of_place(tmp_path: Path) -> None:
    path = tmp_path / "broken.docx"
    with zipfile.ZipFile(io.BytesIO(write(filled(edition("2021")), "docx"))) as good, zipfile.ZipFile(path, "w") as bad:
        for entry in good.infolist():
            bad.writestr(entry, good.read(entry).replace(b"<w:cantSplit/>", b"<w:vAlign/><w:cantSplit/>", 1))
    assert OpenXmlValidator(FileFormat.OFFICE_2010).validate(path).errors


def test_docx__page_and_styles_are_those_of_official_documents() -> None:
    document = package(write(filled(edition("2021")), "docx"))
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(m.mm) for m in margins if m is not None] == [37, 35, 28, 26]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    fonts = {}
    for style in document.styles.element.iter(qn("w:style")):
        face = style.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        if face is not None:
            size = style.find(f"{qn('w:rPr')}/{qn('w:sz')}")
            fonts[style.get(qn("w:styleId"))] = (face.get(qn("w:eastAsia")), int(size.get(qn("w:val"))) / 2)
    assert fonts["Title"] == ("方正小标宋简体", 22)
    assert fonts["BodyText"] == ("仿宋_GB2312", 16)
    assert fonts["Heading1"] == ("黑体", 16)
    assert fonts["Heading2"] == ("楷体_GB2312", 16)
    assert 10.5 <= fonts["TableCell"][1] <= 12


def test_docx__page_number_stands_between_dashes_at_the_outer_edge() -> None:
    document = package(write(filled(edition("2021")), "docx"))
    for footer, side in ((document.sections[0].footer, "right"), (document.sections[0].even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        assert paragraph.text == "— 1 —"
        assert " PAGE " in [i.text for i in paragraph._p.iter(qn("w:instrText"))]
        assert paragraph._p.find(f"{qn('w:pPr')}/{qn('w:jc')}").get(qn("w:val")) == side


@every_edition
def test_docx__tables_have_fixed_widths_and_rows_that_do_not_split(form: Edition) -> None:
    document = package(write(filled(form), "docx"))
    assert document.tables
    for table in document.tables:
        grid = [int(c.get(qn("w:w"))) for c in table._tbl.iter(qn("w:gridCol"))]
        for row in table._tbl.iter(qn("w:tr")):
            assert row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None
            assert sum(int(c.get(qn("w:w"))) for c in row.iter(qn("w:tcW"))) == sum(grid)


def test_docx__header_rows_are_repeated_on_every_page() -> None:
    document = package(write(filled(edition("2021")), "docx"))
    repeated = [len(list(t._tbl.iter(qn("w:tblHeader")))) for t in document.tables]
    assert repeated == [0, 3, 3]


def test_docx__pictures_say_in_words_what_they_show() -> None:
    form = edition("2021")
    document = package(write(filled(form), "docx", history=[filled(form, 2, year_of(form) - 1)]))
    words = [p.get("descr") for p in document.element.iter(qn("wp:docPr"))]
    assert len(words) == 3
    assert all(w.endswith("。") and "图：" in w for w in words)


def test_docx__names_the_report_and_no_person() -> None:
    data = write(filled(edition("2021")), "docx")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        core = parts.read("docProps/core.xml").decode()
    assert f"<dc:title>{AGENCY}{year_of(edition('2021'))}年政府信息公开工作年度报告</dc:title>" in core
    assert "creator" not in core
    assert "lastModifiedBy" not in core
    assert "created" not in core


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html", "pdf", "json"])
def test_write__gives_the_same_bytes_for_the_same_report(kind: str) -> None:
    report = filled(edition("2014"))
    assert write(report, kind) == write(report, kind)


def test_docx__form_with_a_foot_prints_it_after_the_table() -> None:
    report = replace(filled(edition("2014")), signoff=(("单位负责人", "钱某"), ("填报日期", "2018年1月3日")))
    lines = [p.text for p in package(write(report, "docx")).paragraphs]
    assert f"填报单位：{AGENCY}" in lines
    assert "单位负责人：钱某　　审核人：　　填报人：" in lines
    assert "联系电话：　　填报日期：2018年1月3日" in lines
    assert "附件" in lines


def test_docx__form_without_a_text_is_the_whole_document() -> None:
    lines = [p.text for p in package(write(blank_report(edition("2014"), AGENCY, 2016), "docx")).paragraphs]
    assert [line for line in lines if line][:3] == ["政府信息公开情况统计表", "（2016年度）", f"填报单位：{AGENCY}"]


def test_docx__dated_report_ends_its_text_with_the_body_and_the_day() -> None:
    lines = [p.text for p in package(write(filled(edition("2021")), "docx", dated=dt.date(2026, 1, 20))).paragraphs]
    assert lines[-2:] == [AGENCY, "2026年1月20日"]


def test_docx__characters_no_document_can_hold_do_not_break_the_file() -> None:
    report = replace(filled(edition("2021")), sections=(Section("一、总体情况", ("甲\x00\x0b乙\ud800丙\ufffe",)),))
    assert "甲乙丙" in [p.text for p in package(write(report, "docx")).paragraphs]


def test_docx__section_missing_from_the_text_is_opened_where_the_edition_has_it() -> None:
    form = edition("2021")
    report = replace(filled(form), sections=(Section("总体情况", ("甲。",)), Section("六、其他需要报告的事项", ("乙。",))))
    document = package(write(report, "docx"))
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.style_id == "Heading1"]
    assert headings == ["总体情况", *form.sections[1:4], "六、其他需要报告的事项"]


def test_docx__tables_stand_in_their_sections() -> None:
    body = package(write(filled(edition("2021")), "docx")).element.body
    heading, found = None, []
    for child in body:
        if child.tag == qn("w:p"):
            style = child.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            if style is not None and style.get(qn("w:val")) == "Heading1":
                heading = "".join(t.text or "" for t in child.iter(qn("w:t")))
        elif child.tag == qn("w:tbl"):
            found.append(heading)
    assert found == list(edition("2021").sections[1:4])


def test_docx__package_has_no_leftovers_of_the_library_s_template() -> None:
    with zipfile.ZipFile(io.BytesIO(write(filled(edition("2021")), "docx"))) as parts:
        names = parts.namelist()
        fonts = etree.fromstring(parts.read("word/fontTable.xml"))
    assert {f.get(qn("w:name")) for f in fonts} == {
        "方正小标宋简体",
        "仿宋_GB2312",
        "楷体_GB2312",
        "黑体",
        "宋体",
        "Times New Roman",
    }
    assert not [n for n in names if any(word in n for word in ("thumbnail", "customXml", "numbering", "webSettings", "app.xml"))]


def test_docx__line_break_inside_a_paragraph_begins_the_next() -> None:
    report = replace(filled(edition("2021")), sections=(Section("一、总体情况", ("甲。\n乙。\r\n\n丙。",)),))
    lines = [p.text for p in package(write(report, "docx")).paragraphs]
    assert lines[lines.index("甲。") :][:3] == ["甲。", "乙。", "丙。"]


def test_write__other_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(BadInput, match="docx、html、pdf、xlsx、json"):
        write(filled(edition("2021")), "odt")
