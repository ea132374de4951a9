"""What do tests of background work share: a body, and an act that does what a test wants?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gongkai_web.agencies.models import Body
from gongkai_web.trail import acts
from gongkai_web.trail.actors import INSTALLATION, Actor, Subject
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from tests.web.examined_once import examined_once

__all__ = ["examined_once"]


@pytest.fixture
def body() -> Body:
    """A body."""
    return Body.objects.create(slug="xiuchuan", name="岫川县司法局", created_at=clock.now())


@pytest.fixture
def in_act(body: Body) -> Callable[[Callable[[], Any]], Any]:
    """Carry something out inside an act."""

    def carry_out(work: Callable[[], Any]) -> Any:
        @acts.act("test.work", "{actor}试办", title="试办")
        def doing(actor: Actor) -> Done[Any]:
            return Done(work(), body.slug, Subject("test", "1", "试办"))

        try:
            return doing(INSTALLATION)
        finally:
            acts._acts.pop("test.work")

    return carry_out
