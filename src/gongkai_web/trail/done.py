"""What does an act say it did?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from gongkai_web.trail.actors import Subject

T = TypeVar("T")

INSTALLATION_CHAIN = "installation"
"""The chain of what concerns no single body."""


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What an act did.

    ``value`` goes back to the caller. ``chain`` is the body's slug or INSTALLATION_CHAIN. ``words`` fill the sentence, beside the subject's
    name; ``personal`` (JSON) is kept with them. All these can be erased later without breaking the chain. ``fixed`` (JSON) cannot: numbers,
    digests, keys, days, never what somebody typed. ``happened_on`` is the legal day where it is not today.
    """

    value: T
    chain: str
    subject: Subject
    words: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, Any] = field(default_factory=dict)
    personal: Mapping[str, Any] = field(default_factory=dict)
    happened_on: dt.date | None = None
