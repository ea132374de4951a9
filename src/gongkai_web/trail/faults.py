"""At which moments may the machine stop, and what then?

Acts pass these points; nothing happens there unless a test asks for a stop by ``GONGKAI_FAULT=point`` or ``point@act``.
"""

from __future__ import annotations

import os

POINTS = ("before-commit", "after-commit", "between-file-and-commit", "before-outbox")
STOPPED = 86
"""The exit status of a process stopped at a point."""


def point(name: str, act: str = "") -> None:
    """Stop the process here and now when the surroundings ask for it."""
    wanted = os.environ.get("GONGKAI_FAULT")
    if wanted and wanted in {name, f"{name}@{act}"}:
        os._exit(STOPPED)
