"""Comment periods are tested over an office that publishes."""

from tests.web.publishing.conftest import at, bureau, other

__all__ = ["at", "bureau", "other"]
