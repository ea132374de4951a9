"""Do the charts show the report's figures, and only those that can be shown?"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from lxml import etree

from gongkai.kernel import State
from gongkai.returns import Edition, Report, blank_report, edition, editions, with_totals
from gongkai.writing.charts import charts, short_label
from gongkai.writing.picture import png
from tests.core.writing.given_reports import filled, year_of

every_edition = pytest.mark.parametrize("form", editions(), ids=lambda e: e.key)


def with_figures(form: str, **values: int) -> Report:
    report = blank_report(edition(form), "甲局", year_of(edition(form)))
    wanted = {key.replace("__", "."): value for key, value in values.items()}
    figures = tuple(
        replace(f, value=Decimal(wanted.get(f.code or "", 0)), text=str(wanted.get(f.code or "", 0)), state=State.NUMBER)
        for f in report.figures
    )
    return replace(report, figures=figures)


def test_shares__add_up_the_reasons_under_their_outcome() -> None:
    report = with_figures(
        "2021", outcome__granted=6, outcome__refused__state_secret=1, outcome__refused__process=2, outcome__unable__not_held=3
    )
    chart = next(c for c in charts(report) if "办理结果" in c.title)
    assert [row for row in chart.rows if row[1] != "0"] == [
        ("予以公开", "6", "50.0%"),
        ("不予公开", "3", "25.0%"),
        ("无法提供", "3", "25.0%"),
    ]
    assert len(chart.rows) == 6


def test_shares__divide_new_requests_by_applicant_or_by_channel() -> None:
    report = with_figures("2021", requests__new__natural_person=3, requests__new__company=1, requests__new=4)
    chart = next(c for c in charts(report) if "申请人" in c.title)
    assert chart.rows[:2] == (("自然人", "3", "75.0%"), ("商业企业", "1", "25.0%"))
    report = with_figures("2014", requests__new__fax=1, requests__new=1)
    chart = next(c for c in charts(report) if "申请方式" in c.title)
    assert ("传真申请", "1", "100.0%") in chart.rows


def test_shares__nothing_is_drawn_of_nothing() -> None:
    assert charts(with_figures("2021")) == ()
    assert charts(blank_report(edition("2021"), "甲局", 2023)) == ()


def test_trend__shows_the_years_there_are_and_a_dash_for_a_missing_one() -> None:
    now = with_figures("2021", requests__new=4, reviews=2)
    earlier = [
        replace(with_figures("2021", requests__new=n), year=(now.year or 0) - back) for back, n in ((1, 3), (3, 1), (9, 8))
    ]
    chart = charts(now, earlier)[-1]
    assert [row[1] for row in chart.rows] == ["—", "1", "—", "3", "4"]
    assert chart.rows[-1] == (str(now.year), "4", "2")


def test_trend__needs_a_second_year() -> None:
    assert not [c for c in charts(with_figures("2021", requests__new=4)) if "变化" in c.title]


def test_trend__joins_editions_by_their_common_codes() -> None:
    now = replace(with_figures("2021", requests__new=4, litigation__direct=1, litigation__after_review=2), year=2021)
    earlier = [
        replace(with_figures("2019", requests__new=3), year=2019),
        replace(with_figures("2014", requests__new=2, litigation=5), year=2017),
    ]
    chart = charts(now, earlier)[-1]
    assert [row[1] for row in chart.rows] == ["2", "—", "3", "—", "4"]
    assert chart.rows[0][-1] == "5"
    assert chart.rows[-1][-1] == "3"


@every_edition
def test_chart__is_well_formed_and_becomes_a_picture(form: Edition) -> None:
    drawn = charts(filled(form), [filled(form, 2, year_of(form) - 1)])
    assert drawn
    for chart in drawn:
        assert etree.fromstring(chart.svg).get("viewBox") == f"0 0 {chart.width} {chart.height}"
        assert png(chart).startswith(b"\x89PNG")
        assert chart.alt.endswith("。")


def test_chart__label_of_a_local_form_cannot_break_the_picture() -> None:
    report, _ = with_totals(filled(edition("2021")))
    assert report.edition is not None
    tables = tuple(
        replace(t, cells=tuple(replace(c, row=tuple(w.replace("予以", "<b>&") for w in c.row)) for c in t.cells))
        for t in report.edition.tables
    )
    form = replace(report.edition, tables=tables)
    for chart in charts(replace(report, edition=form)):
        etree.fromstring(chart.svg)
    assert "<b>&公开" in {row[0] for chart in charts(replace(report, edition=form)) for row in chart.rows}


@pytest.mark.parametrize(
    ("label", "short"),
    [
        ("（三）不予公开", "不予公开"),
        ("2.同意公开答复数", "同意公开"),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "部分公开"),
        ("其他", "其他"),
        ("其中：1、同意公开答复数", "同意公开"),
        ("其中：涉及国家秘密", "涉及国家秘密"),
    ],
)
def test_short_label__leaves_the_words(label: str, short: str) -> None:
    assert short_label(label) == short
