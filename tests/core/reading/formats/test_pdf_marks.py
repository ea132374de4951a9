"""Are watermarks, marks of notes, struck-out and unseen figures of a page kept out of its numbers?"""

from __future__ import annotations

import pytest

from gongkai.reading.pdf import read_pdf
from tests.core.reading.formats.paper import PROSE, line, pdf, ruled, text
from tests.core.reading.formats.test_pdf import SIX, grids, texts


def test_watermark__large_and_pale_is_not_read_and_a_large_black_title_is() -> None:
    pale = "0.8 g\n" + text(60, 484, "DRAFT 20", size=30) + "0 g\n"
    (grid,) = grids(read_pdf(pdf(PROSE + pale + SIX), "x"))
    assert [cell.text for cell in grid.cells] == ["Item", "2023", "Rules", "11", "Orders", ""]
    assert "Annual report" in texts(read_pdf(pdf(text(60, 590, "Annual report", size=20) + PROSE), "x"))


def cell(*drawn: str) -> str:
    """What is read of a table's cell in which something is drawn at x 160, base line 466 (its other cells are known)."""
    base = SIX.replace(text(160, 466, "11"), "")
    (grid,) = grids(read_pdf(pdf(PROSE + base + "".join(drawn)), "x"))
    return grid.cells[3].text


@pytest.mark.parametrize(
    ("words", "drawn"),
    [
        ("11¹", [text(160, 466, "11"), text(171.2, 469, "1", size=6)]),
        ("11¹²", [text(160, 466, "11"), text(171.2, 469, "12", size=6)]),
        ("11¹", [text(160, 466, "11"), text(171.2, 464, "1", size=6)]),
        ("111", [text(160, 466, "11"), text(171.2, 466, "1")]),
        ("11 1", [text(160, 466, "11"), text(181, 469, "1", size=6)]),
    ],
)
def test_small_figure__off_the_line_of_the_one_it_touches_is_a_mark(words: str, drawn: list[str]) -> None:
    assert cell(*drawn) == words


@pytest.mark.parametrize(
    ("words", "stroke"),
    [
        ("〔划去的文字〕1", line(160, 469.3, 165.5, 469.3)),
        ("〔划去的文字〕", line(158, 469.3, 173, 469.3)),
        ("〔划去的文字〕", "0 g 160 469 11.1 0.6 re f\n"),
        ("11", line(160, 464.8, 171, 464.8)),
        ("11", line(160, 475, 171, 475)),
        ("11", line(120, 469.3, 163, 469.3)),
    ],
)
def test_figure__with_a_line_through_its_middle_is_struck_out(words: str, stroke: str) -> None:
    assert cell(text(160, 466, "11"), stroke) == words


def test_struck_out_figures__are_told() -> None:
    source = read_pdf(pdf(PROSE + SIX + line(158, 469.3, 173, 469.3)), "x")
    assert [f.rule for f in source.findings] == ["S114"]
    assert source.findings[0].places[0].page == 1


def test_white_figures__on_white_paper_are_not_seen_and_on_a_dark_ground_are() -> None:
    white = "1 g\n" + text(171.2, 466, "7") + "0 g\n"
    assert cell(text(160, 466, "11"), white) == "11"
    assert cell("0 0 1 rg 151 461 98 18 re f\n0 g\n", text(160, 466, "11"), white) == "117"


@pytest.mark.parametrize(
    ("words", "drawn"),
    [
        ("…234", text(146, 466, "1234")),
        ("…123", text(231.5, 466, "1234")),
        ("…1234", text(230.3, 466, "1234")),
        ("1234", text(225, 466, "1234")),
        ("12", text(151, 466, "12")),
    ],
)
def test_number__that_runs_over_the_wall_of_its_cell_is_no_number(words: str, drawn: str) -> None:
    assert cell(drawn) == words


def test_number__that_fills_its_cell_without_room_may_be_cut_off() -> None:
    narrow = ruled([50, 150, 167], [500, 480, 460]) + text(60, 486, "Item") + text(60, 466, "Rules")
    (grid,) = grids(read_pdf(pdf(PROSE + narrow + text(151.5, 486, "12") + text(150.2, 466, "345")), "x"))
    assert [c.text for c in grid.cells] == ["Item", "12", "Rules", "…345"]


@pytest.mark.parametrize("left", [160, 161, 162, 163])
def test_large_figures__printed_twice_to_look_bold_are_read_once(left: float) -> None:
    assert cell(text(left, 463, "15", size=17), text(left + 0.3, 463, "15", size=17)) == "15"
