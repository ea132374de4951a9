"""With which office do the tests of visits begin?"""

from __future__ import annotations

from tests.web.publishing.conftest import at, bureau, other

__all__ = ["at", "bureau", "other"]
