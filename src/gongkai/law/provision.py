"""What is one rule of law as data: its value, its unit, its article, and the sentence that carries it?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from gongkai.kernel import Citation, Mark


class Unit(StrEnum):
    """What a provision's value counts."""

    WORKING_DAYS = "工作日"
    DAYS = "日"
    MONTHS = "月"
    YEARS = "年"
    HOURS = "小时"
    DATE = "月日"
    WORDS = "文字"
    TARIFF = "收费标准"


@dataclass(frozen=True, slots=True)
class Instrument:
    """A legal instrument in one version.

    ``last_day`` is never written: it is the day before the first day of the instrument that succeeds this one,
    None while it is in force. ``text`` names the official text's file, where one was read in full. ``note`` says
    what is uncertain about the instrument itself, its first day above all; it is empty when nothing is.
    """

    id: str
    name: str
    number: str
    first_day: dt.date
    last_day: dt.date | None
    local: bool
    text: str
    note: str

    def is_in_force(self, day: dt.date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """One slice of a charge: ``quantity`` units at ``price`` 元 each, the first of them being number ``first``."""

    first: int
    quantity: int
    price: int

    @property
    def amount(self) -> int:
        return self.quantity * self.price


@dataclass(frozen=True, slots=True)
class Charge:
    """What a quantity costs by a tariff, in 元, with every slice worked out."""

    lines: tuple[ChargeLine, ...]

    @property
    def amount(self) -> int:
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True, slots=True)
class Tariff:
    """A tariff that is dearer slice by slice, in whole 元 per unit.

    Units up to ``limits[0]`` are free; the slice that ends at ``limits[i + 1]`` costs ``prices[i]`` a unit. Beyond the last
    limit the last price holds, or, where ``step`` is given, every further ``step`` units cost ``rise`` more than the slice before.
    """

    limits: tuple[int, ...]
    prices: tuple[int, ...]
    step: int | None = None
    rise: int | None = None

    def price(self, unit: int) -> int:
        """The price of the unit with this number, counted from 1."""
        if unit <= self.limits[0]:
            return 0
        for i, limit in enumerate(self.limits[1:]):
            if unit <= limit:
                return self.prices[i]
        if self.step is None or self.rise is None:
            return self.prices[-1]
        return self.prices[-1] + self.rise * -((self.limits[-1] - unit) // self.step)

    def charge(self, quantity: int) -> Charge:
        """What ``quantity`` units cost together; no lines when nothing is to be paid."""
        lines: list[ChargeLine] = []
        first = self.limits[0] + 1
        while first <= quantity:
            last = min(self._slice_end(first), quantity)
            lines.append(ChargeLine(first, last - first + 1, self.price(first)))
            first = last + 1
        return Charge(tuple(lines))

    def _slice_end(self, unit: int) -> int:
        for limit in self.limits:
            if unit <= limit:
                return limit
        if self.step is None:
            return 2**31
        return self.limits[-1] - (self.limits[-1] - unit) // self.step * self.step


Value = int | str | tuple[str, ...] | Tariff


@dataclass(frozen=True, slots=True)
class Subject:
    """What a key is about: its Chinese title, and the day from which some provision must always be in force (None: may be silent)."""

    key: str
    title: str
    since: dt.date | None


@dataclass(frozen=True, slots=True)
class Provision:
    """A rule of one instrument on one subject.

    ``statement`` is the rule in our own words, and every number and word of ``value`` stands in it. ``words`` is a short
    fragment of the article itself, by which the article is found again in the official text. ``source`` names the
    relay a statement was read in; it is empty when the text was read in full or nothing was read at all.
    """

    key: str
    title: str
    value: Value
    unit: Unit
    article: str
    statement: str
    instrument: Instrument
    mark: Mark
    source: str = ""
    words: str = ""

    @property
    def first_day(self) -> dt.date:
        return self.instrument.first_day

    @property
    def last_day(self) -> dt.date | None:
        return self.instrument.last_day

    @property
    def citation(self) -> Citation:
        return Citation(self.instrument.name, self.article, self.mark)

    @property
    def number(self) -> int:
        """The value of a provision that counts something."""
        if not isinstance(self.value, int):
            raise TypeError(f"{self.key} of {self.instrument.id} has no number but {self.value!r}")
        return self.value

    @property
    def tariff(self) -> Tariff:
        """The value of a provision that sets prices."""
        if not isinstance(self.value, Tariff):
            raise TypeError(f"{self.key} of {self.instrument.id} has no tariff but {self.value!r}")
        return self.value

    @property
    def amount(self) -> str:
        """The value with its unit, as "20个工作日" or "1月31日"."""
        if isinstance(self.value, Tariff):
            return "见表述"
        if isinstance(self.value, tuple):
            return "、".join(self.value)
        if isinstance(self.value, str):
            return self.value
        counter = "个" if self.unit in {Unit.WORKING_DAYS, Unit.MONTHS, Unit.HOURS} else ""
        return f"{self.value}{counter}{self.unit.value}"
