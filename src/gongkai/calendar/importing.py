"""Can this file be taken as the arrangement of a year's days off, and what does it say?

Three forms are read. TOML and JSON carry year, source, published, body, complete, off and work, where a day is ``2027-02-06`` or a
span ``2027-02-06/2027-02-12``; JSON may instead be a list ``days`` of ``{"date", "isOffDay"}`` with ``papers`` as the source. CSV has two
columns with the headings 日期 and 安排, the latter 放假 or 上班.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongkai.calendar.arrangement import Arrangement, DayKind, by_weekday
from gongkai.calendar.statutory import statutory_holidays
from gongkai.errors import BadCalendar, Unreadable
from gongkai.law import Law
from gongkai.reasons import syntax_reason, system_reason, written

FIELDS = {"year", "source", "published", "recorded", "body", "complete", "off", "work"}
LARGEST = 1_000_000  # bytes; a year's arrangement has a few dozen lines
FIRST_YEAR, LAST_YEAR = 1949, 2199  # years a person may mean; beyond them a count of days would leave the calendar
LONGEST_SPAN = dt.timedelta(weeks=5)
WRITTEN_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_EVERYDAY = range(0xB0, 0xD8)  # leading bytes of GB 2312's first level
_KEPT = "# 由 gongkai 保存，UTF-8 编码"
SUFFIXES = {".toml", ".json", ".csv"}


@dataclass(frozen=True, slots=True)
class Stated:
    """What the person who imports a file says of it beside the file: used where the file itself is silent."""

    source: str = ""
    body: str | None = None
    supplement: bool = False


def read_arrangement(path: Path, law: Law, stated: Stated = Stated()) -> Arrangement:
    """The arrangement in a file, checked. Raises Unreadable for no such file or form, BadCalendar for what it says."""
    if path.suffix.lower() not in SUFFIXES:
        raise Unreadable(
            f"“{path.name}”不是放假安排文件。请使用 .toml、.json 或 .csv 文件，写法见 gongkai calendar import --help。"
        )
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"打不开“{path}”（{system_reason(error)}）。请检查文件名和权限。") from None
    if len(raw) > LARGEST:
        raise Unreadable(f"“{path.name}”太大，不像一年的放假安排。请检查是否选错了文件。")
    fields = _fields(path, _text(path, raw))
    return _checked(path, fields, law, stated)


def refuse_future(path: Path, arrangement: Arrangement, today: dt.date) -> None:
    """Raises BadCalendar where the notice is said to be of a day after ``today``, on which the file is imported."""
    if arrangement.published is not None and arrangement.published > today:
        raise BadCalendar(
            f"“{path.name}”的 published 写的是{arrangement.published}，晚于今天（{today}）。请改为通知印发的日期；还没有印发的，印发以后再导入。"
        )


def as_toml(arrangement: Arrangement) -> str:
    """The arrangement as the file that is kept; :func:`read_arrangement` reads it back unchanged."""
    lines = [_KEPT, f"year = {arrangement.year}", f"source = {json.dumps(arrangement.source, ensure_ascii=False)}"]
    if arrangement.published:
        lines.append(f"published = {arrangement.published}")
    if arrangement.recorded:
        lines.append(f"recorded = {arrangement.recorded}")
    if arrangement.body:
        lines.append(f"body = {json.dumps(arrangement.body, ensure_ascii=False)}")
    lines.append(f"complete = {str(arrangement.complete).lower()}")
    for name, days in (("off", arrangement.off), ("work", arrangement.work)):
        lines.append(f"{name} = [{', '.join(str(day) for day in sorted(days))}]")
    return "\n".join(lines) + "\n"


def read_folder(folder: Path, law: Law) -> tuple[Arrangement, ...]:
    """Every arrangement kept in a folder, oldest import first; none when the folder does not exist."""
    return tuple(read_arrangement(path, law) for path in sorted(folder.glob("*.toml")))


def _text(path: Path, raw: bytes) -> str:
    found = []
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            found.append(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    if len(found) > 1 and not _has_chinese(found[0]) and _has_chinese(found[1]):
        return found[1]  # bytes that are both: the reading that gives Chinese
    if found:
        return found[0]
    raise Unreadable(f"“{path.name}”的文字编码认不出来。请另存为 UTF-8 编码后再导入。")


def _has_chinese(text: str) -> bool:
    """Whether any everyday Chinese character (of GB 2312's first level) stands in a text."""
    return any(ch >= "\u4e00" and ch.encode("gb2312", "replace")[0] in _EVERYDAY for ch in text)


def _fields(path: Path, text: str) -> dict[str, Any]:
    try:
        if path.suffix.lower() == ".csv":
            return _from_csv(path, text)
        data = tomllib.loads(text) if path.suffix.lower() == ".toml" else json.loads(text)
    except (ValueError, csv.Error, RecursionError) as error:
        raise Unreadable(
            f"“{path.name}”的写法不对（{syntax_reason(error)}）。请对照 gongkai calendar import --help 改正。"
        ) from None
    if not isinstance(data, dict):
        raise BadCalendar(f"“{path.name}”里应当是一份放假安排，现在是一个列表。请对照 gongkai calendar import --help 改正。")
    return _from_days(path, data) if isinstance(data.get("days"), list) else data


def _from_csv(path: Path, text: str) -> dict[str, Any]:
    rows = list(csv.DictReader(text.splitlines()))
    if not rows or not {"日期", "安排"} <= set(rows[0]):
        raise BadCalendar(f"“{path.name}”的第一行应当有“日期”和“安排”两个列名，请补上。")
    off: list[object] = []
    work: list[object] = []
    for number, row in enumerate(rows, 2):
        kind = (row["安排"] or "").strip()
        if kind not in {"放假", "上班"}:
            raise BadCalendar(f"“{path.name}”第{number}行的安排是“{kind}”，只能写“放假”或“上班”，请改正。")
        (off if kind == "放假" else work).append((row["日期"] or "").strip())
    return {"off": off, "work": work}


def _from_days(path: Path, data: Mapping[str, Any]) -> dict[str, Any]:
    off: list[object] = []
    work: list[object] = []
    for day in data["days"]:
        if not isinstance(day, dict) or not isinstance(day.get("isOffDay"), bool) or "date" not in day:
            raise BadCalendar(f"“{path.name}”的 days 里每一天都要有 date 和 isOffDay，请补上。")
        (off if day["isOffDay"] else work).append(day["date"])
    papers = data.get("papers")
    source = data.get("source") or ("；".join(map(str, papers)) if isinstance(papers, list) else "")
    return {"year": data.get("year"), "source": source, "off": off, "work": work}


def _checked(path: Path, fields: Mapping[str, Any], law: Law, stated: Stated) -> Arrangement:
    for name in fields:
        if name not in FIELDS:
            raise BadCalendar(f"“{path.name}”里的“{name}”不认识，可用的有：{'、'.join(sorted(FIELDS))}。请删去或改正。")
    off, work = _days(path, fields.get("off", [])), _days(path, fields.get("work", []))
    if not off and not work:
        raise BadCalendar(f"“{path.name}”里没有一天放假或者上班，请检查 off 和 work。")
    for name in ("source", "body"):
        if not isinstance(fields.get(name, ""), str):
            raise BadCalendar(f"“{path.name}”的 {name} 应当是一段文字，现在是{written(fields[name])}，请改正。")
    both = sorted(off & work)
    if both:
        raise BadCalendar(f"“{path.name}”里{both[0]}既写了放假又写了上班，请改正其中一处。")
    year = _year(path, fields.get("year"), off | work)
    source = str(fields.get("source") or stated.source)
    if not source:
        raise BadCalendar(f"“{path.name}”没有写明依据的文件。请写 source，或在命令里加 --source 通知名称。")
    published, recorded = (_day(path, fields[name]) if fields.get(name) else None for name in ("published", "recorded"))
    complete = bool(fields.get("complete", not stated.supplement))
    arrangement = Arrangement(year, off, work, source, published, complete, fields.get("body") or stated.body, recorded)
    _refuse_unlikely(path, arrangement, law)
    return arrangement


def _year(path: Path, given: object, days: Iterable[dt.date]) -> int:
    if given is not None and type(given) is not int:
        raise BadCalendar(f"“{path.name}”的 year 应当是四位数字的年份，现在是{written(given)}，请改正。")
    year = given if type(given) is int else max(day.year for day in days)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadCalendar(f"“{path.name}”是{year}年的安排，请核对年份。")
    first, last = dt.date(year - 1, 12, 1), dt.date(year, 12, 31)
    for day in sorted(days):
        if not first <= day <= last:
            raise BadCalendar(f"“{path.name}”是{year}年的安排，却写了{day}。请核对年份和日期。")
    return year


def _refuse_unlikely(path: Path, arrangement: Arrangement, law: Law) -> None:
    """A slip of the finger must not move deadlines: make-up days are weekend days, a whole year has its statutory holidays."""
    if not arrangement.complete:
        return
    for day in sorted(arrangement.work):
        if by_weekday(day) is DayKind.WORKING:
            raise BadCalendar(
                f"“{path.name}”里{day}本来就是工作日，不必写成调休上班。请核对日期；补充性的通知请加 --supplement。"
            )
    for day in sorted(statutory_holidays(arrangement.year, law)):
        if day in arrangement.work or (by_weekday(day) is DayKind.WORKING and day not in arrangement.off):
            raise BadCalendar(f"“{path.name}”里{day}是法定节假日，却没有放假。请核对；只补充几天的通知请加 --supplement。")


def _days(path: Path, entries: object) -> frozenset[dt.date]:
    if not isinstance(entries, list):
        raise BadCalendar(f"“{path.name}”里的 off 和 work 应当是日期的列表，请改正。")
    days: set[dt.date] = set()
    for entry in entries:
        first, last = _span(path, entry)
        span = {dt.date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)}
        if days & span:
            raise BadCalendar(f"“{path.name}”里{min(days & span)}写了两次，请删去一处。")
        days |= span
    return frozenset(days)


def _span(path: Path, entry: object) -> tuple[dt.date, dt.date]:
    if isinstance(entry, str) and "/" in entry.strip("/") and entry.count("/") == 1:
        first, last = (_day(path, part) for part in entry.split("/"))
        if not first <= last <= first + LONGEST_SPAN:
            raise BadCalendar(f"“{path.name}”里的“{entry}”不像一段假期，请核对起止日期。")
        return first, last
    day = _day(path, entry)
    return day, day


def _day(path: Path, entry: object) -> dt.date:
    if type(entry) is dt.date:
        return entry
    written = WRITTEN_DAY.fullmatch(str(entry).strip())
    try:
        return dt.date(*(int(part) for part in written.groups())) if written else dt.date.fromisoformat(str(entry))
    except ValueError:
        raise BadCalendar(f"“{path.name}”里的“{entry}”不是日期，请写成 2027-02-06 的样子。") from None
