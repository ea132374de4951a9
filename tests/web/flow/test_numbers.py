"""Is a number given once, in order, and only inside an act?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gongkai_web.agencies.models import Body
from gongkai_web.flow.models import Counter
from gongkai_web.flow.numbers import last_number, next_number

InAct = Callable[[Callable[[], Any]], Any]


def test_numbers__count_from_one_in_each_class_and_year(body: Body, in_act: InAct) -> None:
    given = [in_act(lambda: next_number(body, "index", 2026)) for _ in range(3)]

    assert given == [1, 2, 3]
    assert in_act(lambda: next_number(body, "index", 2027)) == 1
    assert in_act(lambda: next_number(body, "request", 2026)) == 1
    assert last_number(body, "index", 2026) == 3
    assert last_number(body, "index", 2025) == 0


def test_number__outside_an_act_is_refused(body: Body) -> None:
    with pytest.raises(RuntimeError, match="inside an act"):
        next_number(body, "index", 2026)


def test_number__of_a_failed_act_was_not_given(body: Body, in_act: InAct) -> None:
    def failing() -> None:
        next_number(body, "index", 2026)
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - raised three lines above
        in_act(failing)

    assert in_act(lambda: next_number(body, "index", 2026)) == 1


def test_counter__cannot_go_back_even_by_sql(body: Body, in_act: InAct) -> None:
    in_act(lambda: next_number(body, "index", 2026))

    with pytest.raises(IntegrityError, match="never given twice"), transaction.atomic():
        Counter.objects.update(last=0)
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        Counter.objects.all().delete()
