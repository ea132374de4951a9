"""Which surroundings does a test of files get: none, for nothing here touches a table?"""

from __future__ import annotations

import pytest


def pytest_itemcollected(item: pytest.Item) -> None:
    """Files are typed, cleaned and read without a table."""
    item.add_marker(pytest.mark.without_database)


@pytest.fixture(autouse=True)
def _rooms() -> None:
    """Instead of the rooms of the report desk and what is kept of tables."""
