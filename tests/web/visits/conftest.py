"""With which office do the tests of visits begin?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gongkai_web.visits import access
from tests.web.publishing.conftest import at, bureau, other

__all__ = ["at", "bureau", "other"]


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    """No test knows what another one's footer said."""
    access._said.clear()
    yield
    access._said.clear()
