"""Does the PDF keep its standards, whatever the text holds?"""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from gongkai.returns import Edition, Section, edition, editions
from gongkai.writing import write
from tests.core.writing.given_reports import AGENCY, filled, year_of

every_edition = pytest.mark.parametrize("form", editions(), ids=lambda e: e.key)


def pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    texts = []
    for page in document:
        text = page.get_textpage()
        texts.append(text.get_text_bounded())
        text.close()
        page.close()
    document.close()
    return texts


def bare(text: str) -> str:
    return "".join(text.split())


@every_edition
def test_pdf__declares_pdf_a_and_ua_and_embeds_its_fonts(form: Edition) -> None:
    data = write(filled(form), "pdf", history=[filled(form, 2, year_of(form) - 1)])
    assert b"<pdfaid:part>2</pdfaid:part>" in data
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in data
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    assert b"/StructTreeRoot" in data
    assert b"/FontFile" in data


@every_edition
def test_pdf__holds_every_label_of_the_form(form: Edition) -> None:
    text = bare("".join(pages(write(filled(form), "pdf"))))
    assert AGENCY in text
    for cell in form.cells.values():
        if not cell.optional:
            assert all(bare(label) in text for label in cell.row[-1:])


def test_pdf__markup_in_a_text_is_printed_and_not_obeyed() -> None:
    words = '#eval("1+1") $x^2$ *粗* _斜_ `raw` @label <tag> #read("report.typ") \\ // 注 -- ~ ...'
    report = replace(filled(edition("2021")), sections=(Section("一、总体情况", (words,)),))
    assert bare(words) in bare("".join(pages(write(report, "pdf"))))


def test_pdf__text_no_font_can_set_is_still_written_as_an_ordinary_pdf() -> None:
    report = replace(filled(edition("2021")), sections=(Section("一、总体情况", ("本机关\U0001f9ff依法公开。",)),))
    data = write(report, "pdf")
    assert b"<pdfaid:part>" not in data
    assert "依法公开" in bare("".join(pages(data)))


def test_pdf__long_list_repeats_its_head_on_every_page() -> None:
    texts = pages(write(filled(edition("2014")), "pdf"))
    listed = [t for t in texts if "件\r\n" in t or "统计指标" in t]
    assert len([t for t in texts if "统计指标" in bare(t)]) >= 2
    assert len(listed) >= 2


def test_pdf__request_table_stays_on_one_page_with_its_section_s_title() -> None:
    report = replace(filled(edition("2021")), sections=())
    page = next(t for t in map(bare, pages(write(report, "pdf"))) if "本列数据的勾稽关系为" in t)
    assert "三、收到和处理政府信息公开申请情况" in page


def test_pdf__request_table_is_never_broken() -> None:
    texts = [bare(t) for t in pages(write(filled(edition("2021")), "pdf"))]
    (page,) = [t for t in texts if "本列数据的勾稽关系为" in t]
    assert "一、本年新收政府信息公开申请数量" in page
    assert "四、结转下年度继续办理" in page
