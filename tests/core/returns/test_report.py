"""Does a report give its figures, compare by what can be seen, and compute blank totals without changing a filled one?"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.kernel import Figure, Finding, Place, State, Status
from gongkai.returns import Edition, blank_report, edition, editions, with_totals
from gongkai.returns.report import add
from tests.core.checking.reports import filled, report


@pytest.mark.parametrize("form", editions(), ids=lambda e: e.key)
def test_blank_report__has_every_cell_of_the_form_blank(form: Edition) -> None:
    made = blank_report(form)
    assert {f.state for f in made.figures} == {State.BLANK}
    assert [f.code for f in made.figures] == [c.code for c in form.cells.values() if not c.optional]


def test_report__gives_figures_by_code() -> None:
    made = report("2014", {"requests.new": 4, "staff.full_time": ""})
    assert made.value("requests.new") == Decimal(4)
    assert made.value("staff.full_time") is None
    assert made.value("weather") is None
    figure = made.figure("requests.new")
    assert figure is not None
    assert figure.label() == "三、依申请公开情况—（一）收到申请数"


def test_report__local_row_is_no_cell_of_the_edition() -> None:
    local = Figure(None, ("热线",), (), Decimal(2), "2", State.NUMBER, "件")
    made = report("2014")
    made = replace(made, figures=(*made.figures, local))
    assert None not in made.by_code
    assert made.figures[-1] is local


def test_reports__differ_by_what_can_be_seen_and_by_nothing_else() -> None:
    made = report("2014", {"requests.new": 4})
    moved = replace(made, source="b.docx", findings=(Finding("R901", Status.REMARK, "。"),))
    moved = replace(moved, figures=tuple(replace(f, place=Place(line=3)) for f in moved.figures))
    assert moved == made
    assert replace(made, year=1999) != made
    assert report("2014", {"requests.new": ""}) != report("2014", {"requests.new": 0})


def test_figure__with_a_state_that_contradicts_its_value_is_refused() -> None:
    with pytest.raises(ValueError, match="state blank with value"):
        Figure("a", (), (), Decimal(1), "1", State.BLANK, None)


def test_totals__are_filled_from_the_leaves_up() -> None:
    form = edition("2021")
    blank = {i.left[0].code for i in form.totals()}
    given: dict[str, object] = {"outcome.granted.company": 2, "outcome.refused.process.natural_person": 1}
    made = report("2021", {**given, **dict.fromkeys(blank, "")})
    done, codes = with_totals(made)
    assert set(codes) == blank
    assert done.value("outcome.total") == Decimal(3)
    assert done.value("outcome.total.company") == Decimal(2)
    assert done.value("outcome.granted") == Decimal(2)
    assert done.value("reviews") == Decimal(0)


def test_totals__filled_in_by_hand_are_never_changed() -> None:
    made = report("2014", {"requests.new": 9, "requests.new.online": 3})
    done, codes = with_totals(made)
    assert done == made
    assert codes == ()


def test_totals__with_a_blank_part_stay_blank() -> None:
    made = report("2014", {"staff": "", "staff.full_time": "", "staff.part_time": 2})
    done, codes = with_totals(made)
    assert done.value("staff") is None
    assert codes == ()


def test_totals__with_a_dash_stay_a_dash() -> None:
    done, codes = with_totals(report("2014", {"staff": "-", "staff.part_time": 2}))
    assert done.value("staff") is None
    assert codes == ()


def test_totals__of_a_report_without_an_edition_are_left_alone() -> None:
    made = replace(report("2014"), edition=None)
    assert with_totals(made) == (made, ())


def test_filled__keeps_blank_dash_and_words_apart() -> None:
    cell = blank_report(edition("2014")).figures[0]
    assert [filled(cell, t).state for t in ("", "-", "不适用", "若干")] == [
        State.BLANK,
        State.DASH,
        State.NOT_APPLICABLE,
        State.TEXT,
    ]


def test_add__gives_none_when_anything_is_missing() -> None:
    assert add([Decimal(1), Decimal(2)]) == Decimal(3)
    assert add([Decimal(1), None]) is None
