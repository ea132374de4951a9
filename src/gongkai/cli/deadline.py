"""Which command asks for the deadlines of a case?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongkai.cli.parser import Commands


def add(commands: Commands) -> None:
    """Add deadline."""
