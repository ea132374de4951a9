"""Are tables without rules, with stripes, and tables that letters at a page's end interrupt read where they are certain?"""

from __future__ import annotations

from gongkai.reading.pdf import read_pdf
from tests.core.reading.formats.paper import PROSE, pdf, ruled, text
from tests.core.reading.formats.test_pdf import grids, texts


def unruled(*rows: tuple[str, list[str]]) -> str:
    return "".join(
        text(40, 500 - 20 * n, label)
        + "".join(text(160 + 30 * i, 500 - 20 * n, figure) for i, figure in enumerate(figures) if figure)
        for n, (label, figures) in enumerate(rows)
    )


def test_figures_without_rules__keep_their_column_when_one_is_blank() -> None:
    full = [(f"Kind {name}", ["0", "1", "20", "3", "4", "5", "6"]) for name in "ABC"]
    source = read_pdf(
        pdf(
            PROSE
            + unruled(*full, ("Kind D", ["0", "", "20", "3", "4", "5", "6"]), ("Kind E", ["7", "1", "2", "3", "4", "5", ""]))
        ),
        "x",
    )
    assert texts(source)[-2:] == ["Kind D\t0\t\t20\t3\t4\t5\t6", "Kind E\t7\t1\t2\t3\t4\t5\t"]


def test_figures_without_rules__of_two_rows_only_are_not_placed() -> None:
    full = [("Kind A", ["0", "1", "20", "3", "4", "5", "6"]), ("Kind B", ["0", "1", "20", "3", "4", "5", "6"])]
    source = read_pdf(pdf(PROSE + unruled(*full, ("Kind C", ["0", "", "20", "3", "4", "5", "6"]))), "x")
    assert texts(source)[-1] == "Kind C\t0\t20\t3\t4\t5\t6"


def test_figures_without_rules__number_wider_than_its_column_is_not_cut() -> None:
    full = [(f"Kind {name}", ["0", "1", "20", "3", "4", "5", "6"]) for name in "ABC"]
    wide = text(40, 420, "Kind D") + text(147, 420, "1360")
    wide += "".join(text(160 + 30 * i, 420, str(i)) for i in range(1, 7))
    source = read_pdf(pdf(PROSE + unruled(*full) + wide), "x")
    assert texts(source)[-1] == "Kind D\t1360\t1\t2\t3\t4\t5\t6"


def test_stripes__behind_every_other_row_are_no_cells() -> None:
    stripes = (
        "".join(f"0.8 g {x} {y} {w} 20 re f\n" for y in (494, 454) for x, w in ((36, 104), (140, 110), (250, 110))) + "0 g\n"
    )
    rows = [("Kind A", "1", "2"), ("Kind B", "3", "4"), ("Kind C", "5", "6")]
    drawn = "".join(
        text(x, 500 - 20 * n, word) for n, row in enumerate(rows) for x, word in zip((40, 160, 270), row, strict=True)
    )
    source = read_pdf(pdf(PROSE + stripes + drawn), "x")
    assert not grids(source)
    assert texts(source)[-3:] == ["Kind A\t1\t2", "Kind B\t3\t4", "Kind C\t5\t6"]


def test_letters__that_ran_out_of_a_cell_at_the_pages_end_do_not_end_the_table() -> None:
    first = ruled([50, 150, 250], [140, 120, 100]) + text(60, 126, "Item") + text(160, 126, "2023")
    first += text(60, 106, "Rules") + text(160, 106, "11") + text(60, 88, "of th")
    second = ruled([50, 150, 250], [560, 540, 520]) + text(60, 546, "Orders") + text(160, 546, "7")
    second += text(60, 526, "Acts") + text(160, 526, "8")
    source = read_pdf(pdf(PROSE + first, second), "x")
    (grid,) = grids(source)
    assert [cell.text for cell in grid.cells] == ["Item", "2023", "Rules", "11", "Orders", "7", "Acts", "8"]
    assert "of th" in texts(source)


def test_lines_between_tables__of_two_pages_end_the_first_where_they_are_long_or_labels_come_again() -> None:
    first = ruled([50, 150, 250], [140, 120, 100]) + text(60, 126, "Item") + text(160, 126, "2023")
    first += text(60, 106, "Rules") + text(160, 106, "11")
    again = ruled([50, 150, 250], [560, 540, 520]) + text(60, 546, "Rules") + text(160, 546, "7")
    again += text(60, 526, "Acts") + text(160, 526, "8")
    other = again.replace("Rules", "Orders")
    assert len(grids(read_pdf(pdf(PROSE + first + text(60, 88, "second"), again), "x"))) == 2
    assert len(grids(read_pdf(pdf(PROSE + first + text(60, 88, "A second table of another body"), other), "x"))) == 2
