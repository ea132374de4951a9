"""Is the page self-contained, safe and readable without eyes?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html as page_of

from gongkai.kernel import State
from gongkai.returns import Edition, Section, edition, editions
from gongkai.writing import write
from tests.core.writing.given_reports import filled, year_of

every_edition = pytest.mark.parametrize("form", editions(), ids=lambda e: e.key)


@every_edition
def test_html__figure_cells_name_header_cells_that_exist(form: Edition) -> None:
    page = page_of.document_fromstring(write(filled(form), "html"))
    keys = [e.get("id") for e in page.iter() if e.get("id")]
    assert len(keys) == len(set(keys))
    cells = page.xpath("//td[@class='figure']")
    assert len(cells) == len([c for c in form.cells.values() if not c.optional])
    for cell in cells:
        assert cell.get("headers")
        assert set(cell.get("headers").split()) <= set(keys)


@every_edition
def test_html__is_self_contained_and_carries_no_script(form: Edition) -> None:
    history = [filled(form, 2, year_of(form) - 1)]
    page = page_of.document_fromstring(write(filled(form), "html", history=history))
    assert not page.xpath("//script | //link | //img | //iframe | //object | //@src | //@href | //@*[starts-with(name(), 'on')]")
    assert page.get("lang") == "zh-CN"
    assert page.xpath("//meta[@name='viewport']")


def shown(element) -> str:
    """What a person sees: without the unseen joiner in words that look like an entity."""
    return element.text_content().replace("\u2060", "")


def test_html__hostile_text_stays_text() -> None:
    words = "<script>alert(1)</script><img src=x onerror=alert(2)> \"' &amp; </p>"
    report = replace(
        filled(edition("2021")), agency=f"甲{words}", sections=(Section(words, (words,)),), signoff=((words, words),)
    )
    figures = (replace(report.figures[0], value=None, text=words, state=State.TEXT), *report.figures[1:])
    page = page_of.document_fromstring(write(replace(report, figures=figures), "html"))
    assert not page.xpath("//script | //img")
    assert next(shown(e) for e in page.xpath("//h2")) == words
    assert words in [shown(e) for e in page.xpath("//p")]
    assert shown(page.xpath("//td[@class='figure'][1]")[0]) == words


def test_html__charts_carry_their_data_and_are_marked_as_derived() -> None:
    page = page_of.document_fromstring(write(filled(edition("2021")), "html"))
    figures = page.xpath("//figure")
    assert figures
    assert all(f.get("data-derived") is not None for f in figures)
    for figure in figures:
        assert figure.xpath(".//*[@role='img']/@aria-label")[0].endswith("。")
        shown = figure.xpath(".//*[local-name()='svg']//text()")
        for cell in figure.xpath(".//tbody//td[1]/text()"):
            assert any(cell in words for words in shown)


def test_html__merged_headings_say_what_they_head() -> None:
    page = page_of.document_fromstring(write(filled(edition("2021")), "html"))
    head = page.xpath("//th[text()='法人或其他组织']")[0]
    assert (head.get("scope"), head.get("colspan")) == ("colgroup", "5")
    row = page.xpath("//th[text()='（三）不予公开']")[0]
    assert (row.get("scope"), row.get("rowspan")) == ("rowgroup", "8")
