"""What does an information-processing fee come to?"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai import law
from gongkai.law import Charge, Tariff

DAY = dt.date(2025, 1, 1)
ITEMS = law.at(DAY, "fee.items").tariff
PAGES = law.at(DAY, "fee.pages").tariff


@pytest.mark.parametrize(
    ("items", "amount"), [(0, 0), (10, 0), (11, 100), (30, 2000), (31, 2200), (35, 3000), (40, 4000), (41, 4300), (45, 5500)]
)
def test_charge__by_items__follows_the_published_tariff(items: int, amount: int) -> None:
    assert ITEMS.charge(items).amount == amount


@pytest.mark.parametrize(
    ("pages", "amount"),
    [(0, 0), (30, 0), (31, 10), (68, 380), (100, 700), (101, 720), (200, 2700), (250, 4700), (1500, 54700)],
)
def test_charge__by_pages__follows_the_published_tariff(pages: int, amount: int) -> None:
    assert PAGES.charge(pages).amount == amount


def test_charge__nothing_to_pay__has_no_lines() -> None:
    assert ITEMS.charge(10) == Charge(())


def test_charge__slices__are_worked_out_one_by_one() -> None:
    lines = [(line.first, line.quantity, line.price, line.amount) for line in ITEMS.charge(45).lines]
    assert lines == [(11, 20, 100, 2000), (31, 10, 200, 2000), (41, 5, 300, 1500)]


@given(st.sampled_from([ITEMS, PAGES]), st.integers(0, 3000))
def test_charge__any_quantity__equals_the_sum_of_single_prices(tariff: Tariff, quantity: int) -> None:
    assert tariff.charge(quantity).amount == sum(tariff.price(unit) for unit in range(1, quantity + 1))
