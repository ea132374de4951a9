"""How is an act carried out so that it and its entry in the trail are one?

A function under :func:`act` is the only thing that writes records. Called with an actor first, it opens a transaction, does its work,
says what it did with :class:`Done`, and exactly one entry is written before the transaction ends. Acts do not call acts, and an act is
not called inside a transaction of somebody else's: when it has returned, it is done and cannot be taken back by what comes after. Words
that carry a classification marking are refused before anything is done with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import transaction

from gongkai_web.trail import faults
from gongkai_web.trail.actors import Actor
from gongkai_web.trail.done import Done
from gongkai_web.trail.record import record
from gongkai_web.trail.typed import refuse_marked

T = TypeVar("T")
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Act:
    """A registered act: ``title`` is the word on a button, ``sentence`` what the trail says."""

    key: str
    title: str
    sentence: str
    function: Callable[..., Any]
    module: str


_SPEAK_OF_MARKINGS = frozenset({"files.marked.refuse"})
"""Acts that are told which marking was found; all others refuse words that carry one, whichever way they came."""
_acts: dict[str, Act] = {}
_running: ContextVar[str] = ContextVar("running_act", default="")
_together: ContextVar[bool] = ContextVar("acts_together", default=False)
_in_place_of: ContextVar[str] = ContextVar("acts_in_place_of", default="")
_LONGEST_NAME = 100


def act(
    key: str, sentence: str, *, title: str
) -> Callable[[Callable[Concatenate[Actor, P], Done[T]]], Callable[Concatenate[Actor, P], T]]:
    """Register a function as the act ``key``. ``sentence`` may name {actor}, {subject} and any of the words."""

    def wrapped(function: Callable[Concatenate[Actor, P], Done[T]]) -> Callable[Concatenate[Actor, P], T]:
        @wraps(function)
        def carried_out(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> T:
            if not isinstance(actor, Actor):
                raise TypeError(f"the act {key} is given an Actor first, not {type(actor).__name__}")
            if _running.get():
                raise RuntimeError(f"the act {key} was called inside the act {_running.get()}; share a plain function instead")
            if key not in _SPEAK_OF_MARKINGS:
                refuse_marked([args, kwargs])
            token, alone = _running.set(key), _in_place_of.set("")
            try:
                with transaction.atomic(durable=not _together.get()):
                    done = function(actor, *args, **kwargs)
                    record(key, sentence, _named(actor), done)
                    faults.point("before-commit", key)
            finally:
                _running.reset(token)
                _in_place_of.reset(alone)
            faults.point("after-commit", key)
            return done.value

        if key in _acts:
            raise RuntimeError(f"two acts are called {key}")
        _acts[key] = Act(key, title, sentence, carried_out, function.__module__)
        return carried_out

    return wrapped


@contextmanager
def together() -> Iterator[None]:
    """One transaction around many acts, for what nobody has seen before its end: the making of the demonstration office."""
    with transaction.atomic(durable=True):
        token = _together.set(True)
        try:
            yield
        finally:
            _together.reset(token)


def in_place_of(name: str) -> None:
    """Say that the actor may do what is being done only as somebody's deputy: the entry then names both. Nothing outside of an act."""
    if _running.get() and name:
        _in_place_of.set(name)


def as_deputy(name: str, absent: str) -> str:
    """A deputy's name with that of whom they stand in for; the name alone where ``absent`` is empty."""
    return f"{name}（代理{absent}）" if absent else name


def _named(actor: Actor) -> Actor:
    return replace(actor, name=as_deputy(actor.name, _in_place_of.get())[:_LONGEST_NAME])


def registry() -> tuple[Act, ...]:
    """All acts that were imported, by key."""
    return tuple(_acts[k] for k in sorted(_acts))


def running() -> str:
    """The key of the act being carried out, or an empty string."""
    return _running.get()
