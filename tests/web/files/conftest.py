"""Which surroundings does a test of files get: none, for nothing here touches a table?"""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _rooms() -> None:
    """Instead of the rooms of the report desk, which need a database."""
