"""What do the data files say of the items of the demo year?

An item is a block of TOML between lines ``+++`` and its text in Markdown. ``{年}`` in any of its words is the year in which it became public,
``{上年}`` and ``{下年}`` those beside it, ``{日}`` the day it was made and ``{日+30}`` one 30 days later, ``{文号:key}`` another item's number.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from gongkai.calendar.spans import add_days
from gongkai_web.office.demo.days import Days

DATA = Path(__file__).parent / "data"
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_MARK = re.compile(r"\{(年|上年|下年|前年|日|文号)([+-]\d+)?(?::([a-z0-9-]+))?\}")
_SERIAL = "{号}"
LETTERS, OTHERS = "发〔", 8
"""In the bureau's own series of letters a number goes every so many days to one that is not shown here."""
_YEARS = {"前年": -2, "上年": -1, "年": 0, "下年": 1}


@dataclass(frozen=True, slots=True)
class Entry:
    """An item to be: its words, and what became of it.

    ``on`` (MM-DD) or ``ago`` (working days) says when the last step of its review was, or what came last; ``lead`` how many working days
    before that the information was made. ``until`` is how far it came: draft, review (``waits`` names the step, counted from 1), returned,
    approved, published, scheduled. ``lawful`` says why telephone numbers of institutions may stand in it.
    """

    category: str
    title: str
    key: str = ""
    on: str = ""
    years_back: int = 0
    ago: int = 0
    lead: int = 5
    late: bool = False
    department: str = "办公室"
    kind: str = "general"
    summary: str = ""
    keywords: str = ""
    theme: str = ""
    genre: str = ""
    document_number: str = ""
    issued: bool = False
    effective: int | None = None
    source: str = ""
    basis: str = ""
    attribute: str = "proactive"
    ground: str = ""
    reason: str = ""
    cuts: tuple[Mapping[str, str], ...] = ()
    reassess: int = 0
    five_kinds: tuple[str, ...] = ()
    obtained_from: str = ""
    joint_bodies: tuple[str, ...] = ()
    file: tuple[Mapping[str, Any], ...] = ()
    outings: tuple[tuple[Any, ...], ...] = ()
    until: str = "published"
    waits: int = 1
    returned: str = ""
    paper: bool = False
    lawful: str = ""
    opinion: str = ""
    links: tuple[tuple[str, str], ...] = ()
    scheduled: int = 0
    corrected: Mapping[str, Any] = field(default_factory=dict)
    withdrawn: Mapping[str, Any] = field(default_factory=dict)
    discarded: str = ""
    validity: Mapping[str, Any] = field(default_factory=dict)
    legality: Mapping[str, Any] = field(default_factory=dict)
    reassessed: Mapping[str, Any] = field(default_factory=dict)
    html: str = ""
    made_on: dt.date | None = None
    last_on: dt.date | None = None

    @property
    def made(self) -> dt.date:
        """The day the information was made."""
        assert self.made_on is not None
        return self.made_on

    @property
    def last(self) -> dt.date:
        """The day of what came last."""
        assert self.last_on is not None
        return self.last_on


_FIELDS = {f.name for f in fields(Entry)} - {"html", "made_on", "last_on"}


def entries(days: Days) -> tuple[Entry, ...]:
    """Every item of the demo year, dated and numbered, in the order of the days on which they were made."""
    raw = [entry for path in sorted((DATA / "items").glob("*.md")) for entry in _blocks(path)]
    dated = sorted((_dated(entry, days) for entry in raw), key=lambda e: (e.made, e.title))
    numbers = _numbers(dated)
    by_key = {e.key: numbers.get(e.title, "") for e in dated if e.key}
    return tuple(_filled(entry, numbers, by_key) for entry in dated)


def html(text: str) -> str:
    """Markdown as the text of an item."""
    return str(_MARKDOWN.render(text))


def _blocks(path: Path) -> Iterator[Entry]:
    parts = path.read_text(encoding="utf-8").split("+++\n")
    for head, text in zip(parts[1::2], parts[2::2], strict=True):
        given = tomllib.loads(head)
        unknown = given.keys() - _FIELDS
        if unknown:
            raise ValueError(f"{path.name}: {given.get('title')}: unknown {sorted(unknown)}")
        listed = {name: tuple(map(_frozen, value)) for name, value in given.items() if isinstance(value, list)}
        yield Entry(**{"category": path.stem.partition(".")[0], **given, **listed}, html=html(text))


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _dated(entry: Entry, days: Days) -> Entry:
    last = days.on(entry.on, entry.years_back) if entry.on else days.back(days.today, max(entry.ago, 1))
    return replace(entry, last_on=last, made_on=days.back(last, entry.lead))


def _numbers(dated: list[Entry]) -> dict[str, str]:
    """The document numbers, by title: counted through the year, so that what came later has the higher one."""
    found: dict[str, str] = {}
    given: dict[tuple[str, int], int] = {}
    for entry in dated:
        if _SERIAL in entry.document_number:
            series = (entry.document_number, entry.made.year)
            others = entry.made.timetuple().tm_yday // OTHERS if LETTERS in entry.document_number else 0
            given[series] = max(given.get(series, 0), others) + 1
            found[entry.title] = entry.document_number.replace("{年}", str(entry.made.year)).replace(_SERIAL, str(given[series]))
    return found


def _filled(entry: Entry, numbers: Mapping[str, str], by_key: Mapping[str, str]) -> Entry:
    def word(found: re.Match[str]) -> str:
        name, shift, key = found.groups()
        if name == "文号":
            return by_key[key]
        if name == "日":
            day = add_days(entry.made, int(shift or 0))
            return f"{day.year}年{day.month}月{day.day}日"
        return str(entry.last.year + _YEARS[name])

    def fill(value: Any) -> Any:
        if isinstance(value, str):
            return _MARK.sub(word, value)
        if isinstance(value, tuple | list):
            return tuple(fill(part) for part in value)
        if isinstance(value, Mapping):
            return {name: fill(part) for name, part in value.items()}
        return value

    named = {f.name: fill(getattr(entry, f.name)) for f in fields(entry)}
    return Entry(**{**named, "document_number": numbers.get(entry.title, named["document_number"])})
