"""Which provision governs a subject on a day?"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai import law
from gongkai.errors import BadInput, NotFound
from gongkai.kernel import Mark
from gongkai.law.book import local_names

DAY = dt.timedelta(days=1)
REGIME = dt.date(2019, 5, 15)


@pytest.mark.parametrize(
    ("key", "day", "before", "after"),
    [
        ("reply.limit", REGIME, 15, 20),
        ("reply.extension", REGIME, 15, 20),
        ("report.department", REGIME, "3月31日", "1月31日"),
        ("suit.limit", dt.date(2015, 5, 1), 3, 6),
        ("review.authority", dt.date(2024, 1, 1), ("本级人民政府", "上一级主管部门"), ("本级人民政府",)),
    ],
)
def test_at__day_of_change__the_new_rule_starts_on_its_first_day(key: str, day: dt.date, before: object, after: object) -> None:
    assert law.at(day - DAY, key).value == before
    assert law.at(day, key).value == after


def test_at__citation__names_instrument_article_and_mark() -> None:
    provision = law.at(dt.date(2025, 1, 1), "reply.limit")
    assert str(provision.citation) == "《政府信息公开条例（2019年修订）》第三十三条第二款"
    assert provision.mark is Mark.READ
    assert provision.amount == "20个工作日"


def test_at__silent_law__refuses_and_says_since_when() -> None:
    with pytest.raises(NotFound, match="最早的规定自2021-01-01起施行"):
        law.at(dt.date(2020, 12, 31), "fee.items")


def test_at__rule_that_ended__says_so() -> None:
    with pytest.raises(NotFound, match="已经停止适用"):
        law.at(dt.date(2020, 1, 1), "application.purpose")


def test_at__unknown_subject__says_how_to_list_them() -> None:
    with pytest.raises(NotFound, match="gongkai law 查看全部事项"):
        law.at(dt.date(2020, 1, 1), "reply.limits")


def test_at__local_rule_not_adopted__is_off() -> None:
    with pytest.raises(NotFound, match="本级没有采用"):
        law.at(dt.date(2025, 1, 1), "local.register")


def test_adopt__local_rule__is_on_and_known_as_local() -> None:
    adopted = law.national().adopt("register_two_days")
    provision = adopted.at(dt.date(2025, 1, 1), "local.register")
    assert provision.value == 2
    assert provision.instrument.local
    assert law.national().find(dt.date(2025, 1, 1), "local.register") is None


def test_adopt__every_local_file__can_be_read() -> None:
    adopted = law.national().adopt(*local_names())
    assert {p.key for p in adopted.provisions if p.instrument.local} == {
        s.key for s in adopted.subjects if s.key.startswith("local.")
    }


def test_adopt__unknown_name__lists_the_choices() -> None:
    with pytest.raises(BadInput, match="register_two_days"):
        law.national().adopt("nothing")


def test_silence__third_party_and_comaker__mean_different_things() -> None:
    day = dt.date(2025, 1, 1)
    assert law.at(day, "consult.third_party.silence").value == "由行政机关决定是否公开"
    assert law.at(day, "consult.comaker.silence").value == "视为同意公开"


@given(st.dates(dt.date(2008, 5, 1), dt.date(2040, 1, 1)))
def test_at__any_day_since_the_regulation__required_subjects_have_exactly_one_rule(day: dt.date) -> None:
    book = law.national()
    for subject in book.subjects:
        in_force = [p for p in book.history(subject.key) if p.instrument.is_in_force(day)]
        assert len(in_force) <= 1
        if subject.since and day >= subject.since:
            assert in_force


def test_number_and_tariff__of_a_rule_in_words__are_the_callers_mistake() -> None:
    provision = law.at(dt.date(2025, 1, 1), "consult.comaker.silence")
    with pytest.raises(TypeError, match="no number"):
        _ = provision.number
    with pytest.raises(TypeError, match="no tariff"):
        _ = provision.tariff
