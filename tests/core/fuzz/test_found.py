"""Is what broke a reader once read now?"""

from __future__ import annotations

from gongkai.reading.pdf_lines import Line, Segment, margins


def test_margins__lines_whose_right_edge_lies_left_of_their_left_edge_have_some() -> None:
    backward = [Line((Segment("年", 9.0, 4.0),), 0.0, 1.0, 1.0), Line((Segment("报", 8.0, 8.0),), 2.0, 3.0, 1.0)]
    assert margins(backward) == (8.0, 8.0)
    assert margins(backward[:1]) == (9.0, 4.0)
