"""How is a report of our own JSON read back, and what is refused?

The file is ours, so nothing in it is guessed: what does not fit the published schema, or contradicts the edition it
names, makes the whole file unreadable, with the place and the remedy in the message. A figure whose number or state
is not what its own text says is left out alone, with a Finding.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NoReturn

from gongkai.errors import Unreadable
from gongkai.kernel import Figure, Finding, Place, State
from gongkai.reading.notes import note
from gongkai.reading.values import MONEY, value_of
from gongkai.returns import Edition, Report, Section, editions

SCHEMA_VERSION = 1
"""The version of the JSON shape; a file of a later one is refused."""

_KEYS = frozenset({"schema_version", "source", "agency", "year", "edition", "figures"})
_BEGUN = re.compile(r'[\ufeff\s]*(?:\[\s*)?\{\s*"(?P<key>[a-z_]{1,20})"\s*:')

_STATES = {State.BLANK: "空白", State.DASH: "横线", State.NOT_APPLICABLE: "不适用"}
_PLACE = {
    "quote": str, "line": int, "table": int, "row": int, "column": int, "page": int,
    "sheet": str, "cell": str, "start": int, "end": int, "box": list,
}  # fmt: skip


def report_from_json(data: bytes, name: str, known: Sequence[Edition] | None = None) -> tuple[Report, ...]:
    """The reports in a JSON file: one report, or a list of them; Unreadable says what is wrong and where.

    A local row (code null) keeps the labels it has; the labels and unit of a coded figure are the edition's.
    """
    try:
        raw = json.loads(
            data.decode(json.detect_encoding(data)),
            parse_float=Decimal,
            parse_constant=_no_constant,
            object_pairs_hook=_no_key_twice,
        )
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Unreadable(
            f"“{name}”不是完整的 JSON 文件，读不出来（{_reason(error)}）。请检查文件是否被截断或改动，或者重新导出。"
        ) from error
    reader = _Reader(name, {e.key: e for e in (known if known is not None else editions())})
    many = raw if isinstance(raw, list) else [raw]
    if not many:
        reader.refuse("里面一份年报也没有")
    return tuple(reader.report(item, f"第{i}份年报" if len(many) > 1 else "年报") for i, item in enumerate(many, start=1))


def _no_constant(word: str) -> NoReturn:
    raise ValueError(f"不认识的数值 {word}")


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    out = dict(pairs)
    if len(out) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"同一个对象里“{twice}”写了不止一次")
    return out


def is_begun(text: str) -> bool:
    """Whether a text begins as a report of ours does, however it goes on: a file that was cut off or changed by hand."""
    begun = _BEGUN.match(text)
    return begun is not None and begun["key"] in _KEYS


def _agrees(figure: Figure) -> bool:
    """Whether a figure's state and number are what its own text says.

    The unit may stand in the heading instead of the cell, so money may differ by the factor of a unit. Words that are no
    certain number may be kept as text whatever they say: that claims nothing.
    """
    if figure.state is State.TEXT:
        return True
    said = value_of(figure.text, figure.unit)
    if said.state is not figure.state:
        return False
    if figure.value is None or said.value is None or figure.value == said.value:
        return True
    if figure.unit not in MONEY or said.unit_given is not None:
        return False
    return any(said.value * MONEY[given] == figure.value * MONEY[figure.unit] for given in MONEY)


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"第{error.lineno}行第{error.colno}个字符处有误"
    return "不是 UTF-8 编码" if isinstance(error, UnicodeDecodeError) else str(error) or "嵌套过深"


def _contradiction(figure: Figure) -> Finding:
    shown = f"数值 {figure.value} " if figure.value is not None else f"状态“{_STATES[figure.state]}”"
    message = f"“{figure.label()}”的{shown}与原文“{figure.text}”不一致，不能确定以哪个为准，没有读取；请对照报告原文改正后再读。"
    return note("R916", message, [figure.place], [figure.code or figure.label()])


class _Reader:
    def __init__(self, name: str, known: dict[str, Edition]) -> None:
        self.name, self.known = name, known

    def refuse(self, what: str) -> NoReturn:
        raise Unreadable(f"“{self.name}”不是本程序能读的年报 JSON：{what}。请用本程序重新导出，或者按格式说明改正。")

    def report(self, raw: Any, where: str) -> Report:
        if not isinstance(raw, dict) or "figures" not in raw:
            self.refuse(f"{where}不是一个带 figures 的对象")
        version = raw.get("schema_version", SCHEMA_VERSION)
        if version != SCHEMA_VERSION:
            self.refuse(f"{where}的 schema_version 是 {version}，本程序认识的是 {SCHEMA_VERSION}")
        edition = self._edition(raw.get("edition"), where)
        figures = self._figures(self._value(raw, "figures", (list,), where), edition, where)
        return Report(
            agency=self._value(raw, "agency", (str, type(None)), where),
            year=self._value(raw, "year", (int, type(None)), where),
            edition=edition,
            figures=tuple(f for f in figures if _agrees(f)),
            sections=tuple(self._section(s, f"{where}第{i}个章节") for i, s in enumerate(self._list(raw, "sections", where), 1)),
            signoff=tuple(self._field(s, f"{where}第{i}个签署项") for i, s in enumerate(self._list(raw, "signoff", where), 1)),
            signed=self._value(raw, "signed", (str,), where) if "signed" in raw else "",
            source=self.name,
            findings=tuple(_contradiction(f) for f in figures if not _agrees(f)),
        )

    def _value(self, raw: dict[str, Any], key: str, kinds: tuple[type, ...], where: str) -> Any:
        value = raw.get(key)
        if not isinstance(value, kinds) or isinstance(value, bool):
            self.refuse(f"{where}的 {key} 缺少或者类型不对")
        return value

    def _list(self, raw: dict[str, Any], key: str, where: str) -> list[Any]:
        found: list[Any] = self._value(raw, key, (list,), where) if key in raw else []
        return found

    def _words(self, raw: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
        words = self._value(raw, key, (list,), where)
        if not all(isinstance(w, str) for w in words):
            self.refuse(f"{where}的 {key} 里有不是文字的内容")
        return tuple(words)

    def _edition(self, key: Any, where: str) -> Edition | None:
        if key is None:
            return None
        if not isinstance(key, str) or key not in self.known:
            self.refuse(f"{where}的 edition“{key}”不是已知的格式，已知的有 {'、'.join(self.known)}")
        return self.known[key]

    def _section(self, raw: Any, where: str) -> Section:
        if not isinstance(raw, dict):
            self.refuse(f"{where}不是对象")
        return Section(self._value(raw, "title", (str,), where), self._words(raw, "paragraphs", where))

    def _field(self, raw: Any, where: str) -> tuple[str, str]:
        if not isinstance(raw, dict):
            self.refuse(f"{where}不是对象")
        return self._value(raw, "name", (str,), where), self._value(raw, "value", (str,), where)

    def _figures(self, raw: list[Any], edition: Edition | None, where: str) -> tuple[Figure, ...]:
        figures = []
        seen: set[str] = set()
        for i, item in enumerate(raw, start=1):
            figure = self._figure(item, edition, f"{where}第{i}个数据")
            if figure.code is not None and figure.code in seen:
                self.refuse(f"{where}的单元格“{figure.code}”出现了不止一次")
            seen.add(figure.code or "")
            figures.append(figure)
        return tuple(figures)

    def _figure(self, raw: Any, edition: Edition | None, where: str) -> Figure:
        if not isinstance(raw, dict):
            self.refuse(f"{where}不是对象")
        code = self._value(raw, "code", (str, type(None)), where)
        state = raw.get("state")
        if state not in {s.value for s in State}:
            self.refuse(f"{where}的 state“{state}”不是 {'、'.join(s.value for s in State)} 之一")
        value = self._value(raw, "value", (int, Decimal, type(None)), where)
        if (state == State.NUMBER.value) != (value is not None):
            self.refuse(f"{where}的 state 与 value 不一致：只有 number 才有值")
        row, column = self._words(raw, "row", where), self._words(raw, "column", where)
        unit = self._value(raw, "unit", (str, type(None)), where)
        if code is not None:
            cell = edition.cells.get(code) if edition is not None else None
            if cell is None:
                self.refuse(f"{where}的单元格代码“{code}”在格式里没有")
            if (row, column, unit) != (cell.row, cell.column, cell.unit):
                self.refuse(f"{where}的行、列或单位与单元格“{code}”不一致，应为“{cell.label()}”（{cell.unit or '无单位'}）")
        text = self._value(raw, "text", (str,), where)
        number = None if value is None else Decimal(value)
        return Figure(code, row, column, number, text, State(state), unit, self._place(raw.get("place"), where))

    def _place(self, raw: Any, where: str) -> Place:
        if raw is None:
            return Place()
        if not isinstance(raw, dict) or not all(isinstance(v, _PLACE.get(k, type(None))) for k, v in raw.items()):
            self.refuse(f"{where}的 place 写得不对")
        box = raw.get("box")
        if box is None:
            return Place(**raw)
        if len(box) != 4 or not all(isinstance(v, (int, Decimal)) for v in box):
            self.refuse(f"{where}的 place 写得不对")
        left, top, right, bottom = map(float, box)
        return Place(**{**raw, "box": (left, top, right, bottom)})
