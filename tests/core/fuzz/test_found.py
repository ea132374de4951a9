"""Is what broke a reader once read now?"""

from __future__ import annotations

import pytest

from gongkai.errors import Unreadable
from gongkai.reading import formats
from gongkai.reading.blocks import Grid
from gongkai.reading.pdf_chars import Char
from gongkai.reading.pdf_lines import Line, Segment, margins
from gongkai.reading.pdf_marks import numbers
from gongkai.reading.pdf_tables import _ends_at_wall
from tests.core.reading.formats.word import cell, document, par, table


def test_margins__lines_whose_right_edge_lies_left_of_their_left_edge_have_some() -> None:
    backward = [Line((Segment("年", 9.0, 4.0),), 0.0, 1.0, 1.0), Line((Segment("报", 8.0, 8.0),), 2.0, 3.0, 1.0)]
    assert margins(backward) == (8.0, 8.0)
    assert margins(backward[:1]) == (9.0, 4.0)


def test_digits__without_width_in_a_damaged_font_are_no_division_by_nothing() -> None:
    flat = [Char("1", 5.0, 5.0, 10.0, 8.0), Char("2", 5.0, 5.0, 10.0, 8.0), Char("3", 9.0, 9.0, 10.0, 8.0)]
    assert ["".join(char.text for char in run) for run in numbers(flat)] == ["12", "3"]
    assert _ends_at_wall(flat[:1], 6.0, 20.0)
    assert not _ends_at_wall(flat[:1], 1.0, 20.0)


def test_row__that_begins_millions_of_columns_to_the_right_is_read_within_bounds() -> None:
    before = "<w:trPr><w:gridBefore w:val='2000000000'/></w:trPr>"
    rows = "".join(f"<w:tr>{before}{cell('甲')}{cell(str(n))}</w:tr>" for n in range(3))
    grids = [block for block in formats.open_source(document(table(rows)), "a.docx").blocks if isinstance(block, Grid)]
    assert [(grid.rows, grid.columns) for grid in grids] == [(3, 2)]


def test_text__longer_than_any_report_is_refused_before_it_is_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    # A damaged automatic number made 82 million characters of 21 KB; no bound of the archive sees that.
    monkeypatch.setattr(formats, "MAX_TEXT", 1000)
    assert formats.open_source(document(par("年" * 400) + table(f"<w:tr>{cell('报' * 600)}</w:tr>")), "a.docx").blocks
    with pytest.raises(Unreadable, match="文字有 1001 个，超过可读取的上限"):
        formats.open_source(document(par("年" * 400) + table(f"<w:tr>{cell('报' * 601)}</w:tr>")), "a.docx")
