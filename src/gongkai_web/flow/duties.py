"""What do the installed applications want done in the background?

An application lists its work as tuples in its module ``background``: ``OUTBOX`` (:class:`Handler`), ``TASKS`` (:class:`TaskKind`) and
``TICKS`` (:class:`Tick`). Nothing has to be registered elsewhere; two of one name are refused.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

from django.apps import apps

from gongkai_web.trail.actors import Actor


@dataclass(frozen=True, slots=True)
class Letter:
    """One thing that happened, out of the outbox. The handler reads the present state of ``key`` itself."""

    id: int
    kind: str
    key: str
    body_id: int | None
    made_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Handler:
    """Who is told of what happened: ``function`` is given letters of its kinds in order, some of them perhaps for a second time."""

    name: str
    kinds: tuple[str, ...]
    function: Callable[[tuple[Letter, ...]], None]


class Job(Protocol):
    """What a running task is given first."""

    @property
    def id(self) -> int: ...

    @property
    def actor(self) -> Actor: ...

    def progress(self, done: int, total: int, stage: str = "") -> None:
        """Say how far it is."""

    def stopping(self) -> bool:
        """Whether the worker wants to stop: finish the present piece, raise :class:`Interrupted`, and be called again later."""


class Interrupted(Exception):
    """A task gave up its turn because the worker stops; it is run again after the next start."""


@dataclass(frozen=True, slots=True)
class TaskKind:
    """A kind of queued task. ``function(job, **arguments)`` may return a small JSON mapping; it must bear being run again."""

    name: str
    title: str
    function: Callable[..., Mapping[str, Any] | None]
    attempts: int = 3


@dataclass(frozen=True, slots=True)
class Tick:
    """Short work done regularly: every so often, or once a day from a time of day in Beijing on. ``function`` is given this instant."""

    name: str
    title: str
    function: Callable[[dt.datetime], None]
    every: dt.timedelta = dt.timedelta(minutes=1)
    daily_at: dt.time | None = None


def handlers() -> tuple[Handler, ...]:
    """All handlers, lower applications first."""
    return _listed("OUTBOX")


def task_kinds() -> tuple[TaskKind, ...]:
    """All kinds of queued tasks."""
    return _listed("TASKS")


def ticks() -> tuple[Tick, ...]:
    """All regular work."""
    return _listed("TICKS")


def task_kind(name: str) -> TaskKind | None:
    """The kind of that name, None when no application knows it (any more)."""
    return next((kind for kind in task_kinds() if kind.name == name), None)


@cache
def _listed(what: str) -> tuple[Any, ...]:
    found: list[Any] = []
    for config in apps.get_app_configs():
        if config.name.startswith("gongkai_web.") and find_spec(f"{config.name}.background") is not None:
            found.extend(getattr(import_module(f"{config.name}.background"), what, ()))
    names = [each.name for each in found]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise RuntimeError(f"{what} names {', '.join(sorted(twice))} twice")
    return tuple(found)
