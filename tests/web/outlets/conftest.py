"""With which office do the tests of boards and screens begin?"""

from __future__ import annotations

from typing import Any

import pytest

from gongkai_web.agencies.roles import Role
from gongkai_web.outlets.actions import hangings, places
from gongkai_web.outlets.models import Hanging, Place
from gongkai_web.ui import clock
from tests.web.publishing.conftest import Bureau, at, bureau, other

__all__ = ["at", "bureau", "other"]


def place(bureau: Bureau, kind: str = "board", name: str = "一楼公告栏", seconds: int = 20) -> Place:
    about = places.About(name, "办公楼一楼", bureau.person(Role.CLERK).pk, seconds)
    return places.open_place(bureau.actor(Role.CLERK), bureau.body.pk, kind=kind, about=about)


def hang(bureau: Bureau, item: Any, where: Place, form: str = "text", **days: Any) -> Hanging:
    days = {"on_day": clock.today(), **days}
    return hangings.hang(bureau.actor(Role.CLERK), item.pk, where.pk, form=form, **days)


@pytest.fixture
def board(bureau: Bureau) -> Place:
    """A notice board that the clerk looks after."""
    return place(bureau)


@pytest.fixture
def screen(bureau: Bureau) -> Place:
    """An information screen."""
    return place(bureau, "screen", "大厅电子屏")
