"""How can an item stand in a static edition?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Lying(StrEnum):
    """How an item stands in an edition."""

    CURRENT = "current", "已经放进去"
    OUTDATED = "outdated", "还是更正以前的内容"
    WAITING = "waiting", "还没有放进去"
    SCHEDULED = "scheduled", "到了公开时间再放进去"
    APART = "apart", "不放这个栏目"
    LEAVING = "leaving", "已不该放在这里，等待删去"
    TOMBSTONE = "tombstone", "已换成撤回说明"
    STUCK = "stuck", "已经撤下，但还没有删去"

    word: str

    def __new__(cls, value: str, word: str) -> Self:
        made = str.__new__(cls, value)
        made._value_ = value
        made.word = word
        return made


@dataclass(frozen=True, slots=True)
class ItemInEdition:
    """An item in one edition: how it stands there, since when, at which address the public reads it, and what is to be done next.

    ``is_behind`` when something in the edition waits to be brought up to the present, this item or another; ``failure`` is why that did
    not work. ``is_well`` when nothing is to be done.
    """

    folder: str
    lying: Lying
    since: dt.datetime | None
    address: str
    is_behind: bool
    failure: str
    next_step: str

    @property
    def is_well(self) -> bool:
        """Whether nothing is to be done or waited for."""
        return not self.next_step
