"""Are two wordings of one label the same, and two labels of one edition never?"""

from __future__ import annotations

from collections import Counter

import pytest

from gongkai.reading.labels import han_number, wording
from gongkai.reading.vocabulary import vocabulary
from gongkai.returns import Edition, editions

every_edition = pytest.mark.parametrize("edition", editions(), ids=lambda e: e.key)


@pytest.mark.parametrize(
    "text",
    [
        "（三）不予公开",
        "(三)不予公开",
        "㈢不予公开",
        "三、不予公开",
        "三．不予公开",
        "3.不予公开",
        "３．不予公开",
        "⒊不予公开",
        "③不予公开",
        "（3）不予公开",
        "3、不 予 公 开",
        "（三）不予\n公开",
        "\u200b（三）\u3000不予公开",
        "其中：3.不予公开",
    ],
)
def test_label__number_brackets_and_spaces_do_not_change_it(text: str) -> None:
    assert wording(text) == ("不予公开", "3")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3.危及“三安全一稳定”", '3.危及"三安全一稳定"'),
        ("3.危及“三安全一稳定”", "3.危及三安全一稳定"),
        ("(11)其它原因", "（11）其他原因"),
        ("本年增/减", "本年增／减"),
        ("不是《条例》所指政府信息", "不是〈条例〉所指政府信息"),
    ],
)
def test_label__quotes_and_forms_of_characters_do_not_change_it(one: str, other: str) -> None:
    assert wording(one) == wording(other)


def test_label__digits_that_tell_labels_apart_are_kept() -> None:
    assert wording("(5)“免予公开范围1”数").core != wording("(6)“免予公开范围2”数").core
    assert wording("第二十条第（一）项").core != wording("第二十条第（五）项").core


@pytest.mark.parametrize(("text", "number"), [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("三十五", 35)])
def test_label__chinese_numbers_are_numbers(text: str, number: int) -> None:
    assert han_number(text) == number


@every_edition
def test_vocabulary__labels_of_one_edition_are_distinct_below_their_parent(edition: Edition) -> None:
    words = vocabulary(edition)
    seen = Counter((entry.parent, core) for entry in words.entries for core in entry.cores)

    assert [key for key, count in seen.items() if count > 1] == []


@every_edition
def test_vocabulary__only_labels_marked_as_shared_answer_to_the_same_wording(edition: Edition) -> None:
    words = vocabulary(edition)

    for entries in words.by_core.values():
        assert len(entries) == 1 or all(entry.shared for entry in entries)


@every_edition
def test_vocabulary__column_headings_of_one_table_are_distinct_as_paths(edition: Edition) -> None:
    for heading in vocabulary(edition).headings.values():
        assert len(set(heading.paths)) == len(heading.paths)


@every_edition
def test_vocabulary__every_printed_order_names_every_column_once(edition: Edition) -> None:
    for heading in vocabulary(edition).headings.values():
        for order in heading.orders:
            columns = [index for _, index in order if index is not None]
            assert columns == sorted(columns) or set(columns) == set(range(len(heading.paths)))
            assert len(columns) == len(heading.paths)
