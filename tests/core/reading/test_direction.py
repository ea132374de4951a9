"""Are the characters of a turned text put into the order in which a reader sees them?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.direction import as_shown, shown_order

MARKS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def seen(text: str) -> str:
    """What shows of a text: not the marks."""
    return "".join(c for c in as_shown(text) if c not in MARKS)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("电话\u202e321\u202c。", "电话123。"),
        ("电话\u202e321", "电话123"),
        ("\u202e一二\n三四", "二一\n四三"),
        ("\u202e321\u202d45\u202c6\u202c7", "6451237"),
        ("\u202e321\u202e45\u202c6\u202c7", "6451237".replace("45", "54")),
        ("\u2066\u202e321\u2069\u202c4", "1234"),
        ("\u202b321\u202c", "321"),
        ("\u202c\u2069321\u202e", "321"),
        ("\u202e一\r\n\u202c二", "一\r\n二"),
    ],
)
def test_turned_text__shows_from_right_to_left(written: str, shown: str) -> None:
    assert seen(written) == shown


def test_text_without_an_override__keeps_its_order() -> None:
    assert shown_order("电话123") is None
    assert shown_order("\u202b电话123\u202c") is None


@given(st.text(f"一二12\n\r{MARKS}\u2028", max_size=40))
def test_order__holds_every_position_once_and_keeps_the_lines(text: str) -> None:
    order = shown_order(text)
    assert order is None or sorted(order) == list(range(len(text)))
    assert [sorted(line) for line in as_shown(text).split("\n")] == [sorted(line) for line in text.split("\n")]
