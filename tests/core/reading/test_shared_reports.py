"""Are the five real reports read cell for cell?"""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.kernel import State
from gongkai.reading import read
from gongkai.returns import Report, edition

# Values in print order, a dot for a blank cell; typed from the reports' texts.
LISTS = {
    "000": (
        "yuyao2017",
        "288 0 288 0  3 0 0 3 0 0  0 3 0  3 3 0 0 0 0 0 0 0 0 0  1 1 0 0  0 0 0 0  0 3000  0 0  1 3 0 3 1 1 100",
    ),
    "001": (
        "2014_nofee",
        "992 0 0 0 992 16 132 25  0 0 0 0 0 0 0 0  3 0 0 3 1  3 3 1  1 0 3 0 0 0 0 1 0 0 0 0 0 0 0"
        "  0 0 0 0  0 0 0 0  0  0 2 5 . 5 .  1 2 95",
    ),
    "002": (
        "2014",
        "242 0 0 . 242 313 265 241  0 0 0 0 0 0 0 0  0 0 0 0 0  0 0 0  0 0 0 0 0 0 0 0 0 0 0 0 0 0 0"
        "  0 0 0 0  0 0 0 0  0 0  . . 2 1 1 0  2 0 3",
    ),
    "004": (
        "2004",
        "600 600 0  1 0 0 0 1 0 0  1 1 0 0 0 0 0 0 0 0 0 0 0 0 0  134 0 320 90 20000  0 0 0 0",
    ),
}
NOT_ZERO = {
    "documents.normative.made": 3,
    "documents.normative.newly_published": 3,
    "documents.normative.published_total": 3,
    "requests.new.natural_person": 2,
    "requests.new": 2,
    "outcome.unable.not_held.natural_person": 1,
    "outcome.unable.not_held": 1,
    "outcome.not_processed.petition.natural_person": 1,
    "outcome.not_processed.petition": 1,
    "outcome.total.natural_person": 2,
    "outcome.total": 2,
}
WHOSE = {
    "000": ("余姚市司法局", 2017),
    "001": ("温州市司法局", 2018),
    "002": ("金凤区司法局", 2017),
    "003": ("宁波市鄞州区司法局", 2020),
    "004": ("衡阳市司法局", 2013),
}


def report(shared: Path, number: str) -> Report:
    path = shared / "reports" / f"{number}.txt"
    (found,) = read(path.read_bytes(), path.name)
    return found


@pytest.mark.parametrize("number", sorted(LISTS))
def test_report__list_is_read_cell_for_cell(shared: Path, number: str) -> None:
    name, values = LISTS[number]
    form = edition(name)
    codes = [code for code, cell in form.cells.items() if not cell.optional]
    wanted = dict(zip(codes, values.split(), strict=True))

    found = report(shared, number)

    assert found.edition is form
    assert {c: "." if f.state is State.BLANK else str(f.value) for c, f in found.by_code.items()} == wanted
    assert [f.code for f in found.figures if f.code is not None] == codes


def test_report__heading_with_a_number_is_kept_without_a_code(shared: Path) -> None:
    (heading,) = [f for f in report(shared, "000").figures if f.code is None]

    assert (heading.row, heading.column, heading.value) == (("七、依申请公开收费情况",), (), 0)


def test_report__grid_is_read_cell_for_cell(shared: Path) -> None:
    found = report(shared, "003")

    assert found.edition is edition("2019")
    assert {c: f.value for c, f in found.by_code.items()} == {c: NOT_ZERO.get(c, 0) for c in edition("2019").cells}


def test_report__number_with_a_multiplier_keeps_its_text(shared: Path) -> None:
    figure = report(shared, "004").by_code["enquiries.page_views"]

    assert (figure.value, figure.text, figure.unit) == (20000, "2万", "人次")


@pytest.mark.parametrize("number", sorted(WHOSE))
def test_report__body_and_year_are_named_in_full(shared: Path, number: str) -> None:
    found = report(shared, number)

    assert (found.agency, found.year) == WHOSE[number]


@pytest.mark.parametrize("number", sorted(WHOSE))
def test_report__places_lead_to_the_line_of_the_value(shared: Path, number: str) -> None:
    lines = (shared / "reports" / f"{number}.txt").read_text(encoding="utf-8").split("\n")

    for figure in report(shared, number).figures:
        assert figure.place.line is not None
        assert figure.text in lines[figure.place.line - 1]
        if figure.text:
            assert lines[figure.place.line - 1][figure.place.start : figure.place.end] == figure.text


@pytest.mark.parametrize("number", sorted(WHOSE))
def test_report__nothing_is_left_out_of_a_sound_report(shared: Path, number: str) -> None:
    labels_over_lines = {"002": ["R917"]}

    assert [finding.rule for finding in report(shared, number).findings] == labels_over_lines.get(number, [])


def test_report__foot_fields_become_the_signoff(shared: Path) -> None:
    names = [name for name, _ in report(shared, "001").signoff]

    assert names == ["单位负责人", "审核人", "填报人", "联系电话", "填报日期"]


def test_report__sections_keep_their_own_titles(shared: Path) -> None:
    titles = [s.title for s in report(shared, "003").sections]

    assert titles == [
        "",
        "总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "政府信息公开行政复议、行政诉讼情况",
        "政府信息公开工作存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]
