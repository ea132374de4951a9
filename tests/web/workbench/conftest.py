"""With which office and items does a test of the staff's screens begin?"""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse

from tests.web.examined_once import examined_once
from tests.web.publishing.conftest import Bureau
from tests.web.staffed import make_office

__all__ = ["examined_once"]


@pytest.fixture
def bureau() -> Bureau:
    """An office with categories."""
    return Bureau(make_office())


@pytest.fixture
def other() -> Bureau:
    """Another body with people of its own."""
    return Bureau(make_office("linxi", "临汐县司法局"))


def words(response: HttpResponse) -> str:
    """What a page says."""
    return response.content.decode()


def hidden(response: HttpResponse, name: str) -> str:
    """The value of a hidden field on a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', words(response))
    assert found, name
    return found[1]
