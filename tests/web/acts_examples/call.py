"""What is an example of an act?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from gongkai_web.trail.actors import Actor
from gongkai_web.trail.acts import Act
from gongkai_web.ui import clock
from tests.web.publishing.conftest import Bureau


@dataclass(frozen=True)
class Call:
    """The arguments of an act: who, what, how."""

    actor: Actor
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = field(default_factory=dict)
    days_later: int = 0

    def carry_out(self, act: Act) -> Any:
        """Call the act, so many days later."""
        now = clock.now
        with patch.object(clock, "now", lambda: now() + dt.timedelta(days=self.days_later)):
            return act.function(self.actor, *self.args, **self.kwargs)


Example = Callable[[Bureau], Call]
"""Brings a fresh office to where the act is possible, and says how it is called."""


def call(actor: Actor, *args: Any, **kwargs: Any) -> Call:
    """A call, written as the act is."""
    return Call(actor, args, kwargs)
