"""Do figures and text of two files become one report?"""

from __future__ import annotations

from dataclasses import replace

from gongkai.returns import Report, Section, blank_report, edition
from gongkai.writing.merge import merged
from tests.core.writing.given_reports import filled


def text(*sections: Section, **fields: object) -> Report:
    return replace(Report(None, None, None, (), sections), **fields)


def test_merged__takes_the_figures_of_the_form_and_the_text_of_the_text() -> None:
    form, prose = replace(filled(edition("2021")), sections=()), filled(edition("2019"), 5)
    report = merged(form, prose)
    assert report.figures == form.figures
    assert report.edition == form.edition
    assert [s.paragraphs for s in report.sections] == [s.paragraphs for s in prose.sections]


def test_merged__sections_take_the_edition_s_wording_and_order() -> None:
    form = edition("2021")
    prose = text(
        Section("", ("前言。",)),
        Section("政府信息公开工作存在的主要问题及改进情况", ("丙。",)),
        Section("总体情况", ("甲。",)),
        Section("附带说明", ("乙。",)),
    )
    report = merged(blank_report(form), prose)
    assert report.sections == (
        Section("", ("前言。",)),
        Section(form.sections[0], ("甲。",)),
        Section("附带说明", ("乙。",)),
        Section(form.sections[4], ("丙。",)),
    )


def test_merged__body_and_year_of_the_form_stand() -> None:
    report = merged(blank_report(edition("2021"), "甲局", 2024), text(agency="乙局", year=2023))
    assert (report.agency, report.year) == ("甲局", 2024)
    report = merged(blank_report(edition("2021")), text(agency="乙局", year=2023))
    assert (report.agency, report.year) == ("乙局", 2023)


def test_merged__without_a_text_the_report_s_own_stays() -> None:
    report = filled(edition("2021"))
    assert merged(report, text()) == report


def test_merged__signoff_is_the_form_s_unless_it_is_empty() -> None:
    blank = replace(blank_report(edition("2014")), signoff=(("审核人", ""),))
    assert merged(blank, text(signoff=(("审核人", "孙某"),))).signoff == (("审核人", "孙某"),)
    signed = replace(blank, signoff=(("审核人", "李某"),))
    assert merged(signed, text(signoff=(("审核人", "孙某"),))).signoff == (("审核人", "李某"),)
