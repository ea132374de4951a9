"""Is what was written read back the same?"""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import docx as python_docx
import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell

from gongkai.kernel import State
from gongkai.reading import read
from gongkai.returns import Edition, Report, blank_report, edition, editions
from gongkai.returns.superset import superset
from gongkai.writing import form, merged, write
from tests.core.writing.given_reports import filled, reports, year_of

every_edition = pytest.mark.parametrize("of", editions(), ids=lambda e: e.key)
once = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read_back(report: Report, kind: str, **options: object) -> tuple[Report, ...]:
    return read(write(report, kind, **options), f"年报.{kind}")


@given(reports())
@once
def test_xlsx__is_read_back_the_same(report: Report) -> None:
    assert read_back(report, "xlsx") == (report,)


@given(reports())
@once
def test_html__is_read_back_the_same(report: Report) -> None:
    assert read_back(report, "html") == (report,)


@given(reports())
@once
def test_docx__is_read_back_the_same(report: Report) -> None:
    assert read_back(report, "docx") == (report,)


@every_edition
@pytest.mark.parametrize("kind", ["docx", "html", "xlsx", "json"])
def test_written_report__with_charts_is_read_back_the_same(of: Edition, kind: str) -> None:
    report = filled(of)
    history = [filled(of, seed, year_of(of) - seed) for seed in (1, 2, 3)]
    assert read_back(report, kind, history=history) == (report,)


@every_edition
def test_form__filled_in_is_read_as_it_was_filled(of: Edition) -> None:
    report = filled(of)
    book = load_workbook(io.BytesIO(form(of, "青岚县司法局", 2020)))
    values = iter(f.value for f in report.figures)
    for sheet in book.worksheets[1:-1]:
        for row in sheet.iter_rows():
            for cell in row:
                if not isinstance(cell, MergedCell) and not cell.protection.locked:
                    cell.value = int(next(values) or 0)
    for row in book.worksheets[0].iter_rows(min_row=5):
        row[1].value = "赵某"
    data = io.BytesIO()
    book.save(data)
    (found,) = read(data.getvalue(), "年报表.xlsx")
    assert (found.agency, found.year, found.edition) == ("青岚县司法局", 2020, of)
    assert found.figures == report.figures
    assert found.signoff == report.signoff
    assert merged(found, report).sections == report.sections


def test_local_row__is_read_back_where_it_stood() -> None:
    of = edition("2014")
    report = filled(of)
    like = next(f for f in report.figures if f.code == "proactive.other")
    own = replace(
        like, code=None, row=(*like.row[:-1], "6.政务公开栏公开政府信息数"), value=Decimal(3), text="3", state=State.NUMBER
    )
    at = report.figures.index(like)
    report = replace(report, figures=(*report.figures[: at + 1], own, *report.figures[at + 1 :]))
    for kind in ("json", "html", "xlsx", "docx"):
        (found,) = read_back(report, kind)
        assert [f.text for f in found.figures] == [f.text for f in report.figures], kind
        (kept,) = [f for f in found.figures if f.code is None]
        assert kept.row[-1] == own.row[-1]


def test_blank_report__keeps_its_body_and_year() -> None:
    (found,) = read_back(blank_report(edition("2021"), "青岚县司法局", 2023), "docx")
    assert (found.agency, found.year) == ("青岚县司法局", 2023)


@pytest.mark.parametrize("kind", ["txt", "html", "docx"])
def test_text_of_another_file__joins_the_figures_of_the_form(kind: str) -> None:
    report = filled(edition("2021"))
    text = (
        "一、总体情况\n本机关依法公开。\n二是继续培训。\n五、存在的主要问题及改进情况\n解读不够。\n六、其他需要报告的事项\n无。\n"
    )
    if kind == "txt":
        data = text.encode("gb18030")
    elif kind == "html":
        data = ("<html><body>" + "".join(f"<p>{line}</p>" for line in text.splitlines()) + "</body></html>").encode()
    else:
        document = python_docx.Document()
        for line in text.splitlines():
            document.add_paragraph(line)
        out = io.BytesIO()
        document.save(out)
        data = out.getvalue()
    (prose,) = read(data, f"正文.{kind}")
    joined = merged(replace(report, sections=()), prose)
    assert joined.figures == report.figures
    assert [(s.title, s.paragraphs) for s in joined.sections] == [
        ("一、总体情况", ("本机关依法公开。", "二是继续培训。")),
        ("五、存在的主要问题及改进情况", ("解读不够。",)),
        ("六、其他需要报告的事项", ("无。",)),
    ]


@every_edition
def test_pdf__is_read_back_with_every_figure(of: Edition) -> None:
    report = filled(of)
    (found,) = read_back(report, "pdf")
    assert (found.agency, found.year, found.edition) == (report.agency, report.year, of)
    assert found.figures == report.figures
    assert found.signoff == report.signoff


@every_edition
def test_pdf__with_paragraphs_of_several_lines_is_read_back_the_same(of: Edition) -> None:
    text = "本机关依法做好政府信息公开工作，围绕群众关心的事项更新公开目录，完善登记、会商、审核、送达各个环节，及时回应社会关切，全年没有逾期答复。"
    report = filled(of)
    report = replace(report, sections=tuple(replace(s, paragraphs=(text, text)) for s in report.sections))
    assert read_back(report, "pdf") == (report,)


@pytest.mark.parametrize("kind", ["json", "xlsx", "html", "docx"])
def test_report_of_a_local_superset__is_read_back_the_same(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "local.toml"
    path.write_text(
        'extends = "cn2014"\nname = "district"\n'
        '[[row]]\ntable = "statistics"\nafter = "proactive.other"\ncode = "local.board"\n'
        'label = "6.政务公开栏公开政府信息数"\nunder = "proactive.channels"\nunit = "条"\n',
        encoding="utf-8",
    )
    own = superset(path)
    report = filled(own, year=2016)
    assert read(write(report, kind), f"年报.{kind}", (own, *editions())) == (report,)


@pytest.mark.parametrize("kind", ["html", "docx", "pdf", "json"])
def test_day__under_the_closing_name_is_written_again(kind: str) -> None:
    report = replace(filled(edition("2021")), agency="云漪市司法局", signed="2025年1月17日")
    (found,) = read_back(report, kind)

    assert (found.signed, found.sections) == (report.signed, report.sections)


def test_merged__is_signed_as_the_text_is() -> None:
    form = filled(edition("2021"))
    signed = replace(form, signed="2025年1月17日")

    assert merged(form, signed).signed == signed.signed
    assert merged(signed, form).signed == signed.signed
