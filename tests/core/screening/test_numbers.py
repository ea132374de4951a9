"""Do check digits hold, and are numbers found as they are written?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.screening.numbers import credit_code_check, identity_check, is_credit_code, luhn_holds, numbers

DIGITS = st.text("0123456789", min_size=17, max_size=17)
CREDIT = st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17)


def test_identity_check__is_the_one_of_the_standards_examples() -> None:
    # GB 11643-1999, annex: two worked numbers.
    assert identity_check("11010519491231002") == "X"
    assert identity_check("44052418800101001") == "4"


@given(DIGITS, st.integers(0, 16), st.integers(1, 9))
def test_identity_check__notices_any_single_wrong_digit(first: str, at: int, step: int) -> None:
    wrong = first[:at] + str((int(first[at]) + step) % 10) + first[at + 1 :]
    assert identity_check(wrong) != identity_check(first)


@given(DIGITS, st.integers(0, 16), st.integers(1, 9))
def test_luhn__notices_any_single_wrong_digit(first: str, at: int, step: int) -> None:
    whole = next(first + str(last) for last in range(10) if luhn_holds(first + str(last)))
    assert not luhn_holds(whole[:at] + str((int(whole[at]) + step) % 10) + whole[at + 1 :])


@given(DIGITS)
def test_luhn__exactly_one_last_digit_holds(first: str) -> None:
    assert sum(luhn_holds(first + str(last)) for last in range(10)) == 1


@given(CREDIT)
def test_credit_code__exactly_its_own_check_character_holds(first: str) -> None:
    check = credit_code_check(first)
    assert [c for c in "0123456789ABCDEFGHJKLMNPQRTUWXY" if is_credit_code(first + c)] == [check]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("号码12345678901。", ["12345678901"]),
        ("123 4567 8901", ["12345678901"]),
        ("1-2345-678901 尾", ["12345678901"]),
        ("A12345678901", []),
        ("ID12345678901", ["12345678901"]),
        ("12345678901.50", []),
        ("0.12345678901", []),
        ("12345678901*", []),
        ("https://example.cn/12345678901", []),
        ("2024 12345678901", ["12345678901"]),
    ],
)
def test_numbers__are_whole_groups_that_are_no_part_of_something_else(text: str, found: list[str]) -> None:
    assert [n.digits for n in numbers(text, 11, 11)] == found
