"""Are answers kept so that a process reading many files does not grow?"""

from __future__ import annotations

from gongkai.reading import labels, values
from gongkai.reading.remembered import FEW, SHORT, remembered


def test_remembered__keeps_many_short_texts_and_only_the_last_few_long_ones() -> None:
    asked: list[str] = []

    @remembered
    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    short = [f"字{n}" for n in range(10 * FEW)]
    long = [f"{n}" + "字" * SHORT for n in range(10 * FEW)]
    for texts in (short, long):
        asked.clear()
        for text in (*texts, *texts):
            assert length(text) == len(text)
        assert len(asked) == len(texts) * (1 if texts is short else 2)
    asked.clear()
    assert [length(long[-1]), length(long[-FEW])] == [len(long[-1]), len(long[-FEW])]
    assert asked == []


def test_answers__are_the_same_for_long_texts_as_for_short_ones() -> None:
    long = " １，０１０ " + "。" * SHORT
    assert values.plain(long) == "1,010 " + "。" * SHORT
    assert not values.is_value(long)
    assert labels.without_notes("甲" * SHORT + "（不计入）") == "甲" * SHORT
