"""Does a cell's text become the number it certainly is, and nothing else?"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kernel import State
from gongkai.reading.values import ZERO_HIDDEN, Doubt, is_value, value_of


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("0", "件", "0"),
        ("１２", "件", "12"),
        ("1,010", "件", "1010"),
        ("1，010", "件", "1010"),
        ("1 010", "件", "1010"),
        ("12\u2009345\u202f678", "件", "12345678"),
        ("２ ０００", "件", "2000"),
        ("1 234 056件", "件", "1234056"),
        ("5 004.5元", "元", "5004.5"),
        ("2万", "人次", "20000"),
        ("1.2亿", "人次", "120000000"),
        ("+1", "项", "1"),
        ("-2", "项", "-2"),
        ("－2", "项", "-2"),
        ("−2", "项", "-2"),
        ("- 2", "项", "-2"),
        ("减2", "项", "-2"),
        ("8.5", "件", "8.5"),
        ("3件", "条", "3"),
        ("100人次", "人次", "100"),
        (" 0 ", "件", "0"),
        ("\u30000", "件", "0"),
        ("\u200b5\ufeff", "件", "5"),
        ("3²", "件", "3"),
        ("零", "件", "0"),
        ("184719元", "万元", "18.4719"),
        ("¥3,600.00", "万元", "0.36"),
        ("￥3.6万", "万元", "3.6"),
        ("-¥2", "元", "-2"),
        ("¥-2", "元", "-2"),
        ("¥3.6万元", "元", "36000"),
        ("17.27万元", "元", "172700"),
        ("2万", "万元", "2"),
        ("2万", "元", "20000"),
        ("0.05亿元", "万元", "500"),
    ],
)
def test_value__certain_number_is_read_in_the_cells_unit(text: str, unit: str, value: str) -> None:
    read = value_of(text, unit)

    assert (read.state, read.value) == (State.NUMBER, Decimal(value))


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\u00a0", "\t", "\u200b"])
def test_value__what_shows_nothing_is_blank(text: str) -> None:
    assert value_of(text, "件").state is State.BLANK


@pytest.mark.parametrize("text", ["-", "—", "——", "－", "--", "–"])
def test_value__dash_alone_is_a_dash(text: str) -> None:
    assert value_of(text, "项").state is State.DASH


@pytest.mark.parametrize("text", ["/", "／", "不适用", "无此项", "不涉及", "N/A"])
def test_value__sign_for_not_applicable_is_kept_apart_from_blank(text: str) -> None:
    assert value_of(text, "件").state is State.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("text", "unit", "doubt"),
    [
        ("无", "件", Doubt.WORDS),
        ("见附件", "件", Doubt.WORDS),
        ("约20", "件", Doubt.APPROXIMATE),
        ("20余", "件", Doubt.APPROXIMATE),
        ("20多万", "人次", Doubt.APPROXIMATE),
        ("81.8.0", "件", Doubt.MALFORMED),
        ("1O", "件", Doubt.MALFORMED),
        ("3/4", "件", Doubt.MALFORMED),
        ("10,10", "件", Doubt.MALFORMED),
        ("1 0", "件", Doubt.MALFORMED),
        ("36 120", "人次", Doubt.MALFORMED),
        ("36\u00a0120", "人次", Doubt.MALFORMED),
        ("36\u3000010", "人次", Doubt.MALFORMED),
        ("36  010", "人次", Doubt.MALFORMED),
        ("36\u00a0 010", "人次", Doubt.MALFORMED),
        ("36\n010", "人次", Doubt.MALFORMED),
        ("36\t010", "人次", Doubt.MALFORMED),
        ("0 150", "条", Doubt.MALFORMED),
        ("0\u2009150", "条", Doubt.MALFORMED),
        ("04 020", "条", Doubt.MALFORMED),
        ("12\u00a0345\u00a0678", "件", Doubt.MALFORMED),
        ("1. 5", "件", Doubt.MALFORMED),
        ("13.8%", "件", Doubt.MALFORMED),
        ("+1/-2", "项", Doubt.MALFORMED),
        ("3万元", "件", Doubt.UNIT),
        ("¥3", "件", Doubt.UNIT),
        ("3.6〔保存的是36000〕", "万元", Doubt.MALFORMED),
        ("3件", "万元", Doubt.UNIT),
        ("??", "件", Doubt.LOST),
        ("锟斤拷", "件", Doubt.LOST),
    ],
)
def test_value__what_is_not_certainly_a_number_stays_text(text: str, unit: str, doubt: Doubt) -> None:
    read = value_of(text, unit)

    assert (read.state, read.value, read.doubt, read.text) == (State.TEXT, None, doubt, text)


@given(st.integers(-(10**9), 10**9))
def test_value__every_integer_is_read_however_its_digits_are_written(number: int) -> None:
    wide = str(number).translate({ord("-"): "－"} | {ord(str(d)): chr(0xFF10 + d) for d in range(10)})
    for text in (str(number), f"{number:,}", wide):
        assert value_of(text, "件").value == number


@given(st.text(max_size=12))
def test_value__no_text_raises_and_only_numbers_have_values(text: str) -> None:
    read = value_of(text, "件")

    assert (read.value is not None) == (read.state is State.NUMBER)
    assert isinstance(is_value(text), bool)


@pytest.mark.parametrize("text", ["3", "1,010", "约20", "81.8.0", "—", "", "不适用", "无", "2万", "??"])
def test_value__loose_text_of_a_cell_is_known_as_a_value(text: str) -> None:
    assert is_value(text)


@pytest.mark.parametrize("text", ["2020年", "第3页", "（一）予以公开", "共3件申请", "自然人", "附件1"])
def test_value__words_with_digits_are_not_taken_for_values(text: str) -> None:
    assert not is_value(text)


@pytest.mark.parametrize(
    ("text", "doubt"), [("10⁴", Doubt.MALFORMED), ("¹²", Doubt.MALFORMED), (f"0{ZERO_HIDDEN}", Doubt.HIDDEN)]
)
def test_value__that_is_neither_number_nor_blank_stays_text(text: str, doubt: Doubt) -> None:
    found = value_of(text, "件")

    assert (found.state, found.value, found.doubt) == (State.TEXT, None, doubt)
