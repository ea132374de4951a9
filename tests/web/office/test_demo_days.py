"""Can the demonstration office be made on any day, on either database?"""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai_web.office.demo import making
from gongkai_web.publishing.models import Item, Stage
from gongkai_web.trail import reading


@pytest.mark.parametrize("today", [dt.date(2026, 4, 1), dt.date(2031, 2, 3)])
def test_demo__can_be_made_on_another_day_even_before_its_holidays_are_announced(today: dt.date) -> None:
    making.make(today)

    assert Item.objects.filter(stage=Stage.PUBLISHED).count() > 60
    assert reading.verify("tangchuan-sfj").ok
