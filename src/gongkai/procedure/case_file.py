"""How is a case written down by hand, and what of it cannot be read?

A case is a TOML file: ``number``, ``[[item]]`` entries (``id``, ``description``; one item when none is listed) and ``[[event]]`` entries. An event
names its kind by title or code and the day it happened (``on``); ``recorded`` is the instant it was registered, by default the beginning
of that day in Beijing; ``id`` by default its place in the file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypeVar

from gongkai.calendar.importing import FIRST_YEAR, LAST_YEAR
from gongkai.calendar.working_days import BEIJING
from gongkai.errors import BadInput
from gongkai.procedure.events import Case, Event, Item
from gongkai.procedure.kinds import CARD_OF, CARDS, KIND_OF_TITLE, Kind, Party, Route
from gongkai.reasons import written

ALWAYS = ("id", "kind", "on", "recorded", "note", "corrects")
TYPES: dict[str, type] = {
    "subject": str,
    "days": int,
    "until": dt.date,
    "outcome": str,
    "role": str,
    "note": str,
    "corrects": str,
    "id": str,
}
_Choice = TypeVar("_Choice", Party, Route)
TYPE_TITLES = {str: "文字", int: "整数", dt.date: "日期"}


def case_from(data: Mapping[str, Any], name: str) -> Case:
    """The case in a parsed file; keys other than number, item and event are left to others. Raises BadInput naming file and entry."""
    entries = data.get("event")
    if not isinstance(entries, list) or not entries:
        raise BadInput(f"案件文件“{name}”里没有任何 [[event]]，请至少写明申请是怎样收到的。写法见 gongkai deadline --template。")
    listed = data.get("item", [])
    if not isinstance(listed, list) or not all(isinstance(entry, Mapping) for entry in (*listed, *entries)):
        raise BadInput(
            f"案件文件“{name}”：申请内容和记录要写成 [[item]]、[[event]] 一节一节的形式。写法见 gongkai deadline --template。"
        )
    items = tuple(_item(entry, name, place) for place, entry in enumerate(listed, 1)) or (Item("1", "全部内容"),)
    if len({item.id for item in items}) < len(items):
        raise BadInput(f"案件文件“{name}”里有两项内容用了同一个 id，请改成不同的。")
    events = tuple(_event(entry, name, place) for place, entry in enumerate(entries, 1))
    return Case(str(data.get("number", name)), items, events)


def _item(entry: Mapping[str, Any], name: str, place: int) -> Item:
    for field in entry:
        if field not in {"id", "description"}:
            raise BadInput(f"案件文件“{name}”第{place}个 [[item]]：没有“{field}”这个字段，只有 id 和 description，请改正。")
    return Item(str(entry.get("id", place)), str(entry.get("description", "")))


def _event(entry: Mapping[str, Any], name: str, place: int) -> Event:
    where = f"案件文件“{name}”第{place}个 [[event]]"
    kind = _kind(entry.get("kind"), where)
    card = CARD_OF[kind]
    known = {*ALWAYS, *card.needs, *card.may}
    for field, value in entry.items():
        if field not in known:
            may = "、".join(sorted(known))
            raise BadInput(f"{where}（{card.title}）：没有“{field}”这个字段，可以写的有：{may}。请改正。")
        if isinstance(value, dt.date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise BadInput(f"{where}（{card.title}）：{field} 写的是 {value}，请核对年份。")
        expected = TYPES.get(field)
        if expected is not None and type(value) is not expected:
            raise BadInput(f"{where}（{card.title}）：{field} 应当是{TYPE_TITLES[expected]}，现在是 {written(value)}，请改正。")
    happened_on = entry.get("on")
    if type(happened_on) is not dt.date:
        raise BadInput(f"{where}（{card.title}）：on 应当是发生的日期，写成 2025-01-20 的样子，请改正。")
    recorded = entry.get("recorded", dt.datetime.combine(happened_on, dt.time(), BEIJING))
    if not isinstance(recorded, dt.datetime) or recorded.utcoffset() is None:
        raise BadInput(f"{where}（{card.title}）：recorded 应当是带时区的时刻，写成 2025-01-20T09:30:00+08:00 的样子，请改正。")
    return Event(
        str(entry.get("id", place)),
        kind,
        happened_on,
        recorded,
        party=_choice(Party, entry.get("party"), where, "party"),
        route=_choice(Route, entry.get("route"), where, "route"),
        **{
            field: entry[field] for field in ("subject", "days", "until", "outcome", "role", "note", "corrects") if field in entry
        },
    )


def _kind(given: object, where: str) -> Kind:
    if isinstance(given, str) and given in KIND_OF_TITLE:
        return KIND_OF_TITLE[given]
    if isinstance(given, str) and given in set(Kind):
        return Kind(given)
    choices = "、".join(card.title for card in CARDS)
    raise BadInput(f"{where}：没有“{given}”这种记录，可以写的有：{choices}。请改正。")


def _choice(choices: type[_Choice], given: object, where: str, field: str) -> _Choice | None:
    if given is None:
        return None
    for choice in choices:
        if given in {choice.value, choice.name.lower()}:
            return choice
    raise BadInput(f"{where}：{field} 只能写{'、'.join(c.value for c in choices)}，现在是“{given}”，请改正。")
