"""How is the house of the doors built once for all tests of a module, and kept as it was?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings

from gongkai_web.flow import installation
from tests.web.doors.world import World, make_world
from tests.web.taken_back import taken_back


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The house is built once; whatever a test does in it is taken back."""
    data, before = tmp_path_factory.mktemp("house"), django_settings.DATA
    django_settings.DATA = data
    with django_db_blocker.unblock():
        with taken_back():
            yield make_world()
        installation.forget()
    django_settings.DATA = before


@pytest.fixture
def world(house: World, settings: Any, _rooms: None) -> World:
    """The house, in a test."""
    settings.DATA = house.data
    assert house.public(), "the house is gone: it was built inside the transaction of a test"
    return house
