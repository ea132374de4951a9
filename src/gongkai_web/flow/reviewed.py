"""What kinds of things are reviewed, and what follows when a review ends?

An application lists its kinds as the tuple ``REVIEWED`` in its module ``reviewed_kinds``; the acts of a review call them, so that deciding
the last step and what follows from it are one act.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from gongkai_web.flow.models import Approval, Review
from gongkai_web.trail.actors import Actor


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A kind of thing that is reviewed. All functions are called inside the act.

    ``authors`` are the keys of all who wrote what is reviewed: none of them decides. ``approved`` says in words what followed, for the
    sentence in the trail (begins with “，”, or is empty). ``returned`` is given the reason.
    """

    kind: str
    title: str
    authors: Callable[[Review], frozenset[int]]
    approved: Callable[[Actor, Approval], str]
    returned: Callable[[Review, str], None]
    withdrawn: Callable[[Review], None]


@cache
def kinds() -> tuple[Reviewed, ...]:
    """All kinds of all installed applications."""
    found: list[Reviewed] = []
    for config in apps.get_app_configs():
        if config.name.startswith("gongkai_web.") and find_spec(f"{config.name}.reviewed_kinds") is not None:
            found.extend(import_module(f"{config.name}.reviewed_kinds").REVIEWED)
    if len({k.kind for k in found}) != len(found):
        raise RuntimeError("two reviewed kinds have one name")
    return tuple(found)


def kind_of(review: Review) -> Reviewed:
    """The kind of a review's subject."""
    return next(k for k in kinds() if k.kind == review.subject_kind)
