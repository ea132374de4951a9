"""Is a law file fit to be relied on, and if not, in which words is it refused?

A file is one instrument: a table ``[instrument]`` and its ``[[provision]]`` entries. The first day is written once; the last
day follows from the instrument that says ``succeeds``. Everything the reader cannot vouch for is refused with BadLaw.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from gongkai.errors import BadLaw
from gongkai.kernel import Mark
from gongkai.law.provision import Instrument, Provision, Subject, Tariff, Unit, Value
from gongkai.reasons import syntax_reason, written

ONE_DAY = dt.timedelta(days=1)

# How the working notes call the three marks: A read in full, B and C read in a relay, U not verified.
MARKS = {"A": Mark.READ, "B": Mark.RELAYED, "C": Mark.RELAYED, "U": Mark.UNVERIFIED}
COUNTS = frozenset({Unit.WORKING_DAYS, Unit.DAYS, Unit.MONTHS, Unit.YEARS, Unit.HOURS})
MONTH_DAY = re.compile(r"(1[0-2]|[1-9])月([12]\d|3[01]|[1-9])日")
LONGEST_FRAGMENT = 15

INSTRUMENT_FIELDS = {"name", "number", "first_day", "succeeds", "drops", "text", "note"}
INSTRUMENT_NEEDS = ("name", "number", "first_day")
PROVISION_FIELDS = {"key", "value", "unit", "article", "statement", "mark", "source", "words"}
PROVISION_NEEDS = ("key", "value", "unit", "article", "statement", "mark")


@dataclass(frozen=True, slots=True)
class _File:
    """One parsed file, before the ends of instruments are known."""

    instrument: Instrument
    succeeds: tuple[str, ...]
    drops: frozenset[str]
    provisions: tuple[Provision, ...]


def read_subjects(path: Path) -> tuple[Subject, ...]:
    """The registry of keys: ``[[subject]]`` entries with key, title and, where no gap is allowed, since."""
    subjects = []
    for entry in _parsed(path).get("subject", []):
        _only(path, "subject", entry, {"key", "title", "since"})
        _all(path, "subject", entry, ("key", "title"))
        subjects.append(Subject(entry["key"], entry["title"], entry.get("since")))
    keys = [s.key for s in subjects]
    for key in keys:
        if keys.count(key) > 1:
            raise BadLaw(f"法律事项表 {path.name}：事项“{key}”登记了两次，请删去一处。")
    return tuple(subjects)


def read_instruments(
    paths: Sequence[Path], subjects: tuple[Subject, ...], *, local: bool
) -> tuple[tuple[Instrument, ...], tuple[Provision, ...]]:
    """The instruments and provisions of these files, checked one by one and against each other. Raises BadLaw."""
    titles = {s.key: s.title for s in subjects}
    files = {path.stem: _file(path, titles, local=local) for path in paths}
    ends = _ends(files)
    instruments, provisions = [], []
    for name, file in files.items():
        instrument = replace(file.instrument, last_day=ends.get(name))
        instruments.append(instrument)
        provisions += [replace(p, instrument=instrument) for p in file.provisions]
    _refuse_overlaps(provisions)
    if not local:
        _refuse_gaps(provisions, subjects)
    return tuple(instruments), tuple(provisions)


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadLaw(f"法律文件 {path.name} 不存在，请检查安装是否完整。") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadLaw(f"法律文件 {path.name} 不是合格的 TOML（{syntax_reason(error)}），请改正写法。") from None


def _only(path: Path, where: str, entry: Mapping[str, Any], known: Iterable[str]) -> None:
    for field in entry:
        if field not in known:
            raise BadLaw(f"法律文件 {path.name} 的 {where}：没有“{field}”这个字段，请删去或改正。")


def _all(path: Path, where: str, entry: Mapping[str, Any], needed: Iterable[str]) -> None:
    for field in needed:
        if entry.get(field) in (None, ""):
            raise BadLaw(f"法律文件 {path.name} 的 {where}：缺少“{field}”，请补上。")


def _file(path: Path, titles: Mapping[str, str], *, local: bool) -> _File:
    data = _parsed(path)
    _only(path, "顶层", data, {"instrument", "provision"})
    head = data.get("instrument", {})
    _only(path, "instrument", head, INSTRUMENT_FIELDS)
    _all(path, "instrument", head, INSTRUMENT_NEEDS)
    if type(head["first_day"]) is not dt.date:
        raise BadLaw(f"法律文件 {path.name} 的 instrument：first_day 应当是日期，写成 2019-05-15 的样子。")
    instrument = Instrument(
        path.stem, head["name"], head["number"], head["first_day"], None, local, head.get("text", ""), head.get("note", "")
    )
    provisions = tuple(_provision(path, entry, titles, instrument) for entry in data.get("provision", []))
    keys = [p.key for p in provisions]
    for key in keys:
        if keys.count(key) > 1:
            raise BadLaw(f"法律文件 {path.name} 的 {key}：同一份文件里写了两次，请合并为一条。")
    return _File(instrument, tuple(head.get("succeeds", [])), frozenset(head.get("drops", [])), provisions)


def _provision(path: Path, entry: Mapping[str, Any], titles: Mapping[str, str], instrument: Instrument) -> Provision:
    where = str(entry.get("key", "provision"))
    _only(path, where, entry, PROVISION_FIELDS)
    _all(path, where, entry, PROVISION_NEEDS)
    if where not in titles:
        raise BadLaw(f"法律文件 {path.name}：事项“{where}”没有在 subjects.toml 登记，请先登记。")
    if where.startswith("local.") != instrument.local:
        raise BadLaw(f"法律文件 {path.name} 的 {where}：地方规定的事项以 local. 开头，全国规定的事项不用这个开头，请改名。")
    if entry["unit"] not in set(Unit):
        raise BadLaw(f"法律文件 {path.name} 的 {where}：单位“{entry['unit']}”不认识，可用的有：{'、'.join(Unit)}。")
    if entry["mark"] not in MARKS:
        raise BadLaw(f"法律文件 {path.name} 的 {where}：核对标记“{entry['mark']}”不认识，可用的有：{'、'.join(MARKS)}。")
    unit = Unit(entry["unit"])
    statement = entry["statement"]
    if not statement.endswith("。"):
        raise BadLaw(f"法律文件 {path.name} 的 {where}：表述应当是以句号结尾的完整句子，请补全。")
    value = _value(path, where, unit, entry["value"])
    for token in _tokens(value):
        if not _stands_in(token, statement):
            raise BadLaw(f"法律文件 {path.name} 的 {where}：数值“{token}”没有写在表述里，请让表述载明它。")
    mark = MARKS[entry["mark"]]
    source, words = entry.get("source", ""), entry.get("words", "")
    if mark is Mark.RELAYED and not source:
        raise BadLaw(f"法律文件 {path.name} 的 {where}：标为转述却没有写明来源，请补上 source。")
    if mark is Mark.READ and not words:
        raise BadLaw(f"法律文件 {path.name} 的 {where}：标为原文核对却没有写明原文字句，请补上 words。")
    if len(words) > LONGEST_FRAGMENT:
        raise BadLaw(f"法律文件 {path.name} 的 {where}：words 只留便于查找的短句，不超过{LONGEST_FRAGMENT}字。")
    return Provision(where, titles[where], value, unit, entry["article"], statement, instrument, mark, source, words)


def _value(path: Path, where: str, unit: Unit, raw: Any) -> Value:
    if unit in COUNTS and type(raw) is int and raw > 0:
        return raw
    if unit is Unit.DATE and isinstance(raw, str) and MONTH_DAY.fullmatch(raw):
        return raw
    if unit is Unit.WORDS and isinstance(raw, str):
        return raw
    if unit is Unit.WORDS and isinstance(raw, list) and raw and all(isinstance(word, str) for word in raw):
        return tuple(raw)
    if unit is Unit.TARIFF and isinstance(raw, dict):
        return _tariff(path, where, raw)
    raise BadLaw(f"法律文件 {path.name} 的 {where}：值 {written(raw)} 与单位“{unit.value}”不相称，请改正其中一个。")


def _tariff(path: Path, where: str, raw: Mapping[str, Any]) -> Tariff:
    _only(path, where, raw, {"limits", "prices", "step", "rise"})
    _all(path, where, raw, ("limits", "prices"))
    limits, prices = tuple(raw["limits"]), tuple(raw["prices"])
    steps = raw.get("step") is not None
    fits = len(prices) == len(limits) - 1 if steps else len(prices) == len(limits)
    if not fits or steps != (raw.get("rise") is not None) or list(limits) != sorted(set(limits)):
        raise BadLaw(f"法律文件 {path.name} 的 {where}：收费档次与价格对不上，请逐档核对。")
    return Tariff(limits, prices, raw.get("step"), raw.get("rise"))


def _tokens(value: Value) -> tuple[str, ...]:
    if isinstance(value, int):
        return (str(value),)
    if isinstance(value, str):
        return (value,)
    if isinstance(value, tuple):
        return value
    numbers = (*value.limits, *value.prices, value.step, value.rise)
    return tuple(str(n) for n in numbers if n is not None)


def _stands_in(token: str, statement: str) -> bool:
    """Whether the token stands in the statement whole: 2 does not stand in 20."""
    return re.search(rf"(?<!\d){re.escape(token)}(?!\d)" if token[0].isdigit() else re.escape(token), statement) is not None


def _ends(files: Mapping[str, _File]) -> dict[str, dt.date]:
    """The last day of every instrument that another succeeds; nothing the old one ruled may vanish unsaid."""
    ends: dict[str, dt.date] = {}
    for name, file in files.items():
        kept = {p.key for p in file.provisions}
        dropped = set(file.drops)
        for old in file.succeeds:
            if old not in files:
                raise BadLaw(f"法律文件 {name}.toml：所接替的“{old}”不存在，请改正 succeeds。")
            if old in ends:
                raise BadLaw(f"法律文件 {name}.toml：“{old}”已经由另一份文件接替，一份文件只能被接替一次。")
            before = files[old]
            if before.instrument.first_day >= file.instrument.first_day:
                raise BadLaw(f"法律文件 {name}.toml：施行日期不晚于所接替的“{old}”，请核对日期。")
            ends[old] = file.instrument.first_day - ONE_DAY
            for key in sorted({p.key for p in before.provisions} - kept - file.drops):
                raise BadLaw(f"法律文件 {name}.toml：“{old}”规定过的“{key}”没有下文，请写明新规定，或列入 drops 表示不再规定。")
            dropped -= {p.key for p in before.provisions}
        for key in sorted(dropped | (file.drops & kept)):
            raise BadLaw(f"法律文件 {name}.toml：drops 里的“{key}”并不是被接替而不再规定的事项，请删去。")
    return ends


def _refuse_overlaps(provisions: Sequence[Provision]) -> None:
    for key in {p.key for p in provisions}:
        on_key = sorted((p for p in provisions if p.key == key), key=lambda p: p.first_day)
        for earlier, later in pairwise(on_key):
            if earlier.last_day is None or earlier.last_day >= later.first_day:
                names = f"“{earlier.instrument.id}”与“{later.instrument.id}”"
                raise BadLaw(f"法律事项“{key}”自{later.first_day}起有两条规定：{names}，请写明谁接替谁。")


def _refuse_gaps(provisions: Sequence[Provision], subjects: Sequence[Subject]) -> None:
    for subject in subjects:
        on_key = sorted((p for p in provisions if p.key == subject.key), key=lambda p: p.first_day)
        if not on_key and not subject.key.startswith("local."):
            raise BadLaw(f"法律事项“{subject.key}”登记了却没有任何规定，请补上规定或删去登记。")
        if subject.since is None:
            continue
        covered = subject.since
        for provision in on_key:
            if provision.first_day > covered:
                break
            covered = provision.last_day + ONE_DAY if provision.last_day else dt.date.max
        if covered != dt.date.max:
            raise BadLaw(f"法律事项“{subject.key}”自{covered}起没有规定，请补上缺口。")
