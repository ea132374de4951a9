"""Are the source's words shown once each, with exactly the words meant marked?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongkai.kernel import Place
from gongkai_web.oversight.passages import passages

LINE = "全年共收到申请12件，其中网络申请8件，信函申请5件。"
SOURCE = [
    {"text": LINE, "line": 3, "page": None},
    {
        "table": 1,
        "page": None,
        "sheet": None,
        "cells": [[0, 0, 1, 1, "总计"], [0, 1, 1, 1, "12"], [0, 2, 1, 1, "8"], [0, 3, 1, 1, "5"]],
    },
]


def marked(*places: Place) -> list[list[str]]:
    return [[text for text, meant in p.parts if meant] for p in passages(places, SOURCE)]


def test_line__words_are_marked_by_their_offsets() -> None:
    assert marked(Place(line=3, start=7, end=9)) == [[LINE[7:9]]]


def test_line__two_places_in_it_are_one_passage() -> None:
    assert marked(Place(line=3, start=7, end=9), Place(line=3, start=16, end=17)) == [[LINE[7:9], LINE[16:17]]]


def test_row__cells_meant_are_marked_and_the_rest_is_shown() -> None:
    (passage,) = passages([Place(table=1, row=1, column=2), Place(table=1, row=1, column=4)], SOURCE)

    assert [t for t, meant in passage.parts if meant] == ["12", "5"]
    assert "总计" in "".join(t for t, _ in passage.parts)
    assert passage.where == "表1第1行"


def test_place_known_by_its_wording_alone__shows_the_wording() -> None:
    assert marked(Place(quote="另一处")) == [["另一处"]]


def test_place_that_cannot_be_found__shows_nothing_wrong() -> None:
    assert marked(Place(line=99)) == []


@given(st.lists(st.tuples(st.integers(0, len(LINE) - 1), st.integers(1, 6)), min_size=1, max_size=4))
def test_line__what_is_marked_stands_in_the_line(spans: list[tuple[int, int]]) -> None:
    places = [Place(line=3, start=a, end=min(len(LINE), a + n)) for a, n in spans]

    (found,) = passages(places, SOURCE)

    assert "".join(text for text, _ in found.parts) in LINE
    assert any(meant for _, meant in found.parts)
